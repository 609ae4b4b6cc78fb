"""Reading the vocabularies: all names a page needs, in one query."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import FALLBACK
from kb.vocabulary.models import Concept, ConceptName


@dataclass(frozen=True)
class Entry:
    """A concept in one reader's language."""

    id: str
    scheme: str
    code: str
    group: str
    name: str
    plain: str


class Vocabulary:
    """Every concept, named for one reader; in English where hers has no name."""

    def __init__(self, entries: list[Entry]) -> None:
        self._by_id = {entry.id: entry for entry in entries}
        self._schemes: dict[str, list[Entry]] = {}
        for entry in entries:
            self._schemes.setdefault(entry.scheme, []).append(entry)

    def scheme(self, name: str) -> list[Entry]:
        """Give the entries of one list in order; none if there is no such list."""
        return self._schemes.get(name, [])

    def schemes(self) -> dict[str, list[Entry]]:
        """Give all lists."""
        return self._schemes

    def get(self, concept_id: str) -> Entry | None:
        """Give one entry, or nothing."""
        return self._by_id.get(concept_id)

    def name(self, concept_id: str | None) -> str:
        """Name a concept; its id where it has none, nothing for nothing."""
        entry = self._by_id.get(concept_id or "")
        return entry.name if entry else (concept_id or "")

    def plain(self, concept_id: str | None) -> str:
        """Give the plain line of a concept, else its name."""
        entry = self._by_id.get(concept_id or "")
        return (entry.plain or entry.name) if entry else (concept_id or "")


def read_vocabulary(session: Session, language: str) -> Vocabulary:
    """Read all concepts, named in ``language``."""
    rows = session.execute(
        select(
            Concept.id,
            Concept.scheme,
            Concept.code,
            Concept.group,
            ConceptName.language,
            ConceptName.name,
            ConceptName.plain,
        )
        .join(ConceptName, ConceptName.concept_id == Concept.id)
        .where(ConceptName.language.in_({language, FALLBACK}))
        .order_by(Concept.scheme, Concept.position)
    )
    best: dict[str, Entry] = {}
    for id_, scheme, code, group, spoken, name, plain in rows:
        if spoken == language or id_ not in best:
            best[id_] = Entry(id_, scheme, code, group, name, plain)
    return Vocabulary(list(best.values()))
