"""Reckoning on which days knowledge may be told: consent, and months of the year."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from kb.communities.models import Agreement, Cover

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Window:
    """The days from the first to the last, both included; nothing for no bound."""

    first: date | None = None
    last: date | None = None


def in_force(consents: Iterable[Agreement], today: date) -> list[Agreement]:
    """Give the consents that count today; their ends must be loaded."""
    return [
        one
        for one in consents
        if one.end is None and (one.until is None or one.until >= today)
    ]


def last_day(
    consents: Iterable[Agreement], today: date, parts: Collection[str]
) -> Window | None:
    """Give until when consent covers all these parts; nothing if it does not today."""
    standing = in_force(consents, today)
    ends: list[date] = []
    for part in parts:
        covering = [one.until for one in standing if part in one.covers.split()]
        if not covering:
            return None
        if None not in covering:
            ends.append(max(day for day in covering if day is not None))
    return Window(last=min(ends, default=None))


def season(months: Collection[int], today: date) -> Window:
    """Give the season of some months that is now, or else the next.

    >>> season({11, 12, 1}, date(2026, 11, 23))
    Window(first=None, last=datetime.date(2027, 1, 31))
    >>> season({2, 6}, date(2026, 11, 23)).first
    datetime.date(2027, 2, 1)
    """
    if not set(MONTHS) - set(months):
        return Window()
    begin, last = _month(today), _month(today)
    while begin % 12 + 1 not in months:
        begin += 1
    last = begin
    while (last + 1) % 12 + 1 in months:
        last += 1
    year, month = divmod(last, 12)
    end = date(year, month + 1, monthrange(year, month + 1)[1])
    first = None if begin == _month(today) else date(begin // 12, begin % 12 + 1, 1)
    return Window(first, end)


def both(one: Window, other: Window) -> Window:
    """Give the days that lie in both."""
    firsts = [day for day in (one.first, other.first) if day is not None]
    lasts = [day for day in (one.last, other.last) if day is not None]
    return Window(max(firsts, default=None), min(lasts, default=None))


def needed(*, sites: bool, names: bool) -> list[Cover]:
    """Give what consent has to cover before anything of a record is told."""
    more = ((Cover.PLACE, sites), (Cover.NAMES, names))
    return [Cover.TEXT, *(part for part, there in more if there)]


def _month(day: date) -> int:
    """Count the months since the year nought."""
    return day.year * 12 + day.month - 1
