"""What an index holds of a document and what a query asks of it, in terms."""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, islice
from typing import NamedTuple

from kb.search.asked import Asked, Said, read
from kb.search.document import Document, Query
from kb.search.words import (
    ANALYSED,
    KEPT_RUNS,
    MOST_TERMS,
    in_a_row,
    terms,
    tokens,
    wanted,
    wanted_at,
)

FIELDS = {
    "title": 4.0,
    "names": 4.0,
    "summary": 2.0,
    "body": 1.0,
    "concepts": 2.0,
    "broader": 1.0,
}
"""How much a term weighs by where it stands."""

CONCEPTS = frozenset(("concepts", "broader"))
"""What holds concepts, one term each, and not words of `LAYERS` terms."""

MEANT = 0.35
"""How well a record does that speaks of what a word means in other words."""

READER_BOOST = 1.25
"""How much better a text in the reader's own language does than another."""

TERMLESS = 1.0
"""Score of everything when no words were given."""

MOST = 0.6
"""Share of the needs that ``most`` asks for."""


class Way(NamedTuple):
    """Terms that must stand one after the other; mostly it is one."""

    row: tuple[str, ...]
    weight: float = 1.0
    """How well it meets the need: below 1 for what was not typed but comes close."""


@dataclass(frozen=True)
class Question:
    """What is asked of a document in one language."""

    needs: tuple[tuple[Way, ...], ...]
    """Each is met by any of its ways; what several score adds up."""
    enough: int
    """How many needs must be met; never more than there are."""
    without: tuple[Way, ...] = ()
    """What no text of the record may hold."""


def field_terms(document: Document) -> dict[str, list[str]]:
    """Give the terms of a document, field by field."""
    texts = document.analysed or text_terms(document)
    return {
        **{name: list(terms) for name, terms in texts.items()},
        "concepts": [f"#{code}" for code in document.concepts],
        "broader": [f"#{code}" for code in document.broader],
    }


def text_terms(document: Document) -> dict[str, list[str]]:
    """Give the terms of a document's texts.

    A local name is read as a word of the text it stands by: whoever reads that text
    types the name as she would any other word of it.
    """
    return {
        "title": terms(document.title, document.language),
        "names": [
            term
            for words, _language in document.names
            for term in terms(words, document.language)
        ],
        "summary": terms(document.summary, document.language),
        "body": terms(document.body, document.language),
    }


def questions(
    query: Query, spoken: Container[str] | None = None
) -> dict[str, Question]:
    """Give what the words ask of a document, language by language.

    The same words are read as English, as French and so on, since nobody says in which
    language she types. A language in which nothing but common words is left is absent.

    :param spoken: the only languages that are of use; all, if left out.
    """
    said = read(query.words, query.language)
    languages = dict.fromkeys((query.language, *ANALYSED))
    asked = {
        language: _question(query, said, language)
        for language in languages
        if spoken is None or language in spoken
    }
    return {language: each for language, each in asked.items() if each is not None}


def question(query: Query, language: str) -> Question | None:
    """Give what a query asks of a document in one language, or nothing.

    Common words do not count, and neither does what goes beyond `MOST_TERMS` needs.
    Nothing is asked when only common words are left that name nothing either.
    """
    return _question(query, read(query.words, query.language), language)


def _question(query: Query, asked: Asked, language: str) -> Question | None:
    meant = _concept_ways(query, language)
    found = (need for need in _needs(asked, language, meant) if need)
    needs = tuple(islice(dict.fromkeys(found), MOST_TERMS))
    needs = needs or _only_meant(query, meant)
    without = tuple(
        islice((w for s in asked.without for w in _ways(s, language)), MOST_TERMS)
    )
    if not needs and (asked.needs or not without):
        return None
    least = {"all": len(needs), "most": -int(-len(needs) * MOST // 1), "any": 1}
    return Question(needs, min(least[query.match], len(needs)), without)


def terms_asked(query: Query, language: str) -> frozenset[str]:
    """Give the terms that a text in ``language`` was found by, for showing them."""
    asked = question(query, language)
    needs = asked.needs if asked else ()
    return frozenset(term for need in needs for way in need for term in way.row)


Meanings = Callable[[int, int], Iterable[Way]]
"""From where words stand in a query to the concepts they name."""


def _needs(
    asked: Asked, language: str, meant: Meanings | None
) -> Iterator[tuple[Way, ...]]:
    """Give each need; plain words beside each other are read together.

    Words that name concepts may also be met by these, except in quotes.
    """
    for plain, some in groupby(asked.needs, key=_is_plain):
        if plain:
            yield from _plain_needs([said for (said,) in some], language, meant)
            continue
        for need in some:
            ways = [way for said in need for way in _ways(said, language)]
            ways += [
                way
                for said in need
                if meant and not said.quoted
                for way in meant(said.start, said.start + len(said.words))
            ]
            yield tuple(ways)


def _plain_needs(
    said: Sequence[Said], language: str, meant: Meanings | None
) -> Iterator[tuple[Way, ...]]:
    words = " ".join(each.words for each in said)
    if meant is None:
        yield from (_single(found) for found in wanted(words, language))
        return
    begins = [0, *accumulate(len(each.words) + 1 for each in said)]

    def in_query(place: int) -> int:
        nth = min(bisect_right(begins, place), len(said)) - 1
        return said[nth].start + place - begins[nth]

    for found, spans in wanted_at(words, language):
        ways = dict.fromkeys(_single(found))
        for start, end in spans:
            ways |= dict.fromkeys(meant(in_query(start), in_query(end - 1) + 1))
        yield tuple(ways)


@lru_cache(maxsize=KEPT_RUNS)
def _single(terms: Sequence[str]) -> tuple[Way, ...]:
    return tuple(Way((term,)) for term in terms)


def _is_plain(need: tuple[Said, ...]) -> bool:
    return len(need) == 1 and not need[0].quoted


def _concept_ways(query: Query, language: str) -> Meanings | None:
    """Give what finds the ways of meeting the words from one place to another.

    The words of a label share what its concept counts. Nothing if none was meant.
    """
    if not query.meant:
        return None
    shares = [
        (each, MEANT / max(1, sum(1 for _ in tokens(each.words, language))))
        for each in query.meant
        if query.words[each.start : each.end] == each.words
    ]
    return lambda start, end: [
        Way((f"#{code}",), share)
        for each, share in shares
        if each.start < end and start < each.end
        for code in each.codes
    ]


def _only_meant(query: Query, meant: Meanings | None) -> tuple[tuple[Way, ...], ...]:
    """Give the needs of words that are all common in a language but name something."""
    found = (tuple(meant(m.start, m.end)) for m in query.meant if meant)
    return tuple(dict.fromkeys(ways for ways in found if ways))


def _ways(said: Said, language: str) -> Iterable[Way]:
    """Give the ways of meeting what was said; in quotes, only as it was typed.

    Several words that hang together without a space are a row.
    """
    places = in_a_row(said.words, language)
    if len(places) == 1 and not said.quoted:
        return [Way((term,)) for term in places[0]]
    exact = f"{language}="
    return [Way(tuple(_one(terms, exact) for terms in places))] if places else []


def _one(terms: Sequence[str], beginning: str) -> str:
    """Give the term that begins so, else the first."""
    return next((term for term in terms if term.startswith(beginning)), terms[0])
