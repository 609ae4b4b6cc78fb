"""Telling stewards that consent is about to end, once for each end."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb import outbox
from kb.access import is_steward
from kb.communities.lookups import name_of
from kb.communities.models import Agreement, Community, Cover, Holding
from kb.communities.rules import held
from kb.communities.season import last_day
from kb.communities.settling import whole
from kb.language import offered
from kb.people.models import Person, Role, RoleGrant
from kb.record.lookups import this_day

AHEAD = timedelta(days=30)
"""How long before consent ends its stewards are told."""


def remind_due(session: Session, *, site: str) -> int:
    """Write to stewards whose consents end within `AHEAD`; give how many are told.

    :param site: where addresses of this installation begin.
    """
    today, told = this_day(), 0
    ending = select(Agreement.holding_id).where(
        Agreement.until >= today, Agreement.until <= today + AHEAD
    )
    wanted = whole().where(Holding.id.in_(ending)).order_by(Holding.id)
    for holding in session.scalars(wanted.with_for_update(of=Holding)).all():
        day = _ends(holding, today)
        if day is None or holding.reminded_of == day:
            continue
        holding.reminded_of = day
        told += _tell(session, holding, day, site)
    session.flush()
    return told


def _ends(holding: Holding, today: date) -> date | None:
    """Give the day on which the words may be shown last, if that is near."""
    agreed = last_day(holding.consents, today, [Cover.TEXT])
    last = agreed.last if agreed else None
    return last if last is not None and last <= today + AHEAD else None


def _tell(session: Session, holding: Holding, day: date, site: str) -> int:
    wanted = select(Community).where(Community.id == holding.community_id)
    named = wanted.options(selectinload(Community.names))
    community = session.scalars(named).one()
    stewards = _stewards(session, holding)
    for person in stewards:
        spoken = offered(person.language)
        key = holding.community.key
        outbox.put(
            session,
            "consent-ends",
            to=person.email or "",
            language=spoken,
            name=person.name,
            community=name_of(community, spoken),
            title=holding.title,
            day=day.isoformat(),
            page=f"{site.rstrip('/')}/{spoken}/communities/{key}/{holding.id}",
        )
    return len(stewards)


def _stewards(session: Session, holding: Holding) -> Sequence[Person]:
    people = session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.STEWARD, RoleGrant.revoked.is_(None))
        .order_by(Person.id)
        .distinct()
        .options(selectinload(Person.grants), selectinload(Person.factor))
    )
    thing = held(session, holding)
    return [one for one in people if one.email and is_steward(one, thing)]
