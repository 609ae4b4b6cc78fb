"""Changing an index: documents in, groups out, all at once or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from kb.search.whoosh_index.batch import Batch
from kb.search.whoosh_index.container import Array, Damaged, write_container
from kb.search.whoosh_index.merge import merged
from kb.search.whoosh_index.shelf import Shelf, State
from kb.search.whoosh_index.stock import StockSegment

BATCH = 50_000
"""Documents gathered before a segment is written."""
MOST_SMALL, SMALL = 8, 20_000
"""Segments of up to so many documents are made one when there are more than so many;
bigger ones are left alone, so that no change waits for a long merge."""

Policy = Callable[[Sequence[StockSegment]], Iterable[StockSegment]]


class Writer:
    """One change, seen by readers when it ends; see `writing`."""

    def __init__(self, shelf: Shelf, state: State) -> None:
        self._shelf, self._state = shelf, state
        self._segments = list(state.segments)
        self._new: list[StockSegment] = []
        self._batch = Batch(shelf.layout)
        self._group: int | None = None
        self._seen = set[int]()

    def drop(self, groups: Iterable[int]) -> None:
        """Take groups out, as far as they were in before this change."""
        wanted = np.array(sorted(set(groups)), "i8")
        self._segments = [self._without(s, wanted) for s in self._segments]

    def add(
        self,
        group: int,
        texts: Mapping[str, Sequence[str]],
        columns: Mapping[str, Any],
        stored: Mapping[str, Any],
    ) -> None:
        """Add a document; those of one group follow each other.

        :raises ValueError: the group was left and comes again.
        """
        if group != self._group:
            if group in self._seen:
                raise ValueError(f"group {group} comes twice")
            self._seen.add(group)
            if len(self._batch) >= BATCH:
                self._flush()
        self._group = group
        self._batch.add(group, texts, columns, stored)

    def finish(self, merging: Policy) -> None:
        """Write what is left, merge what the policy names, make it the state."""
        self._flush()
        segments = [s for s in self._segments if s.doc_count()] + self._new
        chosen = list(merging(segments))
        if chosen:
            first = segments.index(chosen[0])
            segments = [s for s in segments if s not in chosen]
            segments.insert(first, self._merge(chosen))
        state = State(self._state.generation + 1, tuple(segments))
        self._shelf.replace(state)
        self._shelf.clear_away(state)

    def _without(self, segment: StockSegment, groups: Array) -> StockSegment:
        held = self._shelf.opened(segment)
        gone = np.flatnonzero(np.isin(held.groups, groups))
        if not len(gone):
            return segment
        gone = np.union1d(segment.gone, gone)
        return StockSegment(segment.segment_id(), segment.doc_count_all(), gone)

    def _flush(self) -> None:
        if len(self._batch):
            self._new.append(self._written(*self._batch.segment()))
            self._batch.clear()

    def _merge(self, segments: Sequence[StockSegment]) -> StockSegment:
        opened = [(self._shelf.opened(s), kept(s)) for s in segments]
        return self._written(*merged(opened))

    def _written(
        self, arrays: Mapping[str, Array], about: Mapping[str, Any]
    ) -> StockSegment:
        nothing = np.zeros(0, "i8")
        count = len(arrays["length"])
        segment = StockSegment(self._shelf.new_name(), count, nothing)
        write_container(self._shelf.path(segment), arrays, about)
        return segment


@contextmanager
def writing(shelf: Shelf, merging: Policy | None = None) -> Iterator[Writer]:
    """Change an index; if anything fails, nothing has changed.

    :raises LockError: another writer does not come to an end.
    :raises Damaged: what stands there cannot be used; refill it.
    :raises OSError: the folder cannot be written.
    """
    with shelf.locked():
        writer = Writer(shelf, shelf.state())
        yield writer
        writer.finish(merging or many_small)


@contextmanager
def refilling(shelf: Shelf) -> Iterator[Writer]:
    """Fill an index anew, whatever stands there, even nothing or something damaged."""
    with shelf.locked():
        writer = Writer(shelf, State(_last_generation(shelf), ()))
        yield writer
        writer.finish(many_small)


def many_small(segments: Sequence[StockSegment]) -> Sequence[StockSegment]:
    """Choose the small segments once there are too many of them."""
    small = [s for s in segments if s.doc_count_all() <= SMALL]
    return small if len(small) > MOST_SMALL else ()


def all_of_them(segments: Sequence[StockSegment]) -> Sequence[StockSegment]:
    """Choose all, unless one stands there with nothing gone."""
    clean = len(segments) < 2 and not any(s.has_deletions() for s in segments)
    return () if clean else segments


def kept(segment: StockSegment) -> Array:
    """Say of each document whether it is still there."""
    here = np.ones(segment.doc_count_all(), bool)
    here[segment.gone] = False
    return here


def _last_generation(shelf: Shelf) -> int:
    try:
        return shelf.state().generation
    except (Damaged, OSError):  # it is about to be replaced
        return 0
