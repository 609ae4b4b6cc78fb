"""How much of what users say waits for a person at the desk: counted, not read."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from kb.feedback.models import Comment, HeldState, Report, ReportState, Said, Tried
from kb.feedback.rules import RULES, open_to
from kb.people.models import Person
from kb.record.models import Record


class _Queue(NamedTuple):
    table: type[Said]
    waits: ColumnElement[bool]
    step: str


QUEUES: Mapping[str, _Queue] = {
    "reports": _Queue(Report, Report.state != ReportState.SETTLED, "see reports"),
    "trials": _Queue(Tried, Tried.state == HeldState.HELD, "see held trials"),
    "comments": _Queue(Comment, Comment.state == HeldState.HELD, "see held comments"),
}
"""The queues of the desk for what users say, in its order."""


def waiting(session: Session, person: Person) -> dict[str, int]:
    """Count what waits in each queue within a person's scope, in one query.

    Queues that none of her roles is for are left out.
    """
    counts = {
        name: _counted(queue, person)
        for name, queue in QUEUES.items()
        if RULES.granting(person, queue.step)
    }
    if not counts:
        return {}
    found = session.execute(select(*counts.values())).one()
    return dict(zip(counts, found, strict=True))


def _counted(queue: _Queue, person: Person) -> ScalarSelect[int]:
    return (
        select(func.count(queue.table.id))
        .join(Record, Record.id == queue.table.record_id)
        .where(queue.waits, open_to(person, queue.step))
        .scalar_subquery()
    )
