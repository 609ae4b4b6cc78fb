"""What a person said with her account or her address: hers to take or undo."""

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kb.feedback.models import (
    Comment,
    FollowUp,
    HeldState,
    Report,
    Said,
    Tried,
)
from kb.people.belongings import Belongings, Rows, rows_of
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


FEEDBACK = Belongings("feedback", shown, let_go)
