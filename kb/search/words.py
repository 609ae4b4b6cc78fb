"""From words to index terms: one analysis for every index, language by language.

A word gives two terms, both marked with the language it is read in: its stem
(``fr:veget``) and its exact form without accents (``fr=vegetal``). Documents hold both;
a query asks for either. In two cases the second is something else: the last part of a
hyphenated word gives the stem of the whole (``en:arid``, ``en:semiarid``), a Chinese or
Japanese word the pair of signs that begins with it (``zh:水土保持``, ``zh=水土``).

What a word gives is in `kb/search/run_terms.py`; where words begin and end in
`kb/search/word_parts.py` and `kb/search/unspaced.py`; how they are spelled in
`kb/search/letters.py`; what their endings are in `kb/search/stems.py`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

import Stemmer
from icu4py import icu_version

from kb.search.run_terms import (
    LAYERS,
    Terms,
    asked_of,
    known_runs,
    parts_of,
    pieces_of,
    terms_of,
    together,
)
from kb.search.word_parts import Span, runs, script_of

__all__ = [
    "ANALYSED",
    "KEPT_RUNS",
    "LAYERS",
    "LONGEST_QUERY",
    "MOST_TERMS",
    "VERSION",
    "Token",
    "in_a_row",
    "row_term",
    "terms",
    "terms_of",
    "tokens",
    "wanted",
    "wanted_at",
    "written",
]

ANALYSED = ("en", "fr", "es", "ar", "pt", "sw", "hi", "zh", "ru", "bn", "de", "it")
"""Languages whose words a query is tried in."""

LONGEST_QUERY, MOST_TERMS = 200, 12

KEPT_RUNS = 8192
"""Runs of queries, and pairs of them, whose terms are kept: some 3 MB each."""

VERSION = f"3, ICU {icu_version}, Snowball {Stemmer.version()}"
"""Its number is raised with every change of what is here or in the files named above,
`kb/folding.py` and `kb/search/stopwords.py`: an older index is then made anew."""


@dataclass(frozen=True)
class Token:
    """A word where it stands, and its terms."""

    start: int
    end: int
    terms: Terms


def tokens(
    text: str, language: str, holding: Collection[str] | None = None
) -> Iterator[Token]:
    """Give the words of a text that count, where they stand, with their terms.

    The n-th token of a text has the n-th place in an index.

    :param holding: terms; words with none of them are passed over.
    """
    asked = None if holding is None else frozenset(holding)
    known = known_runs(language)
    for found in runs().finditer(text):
        run, at = found.group(), found.start()
        if asked is not None and asked.isdisjoint(known[run]):
            continue
        for part in parts_of(run, language):
            if asked is None or not asked.isdisjoint(part.terms):
                start, end = part.span_of(asked or ())
                yield Token(at + start, at + end, part.terms)


def terms(text: str, language: str) -> list[str]:
    """Give all terms of a text, as often as they stand in it."""
    known = known_runs(language)
    return list(chain.from_iterable(map(known.__getitem__, runs().findall(text))))


def written(text: str, language: str) -> Iterator[tuple[int, str, bool]]:
    """Give all words of a text: where each begins, and whether it counts."""
    for found in runs().finditer(text):
        run = found.group()
        counting = {(part.start, part.end) for part in parts_of(run, language)}
        for start, end in pieces_of(run, language):
            yield found.start() + start, run[start:end], (start, end) in counting


def row_term(terms: Terms) -> str:
    """Give the term of a word by which words in a row are compared.

    It is the stem; in Chinese and Japanese the pair of signs, for where the first sign
    of a word stands depends on what is before it.
    """
    return terms[1] if terms[1].startswith(("zh=", "ja=")) else terms[0]


def wanted(words: str, language: str) -> list[Terms]:
    """Give what a query asks of a document in ``language``: per word, its terms.

    Any term of a word is enough. Its own come first, then those of what it makes
    together with the word beside it: ``semi arid`` and ``semi-arid`` find "semiarid".
    Words too common to count in that language are left out, and so is what goes beyond
    `LONGEST_QUERY` signs or `MOST_TERMS` words.
    """
    return [terms for terms, _spans in wanted_at(words, language)]


def wanted_at(words: str, language: str) -> list[tuple[Terms, list[Span]]]:
    """Give what `wanted` gives, and where each word stands."""
    asked: dict[Terms, tuple[Terms, list[Span]]] = {}
    before: Terms = ()
    for run, at, beside in _typed(words[:LONGEST_QUERY]):
        both = _both(run, beside, language) if beside else ()
        for own, further, (start, end) in _of_run(run, language):
            more, spans = asked.get(own, (own, []))
            span = at + start, at + end
            asked[own] = more + further + before + both, [*spans, span]
        before = both
    found = islice(asked.values(), MOST_TERMS)
    return [(tuple(dict.fromkeys(terms)), spans) for terms, spans in found]


def in_a_row(words: str, language: str) -> list[Terms]:
    """Give what stands place after place in a text that holds these words as a phrase.

    Any term is enough at its place. Limits are those of `wanted`.
    """
    row: list[Terms] = []
    for run in runs().findall(words[:LONGEST_QUERY]):
        places = [part.terms for part in parts_of(run, language)]
        if script_of(run) == "han" and 1 < len(run) == len(places):
            places.pop()  # in a text, this sign may be the first of a longer word
        row += places
    return row[:MOST_TERMS]


@lru_cache(maxsize=16)
def _typed(words: str) -> tuple[tuple[str, int, str], ...]:
    """Give each run, where it begins, and the one beside it after a single space.

    The same words are read in many languages, one after the other.
    """
    found = list(runs().finditer(words))
    beside = [
        other.group() if words[one.end() : other.start()] == " " else ""
        for one, other in pairwise(found)
    ]
    return tuple(
        (run.group(), run.start(), other)
        for run, other in zip(found, [*beside, ""], strict=False)
    )


@lru_cache(maxsize=KEPT_RUNS)
def _of_run(run: str, language: str) -> tuple[tuple[Terms, Terms, Span], ...]:
    return tuple(asked_of(run, language))


@lru_cache(maxsize=KEPT_RUNS)
def _both(one: str, other: str, language: str) -> Terms:
    return together(one, other, language)
