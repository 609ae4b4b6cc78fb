"""From documents that match to groups: one hit each, narrowed, counted, in order."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from kb.search.whoosh_index.columns import Ends
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.counting import Counts
from kb.search.whoosh_index.runs import begins
from kb.search.whoosh_index.snapshot import Matches, Part

Filters = Mapping[str, tuple[str, ...]]
"""Column of sets → values any of which is enough; every column must be met."""
Ranges = Mapping[str, tuple[str, Sequence[Ends]]]
"""Column of sets → column of lists, and ranges of its numbers any of which is enough:
what is counted is the sets, what must be met are the numbers."""

By = Array | Callable[[Array], Array]
"""A value for each row, or what gives the values of some rows."""

MANY, SAMPLED = 8192, 2048
"""Of more rows than that, so many are looked at to guess where the first ones end."""


def best_of_each(part: Part, found: Matches) -> Matches:
    """Keep the best document of every group; of equals the first."""
    if part.all_alone:
        return found
    groups = part.group_of[found.documents]
    starts = begins(groups)
    if len(starts) >= len(found):
        return found
    best = np.maximum.reduceat(found.scores, starts)
    run = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(groups))))
    at_best = np.flatnonzero(found.scores == best[run])
    return found.where(at_best[begins(run[at_best])])


def outside(part: Part, found: Matches, unwanted: Matches) -> Matches:
    """Keep the documents whose whole group holds nothing unwanted."""
    if not len(unwanted):
        return found
    refused = part.group_of[unwanted.documents]
    return found.where(~np.isin(part.group_of[found.documents], refused))


def narrowed(
    part: Part,
    found: Matches,
    filters: Filters,
    counted: Sequence[str],
    ranges: Ranges = MappingProxyType({}),
) -> tuple[Matches, Counts]:
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
    if not met:
        return found, part.counts(counted, found.documents)
    unmet = sum((~each for each in met.values()), np.zeros(len(found), "u1"))
    left = found.where(np.flatnonzero(unmet == 0))
    counts = part.counts(counted, left.documents)
    for name in met.keys() & set(counted):
        lifted = (unmet == 0) | ((unmet == 1) & ~met[name])
        counts[name] = part.sets(name).counts(found.documents[lifted])
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


def first_of(keys: Sequence[By], count: int, among: Array | None = None) -> Array:
    """Give which rows come first by several keys, smallest first.

    Rows that cannot be among the first are set aside before anything is sorted, and
    further keys are asked only for the rest.

    :param keys: the first, an array, decides; each further one among equals; all (n,).
    :param among: the only rows that count; all, if left out.
    :returns: at most ``count`` positions, in order.
    """
    assert isinstance(keys[0], np.ndarray)
    if among is None:
        rows = _likely(keys[0], count)
    else:
        rows = among[_likely(keys[0][among], count)]
    sure: list[Array] = []
    wanted = count
    for key in keys:
        if len(rows) <= wanted:
            break
        own = values_of(key, rows)
        last = np.partition(own, wanted - 1)[wanted - 1]
        before = rows[own < last]
        sure.append(before)
        rows = rows[own == last]
        wanted -= len(before)
    chosen = np.concatenate([*sure, rows])
    first = values_of(keys[0], chosen)
    order = np.argsort(first)
    if (first[order[1:]] != first[order[:-1]]).all():
        return chosen[order][:count]
    order = np.lexsort([values_of(key, chosen) for key in reversed(keys)])
    return chosen[order][:count]


def values_of(key: By, rows: Array) -> Array:
    """Give the values of some rows."""
    return key[rows] if isinstance(key, np.ndarray) else key(rows)


def _likely(values: Array, count: int) -> Array:
    """Give rows among which the first so many surely are: all that reach a bound.

    The bound is guessed from a sample, a little generously; where the guess was wrong
    it is all rows.
    """
    if len(values) > MANY:
        sample = values[:: len(values) // SAMPLED]
        nth = int(1.5 * count * len(sample) / len(values)) + 8
        if nth < len(sample):
            bound = np.partition(sample, nth)[nth]
            rows = np.flatnonzero(values <= bound)
            if len(rows) >= count:
                return rows
    return np.arange(len(values))
