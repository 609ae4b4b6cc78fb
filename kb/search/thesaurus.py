"""The thesaurus as search uses it: which concepts a text speaks of, in its language."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select, true, update
from sqlalchemy.orm import Session

from kb.search.label import Row, is_current, reading_of
from kb.search.labels import Labels, Span
from kb.search.words import ANALYSED
from kb.vocabulary.thesaurus import Label
from kb.vocabulary.thesaurus_lookups import (
    NamedConcept,
    read_concepts,
    thesaurus_stamp,
)


class Thesaurus:
    """All concepts, by code; never changes, and is shared by the threads of a process.

    The labels of a language are looked at when they are first asked for.
    """

    def __init__(self, concepts: Iterable[NamedConcept] = ()) -> None:
        every = list(concepts)
        self.concepts: Mapping[str, NamedConcept] = {
            concept.code: replace(concept, readings={}) for concept in every
        }
        self._unread = {
            language: [each for concept in every for each in _named(concept, language)]
            for language in {x for concept in every for x in concept.names}
        }
        """Language → its labels as they were read, until they are first asked for."""
        self._labels: dict[str, Labels] = {}
        self._one_reads = Lock()
        self._by_entry = {c.same_as: c.code for c in self.concepts.values()}
        self._above = {code: frozenset(self._climb(code)) for code in self.concepts}
        spoken = {x for c in self.concepts.values() for x in c.names}
        self.languages = (*ANALYSED, *sorted(spoken - set(ANALYSED)))
        """Languages that words are looked up in: one may have names and no texts."""

    def above(self, code: str) -> frozenset[str]:
        """Give all concepts broader than one, however far up."""
        return self._above.get(code, frozenset())

    def same_as(self, entry: str) -> str | None:
        """Give the concept that means the same as an entry of the named lists."""
        return self._by_entry.get(entry)

    def names(self, codes: Iterable[str]) -> dict[str, list[str]]:
        """Give all labels of some concepts, in every language, the preferred first."""
        known = {code: self.concepts[code].names for code in codes}
        return {
            code: [n for nth in zip_longest(*said.values()) for n in nth if n]
            for code, said in known.items()
        }

    def speaks_of(self, analysed: Sequence[str], text: str, language: str) -> set[str]:
        """Give the concepts of a text.

        :param analysed: the terms that `kb.search.words.terms` gives of ``text``.
        """
        return self._of(language).speaks_of(analysed, text)

    def spans(self, text: str, language: str) -> list[Span]:
        """Say which words of a text name concepts."""
        return self._of(language).spans(text)

    @lru_cache(maxsize=256)  # noqa: B019
    def rows(self, codes: frozenset[str], language: str) -> frozenset[Row]:
        """Give the stems by which a text speaks of concepts or of narrower ones."""
        return self._of(language).rows(
            code for code, above in self._above.items() if codes & {code, *above}
        )

    def alike(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give the languages and concepts of labels that search cannot tell apart.

        Those that are shared on purpose are left out.
        """
        for language in sorted({x for c in self.concepts.values() for x in c.names}):
            shared = {
                (concept.code, reading_of(name, language))
                for concept in self.concepts.values()
                for of, name in concept.shared
                if of == language
            }
            for codes in self._of(language).alike(but=shared):
                yield language, tuple(sorted(codes))

    def _of(self, language: str) -> Labels:
        if language not in self._labels:
            with self._one_reads:
                if language not in self._labels:
                    named = self._unread.pop(language, ())
                    self._labels[language] = Labels(named, language)
        return self._labels[language]

    def _climb(self, code: str) -> set[str]:
        above, waiting = set[str](), list(self.concepts[code].broader)
        while waiting:
            other = waiting.pop()
            if other not in above and other in self.concepts:
                above.add(other)
                waiting += self.concepts[other].broader
        return above


def _named(concept: NamedConcept, language: str) -> Iterator[tuple[str, str, str]]:
    """Give the labels of a concept as `Labels` takes them."""
    names = concept.names.get(language, ())
    kept = concept.readings.get(language) or ("",) * len(names)
    for name, reading in zip(names, kept, strict=True):
        yield concept.code, name, reading


NOTHING_NAMED = Thesaurus()


_kept: WeakKeyDictionary[object, tuple[object, Thesaurus]] = WeakKeyDictionary()
"""Database → the stamp of its thesaurus when it was read, and the thesaurus."""


def read_thesaurus(session: Session) -> Thesaurus:
    """Give the thesaurus as it is now; it is read once.

    Each call looks whether a concept has changed since.
    """
    database, stamp = session.get_bind(), thesaurus_stamp(session)
    known = _kept.get(database)
    if known is None or known[0] != stamp:
        known = _kept[database] = stamp, Thesaurus(read_concepts(session))
    return known[1]


def keep_readings(session: Session, codes: Collection[str] = ()) -> int:
    """Read the labels that this program has not read; give how many those were.

    What is kept saves each process that starts the reading, which takes a second.

    :param codes: of these concepts alone.
    """
    key = {"code": Label.concept_code, "of": Label.language, "nth": Label.rank}
    rows = session.execute(
        select(
            Label.concept_code, Label.language, Label.rank, Label.text, Label.reading
        ).where(Label.concept_code.in_(codes) if codes else true())
    )
    unread = [
        {"code": code, "of": of, "nth": nth, "reading": reading_of(text, of)}
        for code, of, nth, text, reading in rows
        if not is_current(reading)
    ]
    if unread:
        this = [column == bindparam(name) for name, column in key.items()]
        session.connection().execute(update(Label).where(*this), unread)
    return len(unread)
