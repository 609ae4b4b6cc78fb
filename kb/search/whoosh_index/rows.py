"""All that was found, part after part, as if it stood in one table."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.snapshot import Matches, Part, Snapshot


class Rows:
    """A row for each document that was found."""

    def __init__(self, snapshot: Snapshot, found: Sequence[Matches]) -> None:
        self.parts, self._found = snapshot.parts, found
        self._ends = np.cumsum([len(each) for each in found])

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    @cached_property
    def scores(self) -> Array:
        """Give the score of each row."""
        if len(self._found) == 1:
            return self._found[0].scores
        return np.concatenate([each.scores for each in self._found])

    def documents(self) -> Iterator[tuple[Part, int]]:
        """Give the document of each row."""
        for part, each in zip(self.parts, self._found, strict=True):
            for document in each.documents.tolist():
                yield part, document

    def places(self, rows: Array) -> Iterator[tuple[Part, Array, Array]]:
        """Give part by part which of these rows are in it, and their documents."""
        if len(self.parts) == 1 and len(rows):
            yield self.parts[0], np.arange(len(rows)), self._found[0].documents[rows]
            return
        of = np.searchsorted(self._ends, rows, "right")
        for number, part in enumerate(self.parts):
            here = np.flatnonzero(of == number)
            if len(here):
                documents = self._found[number].documents
                first = int(self._ends[number]) - len(documents)
                yield part, here, documents[rows[here] - first]

    def column(self, name: str, rows: Array) -> Array:
        """Give the numbers of a column for some rows."""
        values: Array = np.zeros(len(rows), "i8")
        for part, here, documents in self.places(rows):
            values[here] = part.numbers(name)[documents]
        return values

    def firsts(self, name: str, rows: Array) -> list[str]:
        """Give the first values of a column of sets for some rows; all have one."""
        values = [""] * len(rows)
        for part, here, documents in self.places(rows):
            for place, first in zip(
                here.tolist(), part.sets(name).firsts(documents), strict=True
            ):
                values[place] = first
        return values

    def groups(self, rows: Array) -> Array:
        """Give the numbers of the groups of some rows."""
        values: Array = np.zeros(len(rows), "i8")
        for part, here, documents in self.places(rows):
            values[here] = part.segment.groups[documents]
        return values
