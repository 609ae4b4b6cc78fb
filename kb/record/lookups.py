"""Reading records: what the public may see, and how much of it is loaded."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from kb.errors import NotFound
from kb.language import FALLBACK, _, chain
from kb.record.kind import Kind
from kb.record.models import (
    Citation,
    Effect,
    Record,
    Relation,
    Source,
    Status,
    Tag,
    Telling,
    Text,
)
from kb.record.schemas import Known
from kb.vocabulary.models import Concept, Shape

KEPT = 100
"""Ways of loading kept ready; making one takes a tenth of a page's time."""


def is_public() -> ColumnElement[bool]:
    """Give "open to everybody" as a condition on many rows; `is_open` says it of one.

    All that is shown, counted, sent or put into the index asks this.
    """
    return and_(Record.status == Status.PUBLISHED, is_told())


def is_told() -> ColumnElement[bool]:
    """Give "no community keeps it back today" as a condition, whatever its status.

    The days count by themselves: a worker that sleeps shows nothing for too long.
    """
    today = this_day()
    return and_(
        Record.telling != Telling.KEPT,
        or_(Record.told_from.is_(None), Record.told_from <= today),
        or_(Record.told_until.is_(None), Record.told_until >= today),
    )


def may_leave() -> ColumnElement[bool]:
    """Give "open to everybody, and to be told elsewhere too" as a condition.

    What a community agreed to, it agreed to here: its records are in no file that
    another installation could take in.
    """
    return and_(is_public(), Record.telling == Telling.FREE)


def is_open(record: Record) -> bool:
    """Say whether a record is open to everybody."""
    today = this_day()
    return (
        record.status == Status.PUBLISHED
        and record.telling != Telling.KEPT
        and (record.told_from or today) <= today <= (record.told_until or today)
    )


def this_day() -> date:
    """Give the day by which it is reckoned what may be told."""
    return datetime.now(UTC).date()


@lru_cache(maxsize=KEPT)
def for_card(language: str) -> list[Any]:
    """Load what a card in a list shows: titles, effort, sites, the level of evidence.

    Of the texts, those that a reader of ``language`` may be shown; of the tags, those
    for labour and cost.
    """
    effort = [Tag.concept_id.startswith(f"{name}:") for name in ("labour", "cost")]
    return [
        selectinload(Record.texts.and_(_may_be_shown(language))),
        selectinload(Record.tags.and_(or_(*effort))),
        selectinload(Record.sites),
        selectinload(Record.effects).load_only(Effect.evidence_id, Effect.wider),
    ]


def _may_be_shown(language: str) -> ColumnElement[bool]:
    """Give "its words may be shown to a reader of ``language``", of texts."""
    its = aliased(Record)
    source = select(its.source_language).where(its.id == Text.record_id)
    return or_(
        Text.language.in_(chain(language, FALLBACK)),
        Text.language == source.scalar_subquery(),
    )


@lru_cache(maxsize=KEPT)
def _for_title(language: str) -> ORMOption:
    return joinedload(Record.texts.and_(_may_be_shown(language))).load_only(
        Text.record_id, Text.language, Text.title, Text.slug, Text.state
    )


@lru_cache(maxsize=KEPT)
def for_page(kind: Kind, language: str | None) -> list[Any]:
    """Load all that the page of one record shows to a reader of ``language``."""
    parts = Text.parts if language is None else Text.parts.and_(_may_be_shown(language))
    return [
        selectinload(Record.texts).joinedload(parts),
        joinedload(Record.tags),
        selectinload(Record.names),
        selectinload(Record.sites),
        selectinload(Record.effects).joinedload(Effect.source),
        selectinload(Record.citations).joinedload(Citation.source),
        *kind.options(),
    ]


def get_record(
    session: Session, kind: Kind, ref: str, language: str | None = None
) -> Record:
    """Give a public record with all that its page shows.

    :param language: the reader's; parts in languages she is not shown are left out.
        Without it, all parts in all languages are there.
    :raises NotFound: there is none, or it is not public.
    """
    found = session.scalars(
        select(kind.model)
        .where(kind.model.ref == ref, is_public())
        .options(*for_page(kind, language))
    )
    record = found.unique().one_or_none()
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref), ref=ref)
    return record


def cards(session: Session, ids: Iterable[int], language: str) -> dict[int, Record]:
    """Give public records by number, as a list shows them to a reader."""
    found = session.scalars(
        select(Record)
        .where(Record.id.in_(list(ids)), is_public())
        .options(*for_card(language))
    )
    return {record.id: record for record in found}


def newest(
    session: Session, ids: Collection[int], language: str, *, most: int
) -> list[Record]:
    """Give public records of some numbers as a list shows them, the newest first."""
    order = Record.published_on.desc().nulls_last(), Record.id.desc()
    wanted = select(Record.id).where(Record.id.in_(ids), is_public())
    numbers = session.scalars(wanted.order_by(*order).limit(most)).all()
    found = cards(session, numbers, language)
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True)
class Neighbour:
    """Another public record and how it stands to this one."""

    how: str
    """A relation, seen from this record: ``goes_with``, ``used_by`` …"""
    record: Record


SEEN_FROM_THE_OTHER = {
    "comes_before": "comes_after",
    "uses": "used_by",
    "cites": "cited_by",
    "supersedes": "superseded_by",
}


def related(session: Session, record: Record) -> list[tuple[str, int]]:
    """Give the records that this one names or that name it, each once a way.

    :return: how each stands to it, as `Neighbour` says it, and its number; not all of
        them have to be public.
    """
    rows = session.execute(
        select(Relation.kind, Relation.from_id, Relation.to_id)
        .where((Relation.from_id == record.id) | (Relation.to_id == record.id))
        .order_by(Relation.id)
    )
    ways = dict.fromkeys(
        (kind, to_id)
        if from_id == record.id
        else (SEEN_FROM_THE_OTHER.get(kind, kind), from_id)
        for kind, from_id, to_id in rows
    )
    return list(ways)


def titled(session: Session, ids: Collection[int], language: str) -> dict[int, Record]:
    """Give public records by number, with no more than the titles a reader is shown."""
    found = session.scalars(
        select(Record)
        .where(Record.id.in_(ids), is_public())
        .options(_for_title(language))
    ).unique()
    return {record.id: record for record in found}


def by_ref(session: Session, refs: Collection[str], language: str) -> dict[str, Record]:
    """Give public records by ref, with no more than the titles a reader is shown.

    What cannot be a ref, such as one with a NUL, is the ref of none.
    """
    found = session.scalars(
        select(Record)
        .where(Record.ref.in_(filter(str.isprintable, refs)), is_public())
        .options(_for_title(language))
    ).unique()
    return {record.ref: record for record in found}


def find_kind_of(session: Session, ref: str) -> str:
    """Say of which kind the public record ``ref`` is.

    :raises NotFound: there is none, or it is not public.
    """
    return find_public(session, ref)[1]


def number_of(session: Session, ref: str) -> int:
    """Give the number of the public record ``ref``.

    :raises NotFound: there is none, or it is not public.
    """
    return find_public(session, ref)[0]


def find_public(session: Session, ref: str) -> tuple[int, str]:
    """Give number and kind of the public record ``ref``.

    :raises NotFound: there is none, or it is not public.
    """
    wanted = select(Record.id, Record.kind).where(Record.ref == ref, is_public())
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref), ref=ref)
    return found.id, found.kind


def all_sources(session: Session) -> Sequence[Source]:
    """Give the sources that public records cite, by citation."""
    by_effect = select(Effect.source_id).join(Record).where(is_public())
    by_record = select(Citation.source_id).join(Record).where(is_public())
    return session.scalars(
        select(Source)
        .where(Source.id.in_(by_effect.union(by_record)))
        .order_by(Source.citation)
    ).all()


def records_by_source(session: Session) -> dict[int, list[Record]]:
    """Say which public records cite which source."""
    found: dict[int, list[Record]] = {}
    for model in (Effect, Citation):
        rows = session.execute(
            select(model.source_id, Record)
            .join(Record, Record.id == model.record_id)
            .where(is_public())
            .options(selectinload(Record.texts))
            .distinct()
            .order_by(Record.id)
        )
        for source_id, record in rows:
            listed = found.setdefault(source_id, [])
            if record not in listed:
                listed.append(record)
    return found


def list_records(
    session: Session, *, page: int, per_page: int
) -> tuple[int, Sequence[Record]]:
    """Give one page of all public records, and how many there are in all."""
    total = session.scalar(select(func.count(Record.id)).where(is_public())) or 0
    records = session.scalars(
        select(Record)
        .where(is_public())
        .order_by(Record.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
        .options(selectinload(Record.texts))
    ).all()
    return total, records


def read_known(session: Session) -> Known:
    """Give the codes, sources and labels that a record can name now."""
    codes: dict[str, list[str]] = {}
    for scheme, code in session.execute(
        select(Concept.scheme, Concept.code).order_by(Concept.position)
    ):
        codes.setdefault(scheme, []).append(code)
    rows = session.execute(select(Source.key, Source.also, Source.id)).all()
    also = {other: number for _key, other, number in rows if other}
    return Known(
        codes={scheme: tuple(listed) for scheme, listed in codes.items()},
        sources=also | {key: number for key, _other, number in rows},
        labels=frozenset(
            f"{concept.partition(':')[2]}-{label}"
            for concept, labels in session.execute(
                select(Shape.concept_id, Shape.labels)
            )
            for label in labels
        ),
    )
