"""How often records are used: plain numbers by month and language, of nobody."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kb.credit.models import RecordUse
from kb.record.models import Record

COUNTED = ("views", "shown", "opened", "handouts")
MONTHS = 12
"""How far back people look; numbers are kept as long as the record."""


@dataclass(frozen=True)
class Line:
    """What is counted together."""

    record_id: int
    month: date
    language: str


@dataclass(frozen=True)
class Used:
    """The use of a record over some time: by month, oldest first, and by language."""

    by_month: dict[date, Counter[str]]
    by_language: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def total(self) -> Counter[str]:
        """Give the sum of all months."""
        return sum(self.by_month.values(), Counter())


def line_of(record_id: int, language: str) -> Line:
    """Give the line that a use of today counts in."""
    return Line(record_id, this_month(), language)


def this_month() -> date:
    """Give the first day of this month, in UTC."""
    return datetime.now(UTC).date().replace(day=1)


def months_until(last: date, number: int = MONTHS) -> list[date]:
    """Give the first days of some months, oldest first.

    >>> [f"{month:%Y-%m}" for month in months_until(date(2026, 2, 1), 3)]
    ['2025-12', '2026-01', '2026-02']
    """
    ends = range(last.year * 12 + last.month - number, last.year * 12 + last.month)
    return [date(n // 12, n % 12 + 1, 1) for n in ends]


def write(session: Session, counts: Mapping[Line, Counter[str]]) -> None:
    """Add counts to those of the month; of records that are gone nothing is kept."""
    wanted = {line.record_id for line in counts}
    known = set(session.scalars(select(Record.id).where(Record.id.in_(wanted))))
    for line, counted in sorted(counts.items(), key=lambda each: str(each[0])):
        if line.record_id not in known:
            continue
        key = (line.record_id, line.month, line.language)
        row = session.get(RecordUse, key, with_for_update=True)
        if row is None:
            row = RecordUse(**vars(line), **dict.fromkeys(COUNTED, 0))
            session.add(row)
        for name in COUNTED:
            setattr(row, name, getattr(row, name) + counted[name])
    session.flush()


def used(
    session: Session, record_id: int, tried: Iterable[tuple[date, str]] = ()
) -> Used:
    """Give the use of a record in the last `MONTHS` months.

    :param tried: day and language of each time somebody tried it.
    """
    months = months_until(this_month())
    found = Used({month: Counter() for month in months})
    rows = select(RecordUse).where(
        RecordUse.record_id == record_id, RecordUse.month >= months[0]
    )
    for row in session.scalars(rows):
        counted = {name: getattr(row, name) for name in COUNTED}
        _put(found, row.month, row.language, counted)
    for day, language in tried:
        _put(found, day.replace(day=1), language, {"tried": 1})
    return found


def totals(session: Session, record_ids: Collection[int]) -> dict[int, Counter[str]]:
    """Give the use of some records in the last `MONTHS` months: one query."""
    sums = [func.sum(getattr(RecordUse, name)) for name in COUNTED]
    rows = session.execute(
        select(RecordUse.record_id, *sums)
        .where(
            RecordUse.record_id.in_(record_ids),
            RecordUse.month >= months_until(this_month())[0],
        )
        .group_by(RecordUse.record_id)
    )
    return {
        number: Counter(dict(zip(COUNTED, counted, strict=True)))
        for number, *counted in rows
    }


def reads(
    session: Session, language: str, *, since: date
) -> dict[int, tuple[int, int]]:
    """Give how often each record was opened, in one query.

    :param since: the first day of a month.
    :returns: record → by readers of a language, and by all.
    """
    hers = case((RecordUse.language == language, RecordUse.views), else_=0)
    rows = session.execute(
        select(RecordUse.record_id, func.sum(hers), func.sum(RecordUse.views))
        .where(RecordUse.month >= since, RecordUse.views > 0)
        .group_by(RecordUse.record_id)
    )
    return {number: (by_hers, by_all) for number, by_hers, by_all in rows}


def _put(found: Used, month: date, language: str, counted: Mapping[str, int]) -> None:
    if month in found.by_month:
        found.by_month[month].update(counted)
        found.by_language.setdefault(language, Counter()).update(counted)
