"""Letting people in: a steward asks by mail, whoever has the address says yes or no.

Nobody learns from an invitation who has an account: it is a row and a message in any
case, and is seen only by whoever signed in with that address.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb import outbox
from kb.communities.lookups import name_of
from kb.communities.models import Community, Member
from kb.communities.rules import RULES, Held
from kb.errors import Conflict, NotFound
from kb.language import _, offered
from kb.people import log
from kb.people.models import Person
from kb.people.pace import Allowed

INVITED = Allowed(20, timedelta(hours=1))
"""So many may a steward ask at once, and one more each hour: no mail for strangers."""


def members_of(session: Session, community: Community) -> Sequence[Member]:
    """Give members and those who are asked, in the order in which they were."""
    wanted = select(Member).where(Member.community_id == community.id)
    return session.scalars(
        wanted.order_by(Member.id).options(joinedload(Member.person))
    ).all()


def invite(
    session: Session, community: Community, thing: Held, email: str, *,
    by: Person, site: str, language: str,
) -> Member:  # fmt: skip
    """Ask somebody in.

    :param site: where the addresses of this installation begin; without it nobody is
        written to, and she finds the invitation when she signs in.
    :raises NotAllowed: she is no steward of the community.
    :raises Conflict: this address is asked already.
    """
    RULES.require(by, "look after", thing)
    asked = [one.email for one in members_of(session, community)]
    if email in asked:
        raise Conflict(_("This address was asked already."))
    row = Member(
        community_id=community.id,
        email=email,
        asked=datetime.now(UTC),
        asked_by_id=by.id,
    )
    session.add(row)
    session.flush()
    if site:
        _write_to(session, community, email, site, language)
    return row


def _write_to(
    session: Session, community: Community, email: str, site: str, language: str
) -> None:
    known = session.scalar(select(Person).where(Person.email == email))
    spoken = known.language if known is not None else language
    spoken = offered(spoken)
    outbox.put(
        session,
        "community-invited",
        to=email,
        language=spoken,
        community=name_of(community, spoken),
        page=f"{site.rstrip('/')}/{spoken}/communities",
    )


def invitations(session: Session, person: Person) -> Sequence[tuple[Member, Community]]:
    """Give what a person is asked to join."""
    if not person.email or person.confirmed is None:
        return []
    rows = session.execute(
        select(Member, Community)
        .join(Community, Community.id == Member.community_id)
        .where(Member.email == person.email, Member.joined.is_(None))
        .order_by(Member.id)
        .options(selectinload(Community.names))
    )
    return [(row[0], row[1]) for row in rows]


def answer(session: Session, number: int, *, by: Person, yes: bool) -> None:
    """Say yes or no to an invitation.

    :raises NotFound: she is not asked.
    """
    asked = [one for one, _c in invitations(session, by) if one.id == number]
    if not asked:
        raise NotFound(_("You are not asked to join this community."))
    row = asked[0]
    if not yes or _is_member(session, row.community_id, by):
        session.delete(row)
        return
    row.person_id, row.email, row.joined = by.id, None, datetime.now(UTC)
    log.write(session, "joined", by, note=f"community {row.community_id}")


def _is_member(session: Session, community_id: int, person: Person) -> bool:
    same = (Member.community_id == community_id, Member.person_id == person.id)
    return session.scalar(select(Member.id).where(*same)) is not None


def remove(
    session: Session, community: Community, thing: Held, number: int, *, by: Person
) -> None:
    """Let a member in no more, or take an invitation back; it counts at once.

    :raises NotAllowed: she is no steward of the community.
    :raises NotFound: there is no such member.
    """
    RULES.require(by, "look after", thing)
    row = session.scalar(
        select(Member)
        .where(Member.id == number, Member.community_id == community.id)
        .options(joinedload(Member.person))
    )
    if row is None:
        raise NotFound(_("There is no such member."))
    if row.person is not None:
        note = f"community {community.id}"
        log.write(session, "removed", row.person, by=log.called(by), note=note)
    session.delete(row)


def leave(session: Session, community: Community, *, by: Person) -> None:
    """Be a member no more."""
    for row in members_of(session, community):
        if row.person_id == by.id:
            session.delete(row)
            log.write(session, "left", by, note=f"community {community.id}")
