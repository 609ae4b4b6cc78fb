"""One label of a concept as search reads it, and how that is kept.

To read fifteen thousand labels takes a second; what came out is kept beside each in the
database, so that a process that starts only fetches it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s

from kb.folding import fold
from kb.search.words import VERSION, row_term, terms_of, tokens, written

Row = tuple[str, ...]

TURNING = frozenset(
    "no not sans pas ne sin sem nao ni не без नहीं बिना لا".split()  # noqa: SIM905
)
"""Words that are common, yet turn what a label says into its opposite."""

_BETWEEN = re.compile(r"\W+")
_MARK = blake2s(f"1 {VERSION}".encode(), digest_size=4).hexdigest()
"""Stands before what is kept; the number is raised when that is written otherwise."""
_STEMS, _EXACT = 1, 2
"""Where they stand in what is kept."""


@dataclass(frozen=True, slots=True)
class Label:
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
        return not self.whole or self.whole in plain(text)


def reading_of(name: str, language: str) -> str:
    """Read a label; give what came out, to be kept."""
    words = list(tokens(name, language))
    counts = [(word, counting) for _start, word, counting in written(name, language)]
    common = [not counting for _word, counting in counts]
    before = common.index(False) if words else 0
    after = common[::-1].index(False) if words else 0
    turned = any(fold(word) in TURNING for word, counting in counts if not counting)
    rows = (
        [row_term(word.terms) for word in words],
        [word.terms[-1] for word in words],
        [terms_of(word, language)[-1] for word, _counting in counts],
    )
    whole = plain(name) if before or after or turned else ""
    return "\t".join([_MARK, *map(" ".join, rows), whole, str(before), str(after)])


def is_current(reading: str) -> bool:
    """Say whether the analysis of this program gave what is kept."""
    return reading.startswith(_MARK)


def first_stem(reading: str) -> str:
    """Give the stem that a label begins with; none if all its words are common."""
    return _first(reading, _STEMS)


def first_exact(reading: str) -> str:
    """Give the word that a label begins with as it is spelled."""
    return _first(reading, _EXACT)


def spelt_of(reading: str) -> Row:
    """Give all words of a label without accents."""
    return _row(reading.split("\t")[3])


def label_of(code: str, reading: str) -> Label:
    """Give a label of a concept from what is kept of it."""
    _mark, stems, exact, spelt, whole, before, after = reading.split("\t")
    rows = _row(stems), _row(exact), _row(spelt)
    return Label(code, *rows, whole, int(before), int(after))


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Give all words of a text in one spelling, with a space around each."""
    return f" {_BETWEEN.sub(' ', fold(text)).strip()} "


def _first(reading: str, place: int) -> str:
    return reading.split("\t", place + 1)[place].partition(" ")[0]


def _row(kept: str) -> Row:
    return tuple(kept.split(" ")) if kept else ()
