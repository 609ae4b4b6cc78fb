"""How the desks do: what came in, how long askers waited, what was late or passed on.

All times are working time of the desk, as the clocks counted it. A question counts
where it lies now, in the period in which it was asked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from sqlalchemy import ColumnElement, and_, exists, select, true
from sqlalchemy.orm import Session, aliased

from kb.errors import NotValid
from kb.helpdesk.clock_tables import Clock, Promise
from kb.helpdesk.pass_tables import Because, Pass
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.rules import open_to
from kb.language import _
from kb.people.models import Person

COLUMNS = (
    *("received", "waiting", "answered", "late", "passed_on", "asked_again", "settled"),
    *("first_median", "first_p90", "settled_median", "settled_p90"),
)
PARTED_BY: Mapping[str, Callable[["Fact"], str]] = {
    "desk": lambda fact: fact.desk,
    "language": lambda fact: fact.language,
    "theme": lambda fact: fact.theme,
    "month": lambda fact: f"{fact.at:%Y-%m}",
}
"""What lines of the report may stand for → where a question counts."""
USUAL_DAYS, MOST_DAYS = 90, 3660
PASSED_UP = (Because.REFERRED, Because.ASKED_AGAIN, Because.LATE)
AN_HOUR = 3600


@dataclass(frozen=True)
class Period:
    """Days, the first and the last of which count; by the clock of UTC."""

    first: date
    last: date


@dataclass(frozen=True)
class Fact:
    """What the report needs of one question."""

    at: datetime
    desk: str
    language: str
    theme: str
    state: str
    asked_again: bool
    passed_on: bool
    first: float | None
    """Hours of working time until the first answer; nothing if there is none yet."""
    late: bool
    settled: float | None


@dataclass(frozen=True)
class Line:
    """Questions that have something in common; times in hours of working time."""

    key: str
    received: int
    waiting: int
    """For the desk, now."""
    answered: int
    late: int
    """The first answer came late, or is late."""
    passed_on: int
    """To the desk above or beside, because that knows more or nobody answered."""
    asked_again: int
    """Their askers still needed help after an answer."""
    settled: int
    first_median: float | None
    first_p90: float | None
    settled_median: float | None
    settled_p90: float | None


def period(first: str, last: str) -> Period:
    """Read a period; what is left out gives the last ninety days.

    :raises NotValid: a day is none, or they are in the wrong order or too far apart.
    """
    try:
        until = date.fromisoformat(last) if last else datetime.now(UTC).date()
        usual = until - timedelta(days=USUAL_DAYS - 1)
        since = date.fromisoformat(first) if first else usual
    except (ValueError, OverflowError) as wrong:
        raise NotValid(_("Please write days as 2026-12-31."), {}) from wrong
    if not timedelta() <= until - since <= timedelta(days=MOST_DAYS):
        raise NotValid(_("The last day is before the first, or too far from it."), {})
    return Period(since, until)


def facts(session: Session, person: Person, within: Period) -> list[Fact]:
    """Give the questions of a period that a person may see; one query."""
    return _facts(session, within, open_to(person, "see a question"))


def all_facts(session: Session, within: Period) -> list[Fact]:
    """Give the questions of a period, for numbers that name nobody; one query."""
    return _facts(session, within, true())


def _facts(session: Session, within: Period, wanted: ColumnElement[bool]) -> list[Fact]:
    first, settled = aliased(Clock), aliased(Clock)

    def clock(table: type[Clock], promise: Promise) -> ColumnElement[bool]:
        return and_(table.question_id == Question.id, table.promise == promise)

    hers = Pass.question_id == Question.id
    passed = exists().where(hers, Pass.because.in_(PASSED_UP))
    begin, end = (
        datetime.combine(day, time(), UTC)
        for day in (within.first, within.last + timedelta(days=1))
    )
    rows = session.execute(
        select(
            Question.at,
            Question.desk_code,
            Question.language,
            Question.theme_id,
            Question.state,
            Question.asked_again,
            first,
            settled,
            passed,
        )
        .outerjoin(first, clock(first, Promise.FIRST))
        .outerjoin(settled, clock(settled, Promise.SETTLED))
        .where(Question.at >= begin, Question.at < end, Question.suspect.is_(False))
        .where(wanted)
    )
    now = datetime.now(UTC)
    return [
        Fact(
            at=at,
            desk=desk or "",
            language=language,
            theme=(theme or "").partition(":")[2],
            state=state,
            asked_again=again > 0,
            passed_on=went_on,
            first=_hours(one),
            late=_late(one, now),
            settled=_hours(other) if state == State.RESOLVED else None,
        )
        for at, desk, language, theme, state, again, one, other, went_on in rows
    ]


def lines(found: Iterable[Fact], by: str) -> list[Line]:
    """Count questions for each desk, language, theme or month, most first."""
    parts: dict[str, list[Fact]] = {}
    for fact in found:
        parts.setdefault(PARTED_BY[by](fact), []).append(fact)
    counted = [line(key, each) for key, each in parts.items()]
    if by == "month":
        return sorted(counted, key=lambda one: one.key)
    return sorted(counted, key=lambda one: (-one.received, one.key))


def line(key: str, found: Sequence[Fact]) -> Line:
    """Count questions."""
    first = sorted(fact.first for fact in found if fact.first is not None)
    settled = sorted(fact.settled for fact in found if fact.settled is not None)
    return Line(
        key=key,
        received=len(found),
        waiting=sum(fact.state == State.OPEN for fact in found),
        answered=len(first),
        late=sum(fact.late for fact in found),
        passed_on=sum(fact.passed_on for fact in found),
        asked_again=sum(fact.asked_again for fact in found),
        settled=sum(fact.state == State.RESOLVED for fact in found),
        first_median=nearest_rank(first, 0.5),
        first_p90=nearest_rank(first, 0.9),
        settled_median=nearest_rank(settled, 0.5),
        settled_p90=nearest_rank(settled, 0.9),
    )


def nearest_rank(ordered: Sequence[float], share: float) -> float | None:
    """Give the smallest of the values that so large a share does not exceed.

    >>> [nearest_rank([1, 2, 3, 4], share) for share in (0.5, 0.9)]
    [2, 4]
    """
    return ordered[ceil(share * len(ordered)) - 1] if ordered else None


def _hours(clock: Clock | None) -> float | None:
    kept = clock is not None and clock.kept is not None
    return clock.used / AN_HOUR if clock is not None and kept else None


def _late(clock: Clock | None, now: datetime) -> bool:
    if clock is None:
        return False
    over = clock.used > clock.within * 60
    return over or (clock.due is not None and clock.due < now)
