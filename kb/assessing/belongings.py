"""What a person said when she assessed: in her file, and nameless when she leaves."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb import journal
from kb.assessing.models import Assessment, Reminder
from kb.language import _
from kb.people import log
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person
from kb.record.models import Record

ASSESSMENT = (
    *("record_id", "version", "at", "due_on", "way", "verdict", "then", "evidence"),
    *("users", "line", "language", "note", "name"),
)
REMINDER = ("record_id", "due_on", "at")
"""The columns that are shown, listed by hand."""


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give what she said of records, and what she was told is due."""
    said = select(Assessment).where(Assessment.by_id == person.id)
    told = select(Reminder).where(Reminder.person_id == person.id)
    said, told = said.order_by(Assessment.id), told.order_by(Reminder.at)
    return {
        "assessments": rows_of(session.scalars(said), ASSESSMENT),
        "reminders": rows_of(session.scalars(told), REMINDER),
    }


def let_go(session: Session, person: Person) -> None:
    """Forget whose assessments they were; what they say stays.

    The journal has a line for each record, so that no page shows her name any more.
    """
    hers = Assessment.by_id == person.id
    numbers = select(Assessment.record_id).where(hers)
    records = session.execute(
        select(Record.id, Record.kind).where(Record.id.in_(numbers))
    ).all()
    session.execute(update(Assessment).where(hers).values(by_id=None, name=""))
    session.execute(delete(Reminder).where(Reminder.person_id == person.id))
    for number, kind in records:
        by = log.called(person)
        journal.write(session, "name forgotten", kind=kind, record_id=number, by=by)


KEPT = (
    Kept(
        _("What you said when you assessed a record, with the name you gave."),
        _("For good; without your name once your account is deleted."),
        (Assessment,), ("assessing.assessments",),
    ),
    Kept(
        _("Which records we reminded you of."),
        _("Until you delete your account."),
        (Reminder,), ("assessing.reminders",),
    ),
)  # fmt: skip
ASSESSING = Belongings("assessing", shown, let_go, KEPT)
