"""What experts do with questions: take up, note, answer, pass on.

Who takes a question up has it for ten minutes, and others see that; what she does with
it prolongs them. Nothing here writes a note where an asker could read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from kb.errors import Conflict, NotFound, NotValid
from kb.helpdesk import clocks
from kb.helpdesk.alike import tell_followers
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.letters import ANSWERED, write_asker
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import goes_to
from kb.helpdesk.question_tables import Cite, Message, Note, Question, Shown, State
from kb.helpdesk.questions import said_just_now
from kb.helpdesk.rules import RULES, open_to, question_thing
from kb.helpdesk.ticket import heard
from kb.helpdesk.translating import (
    get_untranslated,
    language_for,
    lay_up,
    take_back,
    translated,
)
from kb.language import _
from kb.people.models import Person
from kb.record.models import Record

CLAIM = timedelta(minutes=10)
"""How long a question taken up is left to whoever took it."""
GOES_ON = _("This question goes on in another. Please answer there.")
ON_A_PAGE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Listed:
    """A page of the queue."""

    questions: Sequence[Question]
    page: int
    more: bool
    """There is another page."""


def listed(
    session: Session, *, by: Person, state: str, page: int = 1, mine: bool = False
) -> Listed:
    """Give a page of the questions in a state that a person may see.

    :param mine: only what was given to her.

    What is due first comes first, and what waits longest; of what is settled, the
    newest.
    """
    hers = open_to(by, "see a question")
    wanted = select(Question).where(Question.state == state, hers)
    wanted = wanted.where(Question.given_to == by.id) if mine else wanted
    waits = func.coalesce(Question.due, Question.changed)
    order = (Question.suspect, waits, Question.id)
    last_first = [column.desc() for column in order]
    ordered = wanted.order_by(*(last_first if state == State.RESOLVED else order))
    skipped = (page - 1) * ON_A_PAGE
    found = session.scalars(ordered.offset(skipped).limit(ON_A_PAGE + 1)).all()
    return Listed(found[:ON_A_PAGE], page, len(found) > ON_A_PAGE)


def count_open(session: Session, person: Person) -> int | None:
    """Count what waits for an answer within her scope; nothing without a role."""
    if not RULES.granting(person, "see a question"):
        return None
    mine = open_to(person, "see a question")
    waits = select(func.count(Question.id)).where(Question.state == State.OPEN, mine)
    return session.scalar(waits) or 0


def get_question(
    session: Session, number: int, *, by: Person, hold: bool = False
) -> Question:
    """Give a question with all that was said of it.

    :param hold: whether others who write to it wait until this work is done.
    :raises NotFound: there is none, or it is none of hers.
    """
    wanted = select(Question).where(Question.id == number)
    if hold:
        session.execute(wanted.with_for_update())
    said = selectinload(Question.messages).selectinload(Message.cites)
    question = session.scalar(wanted.options(said, selectinload(Question.shown)))
    if question is None or not may(session, question, "see a question", by=by):
        raise NotFound(_("There is no such question."))
    return question


def number_by_code(session: Session, typed: str, *, by: Person) -> int:
    """Give the number of the question whose code somebody read out.

    :raises NotFound: no question has it, or it is none of hers.
    """
    wanted = select(Question.id).where(Question.code == heard(typed))
    number = session.scalar(wanted.where(open_to(by, "see a question")))
    if number is None:
        said = _("No question has this code. Please listen again: nine digits.")
        raise NotFound(said)
    return number


def may(session: Session, question: Question, step: str, *, by: Person) -> bool:
    """Say whether a person may take a step."""
    return RULES.may(by, step, question_thing(session, question))


def taken_by_another(question: Question, person: Person) -> bool:
    """Say whether somebody else has it now."""
    until = question.claimed_until
    taken = until is not None and until > datetime.now(UTC)
    return taken and question.claimed_by != person.id


def claim(session: Session, question: Question, *, by: Person) -> None:
    """Take a question up, or keep it for ten minutes more.

    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now.
    """
    require_free(session, question, by)
    question.claimed_by, question.claimed_until = by.id, datetime.now(UTC) + CLAIM
    session.flush()


def release(session: Session, question: Question, *, by: Person) -> None:
    """Let others have it.

    :raises Conflict: somebody else has it now.
    """
    require_free(session, question, by)
    let_go(question)
    session.flush()


def note(session: Session, question: Question, words: str, *, by: Person) -> None:
    """Write something down for the other experts.

    :raises NotAllowed: it is none of hers.
    """
    RULES.require(by, "answer a question", question_thing(session, question))
    last = select(Note).where(Note.question_id == question.id).order_by(Note.id.desc())
    before = session.scalar(last.limit(1))
    if before is None or (before.words, before.by_id) != (words, by.id):
        now = datetime.now(UTC)
        row = Note(question_id=question.id, at=now, by_id=by.id, words=words)
        session.add(row)
    session.flush()


def notes(session: Session, question: Question) -> Sequence[tuple[Note, str]]:
    """Give the notes on a question, each with who wrote it."""
    rows = session.execute(
        select(Note, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == Note.by_id)
        .where(Note.question_id == question.id)
        .order_by(Note.id)
    )
    return [(row, name) for row, name in rows]


def answer(
    session: Session,
    question: Question,
    given: Mapping[str, Any],
    cited: Sequence[Record],
    *,
    by: Person,
    site: str,
) -> None:
    """Answer; the asker gets a message if she left an address.

    In a language that she does not read it waits for a translator first.

    The same words within a moment are said once.

    :param cited: the records it rests on, those that ``given`` names.
    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now.
    """
    require_free(session, question, by)
    if said_just_now(question, given["words"], from_asker=False):
        return
    into = language_for(session, question, given["language"])
    if into:
        lay_up(session, question, given, cited, into, by=by, site=site)
        let_go(question)
        return
    message = Message(
        question_id=question.id,
        at=datetime.now(UTC),
        from_asker=False,
        by_id=by.id,
        words=given["words"],
        language=given["language"],
        own_experience=given["own"],
        cites=[Cite(record_id=record.id) for record in cited],
    )
    question.messages.append(message)
    _goes_out(session, question, site)


def send_translated(
    session: Session, number: int, words: str, *, by: Person, site: str
) -> None:
    """Send an answer that waited, in the language of its asker.

    :raises NotFound: there is none, it was sent already, or she may not translate it.
    :raises Conflict: the question goes on in another.
    """
    row, question = get_untranslated(session, number, by=by)
    translated(session, row, question, words, by=by)
    _goes_out(session, question, site)


def call_back(session: Session, question: Question, number: int, *, by: Person) -> None:
    """Take an answer back that waits for a translator.

    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now.
    """
    require_free(session, question, by)
    take_back(session, question, number)


def _goes_out(session: Session, question: Question, site: str) -> None:
    """Let the asker read what was answered: it is her turn."""
    question.state, question.changed = State.WAITING, datetime.now(UTC)
    let_go(question)
    clocks.answered(session, question)
    write_asker(session, question, ANSWERED, site)
    tell_followers(session, question, site)


def move(
    session: Session, question: Question, desk: str, *, by: Person, site: str
) -> None:
    """Give a question to another desk, which is told; why it lies there is kept.

    :raises NotAllowed: she may not, for it is not in her scope.
    :raises NotValid: there is no such desk.
    """
    RULES.require(by, "move a question", question_thing(session, question))
    if session.get(Desk, desk) is None:
        said = str(_("There is no such desk."))
        raise NotValid(_("Please look at the marked fields."), {"desk": [said]})
    if desk != question.desk_code:
        goes_to(session, question, desk, Because.GIVEN, by=by)
    if question.state == State.OPEN:
        tell_desk(session, question, site)


def set_aside(session: Session, question: Question, *, by: Person) -> None:
    """Close a question that needs no answer, such as advertising; nothing is sent.

    :raises NotAllowed: she may not, for it is not in her scope.
    """
    RULES.require(by, "move a question", question_thing(session, question))
    question.state, question.changed = State.RESOLVED, datetime.now(UTC)
    let_go(question)
    clocks.settled(session, question)


def was_shown(question: Question) -> dict[int, bool]:
    """Give the records offered before it was sent, and whether she read them."""
    rows: list[Shown] = question.shown
    return {row.record_id: row.was_read for row in rows}


def require_free(session: Session, question: Question, by: Person) -> None:
    """Refuse what only she may do who has the question, or nobody has it.

    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now, or it goes on in another.
    """
    RULES.require(by, "answer a question", question_thing(session, question))
    if question.goes_on_id is not None:
        raise Conflict(GOES_ON)
    if taken_by_another(question, by):
        raise Conflict(_("Somebody else is at it. Please wait some minutes."))


def let_go(question: Question) -> None:
    """Take it from whoever had taken it up."""
    question.claimed_by = question.claimed_until = None
