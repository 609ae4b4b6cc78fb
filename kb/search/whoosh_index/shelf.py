"""The folder: which segments count, and one writer at a time.

``CURRENT`` names the segments and the documents gone from them. It is replaced in one
step after all it names is safely on disk, so that a reader, or whoever comes after a
power cut, sees the state before a change or the state after it. Old segments stay for
a while for readers that have read an old ``CURRENT`` and not yet opened what it names.
"""

import base64
import fcntl
import json
import os
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep, time
from typing import Any

import numpy as np
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.reading import IndexReader

from kb.search.whoosh_index.container import Array, Damaged
from kb.search.whoosh_index.layout import Layout
from kb.search.whoosh_index.segment import Segment
from kb.search.whoosh_index.stock import EXTENSION, StockSegment

CURRENT, LOCK, NAME = "CURRENT", "LOCK", "humus"
KEEP_OLD_SECONDS = 60
WAIT_SECONDS = 60
"""How long a second writer waits for the first."""


@dataclass(frozen=True)
class State:
    """What ``CURRENT`` says."""

    generation: int
    segments: tuple[StockSegment, ...]


class Shelf:
    """A folder of segments."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder, self.layout = folder, layout
        self._opened: dict[str, Segment] = {}

    def stamp(self) -> tuple[int, int]:
        """Give what changes whenever ``CURRENT`` does.

        :raises OSError: there is none.
        """
        about = (self.folder / CURRENT).stat()
        return about.st_ino, about.st_mtime_ns

    def state(self) -> State:
        """Read ``CURRENT``.

        :raises Damaged: it is not what was written, or of another version.
        :raises OSError: there is none.
        """
        path = self.folder / CURRENT
        try:
            said = json.loads(path.read_bytes())
            known = said.pop("checksum") == _checksum(said)
        except (ValueError, KeyError, AttributeError, TypeError) as damaged:
            raise Damaged(path, "it cannot be read") from damaged
        if not known:
            raise Damaged(path, "its checksum does not agree")
        if said["version"] != self.layout.version:
            raise Damaged(path, "words were read in another way when it was made")
        segments = tuple(
            StockSegment(name, documents, _unpacked(gone))
            for name, documents, gone in said["segments"]
        )
        return State(said["generation"], segments)

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
        fresh.replace(self.folder / CURRENT)
        self._synchronise()

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
            found = self._opened[segment.file] = Segment(self.path(segment))
        return found

    def clear_away(self, state: State) -> None:
        """Remove old segments that no reader can still be about to open."""
        named = {segment.file for segment in state.segments}
        self.forget(named)
        for path in self.folder.glob(f"*{EXTENSION}"):
            old = time() - path.stat().st_mtime > KEEP_OLD_SECONDS
            if old and path.name not in named:
                path.unlink(missing_ok=True)

    def forget(self, but: Collection[str]) -> None:
        """Let go of all opened segments but those named; who uses them still may."""
        for name in set(self._opened) - set(but):
            self._opened.pop(name, None)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one writer work at a time on this machine.

        :raises LockError: another has been at it for `WAIT_SECONDS`.
        :raises OSError: the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("w") as lock:
            _acquire(lock.fileno(), monotonic() + WAIT_SECONDS)
            yield

    def _synchronise(self) -> None:
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


def _acquire(lock: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                raise LockError from None
            sleep(0.005)
        else:
            return


def _checksum(said: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(said, sort_keys=True).encode())


def _packed(gone: Array) -> str:
    """Write ascending numbers in few signs: their distances, compressed."""
    distances = np.diff(gone, prepend=0).astype("u4").tobytes()
    return base64.b85encode(zlib.compress(distances)).decode() if len(gone) else ""


def _unpacked(packed: str) -> Array:
    distances = zlib.decompress(base64.b85decode(packed)) if packed else b""
    return np.cumsum(np.frombuffer(distances, "u4"), dtype="i8")
