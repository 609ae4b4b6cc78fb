"""From texts that match to one page of records with facet counts.

Shared by the indexes that match in Python. One hit for each record, in the language
best for the reader; a facet counts what were left if only its own filter were lifted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kb.folding import fold
from kb.language import best_of
from kb.search.document import Document, Found, Hit, Key, Query, order_of
from kb.search.ranges import RANGES, read_range


@dataclass
class Entry:
    """What an index remembers of one record, whatever the language."""

    document: Document
    """Any of its texts."""
    titles: dict[str, str] = field(default_factory=dict)

    def meets(self, name: str, wanted: Collection[str]) -> bool:
        """Say whether it has any of these values, or a figure in any of the ranges."""
        if name in RANGES:
            figures = self.document.figures.get(name, ())
            return any(read_range(each).holds_any(figures) for each in wanted)
        return not set(wanted).isdisjoint(self.document.values(name))


@dataclass(frozen=True)
class Match:
    """The best text of a record for the words asked."""

    score: float
    language: str


def entries_of(documents: Iterable[Document]) -> dict[int, Entry]:
    """Gather the documents of each record."""
    found: dict[int, Entry] = {}
    for d in documents:
        entry = found.get(d.record_id)
        if entry is None:
            entry = found[d.record_id] = Entry(d)
        entry.titles[d.language] = d.title
    return found


def tally(
    entries: Mapping[int, Entry], matches: Mapping[int, Match], query: Query
) -> Found:
    """Filter, count, sort and cut to the page asked for."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in query.counted}
    left: list[tuple[Entry, Match]] = []
    for record_id, match in matches.items():
        entry = entries[record_id]
        unmet = _unmet(entry, query)
        if not unmet:
            left.append((entry, match))
        for name in unmet or query.counted:
            if len(unmet) <= 1 and name in counts:
                counts[name].update(entry.document.values(name))
    page, more = _page(left, query)
    return Found(
        total=len(left),
        hits=[_hit(entry, match, query) for entry, match in page],
        facets={name: dict(counted) for name, counted in counts.items()},
        last=_key(page[-1][0], page[-1][1], query) if page else (),
        more=more,
    )


def _unmet(entry: Entry, query: Query) -> list[str]:
    """Name the facets and ranges whose filter a record does not meet."""
    return [
        name
        for name, wanted in query.filters.items()
        if wanted and not entry.meets(name, wanted)
    ]


def _shown(entry: Entry, query: Query) -> str:
    source = entry.document.source_language
    return best_of(entry.titles, reader=query.language, source=source)


def _hit(entry: Entry, match: Match, query: Query) -> Hit:
    return Hit(
        record_id=entry.document.record_id,
        ref=entry.document.ref,
        kind=entry.document.kind,
        language=_shown(entry, query),
        matched_in=match.language,
        score=match.score,
        evidence=entry.document.evidence_level,
        day=entry.document.last_day,
    )


def _page(
    found: list[tuple[Entry, Match]], query: Query
) -> tuple[list[tuple[Entry, Match]], bool]:
    """Give one page, the best first, and whether there is more behind it."""
    left = [p for p in found if p[0].document.record_id not in query.given]
    left.sort(key=lambda p: _key(p[0], p[1], query))
    if query.after:
        left = [p for p in left if _key(p[0], p[1], query) > query.after]
    first = (query.page - 1) * query.per_page
    return left[first : first + query.per_page], len(left) > first + query.per_page


def _key(entry: Entry, match: Match, query: Query) -> Key:
    """Give what the order goes by, smallest first; equals keep the order of refs."""
    d = entry.document
    order = order_of(d.ref)
    if query.sort == "title":
        return fold(entry.titles[_shown(entry, query)]), order
    if query.sort == "nearest":
        return -query.likeness.get(d.record_id, 0.0), order
    value = {
        "best": match.score,
        "newest": d.published_day,
        "evidence": d.evidence_level,
        "tried": d.tried,
    }
    return -value[query.sort], order
