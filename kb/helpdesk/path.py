"""The way of a question from desk to desk, and up when its asker still needs help."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict
from kb.helpdesk import clocks
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.desks import there_today
from kb.helpdesk.pass_tables import Because, Pass
from kb.helpdesk.question_tables import Question
from kb.helpdesk.routing import Reason, Why, as_kept
from kb.helpdesk.sharing_out import share_out
from kb.language import _
from kb.people.models import Person

RAISED_FROM = 2
"""The time she says "I still need help" from which on it goes up each time."""


def path(session: Session, question: Question) -> Sequence[Pass]:
    """Give the way of a question so far, the first step first."""
    steps = select(Pass).where(Pass.question_id == question.id).order_by(Pass.id)
    return session.scalars(steps).all()


def goes_to(
    session: Session, question: Question, to: str, because: Because, *,
    words: str = "", by: Person | None = None,
) -> None:  # fmt: skip
    """Give a question to another desk and keep that with its way.

    Whoever had taken it up lets it go. Unless it was misplaced only, the desk where it
    lay first keeps the contact: it goes on seeing the question, and may answer.
    """
    now, had = datetime.now(UTC), question.desk_code
    step = Pass(
        question_id=question.id, at=now, from_code=had, to_code=to, because=because,
        words=words, by_id=by.id if by else None,
    )  # fmt: skip
    session.add(step)
    if because != Because.GIVEN:
        question.contact_code = question.contact_code or had
    if question.contact_code == to:
        question.contact_code = None
    question.desk_code, question.changed = to, now
    question.because = as_kept([Reason(Why.BY_HAND, to)])
    question.claimed_by = question.claimed_until = None
    clocks.went_on(session, question, had)
    question.given_to = None
    share_out(session, question)


def stays(
    session: Session, question: Question, because: Because, *, words: str = "",
    by: Person,
) -> None:  # fmt: skip
    """Keep with the way of a question what its desk decided without passing it on.

    :param words: for the asker.
    :raises Conflict: no desk has it.
    """
    if question.desk_code is None:
        raise Conflict(_("Please give it to a desk first."))
    step = Pass(
        question_id=question.id, at=datetime.now(UTC), from_code=question.desk_code,
        to_code=question.desk_code, because=because, words=words, by_id=by.id,
    )  # fmt: skip
    session.add(step)
    session.flush()


def above(session: Session, code: str | None) -> Iterator[str]:
    """Give the desks that a desk turns to, the nearest first."""
    desk = session.get(Desk, code) if code else None
    while desk is not None and desk.parent_code:
        yield desk.parent_code
        desk = session.get(Desk, desk.parent_code)


def still_needs_help(session: Session, question: Question) -> None:
    """Count it; from the second time on the next desk above gets the question.

    A desk at which nobody is on duty is passed over. Where there is none above, the
    question stays.
    """
    question.asked_again += 1
    if question.asked_again < RAISED_FROM:
        return
    to = manned_above(session, question)
    if to is not None:
        goes_to(session, question, to, Because.ASKED_AGAIN)


def manned_above(session: Session, question: Question) -> str | None:
    """Give the next desk above at which somebody is on duty."""
    manned = {code for code, _duty in there_today(session, datetime.now(UTC))}
    ways = (code for code in above(session, question.desk_code) if code in manned)
    return next(ways, None)
