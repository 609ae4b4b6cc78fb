"""What goes into an index and what comes out; no index-specific word here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

FACETS = (
    "kind",
    "land_use",
    "climate",
    "soil",
    "theme",
    "purpose",
    "country",
    "evidence",
    "labour",
    "cost",
    "suits",
    "language",
)
"""What results can be narrowed by, in the order shown."""

SORTS = ("best", "newest", "evidence", "title")


@dataclass(frozen=True)
class Document:
    """One record in one language, flattened for searching."""

    record_id: int
    ref: str
    kind: str
    language: str
    source_language: str
    title: str
    names: tuple[tuple[str, str], ...] = ()
    """Local names: words and their language."""
    summary: str = ""
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet → its values; the same in every language of the record."""
    published: str = ""
    """Date in ISO form; sorts as it reads."""

    @property
    def key(self) -> str:
        """The one name of this document in an index."""
        return f"{self.record_id}:{self.language}"


@dataclass(frozen=True)
class Query:
    """What somebody is looking for."""

    words: str = ""
    language: str = "en"
    """The reader's language: how her words are read, and what she is shown."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet → values any of which is enough; every facet must be met."""
    match: str = "all"
    """``all`` that the words ask for, ``most`` of it or ``any``."""
    sort: str = "best"
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True)
class Hit:
    """A record found; the record itself is loaded, and checked, by the caller."""

    record_id: int
    ref: str
    kind: str
    language: str
    """The best language of the record for this reader."""
    matched_in: str
    """The language in which the words were found."""
    score: float


@dataclass(frozen=True)
class Found:
    """One page of hits, and what the whole result holds."""

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    """Facet → value → number of records, the facet's own filter left aside."""


class SearchIndex(Protocol):
    """What an index must do: four verbs. Each may raise `Unavailable`."""

    def put(self, documents: Iterable[Document]) -> None:
        """Take in all documents of some records, in place of what it held of them."""

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages; those it does not hold do not matter."""

    def find(self, query: Query) -> Found:
        """Give the best hits, one for each record."""

    def refill(self, documents: Iterable[Document]) -> None:
        """Start anew with just these; readers see the old or the new, never half."""
