"""When a desk works: moments in its own zone, and the working time between two.

A moment is working time if the wall clock of the zone shows an hour of the week in
which the desk is open, on a day that is no holiday. So a night in which clocks are set
back has an hour more for a desk that is open then, and one in which they are set
forward an hour less.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

A_DAY, A_MINUTE, NONE = timedelta(days=1), timedelta(minutes=1), timedelta()
FARTHEST = timedelta(days=15 / 24), timedelta(days=2)
"""From midnight by the clock of UTC: before it and after it, all that a day anywhere
can reach to."""
LONGEST_SEARCH_DAYS = 800
"""How far ahead an open hour is looked for: two years of nothing but holidays."""

Span = tuple[datetime, datetime]
"""From and until, in UTC."""
Week = Mapping[int, tuple[tuple[int, int], ...]]
"""Weekday, Monday is 0 → minutes after midnight: opens, closes."""


@dataclass(frozen=True)
class Hours:
    """The working time of a desk."""

    zone: str
    """Name of its time zone in the list of IANA."""
    week: Week
    holidays: frozenset[date] = field(default_factory=frozenset)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the working time from one moment to another; nothing if it is past."""
        total = NONE
        if start < end:
            for opens, closes in self._spans_from(start, _days(start, end)):
                total += max(min(closes, end) - max(opens, start), NONE)
        return total

    def after(self, start: datetime, work: timedelta) -> datetime | None:
        """Give the moment at which so much working time has passed since another.

        None without any open hour in the years that follow.
        """
        left = max(work, NONE)
        for opens, closes in self._spans_from(start, LONGEST_SEARCH_DAYS):
            begin = max(opens, start)
            if closes > begin:
                if closes - begin >= left:
                    return begin + left
                left -= closes - begin
        return None

    def _spans_from(self, start: datetime, days: int) -> Iterator[Span]:
        first = start.astimezone(ZoneInfo(self.zone)).date()
        for number in range(days + 1):
            yield from self._spans_on(first + number * A_DAY)

    def _spans_on(self, day: date) -> Iterable[Span]:
        times = self.week.get(day.weekday())
        if not times or day in self.holidays:
            return
        midnight = datetime.combine(day, time(), UTC)
        for begin, end, ahead in steady(self.zone, day):
            for opens, closes in times:
                first = midnight + opens * A_MINUTE - ahead
                last = midnight + closes * A_MINUTE - ahead
                if max(first, begin) < min(last, end):
                    yield max(first, begin), min(last, end)


ALWAYS = Hours("UTC", dict.fromkeys(range(7), ((0, 24 * 60),)))
"""For what lies with no desk: somebody is to see to it at any hour."""


def _days(start: datetime, end: datetime) -> int:
    """Give how many days lie between in whatever zone, and some more."""
    return (end - start).days + 3


@lru_cache(maxsize=4096)
def steady(zone: str, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Give the times around a day in which clocks are not set: from, until, ahead.

    They hold all moments of that day; ``ahead`` is what clocks there show beyond UTC.
    """
    midnight = datetime.combine(day, time(), UTC)
    before, after = FARTHEST
    return tuple(_steady(ZoneInfo(zone), midnight - before, midnight + after))


def _steady(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    while (ahead := _ahead(zone, start)) != _ahead(zone, end):
        low, high = start, end
        while high - low > A_MINUTE:
            half = low + (high - low) // A_MINUTE // 2 * A_MINUTE
            low, high = (half, high) if _ahead(zone, half) == ahead else (low, half)
        yield start, high, ahead
        start = high
    yield start, end, ahead


def _ahead(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or NONE
