"""A list of words, asked for those that are spelt nearly like another.

Every word is kept under each form that its beginning takes when letters are left out.
Two words are d slips apart only if their beginnings meet in a form with at most d
letters left out of either: of many thousand words a few dozen are then compared letter
by letter. A form is known by a number alone; strangers that share one are told apart
by that comparison.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, groupby
from typing import Any

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


def spellings_of(words: Sequence[str]) -> dict[str, Array]:
    """Make the arrays by which `Spellings` finds these words, none of them empty.

    :returns: 170 bytes for each word, in five arrays that can be kept in a file.
    """
    lengths = np.array([min(len(word), 255) for word in words], "u1")
    pairs = [
        _numbered_forms(words, some, _ways(length))
        for length in range(SHORTEST, BEGINNING + 1)
        for some in _at_once(_of_length(lengths, length))
    ]
    written = [word.encode("utf-8", "surrogatepass") for word in words]
    return {
        "signs": np.frombuffer(b"".join(written), "u1"),
        "ends": np.array([0, *accumulate(map(len, written))], "u4"),
        "lengths": lengths,
        "alphabets": alphabets(words),
        "pairs": np.sort(np.concatenate([np.zeros(0, "u8"), *pairs])),
    }


class Spellings:
    """Words of which `spellings_of` made arrays, which may lie in a mapped file."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._signs, self._ends = arrays["signs"], arrays["ends"]
        self._lengths, self._alphabets = arrays["lengths"], arrays["alphabets"]
        self._pairs = arrays["pairs"]
        """Forms with the number of their word in the lower half, in order."""

    def word(self, number: int) -> str:
        """Give the word that stands at a place of the list."""
        first, end = self._ends[number : number + 2]
        return self._signs[first:end].tobytes().decode("utf-8", "surrogatepass")

    def near(self, word: str, most: int) -> list[tuple[int, int]]:
        """Give the words that are 1 to ``most`` slips from one, in no order.

        :param most: at most `MOST_SLIPS`; 1 for a word of fewer than 8 letters.
        :returns: where each stands in the list, and how many slips it is away.
        """
        found = [
            (number, slips(word, self.word(number), most))
            for number in self._meeting(word, most)
        ]
        return [(number, counted) for number, counted in found if 0 < counted <= most]

    def _meeting(self, word: str, most: int) -> list[int]:
        """Give the words that meet this one in a form and have about its letters."""
        letters, length = _letters([word])[0], min(len(word), BEGINNING)
        forms = _forms(letters[_left(length, most)]) & ~_NUMBER
        first = np.searchsorted(self._pairs, forms, "left").tolist()
        until = np.searchsorted(self._pairs, forms | _NUMBER, "right").tolist()
        runs = zip(first, until, strict=True)
        meeting = [self._pairs[a:b] for a, b in runs if a < b]
        if not meeting:
            return []
        numbers = np.concatenate(meeting) & _NUMBER
        apart = np.abs(self._lengths[numbers].astype("i2") - len(word))
        own, others = alphabets([word])[0], self._alphabets[numbers]
        close = (apart <= most) & (np.bitwise_count(own & ~others) <= most)
        close &= np.bitwise_count(others & ~own) <= most
        return sorted(set(numbers[close].tolist()))


def _of_length(lengths: Array, length: int) -> Array:
    """Give the words whose beginning has so many letters."""
    beginnings = np.minimum(lengths, BEGINNING)
    return np.flatnonzero((beginnings == length) & (lengths <= LONGEST))


def _at_once(numbers: Array) -> list[Array]:
    """Part numbers of words, so that making their forms takes little memory."""
    return [numbers[n : n + AT_ONCE] for n in range(0, len(numbers), AT_ONCE)]


def _numbered_forms(words: Sequence[str], numbers: Array, ways: Array) -> Array:
    """Give the forms of some words, each with the number of its word, (n,)."""
    letters = _letters([words[number] for number in numbers.tolist()])
    forms = _forms(letters[:, ways]) & ~_NUMBER
    numbered: Array = forms | numbers.astype("u8")[:, None]
    return numbered.ravel()


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
