"""Finding the labels of one language's concepts in analysed texts.

Labels are analysed like any text, so that plurals and missing accents do not matter.
The longest label that stands somewhere counts there, and of several that read alike
those spelled just so. Of many thousand labels only those are unpacked that begin with a
word of some text.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kb.search.label import (
    Label,
    Row,
    first_exact,
    first_stem,
    is_current,
    label_of,
    reading_of,
    spelt_of,
)
from kb.search.words import LAYERS, Token, row_term, tokens, written

UNSPACED = ("zh", "ja")
"""Languages in which a label is compared pair of signs by pair, see `row_term`."""

Kept = tuple[str, str]
"""The code of a concept, and what is kept of one of its labels."""


@dataclass(frozen=True)
class Span:
    """Words that name something: where they stand, and the concepts they may mean."""

    start: int
    end: int
    codes: tuple[str, ...]


class _Alike:
    """Labels whose words are the same terms."""

    __slots__ = ("codes", "labels")

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.codes: tuple[str, ...] = ()
        """Their concept, where nothing more is to be looked at to be sure of it."""

    def add(self, label: Label) -> None:
        """Take in another."""
        alone = not label.whole and (not self.labels or self.codes == (label.code,))
        self.codes = (label.code,) if alone else ()
        self.labels.append(label)

    def meant(self, exact: Sequence[str], text: str) -> tuple[str, ...]:
        """Give the concepts that a text means: of those spelled just so, if any."""
        if self.codes:
            return self.codes
        found = [label for label in self.labels if label.stands_whole(text)]
        just_so = [label for label in found if label.exact == tuple(exact)]
        return tuple(dict.fromkeys(label.code for label in just_so or found))


class _Beginning:
    """Labels that begin with the same word."""

    def __init__(self, rows: Iterable[tuple[Row, Label]]) -> None:
        self.alike: dict[Row, _Alike] = {}
        self.longest: dict[str, int] = {}
        """Second word → how long labels that go on so are at most."""
        for row, label in rows:
            self.alike.setdefault(row, _Alike()).add(label)
            if len(row) > 1:
                self.longest[row[1]] = max(len(row), self.longest.get(row[1], 0))


class _Table:
    """Labels by the terms of their words: by all stems, or by all exact forms."""

    def __init__(
        self,
        firsts: Collection[str],
        kept: Callable[[str], Iterable[Kept]],
        row: Callable[[Label], Row],
    ) -> None:
        """Know which words labels begin with, and what is kept of those of each."""
        self._firsts, self._kept, self._row = firsts, kept, row
        self._beginnings: dict[str, _Beginning] = {}

    def _beginning(self, word: str) -> _Beginning:
        """Give the labels that begin with a word, unpacked when first asked for."""
        known = self._beginnings.get(word)
        if known is None:
            labels = (label_of(code, reading) for code, reading in self._kept(word))
            known = _Beginning((self._row(label), label) for label in labels)
            self._beginnings[word] = known
        return known

    def found(
        self, words: Sequence[str], exact: Sequence[str], text: str
    ) -> Iterator[tuple[int, int, _Alike, tuple[str, ...]]]:
        """Give where labels stand: first word, end, they and their concepts.

        One within another does not count; one that reaches beyond another does.
        """
        until, count = 0, len(words)
        for first in [n for n, word in enumerate(words) if word in self._firsts]:
            beginning = self._beginning(words[first])
            following = words[first + 1] if first + 1 < count else ""
            most = beginning.longest.get(following, 1)
            for last in range(min(first + most, count), max(first, until), -1):
                alike = beginning.alike.get(tuple(words[first:last]))
                codes = alike.meant(exact[first:last], text) if alike else ()
                if alike and codes:
                    until = last
                    yield first, last, alike, codes
                    break


class Labels:
    """All labels of one language."""

    def __init__(self, names: Iterable[tuple[str, str, str]], language: str) -> None:
        """Take names; read those of which nothing is kept.

        :param names: each with the code of its concept before it, and after it what is
            kept of it, see `kb.search.label`; possibly of an older analysis.
        """
        self._language = language
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for code, name, kept in names:
            reading = kept if is_current(kept) else reading_of(name, language)
            if first := first_stem(reading):
                lines[first].append(f"{code}\t{reading}")
        self._lines = {first: "\n".join(each) for first, each in lines.items()}
        """First stem → the labels that begin with it, each in a line with its concept:
        lists of them would take thrice as much."""
        self._by_stem = _Table(self._lines, self._of_stem, lambda label: label.stems)

    @cached_property
    def _by_exact(self) -> _Table:
        """Give them by how they are spelled, which only what is typed is tried by."""
        stems: dict[str, str] = {}
        for stem in self._lines:
            for exact in {
                first_exact(reading) for _code, reading in self._of_stem(stem)
            }:
                stems[exact] = f"{stems[exact]} {stem}" if exact in stems else stem

        def kept(exact: str) -> list[Kept]:
            every = chain.from_iterable(map(self._of_stem, stems[exact].split(" ")))
            return sorted(each for each in every if first_exact(each[1]) == exact)

        return _Table(stems, kept, lambda label: label.exact)

    def _of_stem(self, first: str) -> list[Kept]:
        """Give the labels that begin with a stem."""
        parted = (line.partition("\t") for line in self._lines[first].split("\n"))
        return [(code, reading) for code, _tab, reading in parted]

    def _all(self) -> Iterator[Kept]:
        return chain.from_iterable(map(self._of_stem, self._lines))

    def speaks_of(self, analysed: Sequence[str], text: str) -> set[str]:
        """Give the concepts of a text that is spelled with its accents.

        :param analysed: the terms that `kb.search.words.terms` gives of ``text``.
        """
        exact = analysed[LAYERS - 1 :: LAYERS]
        stems = exact if self._language in UNSPACED else analysed[::LAYERS]
        found = self._by_stem.found(stems, exact, text)
        return {code for _first, _last, _alike, codes in found for code in codes}

    def spans(self, text: str) -> list[Span]:
        """Say which words of a text are labels; missing accents do not matter."""
        words = list(tokens(text, self._language))
        stems = [row_term(word.terms) for word in words]
        exact = [word.terms[-1] for word in words]
        found = {
            (first, last): self._span(words[first:last], alike, codes, text)
            for table, row in ((self._by_exact, exact), (self._by_stem, stems))
            for first, last, alike, codes in table.found(row, exact, text)
        }
        return outermost(found.values())

    def _span(
        self, words: Sequence[Token], alike: _Alike, codes: tuple[str, ...], text: str
    ) -> Span:
        """Give the span of a label, the common words at its ends with it."""
        start, end = words[0].start, words[-1].end
        for label in alike.labels:
            if label.code in codes and (label.before or label.after):
                every = list(written(text, self._language))
                starts = [begin for begin, _word, _counts in every]
                first = bisect_right(starts, start) - 1 - label.before
                last = bisect_right(starts, end - 1) - 1 + label.after
                begin, word, _counts = every[min(last, len(every) - 1)]
                return Span(every[max(first, 0)][0], begin + len(word), codes)
        return Span(start, end, codes)

    def rows(self, codes: Iterable[str]) -> frozenset[Row]:
        """Give the stems of the labels of some concepts.

        Labels whose common words matter are left out: their stems alone say too little.
        """
        wanted = set(codes)
        labels = (label_of(*each) for each in self._all() if each[0] in wanted)
        return frozenset(label.stems for label in labels if not label.whole)

    def alike(self, but: Collection[Kept] = ()) -> Iterator[set[str]]:
        """Give the concepts whose labels cannot be told apart, label by label.

        :param but: labels that are shared on purpose.
        """
        found: defaultdict[Row, set[str]] = defaultdict(set)
        for code, reading in self._all():
            if (code, reading) not in but:
                found[spelt_of(reading)].add(code)
        return (codes for codes in found.values() if len(codes) > 1)


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Leave out the spans that lie within a longer one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        longer = any(
            s.end >= span.end and (s.start, s.end) != (span.start, span.end)
            for s in found
        )
        if not longer:
            found.append(span)
    return found
