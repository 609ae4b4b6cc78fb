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
    One letter of ``other`` after the other, all letters of ``one`` at once: whether the
    count grows or shrinks from each to the next is a bit of a number (Hyyrö 2003, "A
    bit-vector algorithm for computing Levenshtein and Damerau edit distances").
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    if not one:
        return len(other)
    here = _places(one)
    full = (1 << len(one)) - 1
    last, counted, left = 1 << (len(one) - 1), len(one), len(other)
    more, less, same, before = full, 0, 0, 0
    for sign in other:
        place = here.get(sign, 0)
        swapped = ((~same & place) << 1) & before
        same = (((place & more) + more) ^ more) | place | less | swapped
        up, down = less | (full & ~(same | more)), same & more
        counted += bool(up & last) - bool(down & last)
        left -= 1
        if counted - left > most:
            return most + 1
        up = up << 1 | 1
        more, less = (down << 1 | ~(same | up)) & full, up & same & full
        before = place
    return min(counted, most + 1)


@lru_cache(maxsize=64)
def _places(word: str) -> dict[str, int]:
    """Give where each letter of a word stands, a bit for each place."""
    found: dict[str, int] = {}
    for place, sign in enumerate(word):
        found[sign] = found.get(sign, 0) | 1 << place
    return found
