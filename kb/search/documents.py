"""From a record to the documents an index holds of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import (
    Session,
    selectin_polymorphic,
    selectinload,
    sessionmaker,
)

from kb.markdown import to_words
from kb.record.lookups import is_public
from kb.record.models import Record, Text
from kb.record.reading import strongest
from kb.regions.layers import Layers
from kb.search.document import Document
from kb.search.levels import Levels, read_levels, with_greater
from kb.search.terms import text_terms
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus, read_thesaurus
from kb.search.words import terms
from kb.vocabulary.models import ConceptName

BY_TAG = (
    "land_use",
    "climate",
    "soil",
    "theme",
    "purpose",
    "labour",
    "cost",
    "suits",
    "benefits",
)
BY_WORDS = ("land_use:", "theme:", "purpose:")
ABOUT = (*BY_WORDS, "slm_group:")
"""Lists that say what a record is about; others say where it fits, and for whom."""
SPOKEN_IN = {"title": 2, "summary": 1, "body": 1}
"""How often a concept counts by where it is spoken of; filed under it: once."""
AT_ONCE = 100
"""Records held in memory at a time while an index is filled."""


Names = Mapping[tuple[str, str], str]
"""Concept and language → its name and plain line in that language."""

FROM_MAPS = {"map_mm": "rainfall", "altitude_m": "altitude"}
"""Part of a place that a loaded map tells in figures → the range it is found by."""


@dataclass(frozen=True)
class Beside:
    """What goes into documents and does not stand in the record's own rows."""

    concepts: Names = field(default_factory=dict)
    levels: Levels = field(default_factory=dict)
    layers: Layers | None = None
    thesaurus: Thesaurus = NOTHING_NAMED


def documents_of(record: Record, beside: Beside) -> list[Document]:
    """Flatten a record: one document for each of its languages.

    The names of its tags are searched too: a practice filed under soil erosion is found
    by these words even where its text does not say them. In what order the database
    gives rows makes no difference, so that the index can be compared with it.
    """
    filed = [t.concept_id for t in record.tags if t.concept_id.startswith(ABOUT)]
    same = {code for entry in filed if (code := beside.thesaurus.same_as(entry))}
    facets, figures = _facets(record, beside.levels), _figures(record, beside.layers)
    names = tuple((name.text, name.language) for name in record.names)
    published = record.published_on.isoformat() if record.published_on else ""
    assessed = record.assessed_on.isoformat() if record.assessed_on else ""
    documents = (
        Document(
            record_id=record.id,
            ref=record.ref,
            kind=record.kind,
            language=text.language,
            source_language=record.source_language,
            title=text.title,
            names=names,
            summary=text.summary,
            body=_body(text, record, beside.concepts),
            facets=facets,
            figures=figures,
            tried=len(record.sites),
            published=published,
            assessed=assessed,
        )
        for text in record.texts
    )
    return [annotated(document, beside.thesaurus, same) for document in documents]


def annotated(
    document: Document, thesaurus: Thesaurus, filed: Iterable[str] = ()
) -> Document:
    """Add the concepts that a document speaks of.

    :param filed: those it is about whatever its texts say.
    """
    if not thesaurus.concepts:
        return document
    said, spoken = text_terms(document), document.language
    counted = Counter(filed)
    for name, times in SPOKEN_IN.items():
        text = getattr(document, name)
        for code in thesaurus.speaks_of(said[name], text, spoken):
            counted[code] += times
    counted.update(
        {
            code
            for words, named_in in document.names
            for language in {spoken, named_in}
            for code in thesaurus.speaks_of(terms(words, language), words, language)
        }
    )
    broader = Counter[str]()
    for code, times in counted.items():
        for above in thesaurus.above(code):
            broader[above] = max(broader[above], times)
    return replace(
        document,
        concepts=tuple(sorted(counted.elements())),
        broader=tuple(sorted(broader.elements())),
        analysed=said,
    )


Sessions = sessionmaker[Session]


@dataclass(frozen=True)
class Records:
    """The public records as they are now, and the maps that tell of their sites."""

    reading: Sessions
    layers: Layers | None = None

    def documents(
        self, record_ids: Collection[int] | None = None
    ) -> Iterator[Document]:
        """Give what an index is to hold, all or of some numbers.

        It is read when the first is asked for, and not before.
        """
        with self.reading() as session:
            yield from public_documents(session, record_ids, self.layers)


def public_documents(
    session: Session,
    record_ids: Collection[int] | None = None,
    layers: Layers | None = None,
) -> Iterator[Document]:
    """Give the documents of public records: all of them, or those of some numbers.

    :param layers: loaded maps; what they say of sites in figures can be searched by.
    """
    wanted = select(Record.id).where(is_public()).order_by(Record.id)
    if record_ids is not None:
        wanted = wanted.where(Record.id.in_(list(record_ids)))
    ids = session.scalars(wanted).all()
    if not ids:
        return
    beside = Beside(
        _concept_names(session), read_levels(session), layers, read_thesaurus(session)
    )
    for start in range(0, len(ids), AT_ONCE):
        records = session.scalars(
            select(Record)
            .where(Record.id.in_(ids[start : start + AT_ONCE]))
            .order_by(Record.id)
            .options(
                selectinload(Record.texts).selectinload(Text.parts),
                selectinload(Record.tags),
                selectinload(Record.names),
                selectinload(Record.sites),
                selectinload(Record.effects),
                *_of_each_kind(),
            )
        )
        for record in records:
            yield from documents_of(record, beside)


def _of_each_kind() -> Iterator[Any]:
    """Load what each kind of record can be found by, beyond what all have."""
    kinds = [each.class_ for each in Record.__mapper__.self_and_descendants]
    yield selectin_polymorphic(Record, kinds)
    for kind in kinds:
        yield from (selectinload(getattr(kind, name)) for name in kind.FIGURES_FROM)


def _facets(record: Record, levels: Levels) -> dict[str, tuple[str, ...]]:
    evidence = strongest(record)
    countries = tuple(sorted({s.country for s in record.sites if s.country}))
    facets = {
        "kind": (record.kind,),
        "language": tuple(sorted(text.language for text in record.texts)),
        "country": countries,
        "region": countries,
        "evidence": (evidence.partition(":")[2],) if evidence else (),
        "tells": tuple(sorted(record.tells)),
    }
    for scheme in BY_TAG:
        codes = (concept.partition(":")[2] for concept in record.codes(scheme))
        facets[scheme] = tuple(sorted(codes))
    above = {n: with_greater(facets[n], each) for n, each in levels.items()}
    return facets | above


def _figures(record: Record, layers: Layers | None) -> dict[str, tuple[int, ...]]:
    """Give what a record says in figures, and the maps of its sites, each sorted."""
    found = {name: set(figures) for name, figures in record.figures.items()}
    for site in record.sites if layers else ():
        if layers and site.latitude is not None and site.longitude is not None:
            said = layers.figures_at(site.latitude, site.longitude)
            for part in FROM_MAPS.keys() & said.keys():
                found.setdefault(FROM_MAPS[part], set()).add(round(said[part]))
    return {name: tuple(sorted(figures)) for name, figures in found.items()}


def _body(text: Text, record: Record, concepts: Names) -> str:
    parts = sorted(text.parts, key=lambda part: part.name)
    said = [to_words(part.words) for part in parts]
    tags = sorted(tag.concept_id for tag in record.tags)
    filed = [concept for concept in tags if concept.startswith(BY_WORDS)]
    return "\n".join(said + [concepts.get((c, text.language), "") for c in filed])


def _concept_names(session: Session) -> Names:
    rows = session.execute(
        select(
            ConceptName.concept_id,
            ConceptName.language,
            ConceptName.name,
            ConceptName.plain,
        )
    )
    return {(c, language): f"{name}. {plain}" for c, language, name, plain in rows}
