"""Whoosh behind the verbs of `SearchIndex`: what Humus puts in and asks."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any

from whoosh.index import LockError

from kb.errors import Unavailable
from kb.folding import fold
from kb.language import _
from kb.search.document import (
    FILTERS,
    FORM,
    ROUND,
    Document,
    Figures,
    Found,
    NearWord,
    Query,
    Reasons,
    Weigh,
    order_of,
)
from kb.search.near import (
    Held,
    Vocabulary,
    itself,
    ranked,
    spelt,
    vocabulary_of,
)
from kb.search.ranges import RANGES
from kb.search.terms import CONCEPTS, FIELDS, field_terms
from kb.search.whoosh_index.asking import asked, narrowing
from kb.search.whoosh_index.columns import Lists, Numbers, Sets, Texts
from kb.search.whoosh_index.container import Damaged
from kb.search.whoosh_index.counting import Counts, summed
from kb.search.whoosh_index.held import sums_of_groups
from kb.search.whoosh_index.hits import best_of_each, narrowed, outside
from kb.search.whoosh_index.layout import Layout
from kb.search.whoosh_index.matching import match
from kb.search.whoosh_index.page import page_of
from kb.search.whoosh_index.policy import all_of_them
from kb.search.whoosh_index.reasons import reasons
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.snapshot import Matches, Part, Snapshot
from kb.search.whoosh_index.writer import Writer, refilling, writing
from kb.search.words import LAYERS, VERSION

FACET_COLUMNS = [f"facet.{name}" for name in FILTERS]
CHECKSUM = "checksum"
LAYOUT = Layout(
    texts={name: int(weight) for name, weight in FIELDS.items()},
    columns={
        **dict.fromkeys(FACET_COLUMNS, Sets),
        **{f"figure.{name}": Lists for name in RANGES},
        **dict.fromkeys(("language", "source", "kind"), Sets),
        "ref": Texts,
        "title": Texts,
        "order": Numbers,
        "published": Numbers,
        "day": Numbers,
        "evidence": Numbers,
        "tried": Numbers,
        CHECKSUM: Numbers,
    },
    layers=LAYERS,
    single=CONCEPTS,
    beside=vocabulary_of,
    version=" ".join((VERSION, str(FORM), *FIELDS)),
)
ATTEMPTS, PAUSE_SECONDS = 3, 0.05
"""A reader that finds a file gone reads ``CURRENT`` again: it was just replaced."""


class WhooshIndex:
    """An index in one folder of this machine; no server."""

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder, LAYOUT)
        self._snapshot: Snapshot | None = None
        self._one_opens = Lock()

    def put(
        self, documents: Iterable[Document], *, of: Collection[int] | None = None
    ) -> None:
        """Take in, in place of what it held of the same records."""
        with _told(), writing(self._shelf) as writer:
            drawn = sorted(documents, key=lambda d: d.record_id)
            writer.drop({d.record_id for d in drawn} | set(of or ()))
            _add(writer, drawn)

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        with _told(), writing(self._shelf) as writer:
            writer.drop(record_ids)

    def refill(self, documents: Iterable[Document]) -> None:
        """Fill new segments beside the old, then point to them alone."""
        with _told(), refilling(self._shelf) as writer:
            _add(writer, documents)

    def held(self) -> Mapping[int, int]:
        """Give the fingerprint of every record."""
        return sums_of_groups(self._open(), CHECKSUM, ROUND)

    def tidy(self) -> None:
        """Make one segment of all, without what is gone."""
        with _told(), writing(self._shelf, all_of_them):
            pass

    def figures(self) -> Figures:
        """Say how the folder stands."""
        with _told():
            state = self._shelf.state()
            gone = sum(s.deleted_count() for s in state.segments)
            return Figures(
                generation=state.generation,
                segments=len(state.segments),
                documents=sum(s.doc_count() for s in state.segments),
                gone=gone,
                size_bytes=self._shelf.size_bytes(state),
            )

    def find(self, query: Query, weigh: Weigh | None = None) -> Found:
        """Score the texts that hold the words, then give one page of records."""
        snapshot = self._open()
        filters, ranges = narrowing(query)
        found: list[Matches] = []
        counts: Counts = {f"facet.{name}": {} for name in query.counted}
        wanted, unwanted = asked(query, snapshot)
        for part in snapshot.parts:
            matched = match(wanted, snapshot, part)
            matched = outside(part, matched, match(unwanted, snapshot, part))
            groups = best_of_each(part, matched)
            left, counted = narrowed(part, groups, filters, tuple(counts), ranges)
            found.append(left)
            counts = {name: summed(counts[name], counted[name]) for name in counts}
        page = page_of(snapshot, found, query, weigh)
        return Found(
            total=sum(map(len, found)),
            hits=page.hits,
            facets={name: counts[f"facet.{name}"] for name in query.counted},
            last=page.last,
            more=page.more,
        )

    def reasons(self, query: Query, record_ids: Collection[int]) -> dict[int, Reasons]:
        """Ask each leaf of the query on its own."""
        return reasons(query, self._open(), record_ids)

    def near(self, words: Collection[str], language: str) -> dict[str, list[NearWord]]:
        """Look in the vocabulary of every segment."""
        snapshot = self._open()

        def count(term: str) -> int:
            return sum(_holding(part, term.encode()) for part in snapshot.parts)

        return {
            word: ranked(
                word,
                language,
                itself(word, language, count),
                self._like(word, snapshot),
            )
            for word in words
        }

    def _like(self, word: str, snapshot: Snapshot) -> Mapping[tuple[str, int], Held]:
        """Give the words with few enough slips, and where they stand."""
        found: dict[tuple[str, int], Counter[str]] = {}
        for part in snapshot.parts:
            words = Vocabulary(part.segment.beside)
            for other, slips, terms in words.near(word):
                held = found.setdefault((other, slips), Counter())
                for number in terms:
                    spoken, _word = spelt(part.segment.term(number).decode())
                    held[spoken] += part.holding(number)
        return found

    def _open(self) -> Snapshot:
        """Give the newest snapshot; threads share it."""
        for attempt in range(ATTEMPTS):
            try:
                return self._newest()
            except (OSError, Damaged) as unusable:
                if attempt == ATTEMPTS - 1:
                    raise _unusable(unusable) from unusable
                sleep(PAUSE_SECONDS)
        raise AssertionError

    def _newest(self) -> Snapshot:
        """Open what is new, in one thread; others go on with the last meanwhile."""
        last = self._snapshot
        if last is not None and last.stamp == self._shelf.stamp():
            return last
        if not self._one_opens.acquire(blocking=last is None):
            assert last is not None
            return last
        try:
            if self._snapshot is None or self._snapshot.stamp != self._shelf.stamp():
                self._snapshot = Snapshot(self._shelf)
            return self._snapshot
        finally:
            self._one_opens.release()


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence why nothing can be written."""
    try:
        yield
    except (Damaged, FileNotFoundError) as unusable:
        raise _unusable(unusable) from unusable
    except (OSError, LockError) as refused:
        why = getattr(refused, "strerror", "another process is writing")
        raise Unavailable(
            _("The search index cannot be written: %(why)s", why=why)
        ) from refused


def _unusable(why: Exception) -> Unavailable:
    said = str(why) if isinstance(why, Damaged) else "missing"
    return Unavailable(
        _("The search index cannot be used (%(why)s). Run: kb index rebuild", why=said)
    )


def _holding(part: Part, term: bytes) -> int:
    number = part.segment.number_of(term)
    return part.holding(number) if number >= 0 else 0


def _add(writer: Writer, documents: Iterable[Document]) -> None:
    for record_id, texts in groupby(documents, lambda d: d.record_id):
        for d in texts:
            writer.add(record_id, field_terms(d), _columns(d), {})


def _columns(d: Document) -> dict[str, Any]:
    return {
        **{f"facet.{name}": tuple(d.values(name)) for name in FILTERS},
        **{f"figure.{name}": d.figures.get(name, ()) for name in RANGES},
        "language": (d.language,),
        "source": (d.source_language,),
        "kind": (d.kind,),
        "ref": d.ref.encode(),
        "title": fold(d.title).encode(),
        "order": order_of(d.ref),
        "published": d.published_day,
        "day": d.last_day,
        "evidence": d.evidence_level,
        "tried": d.tried,
        CHECKSUM: d.checksum,
    }


def _stored(d: Document) -> dict[str, str]:
    return {"ref": d.ref, "kind": d.kind, "source_language": d.source_language}
