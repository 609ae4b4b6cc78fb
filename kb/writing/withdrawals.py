"""Records that are not shown any more: why, and what to read in their place."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.record.lookups import titled
from kb.record.models import Record, Status
from kb.writing.models import Withdrawal


@dataclass(frozen=True)
class Gone:
    """What is told of a record that was withdrawn."""

    ref: str
    withdrawal: Withdrawal
    instead: Record | None
    """The public record that replaces it, with its titles."""


def find_gone(session: Session, ref: str, language: str) -> Gone | None:
    """Give why the record with a code is gone; nothing if it was not withdrawn."""
    withdrawal = session.scalar(
        select(Withdrawal)
        .join(Record, Record.id == Withdrawal.record_id)
        .where(Record.ref == ref, Record.status == Status.WITHDRAWN)
    )
    if withdrawal is None:
        return None
    other = withdrawal.replaced_by_id
    instead = titled(session, [other], language).get(other) if other else None
    return Gone(ref, withdrawal, instead)
