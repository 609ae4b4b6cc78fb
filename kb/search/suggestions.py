"""What may be meant by what is being typed: titles, local names, names of concepts.

An entry is found by the beginnings of its words, folded, in any order; when there is
none, one letter of a longer beginning may be wrong. All is held in a few arrays.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.folding import fold
from kb.search.spellings import alphabets
from kb.search.word_parts import is_unspaced, runs

Array = NDArray[Any]

MOST = 8
SHORTEST = 2
"""Signs from which on something is suggested; one where each sign is a word."""
SHORTEST_WITH_SLIP = 5
LONGEST, MOST_WORDS = 80, 6
"""Signs and words of what is typed that count."""
LETTERS = 16
"""Letters of a word that are compared when a slip is looked for."""
LOOKED_AT = 20 * MOST
"""Best entries looked at first; several may lead to the same thing."""
BEYOND = "\U0010ffff"
_TIES = re.compile("[-\u2010\u2011'\u2019]")
_ARTICLE = re.compile("^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=..)")
"""The Arabic article, alone or with "and", "so", "by", "like" or "for" before it."""
_OTHER_LANGUAGE, _INSIDE = 1 << 20, 1 << 16
"""What counts against an entry: another language, words not at its beginning; and its
length, which is less than either."""


@dataclass(frozen=True)
class Entry:
    """Words that lead to something."""

    words: str
    language: str
    thing: tuple[str, int]
    """Kind and number of what they lead to."""
    local: bool = False
    """Whether people say it so whatever language they read."""


class Suggestions:
    """Entries that do not change, to be asked for those that begin like something."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._languages = np.array([entry.language for entry in entries], "U12")
        self._local = np.array([entry.local for entry in entries], bool)
        self._length = np.array([min(len(e.words), 255) for e in entries], "i8")
        standing: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            for place, word in _beginnings(entry.words):
                standing.setdefault(word, []).append(2 * number + (place == 0))
        self._words = sorted(standing)
        lists = [standing[word] for word in self._words]
        self._ends = [0, *accumulate(map(len, lists))]
        together = np.array(list(chain.from_iterable(lists)), "i8")
        self._numbers, self._first = together >> 1, (together & 1).astype(bool)
        self._letters = _letters(self._words)
        self._alphabets = alphabets(self._words)

    def beginning(self, typed: str, language: str, most: int = MOST) -> list[Entry]:
        """Give entries for what is typed, one for each thing, likeliest first.

        In the reader's language first, then what begins with it, then shorter ones.
        """
        words = [_ARTICLE.sub("", word) for word in _pieces(fold(typed[:LONGEST]))]
        words = words[:MOST_WORDS]
        signs = sum(map(len, words))
        if not words or (signs < SHORTEST and not is_unspaced(words[0])):
            return []
        against = self._against(words, language, slips=False)
        if not len(against[0]):
            against = self._against(words, language, slips=True)
        return self._best(*against, most)

    def _against(
        self, words: Sequence[str], language: str, *, slips: bool
    ) -> tuple[Array, Array]:
        """Give the entries that hold all words, and what counts against each."""
        held = np.zeros(len(self._entries), "i8")
        begins = np.zeros(len(self._entries), bool)
        for nth, word in enumerate(words):
            where = self._where(word, slips=slips)
            holding = np.zeros(len(held), bool)
            holding[self._numbers[where]] = True
            held += holding
            if not nth:
                begins[self._numbers[where][self._first[where]]] = True
        numbers = np.flatnonzero(held == len(words))
        against = self._length[numbers] + ~begins[numbers] * _INSIDE
        other = (self._languages[numbers] != language) & ~self._local[numbers]
        against += other * _OTHER_LANGUAGE
        return numbers, against

    def _where(self, word: str, *, slips: bool) -> Array:
        """Give where words stand that begin with one, or nearly so."""
        if slips and len(word) >= SHORTEST_WITH_SLIP and not is_unspaced(word):
            chosen = self._with_slip(word[:LETTERS])
            ranges = [np.arange(self._ends[n], self._ends[n + 1]) for n in chosen]
            return np.concatenate([np.zeros(0, "i8"), *ranges])
        first = bisect_left(self._words, word)
        until = bisect_left(self._words, word + BEYOND)
        return np.arange(self._ends[first], self._ends[until])

    def _with_slip(self, word: str) -> list[int]:
        """Give the words that begin with one in which at most one letter is wrong.

        Where the first letter differs, either it is another one and the rest agrees, or
        the rest agrees one letter further on or back, or two changed places.
        """
        length = len(word)
        asked = np.array(list(map(ord, word)), "u4")
        strange = alphabets([word])[0] & ~self._alphabets
        numbers = np.flatnonzero(np.bitwise_count(strange) <= 1)
        letters, rows = self._letters[numbers], np.arange(len(numbers))
        agreeing = letters[:, :length] == asked
        agreeing = np.pad(agreeing, ((0, 0), (0, 1)))
        first = np.argmin(agreeing, 1)
        wrong = length - agreeing.sum(1)
        found = wrong <= 1
        found |= _last_wrong(letters[:, 1 : length + 1] == asked) < first
        found |= _last_wrong(letters[:, : length - 1] == asked[1:]) < first
        after = np.minimum(first + 1, length - 1)
        here = np.minimum(first, length - 1)
        swapped = letters[rows, here] == asked[after]
        swapped &= letters[rows, after] == asked[here]
        found |= swapped & (wrong == 2)
        chosen: list[int] = numbers[found].tolist()
        return chosen

    def _best(self, numbers: Array, against: Array, most: int) -> list[Entry]:
        few = numbers
        if len(numbers) > LOOKED_AT:
            some = np.argpartition(against, LOOKED_AT)[:LOOKED_AT]
            few, against = numbers[some], against[some]
        order = few[np.lexsort((few, against))].tolist()
        best: dict[tuple[str, int], Entry] = {}
        for entry in map(self._entries.__getitem__, order):
            best.setdefault(entry.thing, entry)
        return list(best.values())[:most]


def _pieces(words: str) -> list[str]:
    """Cut words apart, also where a hyphen or an apostrophe ties them."""
    tied = runs().findall(words)
    return [piece for run in tied for piece in _TIES.split(run) if piece]


def _beginnings(words: str) -> Iterator[tuple[int, str]]:
    """Give the words of an entry with their places, without article.

    Where no spaces are written, each sign may be the beginning of a word.
    """
    for place, word in enumerate(_pieces(fold(words))):
        if is_unspaced(word):
            yield from ((place + i, word[i:]) for i in range(min(len(word), LETTERS)))
        else:
            yield place, _ARTICLE.sub("", word)


def _letters(words: Sequence[str]) -> Array:
    """Give the first letters of each word, (n, LETTERS + 1), 0 after the last."""
    padded = "".join(word[:LETTERS].ljust(LETTERS + 1, "\0") for word in words)
    signs = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), "u4")
    return signs.reshape(-1, LETTERS + 1)


def _last_wrong(agreeing: Array) -> Array:
    """Give the last place of each row that does not agree, -1 where all do."""
    last: Array = agreeing.shape[1] - 1 - np.argmin(agreeing[:, ::-1], 1)
    return np.where(agreeing.all(1), -1, last)
