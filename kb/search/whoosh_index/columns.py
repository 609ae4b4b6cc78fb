"""What is known of every document besides its words.

Four kinds of column: **numbers**; **lists** of numbers and **texts**, one after the
other with their ends; and **sets** of values, such as the land uses of a practice. Few
different sets occur, so a document keeps the number of its set and the sets stand in a
table of their own: to filter or to count is then one step over small numbers, however
many values a set has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from kb.search.whoosh_index.container import Array, Container

Values = tuple[str, ...]
Ends = tuple[int | None, int | None]
"""Lowest and highest of a range; nothing where it is open."""


@dataclass(frozen=True)
class Numbers:
    """A number for each document."""

    values: Array

    @classmethod
    def of(cls, rows: Sequence[int | float]) -> Self:
        """Hold rows as they came: whole numbers in 8 bytes, others as doubles."""
        return cls(np.array(rows, dtype="i8" if _whole(rows) else "f8"))

    @classmethod
    def read(cls, container: Container, name: str) -> Self:
        """Read what `arrays` gave."""
        return cls(container[name])

    @classmethod
    def joined(cls, parts: Iterable[tuple[Self, Array]]) -> Self:
        """Put the kept rows of several columns behind each other."""
        return cls(np.concatenate([part.values[kept] for part, kept in parts]))

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the arrays to write."""
        return {name: self.values}

    def __getitem__(self, row: int) -> int | float:
        number: int | float = self.values[row].item()
        return number


@dataclass(frozen=True)
class Texts:
    """A text for each document, as UTF-8."""

    signs: Array
    ends: Array
    """Where each begins, and where the last ends: one more than there are texts."""

    @classmethod
    def of(cls, rows: Sequence[bytes]) -> Self:
        """Hold rows."""
        ends = ends_of([len(row) for row in rows])
        return cls(np.frombuffer(b"".join(rows), "u1"), ends)

    @classmethod
    def read(cls, container: Container, name: str) -> Self:
        """Read what `arrays` gave."""
        return cls(container[f"{name}.signs"], container[f"{name}.ends"])

    @classmethod
    def joined(cls, parts: Iterable[tuple[Self, Array]]) -> Self:
        """Put the kept rows of several columns behind each other."""
        signs, lengths = [], []
        for part, kept in parts:
            length = np.diff(part.ends.astype("i8"))
            lengths.append(length[kept])
            signs.append(part.signs[np.repeat(kept, length)])
        return cls(np.concatenate(signs), ends_of(np.concatenate(lengths)))

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the arrays to write."""
        return {f"{name}.signs": self.signs, f"{name}.ends": self.ends}

    def __getitem__(self, row: int) -> bytes:
        return self.signs[self.ends[row] : self.ends[row + 1]].tobytes()


@dataclass(frozen=True)
class Lists:
    """Any number of whole numbers for each document."""

    values: Array
    ends: Array
    """Where each begins, and where the last ends: one more than there are lists."""

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Self:
        """Hold rows; the order in each is kept."""
        values = np.array([value for row in rows for value in row], "i8")
        return cls(values, ends_of([len(row) for row in rows]))

    @classmethod
    def read(cls, container: Container, name: str) -> Self:
        """Read what `arrays` gave."""
        return cls(container[f"{name}.values"], container[f"{name}.ends"])

    @classmethod
    def joined(cls, parts: Iterable[tuple[Self, Array]]) -> Self:
        """Put the kept rows of several columns behind each other."""
        values, lengths = [], []
        for part, kept in parts:
            length = np.diff(part.ends.astype("i8"))
            lengths.append(length[kept])
            values.append(part.values[np.repeat(kept, length)])
        return cls(np.concatenate(values), ends_of(np.concatenate(lengths)))

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the arrays to write."""
        return {f"{name}.values": self.values, f"{name}.ends": self.ends}

    def __getitem__(self, row: int) -> tuple[int, ...]:
        return tuple(self.values[self.ends[row] : self.ends[row + 1]].tolist())

    def within(self, wanted: Iterable[Ends], documents: Array) -> Array:
        """Say of some documents whether they have a number in any of these ranges.

        :param wanted: lowest and highest, both inside; nothing where an end is open.
        """
        inside = np.zeros(len(self.values), bool)
        for low, high in wanted:
            here = np.ones(len(self.values), bool)
            if low is not None:
                here &= self.values >= low
            if high is not None:
                here &= self.values <= high
            inside |= here
        before = np.concatenate(([0], np.cumsum(inside)))
        ends = self.ends.astype("i8")
        held = before[ends[1:]] > before[ends[:-1]]
        chosen: Array = held[documents]
        return chosen


@dataclass(frozen=True)
class Sets:
    """A set of values for each document: the number of the set, and the sets."""

    numbers: Array
    table: tuple[Values, ...]

    @classmethod
    def of(cls, rows: Iterable[Values]) -> Self:
        """Give each different set a number, in the order they come."""
        known: dict[Values, int] = {}
        numbers = [known.setdefault(row, len(known)) for row in rows]
        return cls(_small(np.array(numbers, "i8"), len(known)), tuple(known))

    @classmethod
    def read(cls, container: Container, name: str) -> Self:
        """Read what `arrays` and `table` gave."""
        table = container.about["sets"][name]
        return cls(container[name], tuple(tuple(values) for values in table))

    @classmethod
    def joined(cls, parts: Iterable[tuple[Self, Array]]) -> Self:
        """Put the kept rows of several columns behind each other."""
        known: dict[Values, int] = {}
        numbers = []
        for part, kept in parts:
            new = [known.setdefault(values, len(known)) for values in part.table]
            numbers.append(np.array(new, "i8")[part.numbers[kept]])
        return cls(_small(np.concatenate(numbers), len(known)), tuple(known))

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the arrays to write; the table goes into the header."""
        return {name: self.numbers}

    def __getitem__(self, row: int) -> Values:
        return self.table[self.numbers[row]]

    def firsts(self, documents: Array) -> list[str]:
        """Give the first value of each of some documents, all of which have one."""
        return [self.table[number][0] for number in self.numbers[documents].tolist()]

    def holding(self, wanted: Iterable[str], documents: Array) -> Array:
        """Say of some documents whether their sets hold any of these values."""
        asked = set(wanted)
        held = np.array([not asked.isdisjoint(values) for values in self.table], bool)
        return held[self.numbers[documents]]

    def counts(self, documents: Array) -> dict[str, int]:
        """Count in how many of these documents each value stands."""
        numbers = self.numbers[documents]
        return self.counts_of(np.bincount(numbers, minlength=len(self.table)))

    def counts_of(self, per_set: Array) -> dict[str, int]:
        """Count the values, knowing in how many documents each set stands."""
        values, sets, numbers = self._held
        counts = per_set
        if not self._is_plain:
            counts = np.bincount(numbers, per_set[sets], len(values)).astype("i8")
        held = counts.nonzero()[0]
        pairs = zip(held.tolist(), counts[held].tolist(), strict=True)
        return {values[number]: count for number, count in pairs}

    @cached_property
    def _is_plain(self) -> bool:
        """Say that every set is of one value."""
        return all(len(v) == 1 for v in self.table)  # sets are all different

    @cached_property
    def _held(self) -> tuple[list[str], Array, Array]:
        """Give all values; then, for each value of each set, the set and the value."""
        number: dict[str, int] = {}
        held = [
            (which, number.setdefault(value, len(number)))
            for which, values in enumerate(self.table)
            for value in values
        ]
        sets, numbers = np.array(held, "i8").reshape(-1, 2).T
        return list(number), sets, numbers


Column = Numbers | Lists | Texts | Sets
KINDS: Mapping[str, type[Column]] = {
    "numbers": Numbers,
    "lists": Lists,
    "texts": Texts,
    "sets": Sets,
}


def kind_of(column: Column) -> str:
    """Give the word for a kind of column that a header keeps."""
    return next(word for word, kind in KINDS.items() if isinstance(column, kind))


def _whole(rows: Sequence[int | float]) -> bool:
    return all(isinstance(row, int) for row in rows)


def ends_of(lengths: Array | Sequence[int]) -> Array:
    """Say where each of these begins, and where the last ends."""
    return np.concatenate(([0], np.cumsum(lengths, dtype="u8"))).astype("u8")


def _small(numbers: Array, different: int) -> Array:
    """Keep numbers in as few bytes as they need."""
    return numbers.astype(np.min_scalar_type(max(different - 1, 0)))
