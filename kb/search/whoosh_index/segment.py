"""The documents of one container, ready to be searched."""

import json
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32, decompress

import numpy as np

from kb.search.whoosh_index.columns import KINDS, Column
from kb.search.whoosh_index.container import Array, Container, Damaged


class Segment:
    """Terms, postings, places, lengths, columns and stored values of some documents.

    Documents are numbered from 0. Terms are sorted bytes. What a term weighs in a
    document is the sum of the weights of the texts it stands in.
    """

    def __init__(self, path: Path) -> None:
        """Map the container.

        :raises Damaged: it is not what was written.
        :raises OSError: it cannot be read.
        """
        self._held = held = Container(path)
        try:
            self._take(held)
        except LookupError as foreign:
            raise Damaged(path, "not a segment") from foreign
        self.number_of = lru_cache(maxsize=4096)(self._number_of)

    def _take(self, held: Container) -> None:
        self._signs, self._first_sign = held.signs("term.signs")
        self._term_ends = held["term.ends"]
        self._sums, self._of_sum = held["term.sum"], held["term.of_sum"]
        self._ends = held["posting.ends"]
        self._place_ends = held["place.ends"]
        self.documents, self.weights = held["posting.document"], held["posting.weight"]
        self._times, self._places = held["posting.times"], held["place"]
        self.lengths: Array = held["length"]
        """Of each document: the sum of the weights of all its terms."""
        self.groups: Array = held["group"]
        """Number of the group of each document."""
        self._stored, self._stored_ends = held["stored.signs"], held["stored.ends"]

    @property
    def count(self) -> int:
        """Say how many documents there are, gone ones too."""
        return len(self.lengths)

    @property
    def terms(self) -> int:
        """Say how many different terms there are."""
        return len(self._ends) - 1

    @cached_property
    def total_length(self) -> int:
        """Add up the lengths of all documents."""
        return int(self.lengths.sum(dtype="i8"))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Give every column by its name."""
        kinds = self._held.about["columns"]
        return {n: KINDS[kind].read(self._held, f"column.{n}") for n, kind in kinds}

    def term(self, number: int) -> bytes:
        """Give a term by its number."""
        first, ends = self._first_sign, self._term_ends
        return self._signs[first + int(ends[number]) : first + int(ends[number + 1])]

    def find(self, term: bytes) -> int:
        """Give the number of the first term that is not before this one."""
        low, high = 0, self.terms
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _number_of(self, term: bytes) -> int:
        """Give the number of a term, -1 if it does not occur."""
        checksum = np.uint32(crc32(term))
        first = int(self._sums.searchsorted(checksum))
        for place in range(first, self.terms):
            if self._sums[place] != checksum:
                break
            number = int(self._of_sum[place])
            if self.term(number) == term:
                return number
        return -1

    def held(self, terms: Sequence[bytes]) -> list[bytes]:
        """Give those of some terms that occur; looked for all together."""
        if not self.terms:
            return []
        sums = np.fromiter(map(crc32, terms), "u4", len(terms))
        places = self._sums.searchsorted(sums)
        places[places == self.terms] = 0
        likely = np.flatnonzero(self._sums[places] == sums).tolist()
        return [terms[n] for n in likely if self.number_of(terms[n]) >= 0]

    def holders(self, term: bytes) -> int:
        """Say in how many documents a term stands, gone ones too."""
        number = self.number_of(term)
        return len(self.postings(number)[0]) if number >= 0 else 0

    def postings(self, number: int, until: int | None = None) -> tuple[Array, Array]:
        """Give the documents of a term, ascending, and its weight in each.

        With ``until``, those of all terms from the one to before the other.
        """
        upto = number + 1 if until is None else until
        these = slice(int(self._ends[number]), int(self._ends[upto]))
        return self.documents[these], self.weights[these]

    def places(self, number: int, which: Array) -> tuple[Array, Array]:
        """Give where a term stands in some of its documents.

        :param which: positions in its list of postings.
        :returns: how many places each has (n,), and all places behind each other.
        """
        times = self._times[int(self._ends[number]) : int(self._ends[number + 1])]
        ends = np.cumsum(times, dtype="i8") + int(self._place_ends[number])
        count = times[which].astype("i8")
        before = np.cumsum(count) - count
        starts = np.repeat(ends[which] - count - before, count)
        return count, self._places[starts + np.arange(len(starts))]

    def stored(self, document: int) -> dict[str, Any]:
        """Give what was stored with a document."""
        ends = self._stored_ends
        packed = self._stored[int(ends[document]) : int(ends[document + 1])]
        said: dict[str, Any] = {}
        if len(packed):
            said = json.loads(decompress(packed.tobytes()))
        return said

    @cached_property
    def beside(self) -> dict[str, Array]:
        """Give the arrays that `Layout.beside` made, by their names."""
        return self._held.under("beside.")

    @property
    def raw(self) -> Container:
        """Give the container, for merging."""
        return self._held
