"""Finding what may tell who somebody is, so that a person can decide to take it out.

Names, telephone numbers, addresses and places are found by their form, by the words
before them and by what is known of the asker. That is a proposal, too long rather than
too short: no rule knows every name, and somebody reads the text in any case.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

TAKEN_OUT = "[…]"
"""Stands where something was taken out."""
MOST_LOOKED_UP = 30
"""Words of one text that are looked up among the names of places."""
SHORTEST_NAME = 3


class Sort(StrEnum):
    """What was found."""

    PLACE = "place"
    EMAIL = "email"
    LINK = "link"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True)
class Spot:
    """One thing found, and where it stands in the text."""

    start: int
    end: int
    sort: Sort
    words: str


@dataclass(frozen=True)
class Clues:
    """What is known beside the text."""

    names: Collection[str] = ()
    """Names of people concerned, whole."""
    places: Collection[str] = ()
    """Places as she typed them."""
    is_place: Callable[[str], bool] = lambda name: False
    wide: Collection[str] = ()
    """Names that tell nobody apart, such as those of countries."""


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}|(?<![\w@])@\w{3,40}")
_PHONE = re.compile(r"(?<![\w])\+?\(?\d(?:[ .\-/()\u00a0\u202f]{0,2}\d){6,14}(?!\w)")
_DATE = re.compile(
    r"\d{4}[-/ ]\d{1,2}[-/ ]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    r"|[12]\d{3}[-/][12]\d{3}"
)
_DEGREES = re.compile(
    r"[-+]?\d{1,3}[.,]\d{3,}\s?°?\s?[NSEWO]?\s?[,;/ ]\s?[-+]?\d{1,3}[.,]\d{3,}"
    r"(?:\s?°?\s?[NSEWO]\b)?"
    r"|\d{1,3}\s?°\s?\d{1,2}\s?['\u2032\u2019][^\n]{0,9}?\b[NSEWO]\b"
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_NAME = r"(?P<name>[^\W\d_][\w'\u2019-]*(?: [^\W\d_][\w'\u2019-]*)?)"
_CUE = re.compile(
    r"\b(?:my name is|i am called|je m['\u2019]appelle|mon nom est|me llamo"
    r"|mi nombre es|meu nome é|me chamo|jina langu ni|naitwa|mein name ist|اسمي"
    r"|मेरा नाम) " + _NAME,
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|M|Mme|Mlle|Monsieur|Madame|Sr|Sra|Srta|Señora?|Don"
    r"|Doña|Sheikh|El Hadj|Alhaji|Haji|Hadja|Chief|السيد|السيدة|الدكتور|الشيخ|الحاج)"
    r"\.? " + _NAME
)
_BREAK = re.compile(r"(?:^|[.!?:;\n\u061f\u0964])[\s\"'«“¿¡(-]*$")


def found(text: str, clues: Clues) -> list[Spot]:
    """Give what may tell who somebody is, in the order of the text; none overlap."""
    spots, free = [], bytearray(b"\1") * len(text)
    for spot in _all(text, clues):
        if all(free[spot.start : spot.end]):
            free[spot.start : spot.end] = bytes(spot.end - spot.start)
            spots.append(spot)
    return sorted(spots, key=lambda spot: spot.start)


def without(text: str, spots: Iterable[Spot], taken: Collection[str]) -> str:
    """Give a text with those spots taken out whose words somebody chose."""
    return "".join(
        TAKEN_OUT if marked and words in taken else words
        for words, marked in pieces(text, spots)
    )


def pieces(text: str, spots: Iterable[Spot]) -> list[tuple[str, bool]]:
    """Cut a text at its spots; each piece says whether it is one."""
    cut, at = [], 0
    for spot in spots:
        cut += [(text[at : spot.start], False), (spot.words, True)]
        at = spot.end
    cut.append((text[at:], False))
    return [(piece, marked) for piece, marked in cut if piece]


def _all(text: str, clues: Clues) -> Iterator[Spot]:
    """Give all that is found, what is surest first."""
    patterns = {Sort.PLACE: _DEGREES, Sort.EMAIL: _EMAIL, Sort.LINK: _LINK}
    for sort, pattern in patterns.items():
        yield from (
            _spot(text, *match.span(), sort) for match in pattern.finditer(text)
        )
    for match in _PHONE.finditer(text):
        if not _DATE.fullmatch(match[0].strip()):
            yield _spot(text, *match.span(), Sort.PHONE)
    yield from _known(text, clues.places, Sort.PLACE)
    yield from _known(text, clues.names, Sort.NAME)
    parts = [part for name in clues.names for part in name.split()]
    long = [part for part in parts if len(part) >= SHORTEST_NAME]
    yield from _known(text, long, Sort.NAME)
    for pattern in (_CUE, _TITLE):
        for match in pattern.finditer(text):
            yield _spot(text, *match.span("name"), Sort.NAME)
    yield from _with_capitals(text, clues)


def _spot(text: str, start: int, end: int, sort: Sort) -> Spot:
    return Spot(start, end, sort, text[start:end])


def _everywhere(pattern: re.Pattern[str], text: str, sort: Sort) -> Iterator[Spot]:
    return (_spot(text, *match.span(), sort) for match in pattern.finditer(text))


def _known(text: str, names: Iterable[str], sort: Sort) -> Iterator[Spot]:
    for name in filter(None, map(str.strip, names)):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        yield from (
            _spot(text, *match.span(), sort) for match in pattern.finditer(text)
        )


def _with_capitals(text: str, clues: Clues) -> Iterator[Spot]:
    """Give places and names among words with a capital.

    Two or three such words in a row may be a name; one alone only where it is known as
    a place, and no sentence begins with it.
    """
    looked_up = 0
    for start, end in _runs(text):
        words = text[start:end]
        alone = " " not in words
        begins = _BREAK.search(text[max(start - 8, 0) : start]) is not None
        if words.casefold() in clues.wide or (alone and begins):
            continue
        looked_up += 1
        if looked_up <= MOST_LOOKED_UP and clues.is_place(words):
            yield _spot(text, start, end, Sort.PLACE)
        elif not alone:
            yield _spot(text, start, end, Sort.NAME)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Give where words with a capital stand, together with those next to them."""
    start = end = -1
    for match in _WORD.finditer(text):
        if not (match[0][0].isupper() and len(match[0]) > 1):
            continue
        if start >= 0 and text[end : match.start()] == " ":
            end = match.end()
            continue
        if start >= 0:
            yield start, end
        start, end = match.span()
    if start >= 0:
        yield start, end
