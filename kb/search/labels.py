"""Finding the labels of one language's concepts in analysed texts.

Labels are analysed like any text, so that plurals and missing accents do not matter.
The longest label that stands somewhere counts there, and of several that read alike
those spelled just so.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kb.folding import fold
from kb.search.words import LAYERS, Token, row_term, terms_of, tokens, written

Row = tuple[str, ...]

TURNING = frozenset(
    "no not sans pas ne sin sem nao ni не без नहीं बिना لا".split()  # noqa: SIM905
)
"""Words that are common, yet turn what a label says into its opposite."""


UNSPACED = ("zh", "ja")
"""Languages in which a label is compared pair of signs by pair, see `row_term`."""

_BETWEEN = re.compile(r"\W+")


@dataclass(frozen=True)
class Span:
    """Words that name something: where they stand, and the concepts they may mean."""

    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    """What a concept is called, as analysis sees it."""

    code: str
    stems: Row
    exact: Row
    spelt: Row
    """All its words, common ones too, without accents."""
    whole: str = ""
    """The same in one, where the common ones matter, as in "no till" or "A horizon"."""
    before: int = 0
    after: int = 0
    """How many common words stand at its ends."""

    def stands_whole(self, text: str) -> bool:
        """Say whether it stands in a text word by word, if that matters."""
        return not self.whole or self.whole in _plain(text)


class _Alike:
    """Labels whose words are the same terms."""

    __slots__ = ("codes", "labels")

    def __init__(self) -> None:
        self.labels: list[_Label] = []
        self.codes: tuple[str, ...] = ()
        """Their concept, where nothing more is to be looked at to be sure of it."""

    def add(self, label: _Label) -> None:
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


class _Table:
    """Labels by the terms of their words: by all stems, or by all exact forms."""

    def __init__(self, rows: Iterable[tuple[Row, _Label]]) -> None:
        self._alike: dict[Row, _Alike] = {}
        self._longest: dict[str, dict[str, int]] = {}
        """First term → second term → how long labels that begin so are at most."""
        for row, label in rows:
            if row not in self._alike:
                self._alike[row] = _Alike()
            self._alike[row].add(label)
            longest = self._longest.setdefault(row[0], {})
            if len(row) > 1:
                longest[row[1]] = max(len(row), longest.get(row[1], 0))

    def found(
        self, words: Sequence[str], exact: Sequence[str], text: str
    ) -> Iterator[tuple[int, int, _Alike, tuple[str, ...]]]:
        """Give where labels stand: first word, end, they and their concepts.

        One within another does not count; one that reaches beyond another does.
        """
        until, count = 0, len(words)
        for first in [n for n, word in enumerate(words) if word in self._longest]:
            following = words[first + 1] if first + 1 < count else ""
            most = self._longest[words[first]].get(following, 1)
            for last in range(min(first + most, count), max(first, until), -1):
                alike = self._alike.get(tuple(words[first:last]))
                codes = alike.meant(exact[first:last], text) if alike else ()
                if alike and codes:
                    until = last
                    yield first, last, alike, codes
                    break


class Labels:
    """All labels of one language."""

    def __init__(self, names: Iterable[tuple[str, str]], language: str) -> None:
        """Analyse names.

        :param names: each with the code of its concept before it.
        """
        self._language = language
        read = (_analysed(code, name, language) for code, name in names)
        self._all = [label for label in read if label.stems]
        self._by_stem = _Table((label.stems, label) for label in self._all)

    @cached_property
    def _by_exact(self) -> _Table:
        """Give them by how they are spelled, which only what is typed is tried by."""
        return _Table((label.exact, label) for label in self._all)

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
        return frozenset(
            label.stems
            for label in self._all
            if label.code in wanted and not label.whole
        )

    def alike(self) -> Iterator[set[str]]:
        """Give the concepts whose labels cannot be told apart, label by label."""
        found: defaultdict[Row, set[str]] = defaultdict(set)
        for label in self._all:
            found[label.spelt].add(label.code)
        return (codes for codes in found.values() if len(codes) > 1)


def _analysed(code: str, name: str, language: str) -> _Label:
    words = list(tokens(name, language))
    counts = [(word, counting) for _start, word, counting in written(name, language)]
    common = [not counting for _word, counting in counts]
    before = common.index(False) if words else 0
    after = common[::-1].index(False) if words else 0
    turned = any(fold(word) in TURNING for word, counting in counts if not counting)
    return _Label(
        code,
        tuple(row_term(word.terms) for word in words),
        tuple(word.terms[-1] for word in words),
        tuple(terms_of(word, language)[-1] for word, _counting in counts),
        _plain(name) if before or after or turned else "",
        before,
        after,
    )


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    """Give all words of a text in one spelling, with a space around each."""
    return f" {_BETWEEN.sub(' ', fold(text)).strip()} "


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
