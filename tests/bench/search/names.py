"""What practices are called, as it is and with one slip of the finger."""

import re
from collections.abc import Iterator
from random import Random

from kb.folding import fold

SLIPS, SHORTEST = 3, 5
"""Slips made of each name, each in a word of that many letters or more."""

TRIES = 30
"""Slips drawn to get as many different ones: swapping twins changes nothing."""

UNSPACED = ("zh",)
"""Languages in which a word is a letter or two: no slip is made there."""

ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"),
    *("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    *("ौैाीूबहगदजड", "ोे्िुपरकतचट", "ंमनवलसय"),
)
"""Keys side by side: Latin, Arabic, Russian and Hindi (InScript)."""


def with_slips(name: str, language: str) -> list[str]:
    """Give a name with one slip, in up to `SLIPS` ways, the same ones every time.

    A slip swaps two letters, drops or doubles one, or takes the key beside it.
    """
    words = [word for word in _words(name) if len(word.group()) >= SHORTEST]
    if language in UNSPACED or not words:
        return []
    chance = Random(name)
    drawn = (_with_slip(name, chance.choice(words), chance) for _ in range(TRIES))
    return list(dict.fromkeys(wrong for wrong in drawn if wrong != name))[:SLIPS]


def _with_slip(name: str, word: re.Match[str], chance: Random) -> str:
    return name[: word.start()] + _slip(word.group(), chance) + name[word.end() :]


def _words(name: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"[^\s\d()،,/:;.'’-]+", name)


def _slip(word: str, chance: Random) -> str:
    at = chance.randrange(len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return before + chance.choice(
        (
            after[0] + letter + after[1:],
            after,
            letter + letter + after,
            _beside(letter, chance) + after,
        )
    )


def _beside(letter: str, chance: Random) -> str:
    plain = fold(letter)
    for row in ROWS:
        if plain in row:
            at = row.index(plain)
            return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter + letter
