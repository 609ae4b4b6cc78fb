"""What can be chosen where a draft names a source or another record."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import FALLBACK
from kb.record.lookups import is_public
from kb.record.models import Record, Source, Text


def source_keys(session: Session) -> Sequence[tuple[str, str]]:
    """Give every source: its key, and what it is, short."""
    rows = session.execute(select(Source.key, Source.citation).order_by(Source.key))
    return [(key, citation[:90]) for key, citation in rows]


def record_keys(session: Session, language: str) -> Sequence[tuple[str, str]]:
    """Give every public record: its code and its title, in a language if it has one."""
    rows = session.execute(
        select(Record.ref, Text.title)
        .join(Text, Text.record_id == Record.id)
        .where(is_public(), Text.language.in_({language, FALLBACK}))
        .order_by(Record.id, Text.language == language)
    )
    return list(dict(rows.all()).items())
