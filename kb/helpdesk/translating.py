"""Answers that a translator puts into the language of the asker before they are sent.

Who translates sees the question's words and the answer, and nothing of who asked.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from kb.access import (
    Rules,
    Thing,
    is_administrator,
    is_coordinator,
    is_expert,
    is_translator,
)
from kb.errors import Conflict, NotFound
from kb.helpdesk.notices import MOST_TOLD, over_all, tell
from kb.helpdesk.question_tables import Cite, Message, Question
from kb.helpdesk.rules import question_thing
from kb.helpdesk.translate_tables import Original, Untranslated
from kb.language import _
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.people.roles import held
from kb.record.models import Record
from kb.regions.tree import inside

STEP, TO_TRANSLATE = "translate an answer", "answer-to-translate"
UNKNOWN = "und"
MOST_LISTED = 100
RULES = Rules(
    {STEP: [[is_translator], [is_expert], [is_coordinator], [is_administrator]]}
)
"""Each for the languages, places and desks of her role; she has to know the language
of the answer too (`known_to`)."""


def language_for(session: Session, question: Question, written: str) -> str:
    """Give the language that an answer has to be put into; nothing if she reads it."""
    person = session.get(Person, question.person_id) if question.person_id else None
    reads = {question.language, question.reader}
    reads |= {*person.languages.split()} if person else set()
    if written == UNKNOWN or written in reads:
        return ""
    return question.language if question.language != UNKNOWN else question.reader


def lay_up(
    session: Session, question: Question, given: Mapping[str, Any],
    cited: Sequence[Record], into: str, *, by: Person, site: str,
) -> None:  # fmt: skip
    """Keep an answer until it is translated, and tell those who may do that.

    The same words are kept once.
    """
    same = select(Untranslated.id).where(
        Untranslated.question_id == question.id, Untranslated.words == given["words"]
    )
    if session.scalar(same.limit(1)) is not None:
        return
    row = Untranslated(
        question_id=question.id, at=datetime.now(UTC), by_id=by.id,
        words=given["words"], language=given["language"], into=into,
        own_experience=given["own"], records=" ".join(str(x.id) for x in cited),
    )  # fmt: skip
    session.add(row)
    session.flush()
    able = _translators(session, row, question)
    people = able or over_all(session)
    tell(session, question, people, TO_TRANSLATE, site, path="desk/answers")


def to_translate(
    session: Session, *, by: Person
) -> Sequence[tuple[Untranslated, Question]]:
    """Give what waits for a translation that a person may make, the oldest first."""
    wanted = (
        select(Untranslated, Question)
        .join(Question, Question.id == Untranslated.question_id)
        .where(_open_to(by))
        .order_by(Untranslated.id)
        .limit(MOST_LISTED)
    )
    return [(row, question) for row, question in session.execute(wanted)]


def count_to_translate(session: Session, person: Person) -> int | None:
    """Count what she may translate; nothing without a role for it."""
    if not RULES.granting(person, STEP):
        return None
    hers = select(func.count(Untranslated.id)).join(Question).where(_open_to(person))
    return session.scalar(hers) or 0


def get_untranslated(
    session: Session, number: int, *, by: Person
) -> tuple[Untranslated, Question]:
    """Give an answer that waits, with its question; others who write to it wait.

    :raises NotFound: there is none, or it is none of hers.
    """
    wanted = select(Question).join(Untranslated).where(Untranslated.id == number)
    said = selectinload(Question.messages).selectinload(Message.cites)
    question = session.scalar(wanted.options(said).with_for_update(of=Question))
    row = session.scalar(
        select(Untranslated)
        .where(Untranslated.id == number)
        .execution_options(populate_existing=True)
    )
    if row is None or question is None or not _may(session, row, question, by):
        raise NotFound(_("There is no such answer, or it was sent already."))
    return row, question


def translated(
    session: Session, row: Untranslated, question: Question, words: str, *, by: Person
) -> Message:
    """Make of an answer one that the asker reads; the original stays beside it.

    :raises Conflict: the question goes on in another.
    """
    if question.goes_on_id is not None:
        raise Conflict(_("This question goes on in another. Please answer there."))
    numbers = [int(number) for number in row.records.split()]
    there = session.scalars(select(Record.id).where(Record.id.in_(numbers)))
    message = Message(
        question_id=question.id, at=datetime.now(UTC), from_asker=False,
        by_id=row.by_id, words=words, language=row.into,
        own_experience=row.own_experience,
        cites=[Cite(record_id=number) for number in there],
    )  # fmt: skip
    question.messages.append(message)
    session.flush()
    original = Original(
        message_id=message.id, words=row.words, language=row.language, by_id=by.id
    )
    session.add(original)
    session.delete(row)
    session.flush()
    return message


def waiting_for(session: Session, question: Question) -> Sequence[Untranslated]:
    """Give the answers to a question that wait for a translator."""
    hers = select(Untranslated).where(Untranslated.question_id == question.id)
    return session.scalars(hers.order_by(Untranslated.id)).all()


def take_back(session: Session, question: Question, number: int) -> None:
    """Throw an answer away that waits for a translator: it is written anew."""
    for row in waiting_for(session, question):
        if row.id == number:
            session.delete(row)
    session.flush()


def originals(session: Session, question: Question) -> dict[int, Original]:
    """Give what was written where a translation was sent, by number of the message."""
    wanted = select(Original).join(Message).where(Message.question_id == question.id)
    return {row.message_id: row for row in session.scalars(wanted)}


def known_to(person: Person) -> set[str]:
    """Give the languages that a person says she knows, or has a role for."""
    own = [g.scope for g in held(person) if g.scope_kind == ScopeKind.LANGUAGE]
    return {*person.languages.split(), *own}


def thing_of_answer(session: Session, row: Untranslated, question: Question) -> Thing:
    """Give what the rules ask of an answer that waits."""
    asked = question_thing(session, question)
    return Thing(
        regions=asked.regions,
        languages=frozenset({row.into}),
        desk=asked.desk,
        contact_desk=asked.contact_desk,
    )


def _may(
    session: Session, row: Untranslated, question: Question, person: Person
) -> bool:
    thing = thing_of_answer(session, row, question)
    return row.language in known_to(person) and RULES.may(person, STEP, thing)


def _open_to(person: Person) -> ColumnElement[bool]:
    """Give "she may translate it" as a condition on answers and their questions."""
    granted = or_(false(), *(_covered(one) for one in RULES.granting(person, STEP)))
    return and_(granted, Untranslated.language.in_(known_to(person)))


def _covered(given: RoleGrant) -> ColumnElement[bool]:
    within: dict[str, ColumnElement[bool]] = {
        ScopeKind.EVERYWHERE: true(),
        ScopeKind.REGION: Question.country.in_(inside(given.scope)),
        ScopeKind.LANGUAGE: Untranslated.into == given.scope,
        ScopeKind.KIND: false(),
        ScopeKind.DESK: or_(
            Question.desk_code == given.scope, Question.contact_code == given.scope
        ),
    }
    return within.get(given.scope_kind, false())


def _translators(
    session: Session, row: Untranslated, question: Question
) -> list[Person]:
    """Give those who may translate it: whose role is that first, then the desk's."""
    roles = [Role.TRANSLATOR, Role.EXPERT, Role.COORDINATOR]
    holding = select(RoleGrant.person_id).where(
        RoleGrant.role.in_(roles), RoleGrant.revoked.is_(None)
    )
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(holding), Person.disabled.is_(None))
        .order_by(Person.id)
        .options(selectinload(Person.grants), selectinload(Person.factor))
    ).all()
    able = [one for one in people if _may(session, row, question, one)]
    able.sort(key=lambda one: all(g.role != Role.TRANSLATOR for g in one.grants))
    return able[:MOST_TOLD]
