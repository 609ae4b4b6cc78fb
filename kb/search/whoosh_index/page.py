"""One page of what was found: order, what was given before, what comes next."""

from collections.abc import Sequence

import numpy as np

from kb.language import best_of
from kb.search.document import Key, Query
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.hits import behind, first_of
from kb.search.whoosh_index.snapshot import Matches, Part, Snapshot

Row = tuple[Part, int, float]
"""A document of a page: its part, its number, its score."""

BY_NUMBER = {"newest": "published", "evidence": "evidence", "tried": "tried"}
"""Order → the column it goes by, the greatest first."""


def page_of(
    snapshot: Snapshot, found: Sequence[Matches], query: Query
) -> tuple[list[Row], bool]:
    """Give the documents of one page, best first, and whether there is more behind."""
    if not any(map(len, found)):
        return [], False
    part_of = np.repeat(np.arange(len(found)), [len(each) for each in found])
    documents = np.concatenate([each.documents for each in found])
    scores = np.concatenate([each.scores for each in found])
    keys, last = _keys(snapshot, found, scores, query)
    left = np.arange(len(documents))
    if query.given:
        left = left[~_given(snapshot, found, query)]
    if last:
        left = left[behind([key[left] for key in keys], last)]
    first = (query.page - 1) * query.per_page
    best = first_of([key[left] for key in keys], first + query.per_page)[first:]
    page = [
        (snapshot.parts[part_of[row]], int(documents[row]), float(scores[row]))
        for row in left[best].tolist()
    ]
    return page, len(left) > first + query.per_page


def key_of(row: Row, query: Query) -> Key:
    """Give what the order goes by for one document; nothing with ``best``."""
    part, document, _score = row
    order = int(part.numbers("order")[document])
    if query.sort == "title":
        return _title(part, document, query), order
    if query.sort == "nearest":
        return -query.likeness.get(int(part.segment.groups[document]), 0.0), order
    if query.sort in BY_NUMBER:
        return -int(part.numbers(BY_NUMBER[query.sort])[document]), order
    return ()


def language_of(part: Part, document: int) -> str:
    """Give the language of a document."""
    return part.sets("language")[document][0]


def shown_of(part: Part, document: int, query: Query) -> int:
    """Give the document of the same record that this reader is shown."""
    by_language = {language_of(part, d): d for d in part.same_group(document)}
    source = part.segment.stored(document)["source_language"]
    return by_language[best_of(by_language, reader=query.language, source=source)]


def _given(snapshot: Snapshot, found: Sequence[Matches], query: Query) -> Array:
    """Say of each row whether its record was given before."""
    given = np.fromiter(query.given, "i8", len(query.given))
    return np.isin(_records(snapshot, found), given)


def _records(snapshot: Snapshot, found: Sequence[Matches]) -> Array:
    pairs = zip(snapshot.parts, found, strict=True)
    return np.concatenate([p.segment.groups[f.documents] for p, f in pairs])


def _keys(
    snapshot: Snapshot, found: Sequence[Matches], scores: Array, query: Query
) -> tuple[list[Array], tuple[float, ...]]:
    """Give what to sort by, smallest first, and the same of the record to go on from.

    Equals keep the order of their refs.
    """

    def column(name: str) -> Array:
        pairs = zip(snapshot.parts, found, strict=True)
        return np.concatenate([p.numbers(name)[f.documents] for p, f in pairs])

    order = column("order")
    if query.sort == "title":
        titles, last = _by_title(snapshot, found, query)
        return [titles, order], (*last, *map(int, query.after[1:]))
    if query.sort == "nearest":
        first = -_nearness(_records(snapshot, found), query)
    elif query.sort in BY_NUMBER:
        first = -column(BY_NUMBER[query.sort])
    else:
        return [-scores, order], ()
    return [first, order], tuple(map(float, query.after))


def _by_title(
    snapshot: Snapshot, found: Sequence[Matches], query: Query
) -> tuple[Array, tuple[float, ...]]:
    """Give each title, as shown to this reader, its place in their order.

    The title to go on from has its place among them.
    """
    titles = [
        _title(part, document, query)
        for part, each in zip(snapshot.parts, found, strict=True)
        for document in each.documents.tolist()
    ]
    last = [str(title) for title in query.after[:1]]
    places = np.unique(np.array(titles + last, "O"), return_inverse=True)[1]
    return places[: len(titles)], tuple(places[len(titles) :].tolist())


def _title(part: Part, document: int, query: Query) -> str:
    title = part.segment.columns["title"][shown_of(part, document, query)]
    assert isinstance(title, bytes)
    return title.decode()


def _nearness(records: Array, query: Query) -> Array:
    """Give how near each of some records is; 0 for those nothing was said of."""
    count = len(query.likeness)
    if not count:
        return np.zeros(len(records))
    known = np.fromiter(query.likeness.keys(), "i8", count)
    near = np.fromiter(query.likeness.values(), "f8", count)
    sort = np.argsort(known)
    at = np.searchsorted(known, records, sorter=sort)
    at = sort[np.minimum(at, count - 1)]
    return np.where(known[at] == records, near[at], 0.0)
