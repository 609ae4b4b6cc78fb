"""Answers to look at again: a record they rest on has changed in meaning, or is gone.

What has changed since is found when somebody asks, by comparing the days: of the last
that was said or looked at by us, and of the version or the withdrawal. So nothing has
to be noted while others publish, and nothing can be missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kb.helpdesk.look_tables import Look
from kb.helpdesk.question_tables import Cite, Message, Question
from kb.helpdesk.rules import RULES, open_to, question_thing
from kb.people.models import Person
from kb.record.models import Record, Status
from kb.writing.models import Significance, Version, Withdrawal

MOST_FLAGGED = 100


class Cause(StrEnum):
    """Why an answer is to be looked at."""

    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Flag:
    """One record that an answer rests on and that is another now."""

    question: Question
    record_id: int
    ref: str
    cause: Cause
    at: datetime
    said: str
    """What was noted with the change or the withdrawal; may be empty."""


def flagged(session: Session, *, by: Person) -> Sequence[Flag]:
    """Give what is to be looked at within her scope, what changed first first."""
    return _flags(session, open_to(by, "see a question"))


def flags_of(session: Session, question: Question) -> Sequence[Flag]:
    """Give what is to be looked at in one question."""
    return _flags(session, Question.id == question.id)


def still_right(
    session: Session, question: Question, words: str, *, by: Person
) -> None:
    """Write down that somebody looked and that what was answered is still right.

    :param words: why; for the other experts.
    :raises NotAllowed: it is none of hers.
    """
    RULES.require(by, "answer a question", question_thing(session, question))
    if not flags_of(session, question):
        return
    row = Look(question_id=question.id, at=datetime.now(UTC), by_id=by.id, words=words)
    session.add(row)
    session.flush()


def looks(session: Session, question: Question) -> Sequence[tuple[Look, str]]:
    """Give who looked at the answers to a question, and when."""
    rows = session.execute(
        select(Look, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == Look.by_id)
        .where(Look.question_id == question.id)
        .order_by(Look.id)
    )
    return [(row, name) for row, name in rows]


def _flags(session: Session, within: ColumnElement[bool]) -> Sequence[Flag]:
    """Give flags, one for each question and record: its last change, or its end."""
    gone = {(f.question.id, f.record_id): f for f in _gone(session, within)}
    changed = {(f.question.id, f.record_id): f for f in _changed(session, within)}
    return sorted((changed | gone).values(), key=lambda flag: flag.at)


def _changed(session: Session, within: ColumnElement[bool]) -> list[Flag]:
    """Give what changed in meaning; of several changes, the last."""
    rows = session.execute(
        _cited(Version.at, Version.note)
        .join(Version, Version.record_id == Record.id)
        .where(within, Record.status == Status.PUBLISHED)
        .where(Version.significance == Significance.MEANING, _since(Version.at))
    )
    return [
        Flag(one, id_, ref, Cause.CHANGED, at, said) for one, id_, ref, at, said in rows
    ]


def _gone(session: Session, within: ColumnElement[bool]) -> list[Flag]:
    rows = session.execute(
        _cited(Withdrawal.at, Withdrawal.reason)
        .join(Withdrawal, Withdrawal.record_id == Record.id)
        .where(within, Record.status == Status.WITHDRAWN, _since(Withdrawal.at))
    )
    return [
        Flag(one, id_, ref, Cause.GONE, at, said) for one, id_, ref, at, said in rows
    ]


def _cited(
    at: InstrumentedAttribute[datetime], said: InstrumentedAttribute[str]
) -> Select[Question, int, str, datetime, str]:
    """Give the records that answers rest on, each with its question."""
    return (
        select(Question, Record.id, Record.ref, at, said)
        .join(Message, Message.question_id == Question.id)
        .join(Cite, Cite.message_id == Message.id)
        .join(Record, Record.id == Cite.record_id)
        .distinct()
        .order_by(at)
        .limit(MOST_FLAGGED)
    )


def _since(at: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """Give "that was after we last answered the question, or looked at its answers"."""
    said = select(func.max(Message.at)).where(
        Message.question_id == Question.id, Message.from_asker.is_(False)
    )
    looked = select(func.max(Look.at)).where(Look.question_id == Question.id)
    last = looked.correlate(Question).scalar_subquery()
    answered = at > said.correlate(Question).scalar_subquery()
    return and_(answered, or_(last.is_(None), at > last))
