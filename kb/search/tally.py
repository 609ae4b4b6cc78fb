"""From texts that match to one page of records with facet counts.

Shared by the indexes that match in Python. One hit for each record, in the language
best for the reader; a facet counts what were left if only its own filter were lifted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.folding import fold
from kb.language import best_of
from kb.search.document import FACETS, Document, Found, Hit, Query


@dataclass
class Entry:
    """What an index remembers of one record, whatever the language."""

    record_id: int
    ref: str
    kind: str
    source_language: str
    facets: Mapping[str, tuple[str, ...]]
    published: str
    titles: dict[str, str] = field(default_factory=dict)


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
            entry = found[d.record_id] = Entry(
                d.record_id, d.ref, d.kind, d.source_language, d.facets, d.published
            )
        entry.titles[d.language] = d.title
    return found


def tally(
    entries: Mapping[int, Entry], matches: Mapping[int, Match], query: Query
) -> Found:
    """Filter, count, sort and cut to the page asked for."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    left: list[tuple[Entry, Match]] = []
    for record_id, match in matches.items():
        entry = entries[record_id]
        unmet = _unmet(entry, query)
        if not unmet:
            left.append((entry, match))
        for name in unmet or FACETS:
            if len(unmet) <= 1:
                counts[name].update(entry.facets.get(name, ()))
    hits = [_hit(entry, match, query) for entry, match in _sorted(left, query)]
    first = (query.page - 1) * query.per_page
    return Found(
        total=len(hits),
        hits=hits[first : first + query.per_page],
        facets={name: dict(counted) for name, counted in counts.items()},
    )


def _unmet(entry: Entry, query: Query) -> list[str]:
    """Name the facets whose filter a record does not meet."""
    return [
        name
        for name, wanted in query.filters.items()
        if wanted and not set(wanted) & set(entry.facets.get(name, ()))
    ]


def _shown(entry: Entry, query: Query) -> str:
    return best_of(entry.titles, reader=query.language, source=entry.source_language)


def _hit(entry: Entry, match: Match, query: Query) -> Hit:
    return Hit(
        record_id=entry.record_id,
        ref=entry.ref,
        kind=entry.kind,
        language=_shown(entry, query),
        matched_in=match.language,
        score=match.score,
    )


def _sorted(
    found: list[tuple[Entry, Match]], query: Query
) -> list[tuple[Entry, Match]]:
    """Put the best first; equals keep the order of their refs."""
    found = sorted(found, key=lambda pair: _ref_order(pair[0].ref))
    if query.sort == "title":
        return sorted(found, key=lambda p: fold(p[0].titles[_shown(p[0], query)]))
    if query.sort == "newest":
        return sorted(found, key=lambda p: p[0].published, reverse=True)
    if query.sort == "evidence":
        return sorted(
            found, key=lambda p: p[0].facets.get("evidence", ()), reverse=True
        )
    return sorted(found, key=lambda p: -p[1].score)


def _ref_order(ref: str) -> tuple[str, int]:
    letter, _, number = ref.partition("-")
    return letter, int(number) if number.isdigit() else 0
