"""Spellings of place names: one form to compare, and which are how many slips apart.

To find what is misspelt without comparing with every name, a name that may hold d slips
is cut in d + 1 *pieces*: whatever the slips, one piece is unhurt. It stands where it
stood, or as far from there as letters were added or lost before it.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from kb.folding import fold

LONGEST = 60
"""Signs of a name that count; the longest name of a town in Wales has 58."""
BUCKETS = 1 << 18
"""Pieces are kept by a number below this; strangers that share it are told apart."""
SPACE = ord(" ")


APOSTROPHES = "'`\u00b4\u2018\u2019\u02bb\u02bc\u02be\u02bf"


class _Kept(dict[int, int | None]):
    """Letters, marks and digits stay, apostrophes go, all else is a space."""

    def __missing__(self, sign: int) -> int | None:
        kept = unicodedata.category(chr(sign))[0] in "LMN"
        self[sign] = sign if kept else SPACE
        return self[sign]


_KEPT = _Kept(dict.fromkeys(map(ord, APOSTROPHES), None))


def spelled(name: str) -> str:
    """Give the form in which spellings are compared; empty if it holds no letter.

    >>> spelled("N'Djaména"), spelled("Saint-Louis")
    ('ndjamena', 'saint louis')
    """
    kept = fold(name[: 2 * LONGEST]).translate(_KEPT)
    return " ".join(kept.split())[:LONGEST].rstrip()


def slips_allowed(length: int) -> int:
    """Say how many slips a name of so many signs may hold and still be found."""
    return 0 if length < 4 else 1 if length < 8 else 2


def pieces(name: str) -> list[int]:
    """Give the numbers of the pieces of a name; none for one that allows no slip."""
    return [
        crc32(name[start:end].encode(), seed) % BUCKETS
        for start, end, seed in _cuts(len(name))
    ]


def packs_of_pieces(forms: Iterable[str]) -> list[bytes]:
    """Give for each number of a piece the forms that have it, numbered from 1.

    Four bytes for each form, low byte first. Says what `pieces` says, in half the time.
    """
    packs, cuts = [b""] * BUCKETS, [_cuts(length) for length in range(LONGEST + 1)]
    for number, form in enumerate(forms, 1):
        packed = number.to_bytes(4, "little")
        for start, end, seed in cuts[len(form)]:
            packs[crc32(form[start:end].encode(), seed) % BUCKETS] += packed
    return packs


def unhurt(asked: str) -> set[int]:
    """Give the numbers of every piece that could be unhurt in what was asked."""
    length = len(asked)
    return {
        crc32(piece.encode(), seed) % BUCKETS
        for other in range(length - 2, length + 3)
        if abs(length - other) <= slips_allowed(other)
        for piece, seed in _possible(asked, other)
    }


def _possible(asked: str, length: int) -> Iterator[tuple[str, int]]:
    """Give the pieces that a name of this length would share with what was asked.

    Before the first piece nothing can have moved it, after the last nothing is left to.
    Neighbours that changed places across the only cut hurt both halves: they are put
    back.
    """
    more, allowed, cuts = len(asked) - length, slips_allowed(length), _cuts(length)
    for start, end, seed in cuts:
        moves = range(-allowed, allowed + 1)
        if start == 0 or end == length:
            moves = range(more, more + 1) if start else range(1)
        for moved in moves:
            if abs(moved) + abs(more - moved) <= allowed:
                yield asked[start + moved : end + moved], seed
    if len(cuts) == 2 and more == 0:
        _start, cut, seed = cuts[0]
        yield asked[: cut - 1] + asked[cut], seed


@lru_cache(maxsize=LONGEST + 3)
def _cuts(length: int) -> list[tuple[int, int, int]]:
    """Give where the pieces of a name of this length begin and end, and a seed each."""
    count = slips_allowed(length) + 1
    ends = [length * which // count for which in range(count + 1)]
    pairs = list(pairwise(ends)) if count > 1 else []
    return [(*pair, 4 * length + which) for which, pair in enumerate(pairs)]


def slips(one: str, other: str, most: int) -> int:
    """Count the slips between two spellings, up to ``most`` + 1.

    A slip is a letter lost, added or changed, or two neighbours that changed places.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    one, other = _where_they_differ(one, other)
    if not one or not other:
        return min(max(len(one), len(other)), most + 1)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[-1], last[j]) + 1
            cost = min(cost, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Leave out what both begin with and what both end with."""
    first, last, shorter = 0, 0, min(len(one), len(other))
    while first < shorter and one[first] == other[first]:
        first += 1
    while last < shorter - first and one[-1 - last] == other[-1 - last]:
        last += 1
    return one[first : len(one) - last], other[first : len(other) - last]
