"""One page of what was found: order, what was given before, what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kb.language import best_of
from kb.search.document import Compared, Hit, Key, Query, Weigh
from kb.search.weighed import compared
from kb.search.whoosh_index.columns import Texts
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.hits import By, behind, first_of, values_of
from kb.search.whoosh_index.rows import Rows
from kb.search.whoosh_index.snapshot import Matches, Part, Snapshot

BY_NUMBER = {"newest": "published", "evidence": "evidence", "tried": "tried"}
"""Order → the column it goes by, the greatest first."""


@dataclass(frozen=True)
class Page:
    """What `kb.search.document.Found` says of one page."""

    hits: list[Hit]
    last: Key = ()
    more: bool = False


def page_of(
    snapshot: Snapshot,
    found: Sequence[Matches],
    query: Query,
    weigh: Weigh | None = None,
) -> Page:
    """Give the hits of the page asked for, best first."""
    rows = Rows(snapshot, found)
    if not len(rows):
        return Page([])
    keys, last = _keys(rows, query)
    left = _left(rows, keys, last, query)
    until = query.page * query.per_page
    most = until if weigh is None else max(until, compared(query))
    best = first_of(keys, most, left)
    if weigh is not None:
        best = _weighed(rows, best, compared(query), weigh)
    chosen = best[until - query.per_page : until]
    count = len(rows) if left is None else len(left)
    return Page(_hits(rows, chosen, query), _last(rows, chosen, query), count > until)


def _left(
    rows: Rows, keys: Sequence[By], last: Sequence[float], query: Query
) -> Array | None:
    """Give the rows not given before; nothing if that is all of them."""
    if not query.given and not last:
        return None
    left = np.arange(len(rows))
    if query.given:
        given = np.fromiter(query.given, "i8", len(query.given))
        left = left[~np.isin(rows.groups(left), given)]
    if last:
        left = left[behind([values_of(key, left) for key in keys], last)]
    return left


def _weighed(rows: Rows, best: Array, most: int, weigh: Weigh) -> Array:
    """Put the best rows in the order of score times weight."""
    first = best[:most]
    known = Compared(
        rows.groups(first).tolist(),
        rows.firsts("kind", first),
        rows.column("evidence", first).tolist(),
        rows.column("day", first).tolist(),
    )
    weights = np.asarray(weigh(known))
    order = np.argsort(-rows.scores[first] * weights, kind="stable")
    return np.concatenate([first[order], best[most:]])


def _keys(rows: Rows, query: Query) -> tuple[list[By], tuple[float, ...]]:
    """Give what to sort by, smallest first, and the same of the record to go on from.

    Equals keep the order of their refs.
    """

    def order(some: Array) -> Array:
        return rows.column("order", some)

    if query.sort == "title":
        titles, last = _by_title(rows, query)
        return [titles, order], (*last, *map(int, query.after[1:]))
    if query.sort == "nearest":
        first = -_nearness(rows.groups(np.arange(len(rows))), query)
    elif query.sort in BY_NUMBER:
        first = -rows.column(BY_NUMBER[query.sort], np.arange(len(rows)))
    else:
        first = -rows.scores
    return [first, order], tuple(map(float, query.after))


def _by_title(rows: Rows, query: Query) -> tuple[Array, tuple[float, ...]]:
    """Give each title, as shown to this reader, its place in their order.

    The title to go on from has its place among them.
    """
    titles = [_title(part, document, query) for part, document in rows.documents()]
    last = [str(title) for title in query.after[:1]]
    place = {title: nth for nth, title in enumerate(sorted({*titles, *last}))}
    return np.array([place[each] for each in titles]), tuple(place[x] for x in last)


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


def _last(rows: Rows, chosen: Array, query: Query) -> Key:
    """Give what the order goes by for the last of some rows."""
    for part, _, documents in rows.places(chosen[-1:]):
        score = float(rows.scores[chosen[-1]])
        return _key(part, int(documents[0]), score, query)
    return ()


def _key(part: Part, document: int, score: float, query: Query) -> Key:
    """Give what the order goes by for one document."""
    order = int(part.numbers("order")[document])
    if query.sort == "best":
        return -score, order
    if query.sort == "title":
        return _title(part, document, query), order
    if query.sort == "nearest":
        return -query.likeness.get(int(part.segment.groups[document]), 0.0), order
    return -int(part.numbers(BY_NUMBER[query.sort])[document]), order


def _hits(rows: Rows, chosen: Array, query: Query) -> list[Hit]:
    """Describe some rows as hits."""
    scores = rows.scores[chosen]
    found: dict[int, Hit] = {}
    for part, here, documents in rows.places(chosen):
        described = _described(part, documents, scores[here], query)
        found.update(zip(here.tolist(), described, strict=True))
    return [found[row] for row in range(len(chosen))]


def _described(
    part: Part, documents: Array, scores: Array, query: Query
) -> Iterator[Hit]:
    one_by_one = documents.tolist()
    matched_in = part.sets("language").firsts(documents)
    shown = matched_in
    if not part.all_alone:
        shown = [_language(part, _shown(part, d, query)) for d in one_by_one]
    return map(
        Hit,
        part.segment.groups[documents].tolist(),
        [_text(part, "ref", document) for document in one_by_one],
        part.sets("kind").firsts(documents),
        shown,
        matched_in,
        scores.tolist(),
        part.numbers("evidence")[documents].tolist(),
        part.numbers("day")[documents].tolist(),
    )


def _language(part: Part, document: int) -> str:
    return part.sets("language")[document][0]


def _shown(part: Part, document: int, query: Query) -> int:
    """Give the document of the same record that this reader is shown."""
    if part.all_alone:
        return document
    by_language = {_language(part, d): d for d in part.same_group(document)}
    source = part.sets("source")[document][0]
    return by_language[best_of(by_language, reader=query.language, source=source)]


def _title(part: Part, document: int, query: Query) -> str:
    return _text(part, "title", _shown(part, document, query))


def _text(part: Part, name: str, document: int) -> str:
    column = part.segment.columns[name]
    assert isinstance(column, Texts)
    return column[document].decode()
