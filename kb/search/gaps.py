"""The gap log: what people look for and do not find, so that somebody can write it.

Kept are words, not people: how often some words were searched for on a day, in which
language and zone, and how that ended. Who asked is nowhere, and what looks like a
person's (an address, a telephone number) is left out of the words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb import tally
from kb.database import Base
from kb.folding import fold

KEEP_DAYS = 400
"""A little over a year, so that the same season can be compared."""

LONGEST, MOST_WORDS = 80, 8
MOST_READ = 5_000
"""Different words looked through at once, with language and zone."""

_PERSONAL = re.compile(r"\S*@\S*|\S*://\S*|www\.\S*|[+(]?\d[\d ()./-]{5,}\d")
_MARKS = re.compile(r"[^\w\s.,%+-]+|(?<!\w)[.,%+]+|[.,%+-]+(?!\w)")


class Sought(Base):
    """How often some words were searched for on one day, and how that ended."""

    __tablename__ = "sought"

    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    """The reader's, not that of the words."""
    zone: Mapped[str] = mapped_column(primary_key=True)
    """Agro-pedo-climatic zone of her land; empty if she did not say."""
    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    in_vain: Mapped[int]
    """Times that nothing held all the words."""
    opened: Mapped[int]
    """Times that a record was opened from the results."""


@dataclass(frozen=True)
class Line:
    """What is counted together."""

    day: date
    language: str
    zone: str
    words: str


@dataclass(frozen=True)
class Gap:
    """Words that were looked for, over some days."""

    words: str
    language: str
    zone: str
    times: int
    in_vain: int
    unopened: int
    """Searches after which no record was opened."""
    last: date


class Tally(tally.Tally[Line]):
    """Counts in memory until it is emptied; threads share it."""

    def searched(self, line: Line, *, in_vain: bool) -> None:
        """Count a search."""
        self.add(line, {"times": 1, "in_vain": int(in_vain)})

    def opened(self, line: Line) -> None:
        """Count a record that was opened from results."""
        self.add(line, {"opened": 1})


def line_of(words: str, language: str, zone: str = "") -> Line | None:
    """Give the line that a search of today counts in; nothing if no word is left."""
    kept = without_persons(words)
    return Line(datetime.now(UTC).date(), language, zone, kept) if kept else None


def without_persons(words: str) -> str:
    """Fold words and leave out what may point to a person; short enough to be read."""
    plain = _MARKS.sub(" ", _PERSONAL.sub(" ", fold(words)))
    return " ".join(plain.split()[:MOST_WORDS])[:LONGEST].rstrip()


def tidy(session: Session) -> None:
    """Forget what was searched for more than `KEEP_DAYS` ago."""
    old = datetime.now(UTC).date() - timedelta(days=KEEP_DAYS)
    session.execute(delete(Sought).where(Sought.day < old))


def write(session: Session, counts: Mapping[Line, Counter[str]]) -> None:
    """Add counts to those of the day; lines older than `KEEP_DAYS` go."""
    tidy(session)
    for line, counted in sorted(counts.items(), key=lambda each: str(each[0])):
        key = (line.day, line.language, line.zone, line.words)
        row = session.get(Sought, key, with_for_update=True)
        if row is None:
            row = Sought(**vars(line), times=0, in_vain=0, opened=0)
            session.add(row)
        row.times += counted["times"]
        row.in_vain += counted["in_vain"]
        row.opened += counted["opened"]
    session.flush()


def searches(
    session: Session,
    *,
    since: date,
    language: str = "",
    zone: str = "",
    at_least: int = 1,
) -> list[Gap]:
    """Give what was searched for, what was asked most often first.

    At most `MOST_READ` different words, so that a year of them can be looked through.

    :param at_least: how many searches there must have been.
    """
    times, in_vain = func.sum(Sought.times), func.sum(Sought.in_vain)
    asked = (
        select(
            Sought.words,
            Sought.language,
            Sought.zone,
            times,
            in_vain,
            func.sum(Sought.opened),
            func.max(Sought.day),
        )
        .where(Sought.day >= since)
        .group_by(Sought.words, Sought.language, Sought.zone)
        .having(times >= at_least)
        .order_by(times.desc(), in_vain.desc(), Sought.words)
        .limit(MOST_READ)
    )
    for column, wanted in ((Sought.language, language), (Sought.zone, zone)):
        if wanted:
            asked = asked.where(column == wanted)
    return [
        Gap(words, spoken, zone, n, vain, max(0, n - opened), last)
        for words, spoken, zone, n, vain, opened, last in session.execute(asked)
    ]


def worst(found: Iterable[Gap], *, at_least: int = 2) -> list[Gap]:
    """Give those after which people often went away with nothing, worst first.

    :param at_least: how many searches there must have been; what was asked once may
        say more about one person than about many.
    """
    left = [
        gap for gap in found if gap.times >= at_least and (gap.in_vain or gap.unopened)
    ]
    return sorted(left, key=lambda gap: (-gap.in_vain, -gap.unopened, gap.words))


def gaps(
    session: Session, *, since: date, language: str = "", at_least: int = 2
) -> list[Gap]:
    """Give words after which people often went away with nothing; see `worst`."""
    found = searches(session, since=since, language=language, at_least=at_least)
    return worst(found, at_least=at_least)


COLUMNS = ("words", "language", "zone", "times", "in_vain", "unopened", "last_asked")
"""What a table of gaps says of each."""


def row_of(gap: Gap) -> tuple[str | int, ...]:
    """Give one gap as a row of `COLUMNS`."""
    return (
        gap.words,
        gap.language,
        gap.zone,
        gap.times,
        gap.in_vain,
        gap.unopened,
        gap.last.isoformat(),
    )
