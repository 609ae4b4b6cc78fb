"""What was translated before: the same and alike, found among all that is published."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias, cast

from sqlalchemy import (
    Subquery,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from kb.record.lookups import is_public
from kb.record.marks import Behind, marks_of, source_of
from kb.record.models import Record, TextState
from kb.record.parts import unwrapped, words_in
from kb.translating.models import (
    MemoryBand,
    MemoryLevel,
    MemorySource,
    MemoryUnit,
)
from kb.translating.signature import bands_of, words_of
from kb.writing.models import Version
from kb.writing.versions import newest

REMEMBERED = (TextState.REVIEWED, TextState.MACHINE_DRAFTED)
ALIKE = 0.6
"""Share of words in the same order from which a source is shown as alike."""
SHOWN, LOOKED_AT = 3, 8
"""Suggestions for one field, and how many are compared word by word."""
_SENTENCE = re.compile(
    r"(?<=[.!?\u061f\u0964])\s+(?=\S)|(?<=[\u3002\uff01\uff1f])\s*(?=\S)"
)
SENTENCE = "#"
"""Parts the name of a field from the number of a sentence of it."""


@dataclass(frozen=True)
class Suggestion:
    """What was said elsewhere for a source that is the same or alike."""

    source: str
    words: str
    alike: int
    """In percent; 100 is the same."""
    state: str
    ref: str


Found: TypeAlias = tuple[MemorySource, MemoryUnit, str]
"""A source, its translation, and the code of the record that says so."""
SOURCES, UNITS, NUMBERS = (
    cast("Table", each.__table__) for each in (MemorySource, MemoryUnit, MemoryBand)
)


@dataclass(frozen=True)
class Remembered:
    """A field or a sentence in two languages."""

    record_id: int
    source_language: str
    language: str
    field: str
    source: str
    words: str
    state: str


def refill(session: Session, record_id: int) -> None:
    """Remember what a record says now in each language, in place of what it said."""
    last = newest(session, record_id)
    for table in (MemorySource, MemoryLevel):
        session.execute(delete(table).where(table.record_id == record_id))
    session.add(MemoryLevel(record_id=record_id, version=last.number))
    texts = last.document["texts"]
    remember(session, _units(record_id, texts))


def remember(session: Session, units: Iterable[Remembered]) -> None:
    """Add what was translated; a source is kept once, with its numbers."""
    rows = list(units)
    sources = {(row.record_id, row.field): row for row in rows}
    if not sources:
        return
    added = insert(SOURCES).returning(SOURCES.c.id, sort_by_parameter_order=True)
    ids = session.scalars(
        added,
        [
            {
                "record_id": row.record_id,
                "language": row.source_language,
                "field": row.field,
                "words": row.source,
            }
            for row in sources.values()
        ],
    )
    numbers = dict(zip(sources, ids.all(), strict=True))
    translated = [
        {
            "source_id": numbers[row.record_id, row.field],
            "language": row.language,
            "words": row.words,
            "state": row.state,
        }
        for row in rows
    ]
    session.execute(insert(UNITS), translated)
    bands = [
        {"source_id": numbers[key], "band": band}
        for key, row in sources.items()
        for band in set(bands_of(row.source, row.source_language))
    ]
    if bands:
        session.execute(insert(NUMBERS), bands)
    session.flush()


def left_behind(session: Session) -> list[int]:
    """Give the records that were published since they were remembered."""
    last = func.max(Version.number)
    level = func.max(MemoryLevel.version)
    rows = session.scalars(
        select(Version.record_id)
        .outerjoin(MemoryLevel, MemoryLevel.record_id == Version.record_id)
        .group_by(Version.record_id)
        .having(or_(level.is_(None), last != level))
        .order_by(Version.record_id)
    )
    return list(rows)


def suggestions(
    session: Session, pair: tuple[str, str], wanted: Mapping[str, str], record_id: int
) -> dict[str, list[Suggestion]]:
    """Give what was said before, the most alike first, for fields of one record.

    In two queries, however many fields and units there are.

    :param pair: language of the source and of the translation.
    :param wanted: field → its source.
    """
    likely = _likely(session, pair, wanted)
    units = _read(session, {one for ids in likely.values() for one in ids}, pair[1])
    return {
        name: _best(
            wanted[name],
            (
                units[n]
                for n in ids
                if n in units and not _is_itself(units[n][0], record_id, name)
            ),
        )
        for name, ids in likely.items()
    }


def _likely(
    session: Session, pair: tuple[str, str], wanted: Mapping[str, str]
) -> dict[str, list[int]]:
    """Give the sources that share most numbers with each field, counted there."""
    found: dict[str, list[int]] = defaultdict(list)
    counts = [
        select(literal(name).label("name"), _most_sharing(bands, pair[1]).c.source_id)
        for name, source in wanted.items()
        if (bands := bands_of(source, pair[0]))
    ]
    for name, number in session.execute(union_all(*counts)) if counts else ():
        found[name].append(number)
    return found


def _most_sharing(bands: Sequence[int], into: str) -> Subquery:
    """Give those with a translation that share most of the numbers."""
    translated = and_(
        MemoryUnit.source_id == MemoryBand.source_id, MemoryUnit.language == into
    )
    return (
        select(MemoryBand.source_id)
        .join(MemoryUnit, translated)
        .where(MemoryBand.band.in_(bands))
        .group_by(MemoryBand.source_id)
        .order_by(func.count().desc(), MemoryBand.source_id)
        .limit(LOOKED_AT)
        .subquery()
    )


def _read(session: Session, ids: Iterable[int], into: str) -> dict[int, Found]:
    """Give what public records say, with its translation and the record's code."""
    rows = session.execute(
        select(MemorySource, MemoryUnit, Record.ref)
        .join(MemoryUnit, MemoryUnit.source_id == MemorySource.id)
        .join(Record, Record.id == MemorySource.record_id)
        .where(MemorySource.id.in_(list(ids)), is_public())
        .where(MemoryUnit.language == into)
    )
    return {source.id: (source, unit, ref) for source, unit, ref in rows}


def _best(source: str, units: Iterable[Found]) -> list[Suggestion]:
    """Give the most alike; only those with most words in common are read in order."""
    words = words_of(source)
    shared = sorted(
        ((_in_common(words, one[0].words), one) for one in units),
        key=lambda each: -each[0],
    )
    found: dict[str, Suggestion] = {}
    for most, (there, unit, ref) in shared:
        if most < ALIKE or len(found) == SHOWN:
            break
        alike = _ratio(words, there.words)
        known = found.get(unit.words)
        if alike >= ALIKE and (known is None or known.state != TextState.REVIEWED):
            percent = int(100 * alike)
            found[unit.words] = Suggestion(
                there.words, unit.words, percent, unit.state, ref
            )
    return sorted(
        found.values(), key=lambda one: (-one.alike, one.state != TextState.REVIEWED)
    )


def _in_common(words: Sequence[str], other: str) -> float:
    """Give the share of words that two texts have in common, in whatever order."""
    here, there = Counter(words), Counter(words_of(other))
    return 2 * (here & there).total() / (here.total() + there.total())


def _ratio(words: Sequence[str], other: str) -> float:
    there = words_of(other)
    if there == words:
        return 1.0
    return SequenceMatcher(None, there, words, autojunk=False).ratio()


def _is_itself(source: MemorySource, record_id: int, name: str) -> bool:
    return source.record_id == record_id and source.field.split(SENTENCE)[0] == name


def _units(
    record_id: int, texts: Mapping[str, Mapping[str, object]]
) -> Iterator[Remembered]:
    """Give each field, and its sentences where there are as many on both sides."""
    source = source_of(texts)
    spoken = next((x for x, t in texts.items() if t.get("state") == "source"), "")
    for language, text in texts.items():
        words = words_in(text)
        for name, mark in marks_of(text, source).items():
            level = mark.behind == Behind.NOT and mark.state in REMEMBERED
            if language == spoken or not level or name not in source:
                continue
            pair = unwrapped(source[name]), unwrapped(words[name])
            for part, (said, words_there) in _parts(*pair):
                yield Remembered(
                    record_id=record_id,
                    source_language=spoken,
                    language=language,
                    field=f"{name}{part}",
                    source=said,
                    words=words_there,
                    state=str(mark.state),
                )


def _parts(source: str, words: str) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "", (source, words)
    here, there = (_SENTENCE.split(one.strip()) for one in (source, words))
    if len(here) == len(there) and len(here) > 1:
        for number, pair in enumerate(zip(here, there, strict=True), start=1):
            yield f"{SENTENCE}{number}", pair
