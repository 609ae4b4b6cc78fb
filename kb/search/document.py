"""What goes into an index and what comes out; no index-specific word here."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple, Protocol

from kb.search.ranges import RANGES, bands_of

FORM = 8
"""Raised with every change of what a document holds or how any index keeps it: an older
index is then made anew. How words are read has a version of its own."""

FACETS = (
    "kind",
    "land_use",
    "climate",
    "soil",
    "theme",
    "purpose",
    "region",
    "country",
    "evidence",
    "labour",
    "cost",
    "suits",
    "benefits",
    "tells",
    "language",
)
"""What results can be narrowed by, in the order shown."""

FILTERS = (*FACETS, *RANGES)
"""All that results can be narrowed by: a value of a facet, or a range as it is written
(`kb.search.ranges`)."""

SORTS = ("best", "evidence", "newest", "tried", "nearest", "title")

MATCHES = ("all", "most", "any")

COMPARED = 500
"""Best hits that may be put in a new order; what comes after them stays as it was."""


class Compared(NamedTuple):
    """Records that are put in a new order: of each list, the n-th is of the n-th."""

    records: Sequence[int]
    kinds: Sequence[str]
    evidence: Sequence[int]
    """Levels, as in `Hit`."""
    days: Sequence[int]


Weigh = Callable[[Compared], Sequence[float]]
"""Gives how much each of some records counts, beside 1 for what counts as it is."""

ROUND = 1 << 62
"""Checksums stay below this."""

Key = tuple[int | float | str, ...]
"""What an order goes by, for one record: the first part decides, then the next. Records
that are level otherwise stand in the order of their refs."""


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
    """Facet → its values; the same in every language of the record. Where a value lies
    in a greater one, a land use in its group, the greater one stands there too."""
    figures: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Range → its figures, in the units of `kb.search.ranges`."""
    tried: int = 0
    """In how many places it was tried."""
    published: str = ""
    """Date in ISO form; sorts as it reads."""
    assessed: str = ""
    """The last date on which somebody said whether it is still true, in ISO form."""
    concepts: tuple[str, ...] = ()
    """Concepts of the thesaurus, the oftener the more of its texts speak of them."""
    broader: tuple[str, ...] = ()
    """Those that are broader than these."""
    analysed: Mapping[str, Sequence[str]] | None = field(
        default=None, compare=False, repr=False
    )
    """The terms of its texts, where they were needed before the index asks for them."""

    def values(self, name: str) -> tuple[str, ...]:
        """Give what it is counted under in a facet, or in the bands of a range."""
        if name in RANGES:
            return bands_of(name, self.figures.get(name, ()))
        return self.facets.get(name, ())

    @property
    def published_day(self) -> int:
        """The date as a number that sorts like it: 20261123; 0 without one."""
        return int(self.published.replace("-", "") or 0)

    @property
    def last_day(self) -> int:
        """The day it was last published or assessed, as `published_day` has it."""
        return max(self.published_day, int(self.assessed.replace("-", "") or 0))

    @property
    def evidence_level(self) -> int:
        """The strongest evidence, 0 to 5; -1 where there is none."""
        evidence = self.facets.get("evidence") or ("",)
        return int(evidence[0][1:] or -1)

    @property
    def key(self) -> str:
        """The one name of this document in an index."""
        return f"{self.record_id}:{self.language}"

    @property
    def checksum(self) -> int:
        """Give a number below 2^62 that differs as soon as anything in it does."""
        told = {name: said for name, said in vars(self).items() if name != "analysed"}
        said = json.dumps(told, sort_keys=True, default=dict)
        digest = blake2b(said.encode(), digest_size=8).digest()
        return int.from_bytes(digest) & (ROUND - 1)


@dataclass(frozen=True)
class Meant:
    """Some words of a query that name concepts of the thesaurus."""

    start: int
    words: str
    """As they were typed, from ``start`` on."""
    codes: tuple[str, ...]

    @property
    def end(self) -> int:
        """Give where they end."""
        return self.start + len(self.words)


@dataclass(frozen=True)
class Query:
    """What somebody is looking for."""

    words: str = ""
    language: str = "en"
    """The reader's language: how her words are read, and what she is shown."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet or range → values any of which is enough; each of them must be met."""
    match: str = "all"
    """``all`` that the words ask for, ``most`` of it or ``any``."""
    sort: str = "best"
    likeness: Mapping[int, float] = field(default_factory=dict)
    """Record → how near it is, the greater the nearer, for the order ``nearest``; a
    record left out counts 0."""
    page: int = 1
    per_page: int = 10
    counted: tuple[str, ...] = FILTERS
    """Facets and ranges whose values are to be counted."""
    exact: bool = False
    """Whether words count as they are spelt, even where nothing holds them."""
    meant: tuple[Meant, ...] = ()
    """What `kb.search.meaning` made of the words; of other words it says nothing."""
    after: Key = ()
    """Only what comes after the record of this key is given."""
    given: frozenset[int] = frozenset()
    """Records that are left out of the page, though they count."""

    @property
    def goes_on(self) -> bool:
        """Say whether a page came before, known by a cursor."""
        return bool(self.after or self.given)


class Hit(NamedTuple):
    """A record found; the record itself is loaded, and checked, by the caller."""

    record_id: int
    ref: str
    kind: str
    language: str
    """The best language of the record for this reader."""
    matched_in: str
    """The language in which the words were found."""
    score: float
    evidence: int = -1
    """The strongest evidence, 0 to 5; -1 where there is none."""
    day: int = 0
    """When it was last published or assessed: 20261123; 0 if that is not known."""


class Reasons(NamedTuple):
    """What the score of one hit is made of, before anything is weighed beside it."""

    language: str
    """Of the text that scores best, which is the one that counts."""
    score: float
    ways: tuple[tuple[tuple[str, ...], float], ...]
    """Terms of each way that the text meets a need, and what it adds to the score."""


@dataclass(frozen=True)
class Found:
    """One page of hits, and what the whole result holds."""

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    """Facet or range that was to be counted → value or band → number of records, its
    own filter left aside."""
    last: Key = ()
    """What the order goes by, for the last hit; with ``best``, by words alone."""
    more: bool = False
    """Whether there are hits behind this page."""


def fingerprints(documents: Iterable[Document]) -> dict[int, int]:
    """Give for each record the sum of the checksums of its documents."""
    found: dict[int, int] = {}
    for d in documents:
        found[d.record_id] = (found.get(d.record_id, 0) + d.checksum) % ROUND
    return found


@dataclass(frozen=True)
class NearWord:
    """A word of an index that is spelt like one that was typed."""

    word: str
    """In folded form."""
    slips: int
    """0 for the very word; see `kb.regions.spelling.slips`."""
    texts: int
    """In how many texts of any language it stands."""
    own: int
    """In how many texts of the reader's language."""


@dataclass(frozen=True)
class Figures:
    """How an index stands on its disk."""

    generation: int
    """Counts the changes; a reader that has seen another number looks anew."""
    segments: int
    documents: int
    """Those that can be found."""
    gone: int
    """Those replaced or removed that still take room."""
    size_bytes: int


class SearchIndex(Protocol):
    """What an index must do: nine verbs. Each may raise `Unavailable`.

    What `put`, `remove`, `refill` and `tidy` did is safely on disk when they end.
    """

    def put(
        self, documents: Iterable[Document], *, of: Collection[int] | None = None
    ) -> None:
        """Take in all documents of some records, in place of what it held of them.

        Documents are drawn when it is this writer's turn: what they say is then newer
        than what any other has put.

        :param of: names these records beforehand; one without a document is dropped.
        """

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages; those it does not hold do not matter."""

    def find(self, query: Query, weigh: Weigh | None = None) -> Found:
        """Give the best hits, one for each record.

        :param weigh: the first `COMPARED` hits come in the order of their scores times
            what this gives; those given before count among them. Scores stay.
        """

    def reasons(self, query: Query, record_ids: Collection[int]) -> dict[int, Reasons]:
        """Say what the scores of some records are made of; they add up.

        What was not found by the words of the query is left out.
        """

    def near(self, words: Collection[str], language: str) -> dict[str, list[NearWord]]:
        """Say of folded words which stand in texts, and what stands there like them.

        For each word: itself, if a text holds any of its forms, with all of these
        counted; then exact words that are a slip or two away, likeliest first.

        :param language: the reader's.
        """

    def refill(self, documents: Iterable[Document]) -> None:
        """Start anew with just these; readers see the old or the new, never half.

        Others need not wait: records put or removed since the first document was drawn
        are afterwards as they were put or removed.
        """

    def held(self) -> Mapping[int, int]:
        """Give for each record it holds what `fingerprints` gave of its documents."""

    def tidy(self) -> None:
        """Give back the room of what is gone; make searching as quick as it gets."""

    def figures(self) -> Figures:
        """Say how it stands."""


def order_of(ref: str) -> int:
    """Give a number that sorts like refs: by letter, then by number."""
    letter, _, number = ref.partition("-")
    return ord(letter[:1] or "0") << 32 | (int(number) if number.isdigit() else 0)
