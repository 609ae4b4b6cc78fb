"""Finding without an index: words in titles and summaries, counts left out.

This is what readers get while the index is being mended.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from kb.record.lookups import is_public
from kb.record.models import Record, Site, Tag, Text
from kb.search.asked import Said, read
from kb.search.document import Found, Hit, Query
from kb.search.levels import Levels, read_levels, within
from kb.search.ranges import RANGES
from kb.search.words import MOST_TERMS, tokens


def find_in_database(session: Session, query: Query) -> Found:
    """Give one page of the public records that hold all the words, as typed."""
    levels = read_levels(session) if query.filters else {}
    matching = select(Record.id).where(
        is_public(), *_met(query.filters, levels), *_said(query.words, query.language)
    )
    total = session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    page = matching.order_by(Record.kind, Record.id).limit(query.per_page)
    ids = session.scalars(page.offset((query.page - 1) * query.per_page)).all()
    hits = [Hit(i, "", "", query.language, query.language, 0.0) for i in ids]
    return Found(total, hits, {})


def _said(words: str, language: str) -> Iterator[ColumnElement[bool]]:
    """Give what a query asks for and refuses as conditions on records."""
    asked = read(words, language)
    for need in asked.needs[:MOST_TERMS]:
        if wanted := _words(need, language):
            yield _holds(wanted)
    if refused := _words(asked.without[:MOST_TERMS], language):
        yield ~_holds(refused)


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
    """Give the filters as conditions; what has to be reckoned is left aside."""
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
        elif name not in {"evidence", "tells", *RANGES}:
            concepts = [f"{name}:{value}" for value in values]
            tagged = select(Tag.record_id).where(Tag.concept_id.in_(concepts))
            yield Record.id.in_(tagged)
