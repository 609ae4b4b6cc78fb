"""Pictures that came with questions: seen by whoever may see the question."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.helpdesk.mail_tables import QuestionPicture
from kb.helpdesk.question_tables import Question
from kb.helpdesk.rules import RULES, question_thing
from kb.people.models import Person
from kb.pictures.lookups import whole
from kb.pictures.models import Picture, State


def pictures_of(session: Session, question: Question) -> Sequence[Picture]:
    """Give the pictures that came with a question, the first sent first."""
    wanted = (
        select(Picture)
        .join(QuestionPicture, QuestionPicture.picture_id == Picture.id)
        .where(QuestionPicture.question_id == question.id)
        .where(Picture.state == State.ASKED)
        .order_by(Picture.id)
        .options(*whole())
    )
    return session.scalars(wanted).unique().all()


def sees_asked(session: Session, person: Person | None, picture: Picture) -> bool:
    """Say whether a person sees a picture because she may see its question."""
    if person is None or picture.state != State.ASKED:
        return False
    question = session.scalar(
        select(Question)
        .join(QuestionPicture, QuestionPicture.question_id == Question.id)
        .where(QuestionPicture.picture_id == picture.id)
    )
    if question is None:
        return False
    return RULES.may(person, "see a question", question_thing(session, question))
