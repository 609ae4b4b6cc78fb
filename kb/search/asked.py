"""Reading what people type: words, "words in a row", -unwanted and OR; nothing else.

``stone OR vetiver lines -rice "soil cover"`` asks for three things, the first met in
two ways, and refuses one. Whatever else is typed is words.
"""

import re
from dataclasses import dataclass, field

from kb.search.words import LONGEST_QUERY

OR = {
    "en": "OR",
    "fr": "OU",
    "es": "O",
    "pt": "OU",
    "de": "ODER",
    "ru": "ИЛИ",
    "sw": "AU",
    "ar": "أو",
    "hi": "या",
    "bn": "বা",
    "zh": "或",
}
"""How a reader says it in her language, in capitals where there are such; English
``OR`` is understood from everybody."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″「」『』\uff02", '"'))
MINUS = "\u2212\u2013-"
"""The sign itself, the dash that some keyboards make of it, and the hyphen."""

_PIECE = re.compile(
    rf'(?P<minus>(?<!\S)[{MINUS}])?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))'
)


@dataclass(frozen=True)
class Said:
    """Some words as they were typed."""

    words: str
    quoted: bool = False
    start: int = field(default=0, compare=False)
    """Where they stand in the query."""


@dataclass(frozen=True)
class Asked:
    """What a query asks for and what it refuses."""

    needs: tuple[tuple[Said, ...], ...] = ()
    """Each is met by any of its parts."""
    without: tuple[Said, ...] = ()


def read(words: str, language: str) -> Asked:
    """Take a query apart; it is cut at `LONGEST_QUERY` signs.

    An OR with nothing on one of its sides, and a quotation mark without its fellow, are
    passed over.
    """
    needs: list[tuple[Said, ...]] = []
    without: list[Said] = []
    joined = False
    for piece in _PIECE.finditer(_even(words[:LONGEST_QUERY].translate(_QUOTES))):
        if piece["plain"] in ("OR", OR.get(language)) and not piece["minus"]:
            joined = bool(needs)
            continue
        quoted = piece["quoted"] is not None
        which = "quoted" if quoted else "plain"
        said = Said(piece[which], quoted, piece.start(which))
        if piece["minus"]:
            without.append(said)
        elif joined:
            needs[-1] += (said,)
        else:
            needs.append((said,))
        joined = False
    return Asked(tuple(needs), tuple(without))


def written(asked: Asked) -> str:
    """Write what was read so that it reads the same in any language."""
    needs = (" OR ".join(map(_typed, need)) for need in asked.needs)
    return " ".join([*needs, *(f"-{_typed(said)}" for said in asked.without)])


def _typed(said: Said) -> str:
    return f'"{said.words}"' if said.quoted else said.words


def _even(words: str) -> str:
    """Leave out the last quotation mark if it stands alone."""
    if words.count('"') % 2:
        before, _, after = words.rpartition('"')
        return f"{before} {after}"
    return words
