"""Showing where the words were found: marked titles and a piece of the text."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kb.search.words import Token, tokens

LONGEST = 220
"""Signs of an excerpt."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not."""

    words: str
    marked: bool = False


def mark(text: str, asked: Collection[str], language: str) -> list[Piece]:
    """Cut ``text`` into pieces, marking the words that give any of these terms."""
    return list(_pieces(text, _found(text, asked, language)))


def best_excerpt(
    parts: Iterable[str], asked: Collection[str], language: str
) -> list[Piece]:
    """Give the stretch that holds most of the words; nothing if none does."""
    best: tuple[int, str, list[Token]] = (0, "", [])
    for part in parts:
        found = _found(part, asked, language)
        kinds = len({token.terms for token in found})
        if kinds > best[0]:
            best = (kinds, part, found)
    if not best[0]:
        return []
    return list(_window(best[1], best[2]))


def _found(text: str, asked: Collection[str], language: str) -> list[Token]:
    return list(tokens(text, language, holding=asked)) if asked else []


def _window(text: str, found: list[Token]) -> Iterator[Piece]:
    start = max(0, found[0].start - LONGEST // 4)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + LONGEST)
    if end < len(text):
        end = max(text.rfind(" ", start, end), found[0].end)
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


def _pieces(text: str, found: list[Token]) -> Iterator[Piece]:
    here = 0
    for token in found:
        if token.start > here:
            yield Piece(text[here : token.start])
        if token.start >= here:
            yield Piece(text[token.start : token.end], marked=True)
            here = token.end
    if here < len(text):
        yield Piece(text[here:])
