"""How easily a text reads: how long its sentences are, and its words where we know.

Formulas of reading ease hold for one language each, as words are longer in some. They
count syllables; here these are the places at which a word may be parted, so that the
figure is a hint and no measure. For other languages none is given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from icu4py.breakers import SentenceBreaker, WordBreaker
from pyphen import Pyphen

from kb.markdown import to_words

LONG = 20
"""Words in a sentence, on average, above which a text is hard to read. Cutts, Oxford
Guide to Plain English: 15 to 20 over the whole document."""
_PARTS = re.compile(r"\n\s*([-*+]|[0-9]{1,2}[.)])\s|\n\s*\n")
"""Where a paragraph or a point of a list begins: a sentence, though no stop is set."""
_INITIAL = re.compile(r"(^|\W)[^\W\d_]\.\s*$")
"""A single letter with its stop, as in a name, does not end a sentence."""


@dataclass(frozen=True)
class Formula:
    """Reading ease: so much, less for each word in a sentence and syllable in a word.

    100 is very easy, 0 very hard.
    """

    most: float
    each_word: float
    each_syllable: float
    source: str


FORMULAS: Mapping[str, Formula] = {
    "en": Formula(206.835, 1.015, 84.6, "Flesch 1948"),
    "fr": Formula(207, 1.015, 73.6, "Kandel and Moles 1958"),
    "es": Formula(206.84, 1.02, 60, "Fernández Huerta 1959"),
    "pt": Formula(248.835, 1.015, 84.6, "Martins et al. 1996"),
    "ru": Formula(206.835, 1.3, 60.1, "Oborneva 2006"),
}
HARD = 50
"""Ease below which a text is hard for most. Flesch 1948: 30 to 50 is difficult."""
ENOUGH = 20
"""Words below which an ease says little."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a text."""

    lengths: tuple[int, ...]
    """Words in each; never empty."""
    longest: str
    ease: int | None = None
    """From 100, very easy, to 0; nothing without a formula, or for few words."""

    @property
    def is_hard(self) -> bool:
        """Say whether its words are hard to read."""
        return self.ease is not None and self.ease < HARD

    @property
    def mean(self) -> float:
        """Give the words in a sentence, on average."""
        return sum(self.lengths) / len(self.lengths)

    @property
    def are_long(self) -> bool:
        """Say whether its reader should be told."""
        return self.mean > LONG


def sentences_of(words: str, language: str) -> Sentences | None:
    """Measure a text in Markdown; nothing if it holds no words.

    >>> sentences_of("It rained. We dug ten pits.", "en").lengths
    (2, 4)
    """
    counted = [(_count(one, language), one) for one in _sentences(words, language)]
    counted = [(count, one) for count, one in counted if count]
    if not counted:
        return None
    longest = max(counted, key=lambda one: one[0])[1]
    lengths = tuple(count for count, _one in counted)
    return Sentences(lengths, longest.strip(), _ease(words, language, lengths))


def _ease(words: str, language: str, lengths: tuple[int, ...]) -> int | None:
    formula, many = FORMULAS.get(language), sum(lengths)
    if formula is None or many < ENOUGH:
        return None
    parted = _hyphens(language)
    found = [w for w in WordBreaker(to_words(words), language) if w.isalpha()]
    syllables = sum(len(parted.positions(word)) + 1 for word in found)
    less = formula.each_word * many / len(lengths)
    less += formula.each_syllable * syllables / max(len(found), 1)
    return round(min(max(formula.most - less, 0), 100))


@cache
def _hyphens(language: str) -> Pyphen:
    return Pyphen(lang=language)


def _sentences(words: str, language: str) -> Iterator[str]:
    for part in _PARTS.sub("\n\n", f"\n{words}").split("\n\n"):
        begun = ""
        for one in SentenceBreaker(to_words(part), language):
            begun += one
            if not _INITIAL.search(begun):
                yield begun
                begun = ""
        yield begun


def _count(sentence: str, language: str) -> int:
    words = WordBreaker(sentence, language)
    return sum(any(map(str.isalnum, word)) for word in words)
