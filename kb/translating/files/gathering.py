"""What goes into a set: the fields of records as they stand, in few queries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true, tuple_
from sqlalchemy.orm import Session

from kb.record.lookups import may_leave
from kb.record.marks import digest
from kb.record.models import Record
from kb.translating.bench import Row, rows_of
from kb.translating.files.unit import UNSURE, Unit
from kb.translating.models import MemorySource, MemoryUnit, Rendering
from kb.writing.models import Version

AT_ONCE = 100
"""Records read in one query."""


@dataclass(frozen=True)
class Asked:
    """Which fields are to be in a set."""

    language: str
    source_language: str
    records: Collection[int] | None = None
    """Numbers of the records; all there are, if nothing is said."""
    kind: str = ""
    state: str = ""
    """`FieldState`; empty for all."""
    hers: ColumnElement[bool] | None = None
    """Which records whoever asks may have."""


def gathered(session: Session, asked: Asked) -> Iterator[Unit]:
    """Give the fields of a set, record by record.

    Records that a community lets us tell of are left out: they are in no file.
    """
    ids = session.scalars(
        select(Record.id).where(*_conditions(asked)).order_by(Record.id)
    ).all()
    chosen = [n for n in ids if asked.records is None or n in asked.records]
    for some in _parts(chosen):
        yield from _units(session, asked, some)


def languages_written_in(session: Session, into: str) -> list[str]:
    """Give the languages of sources that can go into a file, the most frequent first.

    :param into: which is to be translated into, and so is left out.
    """
    counted = (
        select(Record.source_language)
        .where(may_leave(), Record.source_language != into)
        .group_by(Record.source_language)
        .order_by(func.count().desc(), Record.source_language)
    )
    return list(session.scalars(counted))


def remembered(session: Session, asked: Asked) -> Iterator[tuple[str, str, str, str]]:
    """Give the memory of translations: id, source, words, and their state.

    Fields and sentences whose translation is level with its source; of a state, if one
    is asked for.
    """
    rows = session.execute(
        select(
            Record.id, Record.ref, MemorySource.field, MemorySource.words,
            MemoryUnit.words, MemoryUnit.state,
        )
        .join(MemorySource, MemorySource.record_id == Record.id)
        .join(MemoryUnit, MemoryUnit.source_id == MemorySource.id)
        .where(*_conditions(asked), MemoryUnit.language == asked.language)
        .where(true() if not asked.state else MemoryUnit.state == asked.state)
        .order_by(Record.id, MemorySource.id)
    )  # fmt: skip
    for number, ref, name, source, words, state in rows:
        if asked.records is None or number in asked.records:
            yield f"{ref}/{name}", source, words, state


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [may_leave(), Record.source_language == asked.source_language]
    if asked.kind:
        found.append(Record.kind == asked.kind)
    if asked.hers is not None:
        found.append(asked.hers)
    return found


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _units(session: Session, asked: Asked, ids: list[int]) -> Iterator[Unit]:
    at_work: dict[int, dict[str, Rendering]] = {number: {} for number in ids}
    found = select(Rendering).where(Rendering.record_id.in_(ids))
    for one in session.scalars(found.where(Rendering.language == asked.language)):
        at_work[one.record_id][one.field] = one
    last = dict(
        session.execute(
            select(Version.record_id, func.max(Version.number))
            .where(Version.record_id.in_(ids))
            .group_by(Version.record_id)
        ).all()
    )
    newest = session.execute(
        select(Record.ref, Version)
        .join(Version, Version.record_id == Record.id)
        .where(tuple_(Version.record_id, Version.number).in_(list(last.items())))
        .order_by(Version.record_id)
    )
    for ref, version in newest:
        rows = rows_of(version, asked.language, at_work[version.record_id])
        title = version.document["texts"][asked.source_language]["title"]
        for row in rows.values():
            if asked.state in {"", row.state}:
                yield _unit(ref, title, version, row)


def _unit(ref: str, title: str, version: Version, row: Row) -> Unit:
    return Unit(
        ref,
        row.field,
        row.source,
        row.words,
        ready=bool(row.words) and row.state not in UNSURE,
        hashed=digest(row.source),
        version=version.number,
        shown=row.shown,
        state=row.state,
        title=title,
    )
