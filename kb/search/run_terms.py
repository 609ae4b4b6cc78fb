"""What the signs between two spaces give: often one word and its terms.

What was found out is kept, for most of a text are words seen before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from kb.search import unspaced
from kb.search.letters import APOSTROPHES, bare, figure, small
from kb.search.stems import stem
from kb.search.stopwords import BUT_FOR_ACCENTS, STOP_WORDS
from kb.search.word_parts import Span, is_figure, is_one_word, script_of, words_of

LAYERS = 2
"""Terms that each word gives."""

MOST_KEPT, LONGEST_KEPT = 1 << 14, 40
"""Runs whose terms are kept, in each language; signs of one."""

Terms = tuple[str, ...]


class Part(NamedTuple):
    """A word in a run, and what else it stands for."""

    start: int
    end: int
    terms: Terms
    meant: str = ""
    """A term that is not of this word alone, but of ``span``."""
    span: Span = (0, 0)

    def span_of(self, asked: Collection[str]) -> Span:
        """Say what to mark when these terms are looked for."""
        return self.span if self.meant in asked else (self.start, self.end)


class _Kept(dict[str, Terms]):
    """The terms of runs or words in one language, found out when first asked for."""

    def __init__(self, find: Callable[[str], Terms]) -> None:
        self._find = find

    def __missing__(self, signs: str) -> Terms:
        found = self._find(signs)
        if len(signs) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[signs] = found
        return found


@lru_cache(maxsize=64)
def known_runs(language: str) -> dict[str, Terms]:
    """Give the terms of every run in a language; threads share them."""
    return _Kept(lambda run: _terms_in(run, language))


@lru_cache(maxsize=64)
def _known_words(language: str) -> dict[str, Terms]:
    return _Kept(lambda word: terms_of(word, language))


def terms_of(word: str, language: str) -> Terms:
    """Give the terms of one word."""
    if is_figure(word):
        exact = stemmed = figure(word)
    else:
        written = small(word, language)
        exact, stemmed = bare(written, language), stem(written, language)
    return (f"{language}:{stemmed}", f"{language}={exact}")


def _terms_in(run: str, language: str) -> Terms:
    """Give the terms of a run that is seen for the first time; most are one word."""
    if is_one_word(run):
        found = terms_of(run, language)
        return () if _is_common(run, found, language) else found
    return tuple(chain.from_iterable(part.terms for part in parts_of(run, language)))


def parts_of(run: str, language: str) -> list[Part]:
    """Give the words of a run that count, as an index holds them."""
    script = script_of(run)
    if script == "han":
        return list(_signs(run, language))
    if script == "dense":
        return _counting(run, unspaced.words(run), language)
    found: list[Part] = []
    for words in words_of(run, language):
        parts = _counting(run, words, language)
        if len(words) > 1 and parts:
            whole = _whole(run, words, language)
            last = parts.pop()
            span = words[0][0], words[-1][1]
            parts.append(Part(*last[:2], (last.terms[0], whole), whole, span))
        found += parts
    return found


def pieces_of(run: str, language: str) -> Iterator[Span]:
    """Give where the words of a run stand, those that do not count too."""
    if script_of(run):
        yield from ((part.start, part.end) for part in parts_of(run, language))
        return
    for words in words_of(run, language):
        yield from words


def asked_of(run: str, language: str) -> Iterator[tuple[Terms, Terms, Span]]:
    """Give what a run asks in a query: terms of a word, others as good, its place."""
    script = script_of(run)
    if script == "han":
        words = [
            (p.start, p.end) for p in _counting(run, unspaced.words(run), language)
        ]
        for own, *others in unspaced.asked(words, len(run)):
            further = (_held(run[slice(*span)], language) for span in others)
            yield _known_words(language)[run[slice(*own)]], tuple(further), own
    elif script == "dense":
        for part in parts_of(run, language):
            yield part.terms, (), (part.start, part.end)
    else:
        for words in words_of(run, language):
            whole = (_whole(run, words, language),) if len(words) > 1 else ()
            for part in _counting(run, words, language):
                yield part.terms, whole, (part.start, part.end)


def together(one: str, other: str, language: str) -> Terms:
    """Give the term of two runs written as one word; none if they are not one each."""
    known = known_runs(language)
    for run in (one, other):
        if script_of(run) or is_figure(run) or len(known[run]) != LAYERS:
            return ()
        if not APOSTROPHES.isdisjoint(run):
            return ()
    return (_whole(one + other, [(0, len(one + other))], language),)


def _counting(run: str, words: Iterable[Span], language: str) -> list[Part]:
    """Leave out words too common to count."""
    known = _known_words(language)
    parts = (Part(start, end, known[run[start:end]]) for start, end in words)
    return [
        part
        for part in parts
        if not _is_common(run[part.start : part.end], part.terms, language)
    ]


def _is_common(word: str, found: Terms, language: str) -> bool:
    exact = found[1][len(language) + 1 :]
    if exact and word.casefold() in BUT_FOR_ACCENTS.get(language, ()):
        return False
    return not exact or exact in STOP_WORDS.get(language, ())


def _whole(run: str, words: Iterable[Span], language: str) -> str:
    """Give the stem of words written as one."""
    joined = "".join(run[start:end] for start, end in words)
    return terms_of(joined, language)[0]


def _held(signs: str, language: str) -> str:
    """Give the one term under which a pair or a longer word is held."""
    word, pair = _known_words(language)[signs]
    return pair if len(signs) == 2 else word


def _signs(run: str, language: str) -> Iterator[Part]:
    """Give the places of a run of Chinese or Japanese."""
    known = _known_words(language)
    ends = dict(unspaced.words(run))
    for start, pair in enumerate(unspaced.pairs(run)):
        exact, end = known[pair][1], ends.get(start)
        span = start, start + len(pair)
        if end is not None:
            yield Part(start, end, (known[run[start:end]][0], exact), exact, span)
        elif len(pair) == 2:
            yield Part(*span, (exact, exact))
