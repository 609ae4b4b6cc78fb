"""Other questions of the same asker: those that go on in one, and those made of it."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kb.helpdesk.question_tables import Question
from kb.helpdesk.rules import open_to
from kb.people.models import Person


def earlier(session: Session, question: Question) -> list[Question]:
    """Give those that go on in a question, or in one that goes on in it."""
    found: list[Question] = []
    ahead = [question.id]
    while ahead:
        went_on = select(Question).where(Question.goes_on_id.in_(ahead))
        here = session.scalars(went_on.order_by(Question.id)).all()
        found += here
        ahead = [one.id for one in here]
    return found


def opened_beside(session: Session, question: Question) -> list[Question]:
    """Give what the links of a question open beside it: the earlier ones and parts."""
    before = earlier(session, question)
    whole = [question.id, *(one.id for one in before)]
    parts = select(Question).where(
        Question.came_from_id.in_(whole), Question.goes_on_id.is_(None)
    )
    known = {*whole}
    new = session.scalars(parts.order_by(Question.id)).all()
    return [*before, *(one for one in new if one.id not in known)]


def beside(session: Session, question: Question, *, by: Person) -> Sequence[Question]:
    """Give the questions next to one, as far as somebody at a desk may see them."""
    next_to = or_(
        Question.id.in_({question.goes_on_id, question.came_from_id} - {None}),
        Question.goes_on_id == question.id,
        Question.came_from_id == question.id,
    )
    hers = select(Question).where(next_to, open_to(by, "see a question"))
    return session.scalars(hers.order_by(Question.id)).all()
