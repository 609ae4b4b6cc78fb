"""The folder: which segments count, and one writer at a time.

``CURRENT`` names the segments and the documents gone from them. It is replaced in one
step after all it names is safely on disk, so that a reader, or whoever comes after a
power cut, sees the state before a change or the state after it. Old segments stay for
a while for readers that have read an old ``CURRENT`` and not yet opened what it names.
"""

import base64
import json
import os
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from time import time, time_ns
from typing import Any

import numpy as np
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from kb.search.whoosh_index.container import Array, Damaged
from kb.search.whoosh_index.layout import Layout
from kb.search.whoosh_index.locks import locked
from kb.search.whoosh_index.meanwhile import WRITING, clear_away_the_dead
from kb.search.whoosh_index.segment import Segment
from kb.search.whoosh_index.stock import EXTENSION, StockSegment

CURRENT, NAME = "CURRENT", "humus"
KEEP_OLD_SECONDS = 60
"""How long a segment stays after ``CURRENT`` has ceased to name it."""
FOREIGN = (ValueError, LookupError, AttributeError, TypeError, zlib.error)
"""What reading a ``CURRENT`` that something else wrote may end with."""


@dataclass(frozen=True)
class State:
    """What ``CURRENT`` says."""

    generation: int
    segments: tuple[StockSegment, ...]


class Shelf:
    """A folder of segments."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder, self.layout = folder, layout
        self._current = str(folder / CURRENT)
        self._opened: dict[str, Segment] = {}

    def stamp(self) -> tuple[int, int]:
        """Give what changes whenever ``CURRENT`` does.

        :raises OSError: there is none.
        """
        about = os.stat(self._current)
        return about.st_ino, about.st_mtime_ns

    def state(self) -> State:
        """Read ``CURRENT``.

        :raises Damaged: it is not what was written, or of another version.
        :raises OSError: there is none.
        """
        path = self.folder / CURRENT
        try:
            said = json.loads(path.read_bytes())
            if said.pop("checksum") != _checksum(said):
                raise Damaged(path, "its checksum does not agree")
            if said["version"] != self.layout.version:
                raise Damaged(path, "texts were read in another way when it was made")
            return State(said["generation"], tuple(_segments(said["segments"])))
        except (
            ValueError,
            LookupError,
            AttributeError,
            TypeError,
            zlib.error,
        ) as damaged:
            raise Damaged(path, "it cannot be read") from damaged

    def replace(self, state: State) -> None:
        """Make this the state, in one step."""
        said: dict[str, Any] = {
            "version": self.layout.version,
            "generation": state.generation,
            "segments": [
                (s.segment_id(), s.doc_count_all(), _packed(s.gone))
                for s in state.segments
            ],
        }
        said["checksum"] = _checksum(said)
        fresh = self.folder / f"{CURRENT}.new"
        with fresh.open("w") as out:
            json.dump(said, out)
            out.flush()
            os.fsync(out.fileno())
        self._make_noticed(fresh)
        fresh.replace(self.folder / CURRENT)
        self.synchronise()

    def _make_noticed(self, fresh: Path) -> None:
        """Give it a time later than the last one's: clocks of file systems are slow."""
        try:
            last = (self.folder / CURRENT).stat().st_mtime_ns
        except FileNotFoundError:
            return
        later = max(time_ns(), last + 1000)
        os.utime(fresh, ns=(later, later))

    def new_name(self) -> str:
        """Give a name that no segment has ever had."""
        return f"{NAME}_{token_hex(8)}"

    def path(self, segment: StockSegment) -> Path:
        """Give the container of a segment."""
        return self.folder / segment.file

    def opened(self, segment: StockSegment) -> Segment:
        """Open the container of a segment; all who ask share it.

        :raises Damaged: it is not what was written.
        :raises OSError: it is not there.
        """
        found = self._opened.get(segment.file)
        if found is None:
            found = Segment(self.path(segment))
            if found.count != segment.doc_count_all():
                raise Damaged(self.path(segment), "not the segment that was written")
            self._opened[segment.file] = found
        return found

    def clear_away(self, state: State) -> None:
        """Remove old segments that no reader can still be about to open."""
        named = {segment.file for segment in state.segments}
        self.forget(named)
        clear_away_the_dead(self.folder)
        for path in self.folder.glob(f"*{EXTENSION}"):
            old = time() - path.stat().st_mtime > KEEP_OLD_SECONDS
            if old and path.name not in named:
                path.unlink(missing_ok=True)

    def retire(self, old: State, new: State) -> None:
        """Let the time that old segments stay begin now, however old they are."""
        left = {s.file for s in old.segments} - {s.file for s in new.segments}
        for name in left:
            with suppress(FileNotFoundError):
                os.utime(self.folder / name)

    def size_bytes(self, state: State) -> int:
        """Say how much the segments of a state take on the disk."""
        return sum(self.path(segment).stat().st_size for segment in state.segments)

    def forget(self, but: Collection[str]) -> None:
        """Let go of all opened segments but those named; who uses them still may."""
        for name in set(self._opened) - set(but):
            self._opened.pop(name, None)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one writer work at a time on this machine.

        :raises LockError: another does not come to an end.
        :raises OSError: the folder cannot be written.
        """
        with locked(self.folder / WRITING):
            yield

    def synchronise(self) -> None:
        """See the names of the files safely on disk."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class StockIndex(FileIndex):
    """A shelf as stock Whoosh opens an index."""

    def __init__(self, shelf: Shelf) -> None:
        self.storage, self.indexname = FileStorage(str(shelf.folder)), NAME
        self._shelf = shelf

    @property
    def schema(self) -> fields.Schema:
        """Give the one searched field."""
        return self._shelf.layout.schema

    def latest_generation(self) -> int:
        """Give the number of the newest state."""
        return self._shelf.state().generation

    def reader(self, reuse: object = None) -> IndexReader:
        """Open all segments for Whoosh."""
        state = self._shelf.state()
        return self._reader(
            self.storage, self.schema, list(state.segments), state.generation
        )


def _checksum(said: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(said, sort_keys=True).encode())


def _segments(said: list[tuple[str, int, str]]) -> Iterator[StockSegment]:
    for name, documents, gone in said:
        yield StockSegment(name, documents, _unpacked(gone))


def _packed(gone: Array) -> str:
    """Write ascending numbers in few signs: their distances, compressed."""
    distances = np.diff(gone, prepend=0).astype("u4").tobytes()
    return base64.b85encode(zlib.compress(distances)).decode() if len(gone) else ""


def _unpacked(packed: str) -> Array:
    distances = zlib.decompress(base64.b85decode(packed)) if packed else b""
    return np.cumsum(np.frombuffer(distances, "u4"), dtype="i8")
