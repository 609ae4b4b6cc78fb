"""Counting the values of many columns at a stroke.

Columns of few different sets are packed: the numbers of their sets become one number,
as hours and minutes become minutes of the day. One pass over the documents then counts
them all together, and sums over the table of counts give each column its own.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import prod

import numpy as np

from kb.search.whoosh_index.columns import Sets
from kb.search.whoosh_index.container import Array

Counts = dict[str, dict[str, int]]
"""Column → value → number of documents."""

PACKED = 8192
"""Different numbers that a pack may have; a column with more stands alone."""


def summed(one: Mapping[str, int], other: dict[str, int]) -> dict[str, int]:
    """Add a count of values to another, which is changed."""
    for value, count in one.items():
        other[value] = other.get(value, 0) + count
    return other


class Pack:
    """Some columns of a segment as one."""

    def __init__(self, columns: Mapping[str, Sets]) -> None:
        self._columns = columns
        self._shape = tuple(len(column.table) for column in columns.values())
        packed: Array = np.zeros(1, "u4")
        for column in columns.values():
            packed = packed * np.uint32(len(column.table)) + column.numbers
        self._packed = packed.astype(np.min_scalar_type(max(prod(self._shape) - 1, 0)))

    def counts(self, documents: Array) -> Counts:
        """Count over some documents."""
        if len(documents) == len(self._packed):
            return {name: dict(counted) for name, counted in self._all.items()}
        return self._counted(self._packed[documents])

    @cached_property
    def _all(self) -> Counts:
        return self._counted(self._packed)

    def _counted(self, packed: Array) -> Counts:
        table = np.bincount(packed, minlength=prod(self._shape)).reshape(self._shape)
        axes = range(len(self._shape))
        return {
            name: column.counts_of(table.sum(tuple(a for a in axes if a != axis)))
            for axis, (name, column) in enumerate(self._columns.items())
        }


def packs(columns: Mapping[str, Sets]) -> Iterator[Pack]:
    """Pack columns, the small ones together."""
    gathered: dict[str, Sets] = {}
    size = 1
    for name, column in sorted(columns.items(), key=lambda item: len(item[1].table)):
        if gathered and size * len(column.table) > PACKED:
            yield Pack(gathered)
            gathered, size = {}, 1
        gathered[name] = column
        size *= len(column.table)
    if gathered:
        yield Pack(gathered)
