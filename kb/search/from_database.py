"""Finding without an index: words in titles and summaries, counts left out.

This is what readers get while the index is being mended. Filters by what the database
holds are kept, and words are also met by the other names of what they mean; what only
an index reckons is named by `not_used`, so that the reader is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from kb.record.lookups import is_public
from kb.record.models import Effect, Record, Site, Tag, Text
from kb.search.asked import Said, read
from kb.search.document import Found, Hit, Meant, Query
from kb.search.levels import Levels, read_levels, within
from kb.search.ranges import RANGES
from kb.search.word_parts import is_unspaced
from kb.search.words import MOST_TERMS, tokens

RECKONED = frozenset(("tells", *RANGES))
"""Filters by figures that stand in no column."""

SHORTEST_NAME, MOST_NAMES = 4, 40
"""Letters of a name that is looked for anywhere in a text, and names of one need: a
shorter one stands in many words."""

Names = Mapping[str, Sequence[str]]
"""Concept → all its names, in every language."""


def not_used(query: Query) -> tuple[str, ...]:
    """Name the filters of a query that are passed over here."""
    return tuple(name for name in query.filters if name in RECKONED)


def find_in_database(
    session: Session, query: Query, names: Names = MappingProxyType({})
) -> Found:
    """Give one page of the public records that hold all the words, as typed.

    The newest come first where that is asked for; no other order is known here.

    :param names: of the concepts that the words were taken to mean.
    """
    levels = read_levels(session) if query.filters else {}
    matching = select(Record.id).where(
        is_public(), *_met(query.filters, levels), *_said(query, names)
    )
    total = session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    page = matching.order_by(*_order(query)).limit(query.per_page)
    ids = session.scalars(page.offset((query.page - 1) * query.per_page)).all()
    hits = [Hit(i, "", "", query.language, query.language, 0.0) for i in ids]
    return Found(total, hits, {})


def _order(query: Query) -> Iterator[Any]:
    if query.sort == "newest":
        yield Record.published_on.desc().nulls_last()
    yield from (Record.kind, Record.id)


def _said(query: Query, names: Names) -> Iterator[ColumnElement[bool]]:
    """Give what a query asks for and refuses as conditions on records."""
    language = query.language
    asked = read(query.words, language)
    for need in asked.needs[:MOST_TERMS]:
        if wanted := _words(need, language):
            yield _holds([*wanted, *_meant(need, query.meant, names)])
    if refused := _words(asked.without[:MOST_TERMS], language):
        yield ~_holds(refused)


def _meant(need: Sequence[Said], meant: Sequence[Meant], names: Names) -> list[str]:
    """Give other names of what some words mean, unless they are in quotes."""
    codes = (
        code
        for said in need
        for each in meant
        if not said.quoted and each.start <= said.start < each.end
        for code in each.codes
    )
    found = dict.fromkeys(name for code in codes for name in names.get(code, ()))
    long = (n for n in found if len(n) >= SHORTEST_NAME or is_unspaced(n))
    return list(islice(long, MOST_NAMES))


def _words(said: Sequence[Said], language: str) -> list[str]:
    """Give the words that count, as they were typed; what was quoted in one piece."""
    quoted = [each.words for each in said if each.quoted and each.words.strip()]
    return quoted + [
        each.words[token.start : token.end]
        for each in said
        if not each.quoted
        for token in tokens(each.words, language)
    ]


def _holds(words: Sequence[str]) -> ColumnElement[bool]:
    """Say that a title or summary of a record holds any of these words."""
    like = [
        column.icontains(word, autoescape=True)
        for word in words
        for column in (Text.title, Text.summary)
    ]
    return Record.id.in_(select(Text.record_id).where(or_(*like)))


def _met(
    filters: Mapping[str, tuple[str, ...]], levels: Levels
) -> Iterator[ColumnElement[bool]]:
    """Give the filters as conditions; what is `RECKONED` is left aside."""
    for name, chosen in filters.items():
        values = within(chosen, levels.get(name, {}))
        if name == "kind":
            yield Record.kind.in_(values)
        elif name in {"country", "region"}:
            sites = select(Site.record_id).where(Site.country.in_(values))
            yield Record.id.in_(sites)
        elif name == "language":
            texts = select(Text.record_id).where(Text.language.in_(values))
            yield Record.id.in_(texts)
        elif name == "evidence":
            wanted = [f"evidence:{value}" for value in values]
            own = select(Effect.record_id).where(~Effect.wider)
            own = own.group_by(Effect.record_id)
            best = func.max(Effect.evidence_id).in_(wanted)
            yield Record.id.in_(own.having(best))
        elif name not in RECKONED:
            concepts = [f"{name}:{value}" for value in values]
            tagged = select(Tag.record_id).where(Tag.concept_id.in_(concepts))
            yield Record.id.in_(tagged)
