"""Comparing the index with the records, one by one, and mending what differs.

The worker keeps the two level by itself. Drift is what it cannot know of: a file that
was put back from an old copy, names of tags that were changed for many records at once,
a mistake of our own. So the two are compared once a day.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from kb.journal import JournalDue, JournalLine, readers_in
from kb.search.document import SearchIndex, fingerprints
from kb.search.documents import Records, Sessions
from kb.search.upkeep import AT_ONCE, level

NOTE = "index-compared"
"""File in the home folder: what was found the last time."""


@dataclass(frozen=True)
class Drift:
    """Numbers of the records in which the index differs from the database."""

    missing: frozenset[int] = frozenset()
    left_over: frozenset[int] = frozenset()
    """In the index, but not public (any more)."""
    outdated: frozenset[int] = frozenset()

    @property
    def records(self) -> frozenset[int]:
        """Give all of them."""
        return self.missing | self.left_over | self.outdated


@dataclass(frozen=True)
class Compared:
    """What was found the last time, as it is noted in the home folder."""

    missing: int
    left_over: int
    outdated: int
    repaired: bool
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def drifted(self) -> int:
        """Say how many records differed."""
        return self.missing + self.left_over + self.outdated


def compare(records: Records, index: SearchIndex) -> Drift:
    """Say in which records the index differs from the database.

    Work goes on meanwhile. So what differs at first sight is looked at once more, and
    what waits for the worker anyway is no drift.

    :raises Unavailable: the index cannot be used.
    """
    first = _differing(index.held(), fingerprints(records.documents()))
    if not first.records:
        return first
    held = {n: mark for n, mark in index.held().items() if n in first.records}
    second = _differing(held, fingerprints(records.documents(first.records)))
    waiting = _waiting(records.reading)
    return Drift(
        missing=second.missing - waiting,
        left_over=second.left_over - waiting,
        outdated=second.outdated - waiting,
    )


def repair(records: Records, index: SearchIndex, drift: Drift) -> None:
    """Bring the records that differ to what they are now."""
    ids = sorted(drift.records)
    for start in range(0, len(ids), AT_ONCE):
        level(records, index, ids[start : start + AT_ONCE])


def note(home: Path, drift: Drift, *, repaired: bool) -> Compared:
    """Write down what was found."""
    found = Compared(
        missing=len(drift.missing),
        left_over=len(drift.left_over),
        outdated=len(drift.outdated),
        repaired=repaired,
    )
    fresh = home / f"{NOTE}.new"
    fresh.write_text(json.dumps(vars(found) | {"at": found.at.isoformat()}), "utf-8")
    fresh.replace(home / NOTE)
    return found


def last_compared(home: Path) -> Compared | None:
    """Read what was found the last time; nothing if that is not known."""
    try:
        said = json.loads((home / NOTE).read_text("utf-8"))
        return Compared(**said | {"at": datetime.fromisoformat(said["at"])})
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _differing(held: Mapping[int, int], records: Mapping[int, int]) -> Drift:
    both = held.keys() & records.keys()
    return Drift(
        missing=frozenset(records.keys() - both),
        left_over=frozenset(held.keys() - both),
        outdated=frozenset(n for n in both if held[n] != records[n]),
    )


def _waiting(reading: Sessions) -> frozenset[int]:
    """Give the records whose changes the worker has still to take in."""
    with reading() as session:
        lines: Iterable[int] = session.scalars(
            select(JournalLine.record_id)
            .join(JournalDue, JournalDue.line_id == JournalLine.id)
            .where(JournalDue.reader == readers_in(session).own)
        )
        return frozenset(lines)
