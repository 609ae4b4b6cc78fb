"""What the clocks set off: each time more of the promised time is over, others hear.

First those at the desk are warned, then told that it is late; then the desk above gets
the question, and its asker sees why; at last those who see to the whole are told.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.helpdesk.clock_tables import Clock, Promise
from kb.helpdesk.clocks import RINGS, hours_of, next_ring
from kb.helpdesk.notices import at_desk_today, over_all, tell, tell_desk
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import goes_to, manned_above
from kb.helpdesk.putting_off import resume_due
from kb.helpdesk.question_tables import Question

SOON, LATE = "question-due", "question-late"
MOST_AT_ONCE = 100
"""Clocks in one pass of the worker."""
WARNED, OVER, UP, LAST = 1, 2, 3, 4
"""Levels for a promised answer; for an end there is one, and it is as `LAST`."""


def ring_due(session: Session, *, site: str) -> int:
    """See to the clocks that ring by now and to what was put off; give how many.

    :param site: where addresses of this installation begin.
    """
    now = datetime.now(UTC)
    ringing = (
        select(Clock.question_id, Clock.promise)
        .join(Question, Question.id == Clock.question_id)
        .where(Clock.rings <= now, Question.suspect.is_(False))
        .order_by(Clock.rings, Clock.question_id, Clock.promise)
        .limit(MOST_AT_ONCE)
    )
    rung = sum(
        _ring(session, number, promise, now, site)
        for number, promise in session.execute(ringing).all()
    )
    return rung + resume_due(session, site=site)


def _ring(
    session: Session, number: int, promise: str, now: datetime, site: str
) -> bool:
    """Ring once for all levels that were reached since it rang last."""
    held = select(Question).where(Question.id == number).with_for_update()
    question = session.scalars(held).one_or_none()
    clock = session.get(Clock, (number, promise), populate_existing=True)
    if question is None or clock is None:
        return False
    hours, before = hours_of(session, question.desk_code), clock.rung
    while (rings := next_ring(clock, hours)) is not None and rings <= now:
        clock.rung += 1
    clock.rings = rings
    session.flush()
    if clock.rung > before:
        _see_to(session, question, clock, before, site)
    return clock.rung > before


def _see_to(
    session: Session, question: Question, clock: Clock, before: int, site: str
) -> None:
    last = clock.rung == len(RINGS[Promise(clock.promise)])
    due = _day(session, question, clock)
    if question.desk_code is None or last:
        tell(session, question, over_all(session), LATE, site, day=due)
    if question.desk_code is None or clock.promise == Promise.SETTLED:
        return
    if before < UP <= clock.rung and _went_up(session, question):
        tell_desk(session, question, site)
    elif not last:
        said = SOON if clock.rung == WARNED else LATE
        tell(session, question, at_desk_today(session, question), said, site, day=due)


def _went_up(session: Session, question: Question) -> bool:
    to = manned_above(session, question)
    if to is not None:
        goes_to(session, question, to, Because.LATE)
    return to is not None


def _day(session: Session, question: Question, clock: Clock) -> str:
    """Write the day on which the time is over, by the clock of the desk."""
    zone = ZoneInfo(hours_of(session, question.desk_code).zone)
    return f"{(clock.due or datetime.now(UTC)).astimezone(zone):%Y-%m-%d %H:%M}"
