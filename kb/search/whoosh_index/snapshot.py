"""The segments as one reader sees them, and how well a term fits each document.

A snapshot never changes and is shared by all threads of a process. Scores are those of
stock Whoosh (BM25F, K1 = 1.2, B = 0.75): a test holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import numpy as np

from kb.search.whoosh_index.columns import Lists, Numbers, Sets
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.counting import Counts, Pack, packs
from kb.search.whoosh_index.kept import Kept
from kb.search.whoosh_index.runs import begins
from kb.search.whoosh_index.segment import Segment
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.writer import kept

K1, B = 1.2, 0.75

PACKED_FROM = 4096
"""From so many documents on, columns are counted faster together."""
KEPT_QUERIES, KEPT_TERMS = 1024, 4096


@dataclass(frozen=True)
class Matches:
    """Some documents of one segment, ascending, each with a score."""

    documents: Array
    scores: Array

    def __len__(self) -> int:
        return len(self.documents)

    def where(self, chosen: Array) -> "Matches":
        """Keep some of them."""
        return Matches(self.documents[chosen], self.scores[chosen])

    def times(self, boost: float) -> "Matches":
        """Let them all count more or less."""
        if boost == 1.0:
            return self
        return Matches(self.documents, self.scores * np.float32(boost))


NONE = Matches(np.zeros(0, "u4"), np.zeros(0, "f4"))


class Part:
    """One segment of a snapshot."""

    def __init__(self, segment: Segment, here: Array | None, average: float) -> None:
        self.segment, self._here = segment, here
        self._packs: dict[tuple[str, ...], list[Pack]] = {}
        lengths = segment.lengths.astype("f4") / np.float32(average)
        self._norms = np.float32(K1) * (np.float32(1 - B) + np.float32(B) * lengths)

    def still_here(self, documents: Array) -> Array | None:
        """Say of each document whether it is still there; nothing if all are."""
        if self._here is None:
            return None
        here = self._here[documents]
        return None if here.all() else here

    def everything(self, score: float) -> Matches:
        """Match every document."""
        documents = np.arange(self.segment.count, dtype="u4")
        scores = np.full(len(documents), score, "f4")
        return self._left(Matches(documents, scores))

    def term(self, number: int, rarity: float) -> Matches:
        """Score the documents of a term."""
        documents, weights = self.segment.postings(number)
        return self._left(Matches(documents, self.scored(documents, weights, rarity)))

    def scored(self, documents: Array, weights: Array, rarity: float) -> Array:
        """Score some documents of a term by what it weighs in each."""
        scores = weights.astype("f4")
        scores /= self._norms[documents] + scores
        scores *= np.float32(rarity * (K1 + 1))
        return scores

    def holding(self, number: int) -> int:
        """Say in how many documents that are still there a term stands."""
        documents, _ = self.segment.postings(number)
        here = self.still_here(documents)
        return len(documents) if here is None else int(here.sum())

    def terms(self, first: int, until: int) -> Matches:
        """Match the documents of any of these terms, all alike."""
        documents, _ = self.segment.postings(first, until)
        if len(documents) * 8 < self.segment.count:
            documents = np.sort(documents)
            documents = documents[begins(documents)]
        else:
            marked = np.zeros(self.segment.count, bool)
            marked[documents] = True
            documents = np.flatnonzero(marked).astype("u4")
        return self._left(Matches(documents, np.ones(len(documents), "f4")))

    def _left(self, found: Matches) -> Matches:
        here = self.still_here(found.documents)
        return found if here is None else found.where(here)

    def sets(self, name: str) -> Sets:
        """Give a column of sets."""
        column = self.segment.columns[name]
        assert isinstance(column, Sets)
        return column

    def lists(self, name: str) -> Lists:
        """Give a column of lists."""
        column = self.segment.columns[name]
        assert isinstance(column, Lists)
        return column

    def numbers(self, name: str) -> Array:
        """Give a column of numbers."""
        column = self.segment.columns[name]
        assert isinstance(column, Numbers)
        return column.values

    def counts(self, names: Sequence[str], documents: Array) -> Counts:
        """Count the values of columns of sets over some documents.

        For many documents the columns are packed, once for each list of names: ask for
        few different ones.
        """
        if len(documents) < PACKED_FROM:
            return {name: self.sets(name).counts(documents) for name in names}
        counted: Counts = {}
        key = tuple(names)
        if key not in self._packs:
            self._packs[key] = list(packs({name: self.sets(name) for name in names}))
        for pack in self._packs[key]:
            counted |= pack.counts(documents)
        return counted

    @cached_property
    def all_alone(self) -> bool:
        """Say whether every group is of one document."""
        groups = self.segment.groups
        return bool((groups[1:] != groups[:-1]).all())

    def same_group(self, document: int) -> range:
        """Give the documents of the group of one."""
        groups, group = self.group_of, self.group_of[document]
        first, until = np.searchsorted(groups, [group, group + 1]).tolist()
        return range(first, until)

    @cached_property
    def group_of(self) -> Array:
        """Number the groups of this segment in the order of its documents."""
        groups = self.segment.groups
        if not len(groups):
            return np.zeros(0, "i8")
        return np.concatenate(([0], np.cumsum(groups[1:] != groups[:-1]))).astype("u4")


class Snapshot:
    """All segments of one state of the index."""

    def __init__(self, shelf: Shelf) -> None:
        """Open what ``CURRENT`` names.

        :raises Damaged: something is not what was written.
        :raises OSError: something is missing.
        """
        self.stamp = shelf.stamp()
        state = shelf.state()
        held = [(shelf.opened(s), s) for s in state.segments]
        shelf.forget({s.file for s in state.segments})
        self.generation = state.generation
        self.count = sum(segment.count for segment, _ in held)
        """Documents in all segments, gone ones too."""
        total = sum(segment.total_length for segment, _ in held)
        average = total / self.count if total else 1.0
        self._rarities: dict[bytes, float] = {}
        self._values: dict[str, frozenset[str]] = {}
        self.asked: Kept[Any] = Kept(KEPT_QUERIES)
        """What queries came to, once their words were read."""
        self.parts: list[Part] = []
        for segment, stock in held:
            here = kept(stock) if stock.has_deletions() else None
            self.parts.append(Part(segment, here, average))

    def values(self, name: str) -> frozenset[str]:
        """Give all values that occur in a column of sets, in gone documents too."""
        if name not in self._values:
            tables = [part.sets(name).table for part in self.parts]
            found = (v for table in tables for values in table for v in values)
            self._values[name] = frozenset(found)
        return self._values[name]

    def held(self, terms: Iterable[str]) -> frozenset[str]:
        """Give those terms that stand in any document, gone ones too."""
        signs = {term.encode(): term for term in terms}
        if not signs:
            return frozenset()
        parts = (part.segment.held(list(signs)) for part in self.parts)
        return frozenset(signs[found] for some in parts for found in some)

    def rarity(self, term: bytes) -> float:
        """Give the inverse document frequency of a term as Whoosh reckons it."""
        known = self._rarities.get(term)
        if known is None:
            if len(self._rarities) >= KEPT_TERMS:
                self._rarities.clear()
            holding = sum(part.segment.holders(term) for part in self.parts)
            known = self._rarities[term] = log(self.count / (holding + 1)) + 1
        return known
