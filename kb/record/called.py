"""What each public record is called, read once for all of them."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.record.lookups import is_public
from kb.record.models import LocalName, Record, Text


@dataclass
class Called:
    """One record: its titles and local names, and what its address is made of."""

    ref: str
    kind: str
    source_language: str
    titles: list[tuple[str, str]] = field(default_factory=list)
    """Languages with the title in each."""
    names: list[tuple[str, str]] = field(default_factory=list)
    """Languages with local names."""
    slugs: dict[str, str] = field(default_factory=dict)
    """Language → what its address ends in."""


def read_called(session: Session) -> dict[int, Called]:
    """Give all public records by number, in two queries."""
    rows = session.execute(
        select(
            Record.id,
            Record.ref,
            Record.kind,
            Record.source_language,
            Text.language,
            Text.title,
            Text.slug,
        )
        .join(Text, Text.record_id == Record.id)
        .where(is_public())
        .order_by(Record.id, Text.language)
    )
    found: dict[int, Called] = {}
    for number, ref, kind, source, language, title, slug in rows:
        called = found.setdefault(number, Called(ref, kind, source))
        called.titles.append((language, title))
        called.slugs[language] = slug
    names = select(LocalName.record_id, LocalName.language, LocalName.text)
    for number, language, name in session.execute(names.order_by(LocalName.id)):
        if number in found:
            found[number].names.append((language, name))
    return found
