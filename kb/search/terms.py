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


class Question(NamedTuple):
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
    groups = _grouped(said)
    found = {}
    for language in dict.fromkeys((query.language, *ANALYSED)):
        if spoken is None or language in spoken:
            asked = _question(query, said, groups, language)
            if asked is not None:
                found[language] = asked
    return found


def question(query: Query, language: str) -> Question | None:
    """Give what a query asks of a document in one language, or nothing.

    Common words do not count, and neither does what goes beyond `MOST_TERMS` needs.
    Nothing is asked when only common words are left that name nothing either.
    """
    said = read(query.words, query.language)
    return _question(query, said, _grouped(said), language)


def _question(
    query: Query, asked: Asked, groups: Sequence["_Group"], language: str
) -> Question | None:
    meant = _concept_ways(query, language) if query.meant else None
    found: Iterable[tuple[Way, ...]] = _needs(groups, language, meant)
    if meant or len(groups) > 1 or not all(group.plain for group in groups):
        found = dict.fromkeys(filter(None, found))
    needs = tuple(found)[:MOST_TERMS] or _only_meant(query, meant)
    without: tuple[Way, ...] = ()
    if asked.without:
        ways = (way for said in asked.without for way in _ways(said, language))
        without = tuple(islice(ways, MOST_TERMS))
    if not needs and (asked.needs or not without):
        return None
    return Question(needs, _least(len(needs), query.match), without)


def _least(needs: int, match: str) -> int:
    """Say how many of the needs must be met."""
    if match == "all":
        return needs
    return min(needs, 1 if match == "any" else -int(-needs * MOST // 1))


def terms_asked(query: Query, language: str) -> frozenset[str]:
    """Give the terms that a text in ``language`` was found by, for showing them."""
    asked = question(query, language)
    needs = asked.needs if asked else ()
    return frozenset(term for need in needs for way in need for term in way.row)


Meanings = Callable[[int, int], Iterable[Way]]
"""From where words stand in a query to the concepts they name."""


@dataclass(frozen=True)
class _Group:
    """Plain words beside each other, which are read together; or one other need."""

    said: tuple[Said, ...]
    plain: str = ""
    """The words as one text."""

    def in_query(self, place: int) -> int:
        """Say where in the query stands what is somewhere in the plain words."""
        begins = [0, *accumulate(len(each.words) + 1 for each in self.said)]
        nth = min(bisect_right(begins, place), len(self.said)) - 1
        return self.said[nth].start + place - begins[nth]


def _grouped(asked: Asked) -> list[_Group]:
    groups: list[_Group] = []
    for plain, some in groupby(asked.needs, key=_is_plain):
        if plain:
            said = tuple(said for (said,) in some)
            groups.append(_Group(said, " ".join(each.words for each in said)))
        else:
            groups += map(_Group, some)
    return groups


def _is_plain(need: tuple[Said, ...]) -> bool:
    return len(need) == 1 and not need[0].quoted


def _needs(
    groups: Iterable[_Group], language: str, meant: Meanings | None
) -> list[tuple[Way, ...]]:
    """Give each need; one may be of no way.

    Words that name concepts may also be met by these, except in quotes.
    """
    found: list[tuple[Way, ...]] = []
    for group in groups:
        if not group.plain:
            found.append(tuple(_any_of(group.said, language, meant)))
        elif meant is None:
            found += map(_single, wanted(group.plain, language))
        else:
            found += _plain_needs(group, language, meant)
    return found


def _any_of(
    need: Sequence[Said], language: str, meant: Meanings | None
) -> Iterator[Way]:
    for said in need:
        yield from _ways(said, language)
    for said in need:
        if meant and not said.quoted:
            yield from meant(said.start, said.start + len(said.words))


def _plain_needs(
    group: _Group, language: str, meant: Meanings
) -> Iterator[tuple[Way, ...]]:
    for found, spans in wanted_at(group.plain, language):
        ways = dict.fromkeys(_single(found))
        for start, end in spans:
            first, last = group.in_query(start), group.in_query(end - 1)
            ways |= dict.fromkeys(meant(first, last + 1))
        yield tuple(ways)


@lru_cache(maxsize=KEPT_RUNS)
def _single(terms: Sequence[str]) -> tuple[Way, ...]:
    return tuple(Way((term,)) for term in terms)


def _concept_ways(query: Query, language: str) -> Meanings:
    """Give what finds the ways of meeting the words from one place to another.

    The words of a label share what its concept counts.
    """
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
    if meant is None:
        return ()
    found = (tuple(meant(each.start, each.end)) for each in query.meant)
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
