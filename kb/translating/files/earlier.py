"""Of which source of a record a unit is a translation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.record.marks import digest, source_of
from kb.record.parts import STEP
from kb.translating.bench import Bench, Row
from kb.translating.files.unit import Unit
from kb.writing.models import Version

AT_ONCE = 50
"""Versions that are held at once."""


@dataclass(frozen=True)
class Stands:
    """The field that a unit is a translation of, as it is now."""

    row: Row
    source: tuple[str, int] | None = None
    """Digest and version of an earlier source; nothing if it is the one of now."""
    moved: bool = False


class Sources:
    """What the fields of one record say, and said."""

    def __init__(self, session: Session, bench: Bench, units: Collection[Unit]) -> None:
        self._rows = bench.rows
        self._steps = {
            digest(row.source): row
            for name, row in bench.rows.items()
            if name.startswith(STEP)
        }
        wanted = {
            (one.field, digest(one.source))
            for one in units
            if one.field in bench.rows and self._now(one) is None
        }
        self._then = _earlier(session, bench, wanted) if wanted else {}

    def find(self, unit: Unit) -> Stands | None:
        """Give where a unit belongs; nothing if its source is none that there was."""
        now = self._now(unit)
        if now is not None or unit.field not in self._rows:
            return now
        said = digest(unit.source)
        number = self._then.get((unit.field, said))
        if number is None:
            return None
        return Stands(self._rows[unit.field], (said, number))

    def _now(self, unit: Unit) -> Stands | None:
        """Give the field with this very source: its own, or a step that moved."""
        row, said = self._rows.get(unit.field), digest(unit.source)
        if row is not None and digest(row.source) == said:
            return Stands(row)
        if unit.field.startswith(STEP) and said in self._steps:
            return Stands(self._steps[said], moved=True)
        return None


def _earlier(
    session: Session, bench: Bench, wanted: set[tuple[str, str]]
) -> Mapping[tuple[str, str], int]:
    """Give the newest version in which a field had a source: field, digest → number."""
    found: dict[tuple[str, str], int] = {}
    rows = session.execute(
        select(Version.number, Version.document)
        .where(Version.record_id == bench.record.id)
        .order_by(Version.number.desc())
        .execution_options(yield_per=AT_ONCE)
    )
    for number, document in rows:
        source = source_of(document["texts"])
        for field, said in wanted - found.keys():
            if digest(source.get(field, "")) == said:
                found[field, said] = number
        if len(found) == len(wanted):
            break
    rows.close()
    return found
