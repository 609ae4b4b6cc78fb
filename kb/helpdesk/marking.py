"""Marking that a question asks the same as that of somebody else, and undoing it."""

from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotFound, NotValid
from kb.helpdesk.pass_tables import Because
from kb.helpdesk.path import stays
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.rules import RULES, question_thing
from kb.helpdesk.working import (
    GOES_ON,
    get_question,
    let_go,
    number_by_code,
    require_free,
)
from kb.language import _
from kb.people.models import Person

LOOK_AGAIN = _("Please look at the marked fields.")


def follow(session: Session, question: Question, typed: str, *, by: Person) -> None:
    """Let a question wait for the answer to another; its clocks run on.

    What followed it follows the other from now on, and what the other follows itself is
    followed, so that no chain comes about.

    :param typed: the code of the other.
    :raises NotAllowed: she may not answer both.
    :raises NotValid: there is no such question, or it is the same, or follows it.
    :raises Conflict: somebody else is at one of them, or it waits for no answer.
    """
    require_free(session, question, by)
    if question.state != State.OPEN or question.desk_code is None:
        raise Conflict(_("This question waits for no answer."))
    first = _first_of(session, other_by_code(session, typed, "like", by=by), by)
    if first.id == question.id:
        said = _("A question cannot wait for its own answer.")
        raise NotValid(LOOK_AGAIN, {"like": [str(said)]})
    if first.id == question.follows_id:
        return
    follows_it = update(Question).where(Question.follows_id == question.id)
    session.execute(follows_it.values(follows_id=first.id))
    question.follows_id, question.changed = first.id, datetime.now(UTC)
    stays(session, question, Because.ALIKE, by=by)
    let_go(question)
    session.flush()


def go_alone(session: Session, question: Question, *, by: Person) -> None:
    """Let a question wait for another no more.

    :raises NotAllowed: it is none of hers.
    :raises Conflict: somebody else has it now.
    """
    require_free(session, question, by)
    if question.follows_id is None:
        return
    question.follows_id, question.changed = None, datetime.now(UTC)
    stays(session, question, Because.UNLIKE, by=by)
    session.flush()


def other_by_code(session: Session, typed: str, field: str, *, by: Person) -> Question:
    """Give another question that she may answer, held until this work is done.

    :param field: of the form, where the code was typed.
    :raises NotAllowed: she may not answer it.
    :raises NotValid: none of hers has this code.
    :raises Conflict: somebody writes to it at this moment, or it goes on in another.
    """
    try:
        found = _held(session, number_by_code(session, typed, by=by), by)
    except NotFound as none:
        raise NotValid(LOOK_AGAIN, {field: [str(none)]}) from none
    if found.goes_on_id is not None:
        raise Conflict(GOES_ON)
    return found


def _first_of(session: Session, found: Question, by: Person) -> Question:
    """Give what a question follows, or the question itself."""
    if found.follows_id is None:
        return found
    try:
        return _held(session, found.follows_id, by)
    except NotFound as none:
        said = _("It waits for the answer to a question that is none of yours.")
        raise NotValid(LOOK_AGAIN, {"like": [str(said)]}) from none


def _held(session: Session, number: int, by: Person) -> Question:
    """Give a question that nobody else writes to; whoever is later does not wait.

    Two who mark two questions crosswise would wait for each other for ever.
    """
    own = select(Question.id).where(Question.id == number)
    if session.scalar(own.with_for_update(skip_locked=True)) is None:
        raise Conflict(_("Somebody else is at it. Please wait some minutes."))
    found = get_question(session, number, by=by)
    RULES.require(by, "answer a question", question_thing(session, found))
    return found
