"""What readers are shown of the records that were found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import best_of
from kb.markdown import to_words
from kb.record.lookups import cards
from kb.record.models import Part, Record, Text
from kb.record.whereabouts import Match, Nearness
from kb.search.document import Hit, Query
from kb.search.excerpt import Piece, Rows, best_excerpt, mark
from kb.search.terms import terms_asked
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus


@dataclass(frozen=True)
class Shown:
    """One record in a list of results, in the language shown to the reader."""

    record: Record
    text: Text
    matched_in: str
    title: list[Piece]
    summary: list[Piece]
    excerpt: list[Piece]
    match: Match | None = None
    """How it stands to the reader's place, if she said one and the record does too."""

    @property
    def found_elsewhere(self) -> bool:
        """Say whether the words were found only in a language that is not shown."""
        shown = self.title + self.summary + self.excerpt
        return self.matched_in != self.text.language and not any(
            piece.marked for piece in shown
        )


def shown_of(
    session: Session,
    hits: Sequence[Hit],
    query: Query,
    near: Nearness | None = None,
    thesaurus: Thesaurus = NOTHING_NAMED,
) -> list[Shown]:
    """Load the records of a page; one that is no longer public is left out."""
    records = cards(session, [hit.record_id for hit in hits], query.language)
    texts = {
        hit.record_id: _text_of(records[hit.record_id], query)
        for hit in hits
        if hit.record_id in records
    }
    parts = _parts(session, [text.id for text in texts.values()]) if query.words else {}
    meant = frozenset(code for each in query.meant for code in each.codes)
    sought = {
        spoken: _Sought(terms_asked(query, spoken), thesaurus.rows(meant, spoken))
        for spoken in {text.language for text in texts.values()}
    }
    return [
        replace(
            _one(records[hit.record_id], texts[hit.record_id], hit, sought, parts),
            match=near.match(hit.record_id) if near else None,
        )
        for hit in hits
        if hit.record_id in texts
    ]


@dataclass(frozen=True)
class _Sought:
    """What is marked in the texts of one language."""

    terms: Collection[str]
    rows: Rows
    """By what a text speaks of the concepts that were meant."""


def _text_of(record: Record, query: Query) -> Text:
    by_language = {text.language: text for text in record.texts}
    best = best_of(by_language, reader=query.language, source=record.source_language)
    return by_language[best]


def _parts(session: Session, text_ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(Part.text_id, Part.words).where(Part.text_id.in_(text_ids))
    )
    found: dict[int, list[str]] = {}
    for text_id, words in rows:
        found.setdefault(text_id, []).append(to_words(words))
    return found


def _one(
    record: Record,
    text: Text,
    hit: Hit,
    sought: Mapping[str, _Sought],
    parts: Mapping[int, Sequence[str]],
) -> Shown:
    language = text.language
    asked, rows = sought[language].terms, sought[language].rows
    summary = mark(text.summary, asked, language, rows)
    told = any(piece.marked for piece in summary) or not asked
    return Shown(
        record,
        text,
        hit.matched_in,
        title=mark(text.title, asked, language, rows),
        summary=summary,
        excerpt=[]
        if told
        else best_excerpt(parts.get(text.id, ()), asked, language, rows),
    )
