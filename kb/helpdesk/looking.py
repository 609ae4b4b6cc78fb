"""Answers to look at again: what they rest on changed in meaning, is old, or is gone.

What has changed since is found when somebody asks, by comparing the days: of the last
that was said or looked at by us, and of the version or the withdrawal. So nothing has
to be noted while others publish, and nothing can be missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from kb.helpdesk.look_tables import Look, Shaken
from kb.helpdesk.notices import at_desk_today, tell
from kb.helpdesk.question_tables import Cite, Message, Question
from kb.helpdesk.rules import RULES, open_to, question_thing
from kb.people.models import Person
from kb.record.models import Record, Relation, Status, Telling
from kb.writing.models import Significance, Version, Withdrawal

MOST_FLAGGED = 100
SHAKEN = "answer-shaken"


class Cause(StrEnum):
    """Why an answer is to be looked at."""

    CHANGED = "changed"
    GONE = "gone"
    SUPERSEDED = "superseded"


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


def tell_shaken(session: Session, *, site: str) -> int:
    """Tell those who answered, once for each change of what they cited; give how many.

    If none of them can be told, those who are at the desk today are.

    :param site: where addresses of this installation begin.
    """
    told = 0
    for flag in _flags(session, true(), untold=True):
        row = session.get(Shaken, (flag.question.id, flag.record_id))
        if row is None:
            row = Shaken(question_id=flag.question.id, record_id=flag.record_id)
            session.add(row)
        row.changed = flag.at
        people = _answered(session, flag) or at_desk_today(session, flag.question)
        told += tell(session, flag.question, people, SHAKEN, site)
    session.flush()
    return told


def _answered(session: Session, flag: Flag) -> Sequence[Person]:
    """Give those who cited the record in an answer and can be written to."""
    people = session.scalars(
        select(Person)
        .join(Message, Message.by_id == Person.id)
        .join(Cite, Cite.message_id == Message.id)
        .where(
            Message.question_id == flag.question.id, Cite.record_id == flag.record_id
        )
        .order_by(Person.id)
        .distinct()
    )
    return [one for one in people if one.active and one.email]


def _flags(
    session: Session, within: ColumnElement[bool], *, untold: bool = False
) -> Sequence[Flag]:
    """Give flags, one for each question and record: its last change, or its end.

    :param untold: only those of which nobody was told.
    """
    flags: dict[tuple[int, int], Flag] = {}
    for found in (_changed, _gone):  # the gravest last
        for flag in found(session, within, untold):
            flags[flag.question.id, flag.record_id] = flag
    return sorted(flags.values(), key=lambda flag: flag.at)


def _changed(session: Session, within: ColumnElement[bool], untold: bool) -> list[Flag]:
    """Give what changed in meaning, or what a newer record took the place of.

    That, or the newer one since; noted is then how the newer one is called. Of several
    changes the last counts, and to be an older edition counts more than any.
    """
    newer = aliased(Record)
    own = Version.record_id == Record.id
    rows = session.execute(
        _cited(Version.at, Version.note)
        .add_columns(case((own, ""), else_=newer.ref))
        .outerjoin(
            Relation,
            and_(Relation.to_id == Record.id, Relation.kind == "supersedes"),
        )
        .outerjoin(newer, newer.id == Relation.from_id)
        .join(
            Version,
            or_(
                and_(own, Version.significance == Significance.MEANING),
                and_(
                    Version.record_id == newer.id,
                    Version.significance.in_(("", Significance.MEANING)),
                    newer.status == Status.PUBLISHED,
                    newer.telling != Telling.KEPT,
                ),
            ),
        )
        .where(within, Record.status == Status.PUBLISHED, _since(Version.at))
        .where(_untold(Version.at) if untold else true())
    )
    flags = [
        Flag(one, id_, ref, Cause.SUPERSEDED, at, instead)
        if instead
        else Flag(one, id_, ref, Cause.CHANGED, at, said)
        for one, id_, ref, at, said, instead in rows
    ]
    return sorted(flags, key=lambda flag: flag.cause is Cause.SUPERSEDED)


def _gone(session: Session, within: ColumnElement[bool], untold: bool) -> list[Flag]:
    rows = session.execute(
        _cited(Withdrawal.at, Withdrawal.reason)
        .join(Withdrawal, Withdrawal.record_id == Record.id)
        .where(within, Record.status == Status.WITHDRAWN, _since(Withdrawal.at))
        .where(_untold(Withdrawal.at) if untold else true())
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


def _untold(at: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """Give "nobody was told of this change, nor of a later one"."""
    told = exists().where(
        Shaken.question_id == Question.id,
        Shaken.record_id == Record.id,
        Shaken.changed >= at,
    )
    return ~told


def _since(at: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
    """Give "that was after we last answered the question, or looked at its answers"."""
    said = select(func.max(Message.at)).where(
        Message.question_id == Question.id, Message.from_asker.is_(False)
    )
    looked = select(func.max(Look.at)).where(Look.question_id == Question.id)
    last = looked.correlate(Question).scalar_subquery()
    answered = at > said.correlate(Question).scalar_subquery()
    return and_(answered, or_(last.is_(None), at > last))
