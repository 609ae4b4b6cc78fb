"""What each public record is filed under, read once for all of them."""

from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kb.journal import JournalLine
from kb.record.lookups import is_public
from kb.record.models import Record, Tag

SCHEMES = ("purpose", "theme", "slm_group", "land_use", "climate", "soil")
"""What says what a record is about and for which land; not how much work it is."""


@dataclass
class Filed:
    """One record: its kind, and its codes list by list."""

    kind: str
    codes: dict[str, list[str]] = field(default_factory=dict)

    def under(self, *schemes: str) -> set[str]:
        """Give the concepts it is filed under in some lists, as ``scheme:code``."""
        return {f"{s}:{code}" for s in schemes for code in self.codes.get(s, ())}


def read_filed(session: Session) -> dict[int, Filed]:
    """Give all public records by number, in one query."""
    rows = session.execute(
        select(Record.id, Record.kind, Tag.concept_id)
        .outerjoin(
            Tag,
            (Tag.record_id == Record.id)
            & or_(*(Tag.concept_id.startswith(f"{name}:") for name in SCHEMES)),
        )
        .where(is_public())
        .order_by(Record.id, Tag.concept_id)
    )
    found: dict[int, Filed] = {}
    for record_id, kind, concept_id in rows:
        filed = found.setdefault(record_id, Filed(kind))
        scheme, _, code = (concept_id or "").partition(":")
        if scheme:
            filed.codes.setdefault(scheme, []).append(code)
    return found


def last_change(session: Session) -> int:
    """Give the number of the journal's last line; while it stays, so do all records."""
    return session.scalar(select(func.max(JournalLine.id))) or 0
