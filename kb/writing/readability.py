"""How long the sentences of a text are, the plainest sign of how easily it reads.

No formula of reading ease: each holds for one language, and counts syllables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icu4py.breakers import SentenceBreaker, WordBreaker

from kb.markdown import to_words

LONG = 20
"""Words in a sentence, on average, above which a text is hard to read. Cutts, Oxford
Guide to Plain English: 15 to 20 over the whole document."""
_PARTS = re.compile(r"\n\s*([-*+]|[0-9]{1,2}[.)])\s|\n\s*\n")
"""Where a paragraph or a point of a list begins: a sentence, though no stop is set."""
_INITIAL = re.compile(r"(^|\W)[^\W\d_]\.\s*$")
"""A single letter with its stop, as in a name, does not end a sentence."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a text."""

    lengths: tuple[int, ...]
    """Words in each; never empty."""
    longest: str

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
    return Sentences(tuple(count for count, _one in counted), longest.strip())


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
