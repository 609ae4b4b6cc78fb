"""Putting the best hits in a new order, such as by how near they are to a place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.search.document import COMPARED, Compared, Found, Hit, Query, Weigh


def compared(query: Query) -> int:
    """Say how many hits are put in a new order: those given before were, too."""
    return 0 if query.after else max(0, COMPARED - len(query.given))


def find_weighed(find: Callable[[Query], Found], query: Query, weigh: Weigh) -> Found:
    """Find in an index that knows no weights: all that are compared, then the page."""
    first = (query.page - 1) * query.per_page
    until, most = first + query.per_page, compared(query)
    found = find(replace(query, page=1, per_page=max(until, most)))
    weights = weigh(_compared(found.hits[:most]))
    pairs = zip(found.hits, weights, strict=False)
    ordered = sorted(pairs, key=lambda pair: -pair[0].score * pair[1])
    hits = [*(hit for hit, _ in ordered), *found.hits[most:]]
    more = found.more or until < len(hits)
    return replace(found, hits=hits[first:until], more=more)


def _compared(hits: Sequence[Hit]) -> Compared:
    return Compared(
        [hit.record_id for hit in hits],
        [hit.kind for hit in hits],
        [hit.evidence for hit in hits],
        [hit.day for hit in hits],
    )
