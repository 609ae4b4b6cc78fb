"""The clocks of a question, in the working time of the desk that has it.

A clock counts working time towards a promise. It runs while it is the desk's turn,
stands still while it is the asker's, and goes on in the hours of another desk when the
question goes there. Where a question lies with no desk, every hour counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.helpdesk.clock_tables import Clock, Promise
from kb.helpdesk.desk_tables import WITHIN, Desk, DeskHours
from kb.helpdesk.desks import get_desk
from kb.helpdesk.hours import ALWAYS, NONE, Hours, Week
from kb.helpdesk.question_tables import Question

A_SECOND = timedelta(seconds=1)
REPLY = (0.75, 1.0, 1.5, 2.5)
"""Shares of the time for an answer after which somebody is told, each time others."""
RINGS: Mapping[Promise, Sequence[float]] = {
    Promise.FIRST: REPLY,
    Promise.NEXT: REPLY,
    Promise.SETTLED: (1.0,),
}


@dataclass(frozen=True)
class Standing:
    """How a promise stands at a moment, to be shown."""

    promise: Promise
    due: datetime | None
    """By the clock of the desk; nothing while it is the asker's turn, or once kept."""
    left: timedelta
    """Working time; less than none if it is late."""
    kept: datetime | None

    @property
    def late(self) -> bool:
        """Say whether the time is over, or was when the promise was kept."""
        return self.left < NONE

    @property
    def hours_left(self) -> int:
        """Give the whole hours of working time that are left."""
        return max(self.left, NONE) // timedelta(hours=1)


def asked(session: Session, question: Question) -> None:
    """Begin to count: somebody has asked."""
    _begin(session, question, (Promise.FIRST, Promise.SETTLED))


def answered(session: Session, question: Question) -> None:
    """Note that an answer went: now it is the asker's turn."""
    clocks, question.resumes = _clocks(session, question), None
    _keep(session, question, _of(clocks, Promise.FIRST, Promise.NEXT))
    _pause(session, question, _of(clocks, Promise.SETTLED))


def asked_more(session: Session, question: Question) -> None:
    """Note that the asker still needs help: it is the desk's turn again."""
    if question.resumes is not None:
        go_on(session, question)
    clocks = {clock.promise: clock for clock in _clocks(session, question)}
    first, later = clocks.get(Promise.FIRST), clocks.get(Promise.NEXT)
    if (first is None or first.kept) and (later is None or later.runs_since is None):
        _begin(session, question, (Promise.NEXT,))
    settled = clocks.get(Promise.SETTLED)
    if settled is None:
        _begin(session, question, (Promise.SETTLED,))
    elif settled.runs_since is None:
        settled.kept = None
        _run(session, question, [settled])


def settled(session: Session, question: Question) -> None:
    """Note that nothing is to be done any more."""
    question.resumes = None
    _keep(session, question, _clocks(session, question))


def stand_still(session: Session, question: Question) -> None:
    """Note that the desk has to wait for something."""
    _pause(session, question, _clocks(session, question))


def go_on(session: Session, question: Question) -> None:
    """Note that the desk waits no longer."""
    still = [c for c in _clocks(session, question) if c.runs_since is None]
    question.resumes = None
    _run(session, question, [clock for clock in still if clock.kept is None])


def went_on(session: Session, question: Question, had: str | None) -> None:
    """Go on in the hours of the desk that has it now.

    :param had: the desk that had it until now.
    """
    running = [c for c in _clocks(session, question) if c.runs_since is not None]
    _pause(session, question, running, hours_of(session, had))
    _run(session, question, running)


def standings(session: Session, question: Question) -> list[Standing]:
    """Give how each promise about a question stands now."""
    hours, now = hours_of(session, question.desk_code), datetime.now(UTC)
    zone = ZoneInfo(hours.zone)
    return [
        Standing(
            Promise(clock.promise),
            clock.due.astimezone(zone) if clock.due else None,
            timedelta(minutes=clock.within) - _used(clock, hours, now),
            clock.kept,
        )
        for clock in sorted(_clocks(session, question), key=_in_order)
    ]


def next_answer(session: Session, question: Question) -> Standing | None:
    """Give the answer that the asker may expect next; nothing while it is her turn."""
    answers = (Promise.FIRST, Promise.NEXT)
    there = (one for one in standings(session, question) if one.promise in answers)
    return next((one for one in there if one.due is not None), None)


def hours_of(session: Session, code: str | None) -> Hours:
    """Give the working time of a desk; all hours if there is none."""
    if code is None:
        return ALWAYS
    desk = get_desk(session, code)
    return Hours(desk.zone, _week(desk.hours), frozenset(x.day for x in desk.holidays))


def within(desk: Desk | None, promise: Promise) -> int:
    """Give the minutes of working time that a desk promises."""
    name = f"{promise}_within"
    minutes: int = getattr(desk, name) if desk else WITHIN[name]
    return minutes


def next_ring(clock: Clock, hours: Hours) -> datetime | None:
    """Give when the next are to be told, while it runs; nothing if all were."""
    shares = RINGS[Promise(clock.promise)]
    if clock.runs_since is None or clock.rung >= len(shares):
        return None
    return _reached(clock, hours, shares[clock.rung])


def _week(rows: Iterable[DeskHours]) -> Week:
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for row in rows:
        found[row.weekday] = (*found.get(row.weekday, ()), (row.opens, row.closes))
    return found


def _clocks(session: Session, question: Question) -> Sequence[Clock]:
    hers = select(Clock).where(Clock.question_id == question.id)
    return session.scalars(hers).all()


def _of(clocks: Sequence[Clock], *promises: Promise) -> list[Clock]:
    return [clock for clock in clocks if clock.promise in promises]


def _in_order(clock: Clock) -> int:
    return list(Promise).index(Promise(clock.promise))


def _begin(session: Session, question: Question, promises: tuple[Promise, ...]) -> None:
    desk = session.get(Desk, question.desk_code) if question.desk_code else None
    begun = []
    for promise in promises:
        clock = session.get(Clock, (question.id, promise))
        if clock is None:
            clock = Clock(question_id=question.id, promise=promise)
            session.add(clock)
        clock.within, clock.used, clock.rung = within(desk, promise), 0, 0
        clock.kept = None
        begun.append(clock)
    _run(session, question, begun)


def _run(session: Session, question: Question, clocks: Iterable[Clock]) -> None:
    hours, now = hours_of(session, question.desk_code), datetime.now(UTC)
    for clock in clocks:
        clock.runs_since = now
        clock.due = _reached(clock, hours, 1.0)
        clock.rings = next_ring(clock, hours)
    _tell_question(session, question)


def _pause(
    session: Session,
    question: Question,
    clocks: Iterable[Clock],
    hours: Hours | None = None,
) -> None:
    hours, now = hours or hours_of(session, question.desk_code), datetime.now(UTC)
    for clock in clocks:
        clock.used = _used(clock, hours, now) // A_SECOND
        clock.runs_since = clock.due = clock.rings = None
    _tell_question(session, question)


def _keep(session: Session, question: Question, clocks: Iterable[Clock]) -> None:
    open_ = [clock for clock in clocks if clock.kept is None]
    _pause(session, question, open_)
    for clock in open_:
        clock.kept = datetime.now(UTC)
    session.flush()


def _tell_question(session: Session, question: Question) -> None:
    """Keep with the question what is due first, so that queues are in that order."""
    session.flush()
    moments = [clock.due for clock in _clocks(session, question) if clock.due]
    question.due = question.resumes or min(moments, default=None)
    session.flush()


def _used(clock: Clock, hours: Hours, now: datetime) -> timedelta:
    since = hours.between(clock.runs_since, now) if clock.runs_since else NONE
    return clock.used * A_SECOND + since


def _reached(clock: Clock, hours: Hours, share: float) -> datetime | None:
    """Give when a share of the time is over; a desk that never opens has no respite."""
    if clock.runs_since is None:
        return None
    left = share * timedelta(minutes=clock.within) - clock.used * A_SECOND
    return hours.after(clock.runs_since, left) or ALWAYS.after(clock.runs_since, left)
