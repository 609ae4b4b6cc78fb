"""Questions of several askers that ask the same: one waits for the answer to another.

Nothing of one asker reaches the other. What was answered to the first is offered to
experts as a draft for each that follows: it may hold what belongs to the first asker
alone, so a person reads it, and sends it or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.helpdesk.notices import tell_desk
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.rules import RULES, open_to, question_thing
from kb.people.models import Person

MOST_TOLD_OF = 100
"""So many questions that follow one are told to their desks when it is answered."""


@dataclass(frozen=True)
class Alike:
    """What is like a question, as far as somebody at a desk may see it."""

    follows: Question | None
    """That whose answer it waits for; nothing if it is none of hers."""
    draft: Message | None
    """What was answered there since it was answered here, while it is open."""
    followers: Sequence[Question]
    """Those that wait for its answer."""


def alike(session: Session, question: Question, *, by: Person) -> Alike:
    """Give what is like a question, with all that was said of it here."""
    followers = session.scalars(
        select(Question)
        .where(Question.follows_id == question.id, open_to(by, "see a question"))
        .order_by(Question.id)
    ).all()
    first = _first(session, question)
    if first is None:
        return Alike(None, None, followers)
    if not RULES.may(by, "see a question", question_thing(session, first)):
        return Alike(None, None, followers)
    there, here = _last_answer(first), _last_answer(question)
    new = there is not None and (here is None or here.at < there.at)
    wanted = new and question.state == State.OPEN
    return Alike(first, there if wanted else None, followers)


def tell_followers(session: Session, question: Question, site: str) -> None:
    """Tell the desks of those that follow a question that there is an answer to it.

    :param site: where addresses of this installation begin.
    """
    waits = select(Question).where(Question.follows_id == question.id)
    waits = waits.where(Question.state == State.OPEN).order_by(Question.id)
    for follower in session.scalars(waits.limit(MOST_TOLD_OF)).all():
        tell_desk(session, follower, site)


def _first(session: Session, question: Question) -> Question | None:
    if question.follows_id is None:
        return None
    said = selectinload(Question.messages).selectinload(Message.cites)
    wanted = select(Question).where(Question.id == question.follows_id)
    return session.scalar(wanted.options(said))


def _last_answer(question: Question) -> Message | None:
    answers = [message for message in question.messages if not message.from_asker]
    return answers[-1] if answers else None
