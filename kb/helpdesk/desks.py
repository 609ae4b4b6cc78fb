"""The desks as routing and pages need them: read in a few queries, then only looked at.

Who answers at a desk is whoever has the role of expert or coordinator with that desk as
its scope. She is on duty unless she said that she is away, or has answered as many
questions within a day as she takes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, selectinload

from kb.errors import NotFound
from kb.helpdesk.desk_tables import Desk, DeskDuty, DeskRule
from kb.helpdesk.question_tables import Message
from kb.language import FALLBACK, _, best_of
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.regions.holding import Holding

AT_DESK = (Role.EXPERT, Role.COORDINATOR)
"""Roles whose scope may be a desk."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DeskSeen:
    """One desk."""

    code: str
    region: str
    parent: str | None
    languages: tuple[str, ...]
    themes: frozenset[str]
    """Empty if it takes all."""
    names: Mapping[str, str]
    on_duty: bool
    """Somebody answers there today."""

    def name(self, language: str) -> str:
        """Name it for a reader, as best it has a name."""
        own = self.languages[0] if self.languages else FALLBACK
        return self.names[best_of(self.names, reader=language, source=own)]

    def takes(self, theme: str) -> bool:
        """Say whether it takes a theme; it does if none was named."""
        return not theme or not self.themes or theme in self.themes


@dataclass(frozen=True)
class RuleSeen:
    """One rule; what is empty fits all."""

    id: int
    region: str
    language: str
    theme: str
    desk: str


@dataclass(frozen=True)
class Desks:
    """All desks, their rules, and the regions they stand in."""

    by_code: Mapping[str, DeskSeen]
    rules: tuple[RuleSeen, ...]
    """In their order."""
    holding: Holding
    by_region: Mapping[str, tuple[DeskSeen, ...]]

    def around(self, place: str) -> Iterator[DeskSeen]:
        """Give the desks for a place, nearest first, each once.

        The nearest by region comes first, then those it turns to, then others farther
        away. Without a place there are none.
        """
        seen: set[str] = set()
        for region in self.holding.around(place):
            for first in self.by_region.get(region, ()):
                desk: DeskSeen | None = first
                while desk is not None and desk.code not in seen:
                    seen.add(desk.code)
                    yield desk
                    desk = self.by_code.get(desk.parent or "")

    def nearest(self, place: str) -> DeskSeen | None:
        """Give the nearest desk for a place, whoever is on duty."""
        region = self.holding.nearest_with(place, self.by_region)
        return self.by_region[region][0] if region else None

    def regional(self) -> list[DeskSeen]:
        """Give the desks that turn to no other."""
        return [desk for desk in self.by_code.values() if desk.parent is None]


def read_desks(
    session: Session, holding: Holding, now: datetime | None = None
) -> Desks:
    """Read all desks, in four queries.

    :param holding: what holds what, as `kb.regions.holding.read_holding` reads it.
    :param now: for whom that is away; this moment if none is given.
    """
    now = now or datetime.now(UTC)
    there = select(Desk).options(selectinload(Desk.names)).order_by(Desk.code)
    manned = {code for code, _duty in there_today(session, now)}
    desks = [_seen(desk, manned) for desk in session.scalars(there)]
    by_region: dict[str, tuple[DeskSeen, ...]] = {}
    for desk in desks:
        by_region[desk.region] = (*by_region.get(desk.region, ()), desk)
    return Desks(
        {desk.code: desk for desk in desks},
        tuple(_rule(row) for row in rules_in_order(session)),
        holding,
        by_region,
    )


def get_desk(session: Session, code: str) -> Desk:
    """Give a desk with all that belongs to it.

    :raises NotFound: there is none of this code.
    """
    whole = (Desk.names, Desk.hours, Desk.holidays)
    wanted = select(Desk).where(Desk.code == code)
    desk = session.scalar(wanted.options(*(selectinload(part) for part in whole)))
    if desk is None:
        raise NotFound(_("There is no such desk."), code=code)
    return desk


def rules_in_order(session: Session) -> list[DeskRule]:
    """Give the rules, the first that counts first."""
    ordered = select(DeskRule).order_by(DeskRule.position, DeskRule.id)
    return list(session.scalars(ordered))


def away_on(day: date, duty: DeskDuty | None) -> bool:
    """Say whether somebody is away on a day."""
    if duty is None or (duty.away_from is None and duty.away_until is None):
        return False
    first, last = duty.away_from or date.min, duty.away_until or date.max
    return first <= day <= last


def today_at(zone: str, now: datetime) -> date:
    """Give the day that it is in a time zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def there_today(session: Session, now: datetime) -> list[tuple[str, DeskDuty | None]]:
    """Give who answers today: the code of her desk, and what she said of her duty."""
    hers = and_(
        DeskDuty.desk_code == RoleGrant.scope,
        DeskDuty.person_id == RoleGrant.person_id,
    )
    answered = (
        select(func.count(Message.id))
        .where(Message.by_id == Person.id, Message.at > now - A_DAY)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Desk.code, Desk.zone, DeskDuty, answered)
        .join(RoleGrant, RoleGrant.scope == Desk.code)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(DeskDuty, hers)
        .where(
            RoleGrant.scope_kind == ScopeKind.DESK,
            RoleGrant.role.in_(AT_DESK),
            RoleGrant.revoked.is_(None),
            Person.confirmed.is_not(None),
            Person.disabled.is_(None),
        )
    )
    return [
        (code, duty)
        for code, zone, duty, many in rows
        if not away_on(today_at(zone, now), duty) and not had_enough(duty, many)
    ]


def had_enough(duty: DeskDuty | None, answered: int) -> bool:
    """Say whether somebody has answered as many within a day as she takes."""
    cap = duty.daily_cap if duty is not None else None
    return cap is not None and answered >= cap


def _seen(desk: Desk, manned: set[str]) -> DeskSeen:
    return DeskSeen(
        code=desk.code,
        region=desk.region_code,
        parent=desk.parent_code,
        languages=tuple(desk.languages.split()),
        themes=frozenset(desk.themes.split()),
        names={row.language: row.name for row in desk.names},
        on_duty=desk.code in manned,
    )


def _rule(row: DeskRule) -> RuleSeen:
    return RuleSeen(
        row.id, row.region_code or "", row.language, row.theme, row.desk_code
    )
