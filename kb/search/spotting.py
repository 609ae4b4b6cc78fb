"""Finding the few words of a text that hold certain terms, without reading all of it.

A text is split at its spaces, and what stands between two of them is read once for all
texts and questions: the same pieces come again and again. Only those that hold a term
asked for are then looked up in the text.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import compress
from operator import not_

from kb.search.run_terms import known_runs
from kb.search.words import Token, terms, tokens

MOST_PIECES, LONGEST_PIECE = 1 << 15, 40
"""Pieces whose terms are kept, in each language, some 150 bytes each; signs of one."""


class _Pieces(dict[str, tuple[str, ...]]):
    """The terms of pieces of texts in one language, read when first met."""

    def __init__(self, language: str) -> None:
        self._language, self._runs = language, known_runs(language)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self._runs.get(piece)
        if found is None:
            found = tuple(terms(piece, self._language))
        if len(piece) <= LONGEST_PIECE:
            if len(self) >= MOST_PIECES:
                self.clear()
            self[piece] = found
        return found


@lru_cache(maxsize=64)
def _known(language: str) -> _Pieces:
    """Give the pieces of a language; threads share them."""
    return _Pieces(language)


def spotted(text: str, language: str, asked: Collection[str]) -> list[Token]:
    """Give the words of a text that give any of these terms, in order."""
    found = [
        _moved(token, at)
        for piece in _holding(text, language, asked)
        for token in tokens(piece, language, holding=asked)
        for at in _places(text, piece)
    ]
    return sorted(found, key=lambda token: (token.start, token.end))


def stretches(
    text: str, language: str, asked: Collection[str]
) -> Iterator[list[Token]]:
    """Give all words of a text that may stand in a row of these terms.

    Words follow each other in a stretch as in the text, common words left out; between
    two stretches stand words that give none of the terms.
    """
    known = _known(language)
    pieces = _holding(text, language, asked)
    found = sorted((at, piece) for piece in pieces for at in _places(text, piece))
    stretch: list[Token] = []
    end = 0
    for at, piece in found:
        if stretch and any(map(known.__getitem__, text[end:at].split())):
            yield stretch
            stretch = []
        stretch += (_moved(token, at) for token in tokens(piece, language))
        end = at + len(piece)
    if stretch:
        yield stretch


def _holding(text: str, language: str, asked: Collection[str]) -> Iterator[str]:
    """Give the different pieces of a text that hold any of these terms."""
    wanted, pieces = frozenset(asked), set(text.split())
    held = map(_known(language).__getitem__, pieces)
    return compress(pieces, map(not_, map(wanted.isdisjoint, held)))


def _moved(token: Token, by: int) -> Token:
    return Token(by + token.start, by + token.end, token.terms)


def _places(text: str, piece: str) -> Iterator[int]:
    """Say where a piece stands in a text, from one space to the next."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if not text[at - 1 : at].strip() and not text[end : end + 1].strip():
            yield at
        at = text.find(piece, end)
