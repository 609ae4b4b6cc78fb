"""What is due, overdue and coming, for each as far as her roles reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kb.assessing.clock import AHEAD, GRACE, this_day
from kb.assessing.history import last_of
from kb.assessing.models import Assessment
from kb.assessing.rules import ASSESSING, has_role, sees_due
from kb.errors import NotAllowed
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import is_public, titled
from kb.record.models import Record

MOST_LISTED = 200
"""So many at once; what is due longest comes first."""


@dataclass(frozen=True)
class Due:
    """A record, the day it is due and what was said of it last."""

    record: Record
    on: date
    last: Assessment | None
    mine: bool
    """She wrote it: somebody else assesses it."""


@dataclass(frozen=True)
class Queue:
    """What stands at the desk."""

    overdue: Sequence[Due]
    """Readers are told of these."""
    due: Sequence[Due]
    coming: Sequence[Due]


def queue(session: Session, person: Person, language: str) -> Queue:
    """Give what is due now or soon.

    :raises NotAllowed: she assesses nothing and has written nothing that is due.
    """
    today = this_day()
    rows = _listed(session, person, today, language)
    if not rows and not has_role(person, ASSESSING):
        raise NotAllowed(_("You may not do this."), step="see what is due")
    return Queue(
        [one for one in rows if one.on + GRACE < today],
        [one for one in rows if one.on <= today <= one.on + GRACE],
        [one for one in rows if today < one.on],
    )


def due_by(
    person: Person, day: date, among: Collection[str] = ASSESSING
) -> Select[int, date | None]:
    """Select number and day of the records that are due by a day, longest due first.

    :param among: roles of hers that count, beside what she wrote.
    """
    return (
        select(Record.id, Record.review_due_on)
        .where(is_public(), Record.review_due_on <= day, sees_due(person, among))
        .order_by(Record.review_due_on, Record.id)
        .limit(MOST_LISTED)
    )


def count_due(session: Session, person: Person) -> int | None:
    """Give how many records are due now for her; nothing if she assesses none."""
    if not has_role(person, ASSESSING):
        return None
    due = due_by(person, this_day()).with_only_columns(Record.id).subquery()
    return session.scalar(select(func.count()).select_from(due)) or 0


def days_of(session: Session, wanted: Select[int, date | None]) -> dict[int, date]:
    """Give the records of `due_by` with their days, in its order."""
    found = session.execute(wanted)
    return {number: day for number, day in found if day is not None}


def _listed(
    session: Session, person: Person, today: date, language: str
) -> Sequence[Due]:
    days = days_of(session, due_by(person, today + AHEAD))
    records, said = titled(session, days, language), last_of(session, days)
    return [
        Due(records[n], day, said.get(n), records[n].author_id == person.id)
        for n, day in days.items()
        if n in records
    ]
