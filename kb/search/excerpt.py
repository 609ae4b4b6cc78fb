"""Showing where the words were found: marked titles and a piece of the text."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.search.spotting import spotted, stretches
from kb.search.words import Token, row_term

LONGEST = 220
"""Signs of an excerpt."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not."""

    words: str
    marked: bool = False


Rows = Collection[tuple[str, ...]]
"""Stems of words that count only where they stand one after the other."""


def mark(
    text: str, asked: Collection[str], language: str, rows: Rows = ()
) -> list[Piece]:
    """Cut ``text`` into pieces, marking the words that give any of these terms."""
    return list(_pieces(text, _found(text, asked, language, rows)))


def best_excerpt(
    parts: Iterable[str], asked: Collection[str], language: str, rows: Rows = ()
) -> list[Piece]:
    """Give the stretch that holds most of the words; nothing if none does."""
    best: tuple[int, str, list[Token]] = (0, "", [])
    for part in parts:
        found = _found(part, asked, language, rows)
        kinds = len({token.terms for token in found})
        if kinds > best[0]:
            best = (kinds, part, found)
    if not best[0]:
        return []
    return list(_window(best[1], best[2]))


def _found(text: str, asked: Collection[str], language: str, rows: Rows) -> list[Token]:
    """Give the words asked for, in the order in which they begin."""
    if not rows:
        return spotted(text, language, asked) if asked else []
    wanted = frozenset(asked)
    held = (
        token
        for words in stretches(text, language, wanted.union(*rows))
        for token in _rows_or_words(words, wanted, rows)
    )
    return sorted(held, key=lambda token: (token.start, token.end))


def _rows_or_words(
    words: Sequence[Token], asked: frozenset[str], rows: Rows
) -> Iterator[Token]:
    longest, here = max(map(len, rows)), 0
    while here < len(words):
        word, count = words[here], _in_a_row(words[here : here + longest], rows)
        if count:
            yield Token(word.start, words[here + count - 1].end, word.terms)
        elif not asked.isdisjoint(word.terms):
            yield word
        here += count or 1


def _in_a_row(words: Sequence[Token], rows: Rows) -> int:
    """Say how many words make the longest row that begins with the first."""
    stems = tuple(row_term(word.terms) for word in words)
    return next((n for n in range(len(stems), 0, -1) if stems[:n] in rows), 0)


def _window(text: str, found: list[Token]) -> Iterator[Piece]:
    start = _start(text, found[0])
    end = _end(text, start, found[0])
    inside = [
        Token(t.start - start, t.end - start, t.terms)
        for t in found
        if t.start >= start and t.end <= end
    ]
    if start:
        yield Piece("… ")
    yield from _pieces(text[start:end], inside)
    if end < len(text):
        yield Piece(" …")


def _start(text: str, first: Token) -> int:
    """Begin with a word, some way before the first one found."""
    start = max(0, first.start - LONGEST // 4)
    if not start:
        return 0
    space = text.find(" ", start, first.start)
    return space + 1 if space >= 0 else _sign(text, start)


def _end(text: str, start: int, first: Token) -> int:
    """End with a word, or with any sign where a space is far."""
    end = start + LONGEST
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(first.end, end - LONGEST // 4), end)
    return max(first.end, space if space >= 0 else _sign(text, end))


def _sign(text: str, at: int) -> int:
    """Go back until no vowel or accent is cut from its letter."""
    while at and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at


def _pieces(text: str, found: list[Token]) -> Iterator[Piece]:
    here = 0
    for start, end in _spans(found):
        if start > here:
            yield Piece(text[here:start])
        yield Piece(text[start:end], marked=True)
        here = end
    if here < len(text):
        yield Piece(text[here:])


def _spans(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Give what to mark; words that touch or overlap become one mark."""
    start = end = -1
    for token in found:
        if token.start <= end:
            end = max(end, token.end)
            continue
        if end > start:
            yield start, end
        start, end = token.start, token.end
    if end > start:
        yield start, end
