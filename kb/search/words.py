"""From words to index terms: one analysis for every index, language by language.

A word gives two terms, both marked with the language it is read in: its stem
(``fr:veget``) and its exact form without accents (``fr=vegetal``). Documents hold both;
a query asks for either.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

from kb.folding import ARABIC, fold
from kb.search.stopwords import STOP_WORDS

ANALYSED = ("en", "fr", "es", "ar", "pt", "sw", "hi", "zh", "ru", "bn", "de", "it")
"""Languages whose words a query is tried in."""

STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "ar": "arabic",
    "hi": "hindi",
    "ru": "russian",
    "de": "german",
    "it": "italian",
}

LONGEST_QUERY, MOST_TERMS = 200, 12

LAYERS = 2
"""Terms that each word gives."""
VERSION = "1"
"""Raised with every change of what is here: an older index is then made anew."""

_ONE_STEMS = Lock()
"""A stemmer keeps state while it works; threads share it."""

_ARABIC_MARKS = {sign: kept for sign, kept in ARABIC.items() if not kept}
_CONJUNCTION = re.compile("^[\u0648\u0641](?=\u0627\u0644..)")
"""A leading "and" before the article, which the stemmer does not take off."""

_NO_SPACES = (
    "\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f"  # Thai, Lao, Khmer, Burmese
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Chinese
)


@dataclass(frozen=True)
class Token:
    """A word where it stands, and its terms."""

    start: int
    end: int
    terms: tuple[str, ...]


def tokens(
    text: str, language: str, holding: Collection[str] | None = None
) -> Iterator[Token]:
    """Give the words of a text that count, where they stand, with their terms.

    :param holding: terms; words with none of them are passed over.
    """
    asked = None if holding is None else frozenset(holding)
    for found in _words().finditer(text):
        for start, end, terms in _within(found.group(), language):
            if asked is None or not asked.isdisjoint(terms):
                yield Token(found.start() + start, found.start() + end, terms)


def terms(text: str, language: str) -> list[str]:
    """Give all terms of a text, as often as they stand in it."""
    return [
        term
        for word in _words().findall(text)
        for _start, _end, found in _within(word, language)
        for term in found
    ]


@lru_cache(maxsize=100_000)
def _within(word: str, language: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Give what counts in a run of signs: start, end and terms; often one word.

    Where no spaces are written, every two neighbouring signs count as a word.
    """
    if not _unspaced().match(word):
        terms = terms_of(word, language)
        common = terms[1].partition("=")[2] in STOP_WORDS.get(language, ())
        return () if common else ((0, len(word), terms),)
    if len(word) == 1:
        return ((0, 1, terms_of(word, language)),)
    pairs = range(len(word) - 1)
    return tuple((i, i + 2, terms_of(word[i : i + 2], language)) for i in pairs)


def terms_of(word: str, language: str) -> tuple[str, ...]:
    """Give the terms of one word."""
    exact = fold(word)
    stem = _stem(word.casefold(), exact, language)
    return (f"{language}:{stem}", f"{language}={exact}")


def _stem(word: str, exact: str, language: str) -> str:
    stemmer = _stemmer(language)
    if stemmer is None:
        return exact
    if language == "ar":
        word = _CONJUNCTION.sub("", word.translate(_ARABIC_MARKS))
    with _ONE_STEMS:
        return fold(stemmer.stemWord(word))


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Stemmer | None:
    name = STEMMERS.get(language)
    return Stemmer(name) if name else None


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """Words with their combining marks; numbers with their decimals."""
    marks = "".join(
        chr(sign)
        for sign in range(0x0300, 0x1E00)
        if unicodedata.category(chr(sign))[0] == "M"
    )
    return re.compile(
        rf"\d+(?:[.,]\d+)+|[{_NO_SPACES}]+|[^\W_](?:[^\W_{_NO_SPACES}]|[{marks}])*"
    )


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{_NO_SPACES}]")
