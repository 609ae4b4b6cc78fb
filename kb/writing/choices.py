"""What can be chosen where a draft names a source or another record."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import FALLBACK
from kb.record.lookups import is_public
from kb.record.models import Record, Text
from kb.writing.sources import citable
from kb.writing.versions import Document


def source_keys(session: Session, document: Document) -> list[tuple[str, str]]:
    """Give every source that a draft can cite: its key, and what it is, short."""
    return [(one.key, one.citation[:90]) for one in citable(session, document)]


def record_keys(session: Session, language: str) -> Sequence[tuple[str, str]]:
    """Give every public record: its code and its title, in a language if it has one."""
    rows = session.execute(
        select(Record.ref, Text.title)
        .join(Text, Text.record_id == Record.id)
        .where(is_public(), Text.language.in_({language, FALLBACK}))
        .order_by(Record.id, Text.language == language)
    )
    return list(dict(rows.all()).items())
