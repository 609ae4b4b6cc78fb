"""Mixes of classes: the shares in a cell, rounded to fifths, as one number.

A layer has 255 numbers, and there are more mixes than that. Like the colours of a small
picture, the commonest keep a number of their own and the others take that of the mix
nearest to them; each class alone always has one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

PARTS = 5
MOST = 255

Weights = NDArray[np.float64]
Keys = NDArray[np.uint32]
"""A mix as five places, each the number of a class from 1, lowest first; 0 is none."""


def keys_of(weights: Weights) -> Keys:
    """Round the weights of classes to mixes.

    :param weights: a row for each cell, a column for each class, in any measure; a row
        without any weight is no mix. At most 34 classes.
    """
    whole = weights.sum(axis=1)
    first = weights.argmax(axis=1)
    places = np.repeat(first[:, None] + 1, PARTS, axis=1)
    is_mixed = weights.max(axis=1) < whole * (1 - 1e-9)
    if is_mixed.any():
        places[is_mixed] = _places(weights[is_mixed] / whole[is_mixed, None])
    places[whole <= 0] = 0
    keys: Keys = (places @ _powers(weights.shape[1])).astype(np.uint32)
    return keys


def _powers(classes: int) -> NDArray[np.int64]:
    return (classes + 1) ** np.arange(PARTS, dtype=np.int64)[::-1]


def _places(shares: Weights) -> NDArray[np.int64]:
    """Give out five places by share, what is left over to the largest remainders."""
    exact = shares * PARTS
    parts = np.floor(exact + 1e-9).astype(np.int64)
    left = PARTS - parts.sum(axis=1, keepdims=True)
    order = np.argsort(parts - exact, axis=1, kind="stable")
    rank = np.argsort(order, axis=1)
    parts += rank < left
    numbers = np.tile(np.arange(1, shares.shape[1] + 1), len(shares))
    return np.repeat(numbers, parts.ravel()).reshape(-1, PARTS)


def parts_of(key: int, classes: int) -> Counter[int]:
    """Give how many of the five places each class has, by its number from 0."""
    places: Counter[int] = Counter()
    for _place in range(PARTS):
        key, number = divmod(key, classes + 1)
        places[number - 1] += 1
    return places


def numbers_for(
    cells: Mapping[int, int], codes: Sequence[str]
) -> tuple[dict[int, int], dict[int, str]]:
    """Choose the mixes that get a number.

    :param cells: each mix that occurs, with the number of cells it holds.
    :returns: mix → number, and number → shares as in ``LX 60; AR 40``.
    """
    classes, found = len(codes), {key: n for key, n in cells.items() if key}
    kept = _kept(found, classes)
    numbers = {key: n for n, key in enumerate(kept, 1)}
    legend = {n: _written(parts_of(key, classes), codes) for key, n in numbers.items()}
    others = [key for key in found if key not in numbers]
    if others:
        here = _table(kept, classes)
        gaps = (np.abs(here - row).sum(axis=1) for row in _table(others, classes))
        nearest = (int(gap.argmin()) + 1 for gap in gaps)
        numbers |= dict(zip(others, nearest, strict=True))
    return numbers | {0: 0}, legend


def _kept(cells: Mapping[int, int], classes: int) -> list[int]:
    by_size = sorted(cells, key=lambda key: (-cells[key], key))
    if len(by_size) <= MOST:
        return by_size
    step = int(_powers(classes).sum())
    alone = [
        (n + 1) * step for n in {n for key in cells for n in parts_of(key, classes)}
    ]
    return list(dict.fromkeys([*sorted(alone), *by_size]))[:MOST]


def _table(keys: Sequence[int], classes: int) -> NDArray[np.int8]:
    table = np.zeros((len(keys), classes), np.int8)
    for row, key in zip(table, keys, strict=True):
        for number, count in parts_of(key, classes).items():
            row[number] = count
    return table


def _written(parts: Counter[int], codes: Sequence[str]) -> str:
    percent = 100 // PARTS
    ranked = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return "; ".join(f"{codes[number]} {count * percent}" for number, count in ranked)
