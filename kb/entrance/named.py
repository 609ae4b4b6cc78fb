"""The thesaurus of this process, and what a reader is told of what she named."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import g

from kb.entrance.request import this_session
from kb.search.document import Query
from kb.search.thesaurus import Thesaurus, read_thesaurus

MOST_NAMES = 8
"""Names shown of what was also searched for."""


def this_thesaurus() -> Thesaurus:
    """Give all concepts as they are now; a request looks once whether one changed."""
    if "kb_thesaurus" not in g:
        g.kb_thesaurus = read_thesaurus(this_session())
    thesaurus: Thesaurus = g.kb_thesaurus
    return thesaurus


@dataclass(frozen=True)
class Named:
    """A concept that somebody's words named."""

    code: str
    name: str


def concepts_named(query: Query) -> list[Named]:
    """Give the concepts of a query, each once, in the reader's language."""
    concepts = this_thesaurus().concepts
    codes = dict.fromkeys(code for each in query.meant for code in each.codes)
    return [
        Named(code, concepts[code].name(query.language))
        for code in codes
        if code in concepts
    ]


@dataclass(frozen=True)
class AlsoSearched:
    """Other names of what was searched for."""

    names: list[str]
    """In the reader's language."""
    elsewhere: dict[str, list[str]]
    """Language → the preferred names there."""
    named: list[Named]
    """The concepts themselves."""


def also_searched(query: Query) -> AlsoSearched | None:
    """Say as what else the words were searched; nothing if they name no concept."""
    named = concepts_named(query)
    if not named:
        return None
    typed = {each.words.casefold() for each in query.meant}
    own = [x for x in _labels(named, query.language) if x.casefold() not in typed]
    concepts = this_thesaurus().concepts
    languages = {x for one in named for x in concepts[one.code].names}
    return AlsoSearched(
        list(dict.fromkeys(own))[:MOST_NAMES],
        {
            language: list(
                dict.fromkeys(concepts[one.code].name(language) for one in named)
            )
            for language in sorted(languages - {query.language})
        },
        named,
    )


def _labels(named: list[Named], language: str) -> Iterator[str]:
    """Give all labels of some concepts, the preferred ones first."""
    concepts = this_thesaurus().concepts
    said = [concepts[one.code].to_write(language) for one in named]
    for labels in said:
        yield from labels[:1]
    for labels in said:
        yield from labels[1:]
