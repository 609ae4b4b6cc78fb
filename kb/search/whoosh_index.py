"""The index one machine runs: Whoosh, files in one folder, no server.

The folder holds one folder per generation and a pointer, ``CURRENT``, that names the
generation in use and the length and checksum of its files. What does not agree with the
pointer is not opened. Writers take a lock; readers look at the pointer each time.
"""

import fcntl
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep, time
from typing import Any

from whoosh import fields, index
from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.searching import Searcher

from kb.errors import Unavailable
from kb.language import _
from kb.search.document import Document, Found, Query
from kb.search.tally import Entry, Match, entries_of, tally
from kb.search.terms import FIELDS, READER_BOOST, TERMLESS, field_terms, questions

POINTER, LOCK = "CURRENT", "LOCK"
KEEP_OLD_SECONDS = 60
"""How long a replaced generation stays, for readers that are still in it."""


def _schema() -> fields.Schema:
    words = {
        name: fields.TEXT(
            analyzer=SpaceSeparatedTokenizer(), phrase=False, field_boost=boost
        )
        for name, boost in FIELDS.items()
    }
    return fields.Schema(
        key=fields.ID(unique=True),
        record=fields.ID(),
        language=fields.ID(),
        about=fields.STORED(),
        **words,
    )


@dataclass(frozen=True)
class Opened:
    """One generation as it stood when the pointer was read."""

    stamp: tuple[int, int]
    searcher: Searcher
    entries: dict[int, Entry]
    documents: dict[int, tuple[int, str]]
    """Number in the index → record and language."""


class WhooshIndex:
    """Whoosh behind the four verbs of `SearchIndex`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: Opened | None = None

    def put(self, documents: Iterable[Document]) -> None:
        """Take in, in place of what it held of the same records."""
        with self._locked():
            documents = list(documents)
            self._change({d.record_id for d in documents}, documents)

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        with self._locked():
            self._change(set(record_ids), [])

    def refill(self, documents: Iterable[Document]) -> None:
        """Fill a new generation, then point to it.

        The lock is held from before the first document is read, so that nothing
        written meanwhile to the old generation is missing from the new.
        """
        with self._locked():
            fresh = self._next_generation()
            _write(index.create_in(fresh, _schema()), set(), documents)
            self._point_to(fresh)
            self._clear_away(fresh)

    def find(self, query: Query) -> Found:
        """Score the texts that hold the words, then give one page of records."""
        opened = self._open()
        return tally(opened.entries, _match(opened, query), query)

    def _change(self, record_ids: set[int], documents: list[Document]) -> None:
        current = _verified(self._folder)
        _write(index.open_dir(current), record_ids, documents)
        self._point_to(current)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one writer work at a time, on this whole machine.

        :raises Unavailable: the folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as refused:
            raise Unavailable(
                _("The search index cannot be written: %(why)s", why=refused.strerror)
            ) from refused

    def _point_to(self, generation: Path) -> None:
        pointer = {"folder": generation.name, "files": _checksums(generation)}
        fresh = self._folder / f"{POINTER}.new"
        with fresh.open("w") as out:
            json.dump(pointer, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._folder / POINTER)

    def _next_generation(self) -> Path:
        numbers = [_number(old) for old in self._folder.glob("generation-*")]
        fresh = self._folder / f"generation-{max(numbers, default=0) + 1}"
        fresh.mkdir()
        return fresh

    def _clear_away(self, keep: Path) -> None:
        for old in self._folder.glob("generation-*"):
            age = time() - old.stat().st_mtime
            if old != keep and age > KEEP_OLD_SECONDS:
                shutil.rmtree(old, ignore_errors=True)

    def _open(self) -> Opened:
        """Give the generation in use, opening it anew if the pointer moved."""
        stamp = _stamp(self._folder)
        if self._opened is None or self._opened.stamp != stamp:
            for attempt in range(3):
                try:
                    self._opened = _open(self._folder, _stamp(self._folder))
                    break
                except Unavailable:
                    if attempt == 2:
                        raise
                    sleep(0.05)  # a writer may be between its files and the pointer
        assert self._opened is not None
        return self._opened


def _number(generation: Path) -> int:
    number = generation.name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _unusable(why: str) -> Unavailable:
    return Unavailable(
        _("The search index cannot be used (%(why)s). Run: kb index rebuild", why=why)
    )


def _stamp(folder: Path) -> tuple[int, int]:
    try:
        about = (folder / POINTER).stat()
    except OSError as missing:
        raise _unusable("missing") from missing
    return about.st_ino, about.st_mtime_ns


def _checksums(generation: Path) -> dict[str, list[int]]:
    return {
        path.name: [path.stat().st_size, zlib.crc32(path.read_bytes())]
        for path in sorted(generation.iterdir())
        if path.suffix in {".seg", ".toc"}
    }


def _verified(folder: Path) -> Path:
    """Give the generation in use; nothing of it is read before its checksums agree."""
    try:
        pointer = json.loads((folder / POINTER).read_text("utf-8"))
        generation = folder / str(pointer["folder"])
        if _checksums(generation) != pointer["files"]:
            raise _unusable("damaged")
    except (OSError, ValueError, KeyError, TypeError) as damaged:
        raise _unusable("missing or damaged") from damaged
    return generation


def _open(folder: Path, stamp: tuple[int, int]) -> Opened:
    generation = _verified(folder)
    try:
        searcher = index.open_dir(generation).searcher()
        stored = [(n, json.loads(d["about"])) for n, d in searcher.reader().iter_docs()]
    except (OSError, ValueError, KeyError, index.IndexError) as damaged:
        raise _unusable("damaged") from damaged
    documents = {number: _document(about) for number, about in stored}
    return Opened(
        stamp,
        searcher,
        entries_of(documents.values()),
        {number: (d.record_id, d.language) for number, d in documents.items()},
    )


def _document(about: dict[str, Any]) -> Document:
    facets = {name: tuple(values) for name, values in about.pop("facets").items()}
    return Document(**about, facets=facets)


def _about(d: Document) -> str:
    kept = ("record_id", "ref", "kind", "language", "source_language", "title")
    about: dict[str, Any] = {name: getattr(d, name) for name in kept}
    return json.dumps(about | {"published": d.published, "facets": dict(d.facets)})


def _write(
    opened: index.Index, record_ids: set[int], documents: Iterable[Document]
) -> None:
    """Write in one commit; nothing is kept if anything fails."""
    with opened.writer(codec=W3Codec(compression=0)) as writer:
        for record_id in record_ids:
            writer.delete_by_term("record", str(record_id))
        for d in documents:
            writer.add_document(
                key=d.key,
                record=str(d.record_id),
                language=d.language,
                about=_about(d),
                **field_terms(d),
            )


def _match(opened: Opened, query: Query) -> dict[int, Match]:
    """Give the best text of every record that holds the words."""
    if not query.words:
        return {
            record_id: Match(TERMLESS, entry.source_language)
            for record_id, entry in opened.entries.items()
        }
    best: dict[int, Match] = {}
    results = opened.searcher.search(_whoosh_query(query), limit=None)
    for score, number in results.top_n:
        record_id, language = opened.documents[number]
        if record_id not in best or best[record_id].score < score:
            best[record_id] = Match(float(score), language)
    return best


def _whoosh_query(query: Query) -> wq.Query:
    """Ask each language its own way; a text answers only to its own language."""
    together = wq.And if query.match == "all" else wq.Or
    ways = []
    for language, words in questions(query).items():
        asked = together([_one_word(terms) for terms in words])
        if language == query.language:
            asked.boost = READER_BOOST
        ways.append(wq.Require(asked, wq.Term("language", language)))
    return wq.Or(ways) if ways else wq.NullQuery


def _one_word(terms: tuple[str, ...]) -> wq.Query:
    return wq.Or([wq.Term(name, term) for name in FIELDS for term in terms])
