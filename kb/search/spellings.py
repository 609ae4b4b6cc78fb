"""A list of words, asked for those that are spelt nearly like another.

Every word is kept under each form that its beginning takes when letters are left out.
Two words are d slips apart only if their beginnings meet in a form with at most d
letters left out of either: of many thousand words a few dozen are then compared letter
by letter. A form is known by a number alone; strangers that share one are told apart
by that comparison.
"""

import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, compress, groupby
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kb.regions.spelling import slips, slips_allowed
from kb.search.word_parts import is_unspaced

Array = NDArray[Any]

BEGINNING, MOST_SLIPS = 7, 2
"""Letters of a word that its forms are made of, and letters left out at most."""
AT_ONCE = 256
"""Words whose forms are made together: 0.5 MB while that is done."""
_NUMBER = np.uint64(0xFFFFFFFF)
"""The half of a pair that holds the number of a word; a form has the other."""
SHORTEST, LONGEST = 3, 40
"""Letters of a word that may be somebody's slip."""
SHORT_LATIN = 4
"""Letters of a Latin word that is as likely another word when one letter is changed;
other scripts write fewer letters."""
_MIXED = np.array(
    [
        (0x9E3779B97F4A7C15 * (place * 2 + 1)) ** 3 % (1 << 64)
        for place in range(BEGINNING)
    ],
    "u8",
)
"""What a letter at each place of a form counts; odd, and spread over all 64 bits."""


def slips_for(word: str) -> int:
    """Say how many slips are looked for in a folded word that was typed: 0, 1 or 2.

    None in numbers, nor where no spaces are written: there each sign is a word.
    """
    if not word or len(word) > LONGEST or is_unspaced(word):
        return 0
    if any(sign.isdigit() for sign in word):
        return 0
    return slips_allowed(len(word))


def is_likely(word: str, other: str) -> bool:
    """Say whether a word that is few enough slips away may be what was meant.

    In a short Latin word a slip is a letter doubled, or its last one too many or few.
    """
    if len(word) > SHORT_LATIN or not unicodedata.name(word[0], "").startswith("LATIN"):
        return True
    if word.startswith(other) or other.startswith(word):
        return True
    return [sign for sign, _ in groupby(word)] == [sign for sign, _ in groupby(other)]


class Words(Sequence[str]):
    """Words in one long text: a list of them would take six times as much."""

    def __init__(self, words: Iterable[str]) -> None:
        every = list(words)
        self._text = "".join(every)
        self._ends = array("I", accumulate(map(len, every)))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Give one word, or some."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]


class Spellings:
    """Some words, none of them empty: 170 bytes for each, besides the word."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._alphabets = alphabets(words)
        self._lengths = np.array([min(len(word), 255) for word in words], "u1")
        every = range(SHORTEST, BEGINNING + 1)
        numbers = {length: self._of_length(length) for length in every}
        count = sum(len(_ways(length)) * len(numbers[length]) for length in every)
        self._pairs = np.empty(count, "u8")
        """Forms with the number of their word in the lower half, in order."""
        filled = 0
        for length in every:
            for first in range(0, len(numbers[length]), AT_ONCE):
                some = numbers[length][first : first + AT_ONCE]
                made = self._forms_of(some, _ways(length)).ravel()
                self._pairs[filled : filled + len(made)] = made
                filled += len(made)
        self._pairs.sort()

    def _forms_of(self, numbers: Array, ways: Array) -> Array:
        """Give the forms of some words, each with its number: (words, ways)."""
        letters = _letters([self._words[number] for number in numbers.tolist()])
        forms = _forms(letters[:, ways]) & ~_NUMBER
        numbered: Array = forms | numbers.astype("u8")[:, None]
        return numbered

    def near(self, word: str, most: int) -> list[tuple[int, int]]:
        """Give the words that are 1 to ``most`` slips from one, in no order.

        :param most: at most `MOST_SLIPS`; 1 for a word of fewer than 8 letters.
        :returns: where each stands in the list, and how many slips it is away.
        """
        found = [
            (number, slips(word, self._words[number], most))
            for number in self._meeting(word, most)
        ]
        return [(number, counted) for number, counted in found if 0 < counted <= most]

    def _meeting(self, word: str, most: int) -> list[int]:
        """Give the words that meet this one in a form and have about its letters."""
        letters, length = _letters([word])[0], min(len(word), BEGINNING)
        forms = _forms(letters[_left(length, most)]) & ~_NUMBER
        first = np.searchsorted(self._pairs, forms, "left").tolist()
        until = np.searchsorted(self._pairs, forms | _NUMBER, "right").tolist()
        meeting = [self._pairs[a:b] for a, b in zip(first, until, strict=True)]
        numbers = sorted({n for some in meeting for n in (some & _NUMBER).tolist()})
        apart = np.abs(self._lengths[numbers].astype("i2") - len(word))
        own, others = alphabets([word])[0], self._alphabets[numbers]
        close = (apart <= most) & (np.bitwise_count(own & ~others) <= most)
        close &= np.bitwise_count(others & ~own) <= most
        return list(compress(numbers, close.tolist()))

    def _of_length(self, length: int) -> Array:
        """Give the words whose beginning has so many letters."""
        beginnings = np.minimum(self._lengths, BEGINNING)
        return np.flatnonzero((beginnings == length) & (self._lengths <= LONGEST))


def _letters(words: Sequence[str]) -> Array:
    """Give the first letters of some words, (n, BEGINNING + 1); 0 after the last."""
    padded = "".join(word[:BEGINNING].ljust(BEGINNING + 1, "\0") for word in words)
    signs = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), "u4")
    return signs.reshape(-1, BEGINNING + 1).astype("u8")


def alphabets(words: Sequence[str]) -> Array:
    """Give the set of letters of each word as 64 bits; strangers may share one."""
    if not words:
        return np.zeros(0, "u8")
    signs = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "u4")
    ends = np.cumsum([0, *map(len, words[:-1])])
    bits = np.uint64(1) << (signs & np.uint32(63)).astype("u8")
    sets: Array = np.bitwise_or.reduceat(bits, ends)
    return sets


@lru_cache(maxsize=32)
def _left(length: int, most: int) -> Array:
    """Give the places left of so many when none to ``most`` letters are left out.

    (ways, BEGINNING); BEGINNING itself stands for nothing.
    """
    ways = [
        [place for place in range(length) if place not in out]
        for count in range(most + 1)
        for out in combinations(range(length), count)
    ]
    filled = [way + [BEGINNING] * (BEGINNING - len(way)) for way in ways]
    return np.array(filled, "i8")


def _ways(length: int) -> Array:
    """Give the places left of a word of the list, see `_left`."""
    return _left(length, 1 if length < BEGINNING - 1 else MOST_SLIPS)


def _forms(letters: Array) -> Array:
    """Give a number for each form, (…, BEGINNING) to (…)."""
    numbers: Array = (letters * _MIXED).sum(-1, dtype="u8")
    return numbers
