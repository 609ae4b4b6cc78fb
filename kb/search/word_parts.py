"""Where words begin and end in writing that puts spaces between them.

A *run* is what stands between two spaces or signs; it often is one word, but ``l'eau``
holds one besides its article, ``30cm`` holds two, and ``semi-arid`` two that are also
read as one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kb.search.letters import APOSTROPHES, UNSEEN

Span = tuple[int, int]

HAN = (
    (0x3005, 0x3007),
    (0x3041, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x323AF),
)
"""Chinese and Japanese: no spaces, and most words are one or two signs."""
NO_SPACES = ((0x0E01, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0xAA60, 0xAA7F))
"""Thai, Lao, Burmese, Khmer."""

RARE = ((0x10000, 0x1CFFF), (0x1D400, 0x1D7FF), (0x1DF00, 0x1EFFF))
"""Such as Adlam, in which Fulfulde is written."""

LONGEST_JOINED, MOST_JOINED = 40, 4
"""Signs and parts of what is also read as one word."""

_APOSTROPHE = "".join(APOSTROPHES)
_POINTS = ".,\uff0e\u066b\u066c"
_HYPHENS = "\\-\u2010\u2011\uff0d"
_HYPHEN = re.compile(
    rf"[{_HYPHENS}]|(?<=[\u0600-\u06ff])\u200c(?=[\u0600-\u06ff])"  # Persian half space
)
_SEVERAL = re.compile(rf"[{_HYPHENS}{_POINTS}{_APOSTROPHE}\u200c\d]")
"""Without any of these, a run is one word."""
_PIECE = re.compile(
    rf"\d+(?:[{_POINTS}]\d+)*"
    rf"|\D+?(?=\d+[{_POINTS}]\d)"  # pH5.5
    rf"|\D[^{_POINTS}]*"
)
_ELIDED = {
    language: re.compile(rf"(?:{words})[{_APOSTROPHE}](?=\w\w)", re.IGNORECASE)
    for language, words in {
        "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
        "it": "[cdlmnstv]|un|gl|(?:de|a|da|ne|su|co)ll|que(?:st|ll)|tutt|sant",
        "pt": "d",
        "ca": "[dlmnst]",
    }.items()
}
"""Little words that lose their vowel before the next word, language by language."""


@lru_cache(maxsize=1)
def runs() -> re.Pattern[str]:
    """Find what stands together: in scripts without spaces, whole clauses."""
    han, dense, word = _classes()
    joined = f"[{_APOSTROPHE}{''.join(UNSEEN)}{_HYPHENS}]{{1,2}}"
    point = rf"(?<=\d)[{_POINTS}](?=\d)"
    return re.compile(
        f"[{word}]++(?:(?:{joined}|{point})[{word}]++)*+|[{han}]++|[{dense}]++"
    )


def script_of(run: str) -> str:
    """Say how a run is cut: ``han`` (Chinese, Japanese) or ``dense`` without spaces.

    Nothing is said of other scripts.
    """
    return "" if is_figure(run) else _unspaced(ord(run[0]))


def is_unspaced(word: str) -> bool:
    """Say whether a word begins in a script that is written without spaces."""
    return bool(word and script_of(word))


def is_one_word(run: str) -> bool:
    """Say whether there is nothing to cut in it, such as a hyphen or a figure."""
    return not (script_of(run) or _SEVERAL.search(run))


def is_figure(run: str) -> bool:
    """Say whether it begins with a figure; words of letters and figures do not."""
    return run[:1].isdecimal()


def words_of(run: str, language: str) -> Iterator[list[Span]]:
    """Give the words of a run, those in a list of their own that hyphens tie."""
    if not _SEVERAL.search(run):
        yield [(0, len(run))]
        return
    tied = [
        (start, end)
        for start, end in _cut(_HYPHEN, run)
        for start, end in _pieces(run, start, end, language)
    ]
    if len(tied) in range(2, MOST_JOINED + 1) and _reads_as_one(run, tied):
        yield tied
    else:
        yield from ([word] for word in tied)


def _reads_as_one(run: str, words: list[Span]) -> bool:
    """Not so where figures begin, as in 15-15-15, nor where no hyphen is."""
    start, end = words[0][0], words[-1][1]
    hyphens = len(_HYPHEN.findall(run, start, end))
    return (
        hyphens == len(words) - 1
        and end - start <= LONGEST_JOINED
        and not is_figure(run[start])
    )


def _cut(at: re.Pattern[str], run: str) -> Iterator[Span]:
    start = 0
    for found in at.finditer(run):
        yield start, found.start()
        start = found.end()
    yield start, len(run)


def _pieces(run: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Cut figures from letters, and little words from the word they lean on."""
    elided = _ELIDED.get(language)
    for found in _PIECE.finditer(run, start, end):
        begin = found.start()
        if elided is not None:
            while little := elided.match(run, begin, found.end()):
                begin = little.end()
        if any(map(str.isalnum, run[begin : found.end()])):
            yield begin, found.end()


@lru_cache(maxsize=1)
def _classes() -> tuple[str, str, str]:
    """Give the signs of words as classes of a pattern: Han, no spaces, all other.

    Beyond the first 65,536 signs, blocks are named as a whole: a pattern looks a sign
    up in a table, but tries such ranges one after the other.
    """
    ranges: dict[str, list[Span]] = {"han": [], "dense": [], "word": []}
    for kind, found in groupby(enumerate(_kinds()), key=itemgetter(1)):
        if kind:
            together = [sign for sign, _ in found]
            ranges[kind].append((together[0], together[-1]))
    ranges["word"] += RARE
    ranges["han"].append(HAN[-1])
    han, dense, word = (
        "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges[kind])
        for kind in ("han", "dense", "word")
    )
    return han, dense, word


def _kinds() -> list[str]:
    """Say of each of the first 65,536 signs to which class it belongs, if to one."""
    categories = [unicodedata.category(chr(sign)) for sign in range(0x10000)]
    kinds = ["word" if category[0] in "LMN" else "" for category in categories]
    for kind, ranges in (("han", HAN[:-1]), ("dense", NO_SPACES)):
        for first, last in ranges:
            for sign in range(first, last + 1):
                if kinds[sign] and categories[sign] != "Nd":
                    kinds[sign] = kind
    return kinds


def _unspaced(sign: int) -> str:
    if sign < NO_SPACES[0][0]:
        return ""
    for kind, ranges in (("han", HAN), ("dense", NO_SPACES)):
        if any(first <= sign <= last for first, last in ranges):
            return kind
    return ""
