"""Changing an index: documents in, groups out, all at once or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from kb.search.whoosh_index.batch import Batch
from kb.search.whoosh_index.columns import Texts
from kb.search.whoosh_index.container import Array, Damaged, write_container
from kb.search.whoosh_index.meanwhile import a_room, touched, write_down
from kb.search.whoosh_index.merge import merged
from kb.search.whoosh_index.policy import Policy, all_if_few, many_small
from kb.search.whoosh_index.segment import Segment
from kb.search.whoosh_index.shelf import Shelf, State
from kb.search.whoosh_index.stock import StockSegment

BATCH = 50_000
"""Documents gathered before a segment is written."""


class Writer:
    """One change, seen by readers when it ends; see `writing` and `refilling`."""

    def __init__(self, shelf: Shelf, state: State, room: Path | None = None) -> None:
        """Begin a change of ``state``; segments are written in ``room``, if given."""
        self._shelf, self._state = shelf, state
        self._room = room or shelf.folder
        self._segments = list(state.segments)
        self._new: list[StockSegment] = []
        self._batch = Batch(shelf.layout)
        self._group: int | None = None
        self._seen = set[int]()
        self._dropped = set[int]()
        self._written_names: list[str] = []

    def drop(self, groups: Iterable[int]) -> None:
        """Take groups out, as far as they were in before this change."""
        dropped = set(groups)
        self._dropped |= dropped
        wanted = _numbers(dropped)
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
        self._stand(merging)
        write_down(self._shelf.folder, self._dropped | self._seen)

    def finish_beside(self) -> None:
        """Take the place of what stands now, with what was changed there meanwhile."""
        self._flush()
        if all_if_few(self._new):
            here = [(Segment(self._room / s.file), kept(s)) for s in self._new]
            self._new = [self._written(*merged(here))]
        with self._shelf.locked():
            self._state = _standing(self._shelf)
            for segment in self._new:
                (self._room / segment.file).replace(self._shelf.path(segment))
            self._shelf.synchronise()
            room, self._room = self._room, self._shelf.folder
            if groups := touched(room):
                self._take_over(_numbers(groups))
            self._stand(many_small)

    def undo(self) -> None:
        """Remove what was written for a change that failed, to make room."""
        named = {s.file for s in _standing(self._shelf).segments}
        for name in set(self._written_names) - named:
            (self._shelf.folder / name).unlink(missing_ok=True)

    def _take_over(self, groups: Array) -> None:
        """Let some groups be as they stand, unless what stands is damaged."""
        try:
            opened = [(self._shelf.opened(s), kept(s)) for s in self._state.segments]
        except (Damaged, OSError):
            return
        pairs = [(s, here & np.isin(s.groups, groups)) for s, here in opened]
        pairs = [(segment, stay) for segment, stay in pairs if stay.any()]
        self._segments = [self._without(s, groups) for s in self._new]
        self._new = [self._written(*merged(pairs))] if pairs else []

    def _stand(self, merging: Policy) -> None:
        """Merge what the policy names, then make it the state."""
        segments = [s for s in [*self._segments, *self._new] if s.doc_count()]
        chosen = list(merging(segments))
        if chosen:
            first = segments.index(chosen[0])
            segments = [s for s in segments if s not in chosen]
            segments.insert(first, self._merge(chosen))
        state = State(
            self._state.generation + 1, tuple(s for s in segments if s.doc_count())
        )
        self._shelf.retire(self._state, state)
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
        self._written_names.append(segment.file)
        if self._shelf.layout.beside:
            made = self._shelf.layout.beside(_commonest(arrays))
            arrays = {**arrays, **{f"beside.{name}": made[name] for name in made}}
        write_container(self._room / segment.file, arrays, about)
        return segment


@contextmanager
def writing(shelf: Shelf, merging: Policy | None = None) -> Iterator[Writer]:
    """Change an index; if anything fails, nothing has changed.

    :raises LockError: another writer does not come to an end.
    :raises Damaged: what stands there cannot be used; refill it.
    :raises OSError: the folder cannot be written.
    """
    with shelf.locked(), _whole(Writer(shelf, shelf.state())) as writer:
        yield writer
        writer.finish(merging or many_small)


@contextmanager
def refilling(shelf: Shelf) -> Iterator[Writer]:
    """Fill an index anew, whatever stands there, even nothing or something damaged.

    Others may change it meanwhile; what they change is in the new one too.
    """
    nothing = State(0, ())
    with a_room(shelf.folder) as room, _whole(Writer(shelf, nothing, room)) as writer:
        yield writer
        writer.finish_beside()


@contextmanager
def _whole(writer: Writer) -> Iterator[Writer]:
    with ExitStack() as undoing:
        undoing.callback(writer.undo)
        yield writer
        undoing.pop_all()


def kept(segment: StockSegment) -> Array:
    """Say of each document whether it is still there."""
    here = np.ones(segment.doc_count_all(), bool)
    here[segment.gone] = False
    return here


def _commonest(arrays: Mapping[str, Array]) -> Iterator[tuple[int, str]]:
    """Give the terms of a segment with their numbers, those in most documents first."""
    names = Texts(arrays["term.signs"], arrays["term.ends"])
    holders = np.diff(arrays["posting.ends"].astype("i8"))
    order = np.argsort(-holders, kind="stable")
    return ((number, names[number].decode()) for number in order.tolist())


def _numbers(groups: Iterable[int]) -> Array:
    return np.array(sorted(groups), "i8")


def _standing(shelf: Shelf) -> State:
    """Give the state, or an empty one where nothing usable stands."""
    try:
        return shelf.state()
    except (Damaged, OSError):  # it is about to be replaced
        return State(0, ())
