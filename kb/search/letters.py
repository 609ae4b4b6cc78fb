"""One way to write what is written in several: letters, digits, signs nobody sees."""

import re
import unicodedata
from array import array
from unicodedata import normalize

from kb.folding import ACCENTS, ARABIC

APOSTROPHES = frozenset("'\u2019\u2018\u02bc\u02bb\u2032\uff07")
UNSEEN = frozenset("\u00ad\u200c\u200d\u2060\ufeff")
"""Soft hyphen, joiners, marks of byte order: inside a word they say nothing."""

_SIGNS = array("I", range(0x80, 0x1FC00)).tobytes()
_DIGITS = {
    ord(sign): str(unicodedata.digit(sign))
    for sign in re.findall(r"\d", _SIGNS.decode("utf-32", "surrogatepass"))
}
_POINTS = dict.fromkeys(map(ord, ",\u066b\u066c\uff0e\uff0c"), ".")
_ARABIC = {
    **dict.fromkeys(map(ord, "\u06a9\u06aa"), "\u0643"),
    **dict.fromkeys(map(ord, "\u06cc\u06d2\u06d3\u06cd"), "\u064a"),
    **dict.fromkeys(map(ord, "\u06c1\u06be\u06c0\u06d5\u06c2"), "\u0647"),
    0x06C3: "\u0629",
    0x06BA: "\u0646",
    **dict.fromkeys([0x0640, 0x0670, *range(0x0610, 0x061B), *range(0x064B, 0x0660)]),
    **dict.fromkeys(range(0x06D6, 0x06DD)),
}
"""Persian and Urdu letters as their Arabic ones; no tatweel, no vowel signs."""
_ONE = _DIGITS | _ARABIC | dict.fromkeys(map(ord, APOSTROPHES | UNSEEN | {" "}))
"""Spaces: a few single signs stand for whole phrases."""

_DEVANAGARI = {0x093C: None, 0x0901: "\u0902"}
"""No dot below (nukta); one sign for a vowel through the nose."""
_DEVANAGARI_SIGNS = re.compile("[\u0900-\u097f]")
_NASAL = re.compile(
    "\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])"
    "|\u0923\u094d(?=[\u091f-\u0922])|\u0928\u094d(?=[\u0924-\u0927])"
    "|\u092e\u094d(?=[\u092a-\u092d])"
)
"""A nasal before a consonant made at the same place, also written as a dot above."""

_AMHARIC = {
    source + order: target + (0 if order == 3 and target in {0x1200, 0x12A0} else order)
    for source, target in (
        (0x1200, 0x1200),
        (0x1210, 0x1200),
        (0x1280, 0x1200),
        (0x12B8, 0x1200),
        (0x1220, 0x1230),
        (0x12A0, 0x12A0),
        (0x12D0, 0x12A0),
        (0x1340, 0x1338),
    )
    for order in range(7)
}
"""Letters that sound the same in Amharic (not so in Tigrinya)."""

_BARE = (
    ACCENTS
    | ARABIC
    | str.maketrans(
        {
            "\u0131": "i",  # dotless, as in Turkish
            "\u0111": "d",
            "\u00f0": "d",
            "\u0257": "d",
            "\u00f8": "o",
            "\u0254": "o",
            "\u025b": "e",
            "\u0142": "l",
            "\u0253": "b",
            "\u0199": "k",
            "\u01b4": "y",
            "\u014b": "n",
            "\u0272": "ny",
            "\u0153": "oe",
            "\u00e6": "ae",
            "\u00fe": "th",
        }
    )
)
"""Letters that Unicode does not take apart, as typed where no key is for them."""

_POSSESSIVE = re.compile(rf"[{''.join(APOSTROPHES)}]s$", re.IGNORECASE)
_TYPED_UMLAUT = re.compile("(?<![aeiouq])([aou])e")


def small(word: str, language: str) -> str:
    """Give a word in small letters with its accents, as a stemmer reads it."""
    if language == "en" and not word.isalnum():
        word = _POSSESSIVE.sub("", word)
    if word.isascii():
        return word.lower().replace("'", "")
    word = word.replace("\u09a4\u09cd\u200d", "\u09ce")  # Bengali t without a vowel
    word = normalize("NFKC", word).casefold()
    word = normalize("NFC", word).translate(_ONE)
    if _DEVANAGARI_SIGNS.search(word):
        word = _NASAL.sub("\u0902", word.translate(_DEVANAGARI))
    if language == "ru":
        word = word.replace("\u0451", "\u0435")
    if language == "am":
        word = word.translate(_AMHARIC)
    return word


def plain(word: str, language: str) -> str:
    """Give a word as words are compared: in small letters, without accents.

    >>> plain("CO₂", "en"), plain("Düngung", "de"), plain("Duengung", "de")
    ('co2', 'dungung', 'dungung')
    """
    return bare(small(word, language), language)


def bare(word: str, language: str) -> str:
    """Take accents off what `small` gave."""
    if not word.isascii():
        word = normalize("NFC", normalize("NFKD", word).translate(_BARE))
    return _TYPED_UMLAUT.sub(r"\1", word) if language == "de" else word


def figure(number: str) -> str:
    """Give a number in European digits with points, whatever stood there.

    >>> figure("5,5"), figure("५.५")
    ('5.5', '5.5')
    """
    return number.translate(_DIGITS | _POINTS)
