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
    wanted, pieces = frozenset(asked), set(text.split())
    held = map(_known(language).__getitem__, pieces)
    found = [
        Token(at + token.start, at + token.end, token.terms)
        for piece in compress(pieces, map(not_, map(wanted.isdisjoint, held)))
        for token in tokens(piece, language, holding=wanted)
        for at in _places(text, piece)
    ]
    return sorted(found, key=lambda token: (token.start, token.end))


def _places(text: str, piece: str) -> Iterator[int]:
    """Say where a piece stands in a text, from one space to the next."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if not text[at - 1 : at].strip() and not text[end : end + 1].strip():
            yield at
        at = text.find(piece, end)
