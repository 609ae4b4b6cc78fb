"""Which words of an index are spelt like one that was typed; the same for every index.

A word here is folded and stands for its exact forms in all languages: ``erosion`` for
``en=erosion`` and ``fr=erosion``.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from kb.search.document import NearWord
from kb.search.spellings import (
    Array,
    Spellings,
    is_likely,
    slips_for,
    spellings_of,
)
from kb.search.words import ANALYSED, terms_of

MOST_WORDS = 100_000
"""Words of a segment that slips are looked for in; some 20 MB."""
MOST_NEAR = 8

Held = Mapping[str, int]
"""Language → in how many texts of it a word stands."""


def vocabulary_of(terms: Iterable[tuple[int, str]]) -> dict[str, Array]:
    """Make the arrays of a `Vocabulary`, which can be kept in a file.

    :param terms: numbered, the likeliest first; beyond `MOST_WORDS` none counts.
    """
    places: dict[str, int] = {}
    where, held = array("I"), array("I")
    for number, term in terms:
        _language, word = spelt(term)
        if word:
            where.append(places.setdefault(word, len(places)))
            held.append(number)
        if len(places) == MOST_WORDS:
            break
    words = np.array(where, "u4")
    arrays = spellings_of(list(places))
    arrays["terms"] = np.array(held, "u4")[words.argsort(kind="stable")]
    arrays["terms.ends"] = np.bincount(words, minlength=len(places)).cumsum()
    return arrays


class Vocabulary:
    """The words of some terms, to be asked for those near another."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Take what `vocabulary_of` made."""
        self._spellings = Spellings(arrays)
        self._terms, self._ends = arrays["terms"], arrays["terms.ends"]
        """The numbers of the terms of all words, word after word."""

    def near(self, word: str) -> list[tuple[str, int, Sequence[int]]]:
        """Give words with their slips, and the numbers of their terms."""
        most = slips_for(word)
        if not most:
            return []
        found = self._spellings.near(word, most)
        return [
            (self._spellings.word(place), counted, self._terms_of(place))
            for place, counted in found
        ]

    def _terms_of(self, place: int) -> Sequence[int]:
        first = self._ends[place - 1] if place else 0
        numbers: list[int] = self._terms[first : self._ends[place]].tolist()
        return numbers


def spelt(term: str) -> tuple[str, str]:
    """Give the language and the word of an exact term; of a stem, no word.

    >>> spelt("fr=vegetal"), spelt("fr:veget")
    (('fr', 'vegetal'), ('fr:veget', ''))
    """
    language, _marked, word = term.partition("=")
    return language, word


def forms(word: str, language: str) -> list[str]:
    """Give the terms of a word in every language it is looked for in."""
    languages = dict.fromkeys((language, *ANALYSED))
    return [term for each in languages for term in terms_of(word, each)]


def itself(word: str, language: str, count: Callable[[str], int]) -> Held:
    """Say in how many texts a word stands in any of its forms.

    :param count: term → in how many texts it stands.
    """
    languages = dict.fromkeys((language, *ANALYSED))
    return {each: max(map(count, terms_of(word, each))) for each in languages}


def ranked(
    word: str,
    language: str,
    held: Held,
    others: Mapping[tuple[str, int], Held],
) -> list[NearWord]:
    """Give the word itself, if it stands anywhere, then those near it, likeliest first.

    A word of another language than the reader's counts as if it had one slip more, one
    with another first letter half a slip: people see the beginning of what they type.

    :param held: see `itself`.
    :param others: words with their slips → where they stand.
    """
    found = [NearWord(word, 0, sum(held.values()), held.get(language, 0))]
    near = [
        NearWord(other, slips, sum(each.values()), each.get(language, 0))
        for (other, slips), each in others.items()
        if is_likely(word, other)
    ]
    near.sort(key=lambda one: (_unlikely(one, word), not one.own, -one.texts, one.word))
    return [one for one in found + near if one.texts][:MOST_NEAR]


def _unlikely(one: NearWord, word: str) -> float:
    return one.slips + (not one.own) + 0.5 * (one.word[0] != word[0])
