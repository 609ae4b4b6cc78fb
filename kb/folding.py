"""One spelling for the many ways of writing a word, so that any of them finds it.

Whoever changes it raises `VERSION` in `kb/search/words.py`: what was folded the old way
is in the index.
"""

import unicodedata

_ALEF, _YA, _HA, _WAW = "\u0627", "\u064a", "\u0647", "\u0648"
ARABIC = str.maketrans(
    dict.fromkeys("\u0623\u0625\u0622\u0671", _ALEF)
    | {"\u0649": _YA, "\u0626": _YA, "\u0629": _HA, "\u0624": _WAW}
    | {chr(mark): "" for mark in (*range(0x064B, 0x0660), 0x0670, 0x0640)}
)
"""One letter for the ways of writing alef, ya, ta marbuta and waw; no vowel signs."""
ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
"""Signs above and below Latin, Greek and Cyrillic letters, taken off."""
_PLAIN = ARABIC | ACCENTS


def fold(word: str) -> str:
    """Give a word in small letters without accents; other scripts keep their marks.

    >>> fold("Zaï"), fold("Végétaux")
    ('zai', 'vegetaux')
    """
    if word.isascii():
        return word.lower()
    small = unicodedata.normalize("NFKD", word).casefold()
    plain = unicodedata.normalize("NFKD", small).translate(_PLAIN)
    return unicodedata.normalize("NFC", plain)
