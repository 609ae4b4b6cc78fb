"""What was translated before: the same and alike, found among all that is published."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import (
    Select,
    Subquery,
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
from kb.translating.models import MemoryBand, MemoryLevel, MemoryUnit
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


def refill(session: Session, record_id: int) -> None:
    """Remember what a record says now in each language, in place of what it said."""
    last = newest(session, record_id)
    session.execute(delete(MemoryBand).where(MemoryBand.unit_id.in_(_hers(record_id))))
    session.execute(delete(MemoryUnit).where(MemoryUnit.record_id == record_id))
    session.execute(delete(MemoryLevel).where(MemoryLevel.record_id == record_id))
    session.add(MemoryLevel(record_id=record_id, version=last.number))
    texts = last.document["texts"]
    remember(session, _units(record_id, texts))


def remember(session: Session, units: Iterable[Mapping[str, object]]) -> None:
    """Add units with their numbers; each as columns of `MemoryUnit`."""
    rows = list(units)
    if not rows:
        return
    ids = session.scalars(
        insert(MemoryUnit).returning(MemoryUnit.id, sort_by_parameter_order=True), rows
    )
    bands = [
        {"unit_id": number, "band": band}
        for number, row in zip(ids.all(), rows, strict=True)
        for band in set(bands_of(str(row["source"]), _pair(row)))
    ]
    if bands:
        session.execute(insert(MemoryBand), bands)
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
    likely = _likely(session, " ".join(pair), wanted)
    units = _read(session, {one for ids in likely.values() for one in ids}, pair)
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
    session: Session, pair: str, wanted: Mapping[str, str]
) -> dict[str, list[int]]:
    """Give the units that share most numbers with each field, counted there."""
    found: dict[str, list[int]] = defaultdict(list)
    counts = [
        select(literal(name).label("name"), _most_sharing(bands).c.unit_id)
        for name, source in wanted.items()
        if (bands := bands_of(source, pair))
    ]
    for name, unit_id in session.execute(union_all(*counts)) if counts else ():
        found[name].append(unit_id)
    return found


def _most_sharing(bands: Sequence[int]) -> Subquery:
    return (
        select(MemoryBand.unit_id)
        .where(MemoryBand.band.in_(bands))
        .group_by(MemoryBand.unit_id)
        .order_by(func.count().desc(), MemoryBand.unit_id)
        .limit(LOOKED_AT)
        .subquery()
    )


def _read(
    session: Session, ids: Iterable[int], pair: tuple[str, str]
) -> dict[int, tuple[MemoryUnit, str]]:
    """Give units of public records with the code of the record."""
    rows = session.execute(
        select(MemoryUnit, Record.ref)
        .join(Record, Record.id == MemoryUnit.record_id)
        .where(MemoryUnit.id.in_(list(ids)), is_public())
        .where(MemoryUnit.source_language == pair[0], MemoryUnit.language == pair[1])
    )
    return {unit.id: (unit, ref) for unit, ref in rows}


def _best(source: str, units: Iterable[tuple[MemoryUnit, str]]) -> list[Suggestion]:
    """Give the most alike; only those with most words in common are read in order."""
    words = words_of(source)
    shared = sorted(
        ((_in_common(words, unit.source), unit, ref) for unit, ref in units),
        key=lambda one: -one[0],
    )
    found: dict[str, Suggestion] = {}
    for most, unit, ref in shared:
        if most < ALIKE or len(found) == SHOWN:
            break
        alike = _ratio(words, unit.source)
        known = found.get(unit.words)
        if alike >= ALIKE and (known is None or known.state != TextState.REVIEWED):
            percent = int(100 * alike)
            found[unit.words] = Suggestion(
                unit.source, unit.words, percent, unit.state, ref
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


def _is_itself(unit: MemoryUnit, record_id: int, name: str) -> bool:
    return unit.record_id == record_id and unit.field.split(SENTENCE)[0] == name


def _units(
    record_id: int, texts: Mapping[str, Mapping[str, object]]
) -> Iterator[dict[str, object]]:
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
                yield {
                    "record_id": record_id,
                    "source_language": spoken,
                    "language": language,
                    "field": f"{name}{part}",
                    "source": said,
                    "words": words_there,
                    "state": str(mark.state),
                }


def _parts(source: str, words: str) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "", (source, words)
    here, there = (_SENTENCE.split(one.strip()) for one in (source, words))
    if len(here) == len(there) and len(here) > 1:
        for number, pair in enumerate(zip(here, there, strict=True), start=1):
            yield f"{SENTENCE}{number}", pair


def _pair(row: Mapping[str, object]) -> str:
    return f"{row['source_language']} {row['language']}"


def _hers(record_id: int) -> Select[int]:
    return select(MemoryUnit.id).where(MemoryUnit.record_id == record_id)
