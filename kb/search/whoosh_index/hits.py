"""From documents that match to groups: one hit each, narrowed, counted, in order."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from kb.search.whoosh_index.columns import Ends
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.snapshot import Matches, Part

Filters = Mapping[str, tuple[str, ...]]
"""Column of sets → values any of which is enough; every column must be met."""
Ranges = Mapping[str, tuple[str, Sequence[Ends]]]
"""Column of sets → column of lists, and ranges of its numbers any of which is enough:
what is counted is the sets, what must be met are the numbers."""


def best_of_each(part: Part, found: Matches) -> Matches:
    """Keep the best document of every group; of equals the first."""
    groups = part.group_of[found.documents]
    starts = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
    if len(starts) >= len(found):
        return found
    best = np.maximum.reduceat(found.scores, starts)
    run = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(groups))))
    at_best = np.flatnonzero(found.scores == best[run])
    _, firsts = np.unique(run[at_best], return_index=True)
    return found.where(at_best[firsts])


def outside(part: Part, found: Matches, unwanted: Matches) -> Matches:
    """Keep the documents whose whole group holds nothing unwanted."""
    if not len(unwanted):
        return found
    refused = np.unique(part.group_of[unwanted.documents])
    return found.where(~np.isin(part.group_of[found.documents], refused))


def narrowed(
    part: Part,
    found: Matches,
    filters: Filters,
    counted: Sequence[str],
    ranges: Ranges = MappingProxyType({}),
) -> tuple[Matches, dict[str, dict[str, int]]]:
    """Keep what meets all filters; count the values of columns.

    A column counts what were left if only its own filter were lifted.
    """
    met = {
        name: part.sets(name).holding(wanted, found.documents)
        for name, wanted in filters.items()
        if wanted
    }
    met |= {
        name: part.lists(column).within(wanted, found.documents)
        for name, (column, wanted) in ranges.items()
    }
    unmet = sum((~each for each in met.values()), np.zeros(len(found), "u1"))
    left = found.where(unmet == 0) if met else found
    counts = {}
    for name in counted:
        chosen = left.documents
        if name in met:
            chosen = found.documents[(unmet == 0) | ((unmet == 1) & ~met[name])]
        counts[name] = part.sets(name).counts(chosen)
    return left, counts


def behind(keys: Sequence[Array], last: Sequence[int | float]) -> Array:
    """Say which rows come after one by several keys, smallest first.

    :param keys: the first decides, each further one among equals; all (n,).
    :param last: the keys of the one.
    """
    after = np.zeros(len(keys[0]), bool)
    level = np.ones(len(keys[0]), bool)
    for key, value in zip(keys, last, strict=True):
        after |= level & (key > value)
        level &= key == value
    return after


def first_of(keys: Sequence[Array], count: int) -> Array:
    """Give which rows come first by several keys, smallest first.

    Rows that cannot be among the first are set aside before anything is sorted.

    :param keys: the first decides, each further one among equals; all (n,).
    :returns: at most ``count`` positions, in order.
    """
    rows = np.arange(len(keys[0]))
    sure: list[Array] = []
    wanted = count
    for key in keys:
        if len(rows) <= wanted:
            break
        own = key[rows]
        last = np.partition(own, wanted - 1)[wanted - 1]
        before = rows[own < last]
        sure.append(before)
        rows = rows[own == last]
        wanted -= len(before)
    chosen = np.concatenate([*sure, rows])
    order = np.lexsort([key[chosen] for key in reversed(keys)])
    return chosen[order][:count]
