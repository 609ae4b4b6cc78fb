"""Reading what communities hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb.communities.models import Community, GivenBack, Holding, Member, Shown
from kb.communities.rules import RULES, Held, held, stewarded
from kb.communities.season import in_force
from kb.communities.settling import whole
from kb.errors import NotFound
from kb.language import _, best_of
from kb.people.models import Person
from kb.record.lookups import is_public, this_day
from kb.record.models import Record, Status, Telling


def all_communities(session: Session) -> Sequence[Community]:
    """Give every community with its names."""
    wanted = select(Community).order_by(Community.key)
    return session.scalars(wanted.options(selectinload(Community.names))).all()


def get_community(session: Session, key: str) -> Community:
    """Give a community with its names.

    :raises NotFound: there is none.
    """
    wanted = select(Community).where(Community.key == key)
    found = session.scalar(wanted.options(selectinload(Community.names)))
    if found is None:
        raise NotFound(_("There is no such community."), key=key)
    return found


def name_of(community: Community, language: str) -> str:
    """Give what a community is called, in a reader's language if it has such a name."""
    names = {one.language: one.name for one in community.names}
    return names[best_of(names, reader=language, source=next(iter(sorted(names))))]


def my_communities(session: Session, person: Person) -> list[tuple[Community, str]]:
    """Give the communities of a person, each with ``steward`` or ``member``."""
    keys = set(stewarded(person))
    mine = select(Member.community_id).where(
        Member.person_id == person.id, Member.joined.is_not(None)
    )
    wanted = select(Community).where(
        or_(Community.key.in_(keys), Community.id.in_(mine))
    )
    found = session.scalars(
        wanted.order_by(Community.key).options(selectinload(Community.names))
    )
    return [(one, "steward" if one.key in keys else "member") for one in found]


def open_community(session: Session, key: str, *, by: Person) -> tuple[Community, Held]:
    """Give a community to those who may enter; with what the rules ask of it.

    :raises NotFound: there is none, or she may not know of it.
    """
    community = get_community(session, key)
    joined = select(Member.person_id).where(
        Member.community_id == community.id, Member.joined.is_not(None)
    )
    thing = Held(community=key, members=frozenset(session.scalars(joined)))
    if not RULES.may(by, "enter", thing):
        raise NotFound(_("There is no such community."), key=key)
    return community, thing


def holdings_of(session: Session, community: Community, *, by: Person) -> list[Holding]:
    """Give what a community holds and she may read, the newest first."""
    rows = session.scalars(
        whole().where(Holding.community_id == community.id).order_by(Holding.id.desc())
    )
    return [one for one in rows if _may_read(session, one, by)]


def given_back_by(session: Session, community: Community) -> Sequence[GivenBack]:
    """Give what a community gave back, the last first; for its stewards."""
    wanted = select(GivenBack).join(Holding, Holding.id == GivenBack.holding_id)
    wanted = wanted.where(Holding.community_id == community.id)
    order = GivenBack.at.desc(), GivenBack.holding_id.desc()
    whole_ = joinedload(GivenBack.holding)
    return session.scalars(wanted.order_by(*order).options(whole_)).all()


def _may_read(session: Session, holding: Holding, person: Person | None) -> bool:
    thing = held(session, holding)
    if RULES.may(person, "look after", thing):
        return True
    record = holding.record
    there = record is not None and record.status == Status.PUBLISHED
    return there and RULES.may(person, "read", thing)


def get_holding(session: Session, number: int) -> Holding:
    """Give a holding as it is now, with its consents, notices and record.

    :raises NotFound: there is none.
    """
    wanted = whole().where(Holding.id == number)
    found = session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such record."))
    return found


def one_of(session: Session, key: str, number: int) -> Holding:
    """Give a holding of a community.

    :raises NotFound: the community holds no such thing.
    """
    found = get_holding(session, number)
    if found.community.key != key:
        raise NotFound(_("There is no such record."))
    return found


def open_holding(session: Session, holding: Holding, *, by: Person) -> Record:
    """Give the record of a holding to those who may read it.

    :raises NotFound: it is a draft or withdrawn, or she may not know of it.
    """
    record = holding.record
    there = record is not None and record.status == Status.PUBLISHED
    if record is None or not there or not _may_read(session, holding, by):
        raise NotFound(_("There is no such record."))
    return record


def in_hands(
    session: Session, holding_id: int | None, record_id: int | None
) -> Holding | None:
    """Give in whose hands a draft or its record is; nothing if in nobody's."""
    if holding_id is None and record_id is None:
        return None
    of_either = or_(Holding.id == holding_id, Holding.record_id == record_id)
    return session.scalars(whole().where(of_either).order_by(Holding.id)).first()


def reads_kept(session: Session, person: Person | None, record_id: int) -> bool:
    """Say whether a person may read a record that its community keeps back."""
    holding = in_hands(session, None, record_id) if person is not None else None
    return holding is not None and _may_read(session, holding, person)


@dataclass(frozen=True)
class Silence:
    """What is told of a record whose community does not agree any more."""

    ref: str
    why: str
    """``none`` was ever given, it was ``withdrawn``, or it has ``ended``."""


def find_silence(session: Session, ref: str) -> Silence | None:
    """Say why a record is not shown, if for want of consent; nothing of its words.

    Of what only members may see, or all in another season, nothing is said.
    """
    wanted = whole().join(Record, Record.id == Holding.record_id)
    holding = session.scalar(
        wanted.where(Record.ref == ref, Record.status == Status.PUBLISHED, ~is_public())
    )
    if holding is None or holding.shown == Shown.MEMBERS:
        return None
    if in_force(holding.consents, this_day()):
        return None
    last = holding.consents[-1] if holding.consents else None
    if last is None:
        return Silence(ref, "none")
    return Silence(ref, "withdrawn" if last.end is not None else "ended")


@dataclass(frozen=True)
class Told:
    """What stands beside a record that is knowledge of a community."""

    names: dict[str, str]
    """Language → name of the community."""
    notices: tuple[str, ...]
    """Concepts of the list ``notice``."""

    def name(self, language: str) -> str:
        """Give the name of the community for a reader."""
        source = next(iter(sorted(self.names)))
        return self.names[best_of(self.names, reader=language, source=source)]


def read_told(session: Session) -> dict[int, Told]:
    """Give by number the public records that are knowledge of a community."""
    rows = session.scalars(
        select(Holding)
        .join(Record, Record.id == Holding.record_id)
        .where(is_public(), Record.telling != Telling.FREE)
        .options(
            joinedload(Holding.community).selectinload(Community.names),
            selectinload(Holding.notices),
        )
    )
    return {
        one.record_id: Told(
            {name.language: name.name for name in one.community.names},
            tuple(notice.concept_id for notice in one.notices),
        )
        for one in rows
        if one.record_id is not None
    }
