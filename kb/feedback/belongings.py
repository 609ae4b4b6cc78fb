"""What a person said with her account or her address: hers to take or undo."""

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kb.feedback import photos
from kb.feedback.follow_up import ANSWER_WITHIN
from kb.feedback.models import (
    Comment,
    FollowUp,
    HeldState,
    Helpful,
    Report,
    Result,
    Said,
    Tried,
)
from kb.feedback.tidying import CONTACT_DAYS, REFUSED_DAYS, VOTER_DAYS
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person

_SAID = ("record_id", "at", "language", "name", "contact", "state", "note", "decided")
SHOWN: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "reports": (Report, (*_SAID, "kind", "words")),
    "comments": (Comment, (*_SAID, "words")),
    "tried": (
        Tried,
        (
            *_SAID,
            *("country", "place", "latitude", "longitude", "land_use_id", "season_id"),
            *("year", "area_ha", "done", "outcome", "why", "failed"),
        ),
    ),
}
"""Part → its table, and the columns that are shown, listed by hand."""
FOLLOW_UP = ("record_id", "address", "language", "begun", "due", "state")


def shown(session: Session, person: Person) -> dict[str, Rows]:
    """Give all she said here, as rows of plain values and times."""
    parts: dict[str, Rows] = {}
    for name, (table, columns) in SHOWN.items():
        hers = select(table).where(_hers(table, person)).order_by(table.id)
        parts[name] = rows_of(session.scalars(hers), columns)
    asked = select(FollowUp).where(FollowUp.address == (person.email or "?"))
    parts["follow_ups"] = rows_of(session.scalars(asked), FOLLOW_UP)
    return parts


def let_go(session: Session, person: Person) -> None:
    """Forget whose words they were; what nobody has let through goes altogether."""
    unseen = Tried.state != HeldState.PASSED
    photos.let_go(session, _hers(Tried, person), unseen)
    for held in (Comment, Tried):
        waits = held.state != HeldState.PASSED
        session.execute(delete(held).where(_hers(held, person), waits))
    for table in (Report, Comment, Tried):
        nobodys = {"person_id": None, "name": "", "contact": ""}
        session.execute(update(table).where(_hers(table, person)).values(nobodys))
    hers = FollowUp.address == (person.email or "?")
    session.execute(delete(FollowUp).where(hers))


def _hers(table: type[Said], person: Person) -> ColumnElement[bool]:
    """Give "she said it", by her account or by the address she has confirmed."""
    if not person.email:
        return table.person_id == person.id
    return or_(table.person_id == person.id, table.contact == person.email)


_PARTS = ("feedback.comments", "feedback.tried", "feedback.reports")
KEPT = (
    Kept(
        _("That a browser has said whether a record helped, under a key that differs"
          " from record to record."),
        _("%(n)s days; the answer itself stays counted.", n=VOTER_DAYS),
        (Helpful,), (), VOTER_DAYS,
    ),
    Kept(
        _("The address you gave for an answer."),
        _("Until you have the answer, at most %(n)s days.", n=CONTACT_DAYS),
        (Comment, Tried, Report), _PARTS, CONTACT_DAYS,
    ),
    Kept(
        _("Comments and trials that were not let through."),
        _("%(n)s days.", n=REFUSED_DAYS),
        (Comment, Tried, Result), _PARTS, REFUSED_DAYS,
    ),
    Kept(
        _("Comments, trials and reports, with the name you gave."),
        _("For good; without your name once your account is deleted."),
        (Comment, Tried, Result, Report), _PARTS,
    ),
    Kept(
        _("The address we ask how it went, if you want to be asked."),
        _("Until you answered, at most %(n)s days after we asked.",
          n=ANSWER_WITHIN.days),
        (FollowUp,), ("feedback.follow_ups",), ANSWER_WITHIN.days,
    ),
)  # fmt: skip
FEEDBACK = Belongings("feedback", shown, let_go, KEPT)
