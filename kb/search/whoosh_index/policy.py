"""Which segments to make one when a change ends."""

from collections.abc import Callable, Iterable, Sequence

from kb.search.whoosh_index.stock import StockSegment

MOST_SMALL, SMALL = 8, 20_000
"""So many segments of up to so many documents may stand; bigger ones are left alone,
so that no change waits for a long merge."""

TOGETHER = 100_000
"""Documents of an index filled anew up to which they stand in one segment: each segment
takes its time in every search, and a merge of more would hold them all in memory."""

Policy = Callable[[Sequence[StockSegment]], Iterable[StockSegment]]


def many_small(segments: Sequence[StockSegment]) -> Sequence[StockSegment]:
    """Choose some small segments once there are too many of them.

    From the smallest up, as long as the next is no bigger than those chosen together:
    what is written again has at least half its size from smaller segments. So each
    document is written again only a few times, and a big segment never for a small
    change. A big one is written again once more than half of it is gone.
    """
    small = sorted(
        (s for s in segments if s.doc_count() <= SMALL), key=StockSegment.doc_count
    )
    if len(small) <= MOST_SMALL:
        big = [s for s in segments if s.doc_count_all() > SMALL]
        return [s for s in big if 2 * s.deleted_count() > s.doc_count_all()]
    total = 0
    for number, segment in enumerate(small):
        if number >= 2 and segment.doc_count() > total:
            return small[:number]
        total += segment.doc_count()
    return small


def all_if_few(segments: Sequence[StockSegment]) -> Sequence[StockSegment]:
    """Choose all, unless they are many documents."""
    few = sum(s.doc_count() for s in segments) <= TOGETHER
    return all_of_them(segments) if few else ()


def all_of_them(segments: Sequence[StockSegment]) -> Sequence[StockSegment]:
    """Choose all, unless one stands there with nothing gone."""
    clean = len(segments) < 2 and not any(s.has_deletions() for s in segments)
    return () if clean else segments
