"""What the helpdesk keeps of people: their questions, and what they did at a desk."""

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kb.helpdesk.desk_tables import DeskDuty
from kb.helpdesk.letters import forget_letters
from kb.helpdesk.question_tables import (
    Cite,
    Message,
    Note,
    PrivateLink,
    Question,
    Shown,
)
from kb.helpdesk.tidying import CONTACT_DAYS
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person

QUESTION = (
    *("code", "at", "words", "language", "country", "place", "latitude", "longitude"),
    *("land_use_id", "theme_id", "contact", "state"),
)
SAID = ("question_id", "at", "words", "language")
DUTY = ("desk_code", "away_from", "away_until", "daily_cap")


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give her questions with what was said of them, and what she did for others."""
    asked = session.scalars(select(Question).where(_asked(person))).all()
    numbers = [question.id for question in asked]

    def of(table: Any, columns: tuple[str, ...], where: Any) -> Rows:  # noqa: ANN401
        return rows_of(session.scalars(select(table).where(where)), columns)

    return {
        "questions": rows_of(asked, QUESTION),
        "said_of_them": of(Message, SAID, Message.question_id.in_(numbers)),
        "answers": of(Message, SAID, Message.by_id == person.id),
        "notes": of(Note, ("question_id", "at", "words"), Note.by_id == person.id),
        "duty": of(DeskDuty, DUTY, DeskDuty.person_id == person.id),
    }


def let_go(session: Session, person: Person) -> None:
    """Throw her own questions away; what she did for others stays, without her."""
    session.execute(delete(Question).where(_asked(person)))
    if person.email:
        forget_letters(session, person.email)
    session.execute(delete(DeskDuty).where(DeskDuty.person_id == person.id))
    for table in (Message, Note):
        hers = update(table).where(table.by_id == person.id)
        session.execute(hers.values(by_id=None))
    taken = update(Question).where(Question.claimed_by == person.id)
    session.execute(taken.values(claimed_by=None, claimed_until=None))


def _asked(person: Person) -> ColumnElement[bool]:
    """Give "she asked it", by her account or by the address she has confirmed."""
    if not person.email:
        return Question.person_id == person.id
    return or_(Question.person_id == person.id, Question.contact == person.email)


_ASKED = ("helpdesk.questions",)
KEPT = (
    Kept(
        _("The address you gave with a question."),
        _("%(n)s days after the last that happened to the question.", n=CONTACT_DAYS),
        (Question,), _ASKED, CONTACT_DAYS,
    ),
    Kept(
        _("Questions you asked and what was said of them, with the place to about"
          " 10 km, and which records you were shown."),
        _("As long as your account; without an account for good, under no name."),
        (Question, Message, PrivateLink, Shown, Cite),
        (*_ASKED, "helpdesk.said_of_them"),
    ),
    Kept(
        _("Which answers and notes you wrote at a helpdesk."),
        _("For good; without your name once your account is deleted."),
        (Message, Note), ("helpdesk.answers", "helpdesk.notes"),
    ),
    Kept(
        _("When you are away from a helpdesk, and how many questions a day you take."),
        _("As long as your account."),
        (DeskDuty,), ("helpdesk.duty",),
    ),
)  # fmt: skip
HELPDESK = Belongings("helpdesk", shown, let_go, KEPT)
