"""Putting regions into the tables: what stands already and is the same stays untouched.

A region that is no longer listed stays, for records and offices may point at it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from kb.database import Base
from kb.regions.given import Given, Regions, upwards
from kb.regions.models import Region, RegionKind, RegionMember, RegionName

Stood = Mapping[str, Row[Any]]
"""Code → its row as it stands."""
TABLE = Base.metadata.tables[Region.__tablename__]
COLUMNS = tuple(TABLE.columns.keys())


def standing(session: Session) -> Stood:
    """Give the rows of all regions there are."""
    return {row.code: row for row in session.execute(select(TABLE))}


def as_given(row: Row[Any]) -> Given:
    """Give a region that stands; names and members stay in their tables."""
    box = (row.west, row.south, row.east, row.north)
    return Given(
        where=f"region {row.code}",
        code=row.code,
        kind=row.kind,
        name=row.name,
        source=row.source,
        parent=row.parent_code,
        m49=row.m49,
        box=None if None in box else box,
        disclaimer=row.disclaimer,
    )


def store(session: Session, given: list[Given], known: Regions, stood: Stood) -> int:
    """Write what is new or different; give how many rows that were.

    :param known: all regions, to write those first that others lie in.
    """
    rows = {region.code: _row(region) for region in given}
    new = [region for region in given if region.code not in stood]
    new.sort(key=lambda region: len(upwards(region.code, known)))
    other = [
        rows[r.code] for r in given if stood.get(r.code, rows[r.code]) != rows[r.code]
    ]
    names = {(r.code, code): (name,) for r in given for code, name in r.names.items()}
    members: dict[tuple[str, str], tuple[()]]
    members = {(r.code, member): () for r in given for member in r.members}
    if new:
        session.execute(insert(TABLE), [_named(rows[r.code]) for r in new])
    if other:
        session.execute(update(Region), [_named(row) for row in other])
    return (
        len(new)
        + len(other)
        + _store_rows(session, RegionName, names, rows)
        + _store_rows(session, RegionMember, members, rows)
    )


def _row(region: Given) -> tuple[Any, ...]:
    """Give the values of a region in the order of its columns."""
    return (
        region.code,
        str(region.kind),
        region.name,
        region.parent,
        region.code if region.kind == RegionKind.COUNTRY else None,
        region.code if region.kind == RegionKind.DISTRICT else None,
        region.m49,
        *(region.box or (None, None, None, None)),
        region.disclaimer,
        region.source,
    )


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(COLUMNS, row, strict=True))


def _store_rows(
    session: Session,
    model: type[RegionName | RegionMember],
    wanted: Mapping[tuple[str, str], tuple[Any, ...]],
    codes: Mapping[str, object],
) -> int:
    """Make the rows that hang on these regions exactly those wanted."""
    table = Base.metadata.tables[model.__tablename__]
    first, second = list(table.columns)[:2]
    keys = tuple(table.columns.keys())
    stood = {
        (row[0], row[1]): tuple(row[2:])
        for row in session.execute(select(table))
        if row[0] in codes
    }
    gone = [key for key, rest in stood.items() if wanted.get(key) != rest]
    new = [(*key, *rest) for key, rest in wanted.items() if stood.get(key) != rest]
    if gone:
        session.execute(delete(table).where(tuple_(first, second).in_(gone)))
    if new:
        rows = [dict(zip(keys, row, strict=True)) for row in new]
        session.execute(insert(table), rows)
    return len({*gone, *((row[0], row[1]) for row in new)})
