"""A few numbers that texts share that say nearly the same: MinHash in bands.

Two texts that share a part *s* of all their words have one of the bands in common with
a chance of 1 - (1 - s⁴)¹⁶: 0.89 at 0.6, 0.99 at 0.75, and 0.003 at the 0.12 that texts
of one language share by chance. So what is alike is found by looking sixteen numbers
up, however many texts there are.
Source: Broder 1997, "On the resemblance and containment of documents" (the signature);
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4 (bands).
"""

import hashlib
import re
from random import Random
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.folding import fold

BANDS, ROWS = 16, 4
SHORT, ENOUGH = 3, 3
"""Words of so few letters are in most texts and tell little, if enough others do."""
_UNSPACED = r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_WORDS = re.compile(rf"{_UNSPACED}|(?:(?!{_UNSPACED})\w)+")
_CHANCE = Random(1)  # noqa: S311  (the same in every process, and no secret)
_FACTORS, _SHIFTS = (
    np.array([[_CHANCE.getrandbits(64) | 1] for _each in range(many)], np.uint64)
    for many in (BANDS * ROWS, BANDS * ROWS)
)


def words_of(text: str) -> list[str]:
    """Give the words of a text in one spelling; single signs where none are parted."""
    return _WORDS.findall(fold(text))


def bands_of(text: str, of: str) -> list[int]:
    """Give the numbers of a text, in order of the bands; none of a text without words.

    :param of: what is mixed in, such as the language: others share none.
    """
    words = set(words_of(text))
    long = {word for word in words if len(word) > SHORT}
    words = long if len(long) >= ENOUGH else words
    if not words:
        return []
    hashes = np.array([crc32(one.encode()) for one in words], dtype=np.uint64)
    least = _least(hashes).reshape(BANDS, ROWS)
    return [_number(of, band, row.tobytes()) for band, row in enumerate(least)]


def _least(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed: NDArray[np.uint64] = (hashes * _FACTORS + _SHIFTS) >> np.uint64(32)
    least: NDArray[np.uint64] = mixed.min(axis=1)
    return least


def _number(of: str, band: int, row: bytes) -> int:
    mixed = hashlib.blake2b(row, digest_size=8, key=f"{of} {band}".encode())
    return int.from_bytes(mixed.digest(), signed=True)
