"""How a text is carried: in which alphabet, and in how many parts.

Source: 3GPP TS 23.038 (alphabets) and 23.040 (parts). A part holds 140 octets; where
there are several, six of them say which part it is.
"""

from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Each takes the room of two."""
_LOOKS_LIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-",
     "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2010": "-",
     "\u2011": "-", "•": "-", "\t": " "}
)  # fmt: skip


class Alphabet(StrEnum):
    """How signs are written down."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


ROOM = {Alphabet.GSM7: (160, 153), Alphabet.UCS2: (70, 67)}
"""Signs in a part that stands alone, and in each of several."""


def alphabet(text: str) -> Alphabet:
    """Give the alphabet that a text needs: one sign too many makes it the wide one."""
    small = all(sign in _BASIC or sign in _EXTENSION for sign in text)
    return Alphabet.GSM7 if small else Alphabet.UCS2


def units(text: str, written: Alphabet) -> int:
    """Count the room that a text takes, in signs of its alphabet."""
    return sum(_width(sign, written) for sign in text)


def parts(text: str) -> list[str]:
    """Cut a text into the parts in which it is carried; no sign is cut in two.

    >>> [len(part) for part in parts("a" * 161)], len(parts("ع" * 70))
    ([153, 8], 1)
    """
    written = alphabet(text)
    alone, each = ROOM[written]
    if units(text, written) <= alone:
        return [text]
    cut, room = [""], each
    for sign in text:
        width = _width(sign, written)
        if width > room:
            cut.append("")
            room = each
        cut[-1] += sign
        room -= width
    return cut


def narrowed(text: str) -> str:
    """Write signs as others that look alike, if the whole is then carried in less."""
    narrow = text.translate(_LOOKS_LIKE)
    return narrow if alphabet(narrow) == Alphabet.GSM7 else text


def first_of(text: str, most: int, tail: str) -> tuple[str, str]:
    """Cut a text after as many words as go into some parts, and give the rest.

    :param most: parts.
    :param tail: what stands behind it if something is left; it counts too.
    """
    if len(parts(text)) <= most:
        return text, ""
    least, much = 1, len(text)
    while least < much:
        middle = (least + much + 1) // 2
        if len(parts(text[:middle] + tail)) <= most:
            least = middle
        else:
            much = middle - 1
    at = max(text.rfind(" ", 0, least + 1), text.rfind("\n", 0, least + 1))
    at = at if at > least // 2 else least
    return text[:at].rstrip() + tail, text[at:].lstrip()


def _width(sign: str, written: Alphabet) -> int:
    if written == Alphabet.GSM7:
        return 2 if sign in _EXTENSION else 1
    return 2 if ord(sign) > 0xFFFF else 1
