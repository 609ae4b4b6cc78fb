"""What is said of a desk, checked: the same fields on the page and in files.

All fields are text: working hours as ``08:00-12:00 13:00-16:00``, holidays one to a
line as ``2026-12-25 Christmas``, languages and themes as codes with a blank between.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError, validates_schema

from kb.feedback.choices import LANGUAGES
from kb.feedback.given import FormSchema, Typed, plain_words
from kb.helpdesk.desk_tables import A_DAY, WITHIN
from kb.language import FALLBACK, INTERFACE, _
from kb.people.given import plain_line

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CODE, LONGEST_DESK_NAME = 40, 80
MOST_HOLIDAYS, MOST_SPANS, MOST_A_DAY = 366, 6, 500
"""Holidays of a desk, working times of a day, and questions of an expert in a day."""
MOST_WITHIN_HOURS = 1000
"""Hours of working time within which something can be promised."""
A_YEAR = 366
"""Days in which a desk has to work at least once."""
_CODE = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)

Span = tuple[int, int]
"""Minutes after midnight: when it opens, when it closes."""


@dataclass(frozen=True)
class Working:
    """When a desk works, by weekday."""

    hours: Mapping[int, tuple[Span, ...]]

    def ever(self, holidays: Collection[date], today: date) -> bool:
        """Say whether it works on any day of the year that begins today."""
        days = (today + timedelta(days=n) for n in range(A_YEAR))
        return any(d not in holidays and self.hours.get(d.weekday()) for d in days)


def spans(given: str) -> tuple[Span, ...]:
    """Read the working times of a day.

    :raises ValidationError: they cannot be read, overlap, or go past midnight.

    >>> spans("8:00-12:00 13:30-16:00")
    ((480, 720), (810, 960))
    """
    found = tuple(sorted(_span(each) for each in given.split()))
    ends = (0, *(closes for _opens, closes in found))
    ordered = all(end <= opens for end, (opens, _) in zip(ends, found, strict=False))
    if not ordered or len(found) > MOST_SPANS:
        raise ValidationError(str(_("These times overlap, or are too many.")))
    return found


def _span(written: str) -> Span:
    read = _SPAN.fullmatch(written.replace("\u2013", "-"))
    if read:
        hours = [int(part) for part in read.groups()]
        opens, closes = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if opens < closes <= A_DAY and hours[1] < 60 and hours[3] < 60:
            return opens, closes
    raise ValidationError(str(_("Please write times such as 08:00-12:00 13:00-16:00.")))


def written(times: Collection[Span]) -> str:
    """Write working times as `spans` reads them."""
    return " ".join(
        f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
        for opens, closes in times
    )


def holidays(given: str) -> dict[date, str]:
    """Read holidays, one to a line: the day, then its name.

    :raises ValidationError: a line begins with no day, or there are too many.
    """
    found: dict[date, str] = {}
    for line in filter(None, map(str.strip, given.splitlines())):
        day, _blank, name = line.partition(" ")
        found[a_day(day)] = " ".join(plain_words(name).split())[:LONGEST_DESK_NAME]
    if len(found) > MOST_HOLIDAYS:
        raise ValidationError(str(_("At most %(n)s holidays.", n=MOST_HOLIDAYS)))
    return found


def a_day(given: str) -> date:
    """Read a day.

    :raises ValidationError: it is none.
    """
    try:
        return date.fromisoformat(given.strip())
    except ValueError as wrong:
        said = _("Please write days as 2026-12-31.")
        raise ValidationError(str(said)) from wrong


def day_or_none(given: str) -> date | None:
    """Read a day, or nothing where the field was left empty."""
    return a_day(given) if given.strip() else None


def a_zone(given: str) -> str:
    """Check the name of a time zone.

    :raises ValidationError: the list of IANA has no such name.
    """
    try:
        return ZoneInfo(given.strip()).key
    except (KeyError, ValueError, OSError) as wrong:
        said = _("Please write a time zone such as Africa/Niamey.")
        raise ValidationError(str(said)) from wrong


def a_code(given: str) -> str:
    """Check the code of a desk.

    :raises ValidationError: it has other signs than small letters, digits, - and _.
    """
    if not _CODE.fullmatch(given):
        said = _("Please use small letters, digits, - and _ only, such as west-africa.")
        raise ValidationError(str(said))
    return given


def _languages(given: str) -> str:
    if not given.split():
        raise ValidationError(str(_("Please choose at least one language.")))
    return _any_languages(given)


def _any_languages(given: str) -> str:
    codes = list(dict.fromkeys(given.split()))
    if not {*codes} <= {*LANGUAGES} - {"und"}:
        raise ValidationError(str(_("Please choose one of the list.")))
    return " ".join(codes)


def _themes(given: str) -> str:
    codes = dict.fromkeys(given.split())
    if not all(re.fullmatch(r"[a-z0-9_]{1,60}", code) for code in codes):
        raise ValidationError(str(_("Please choose one of the list.")))
    return " ".join(codes)


def hours_within(usual: int) -> Callable[[str], int]:
    """Give a reader of hours of working time, as minutes; ``usual`` if none is said."""

    def read(given: str) -> int:
        words = given.strip()
        if not words:
            return usual
        if not (words.isdecimal() and 1 <= int(words) <= MOST_WITHIN_HOURS):
            said = _("From 1 to %(n)s hours.", n=MOST_WITHIN_HOURS)
            raise ValidationError(str(said))
        return int(words) * 60

    return read


def _desk_name(given: str) -> str:
    if not given.strip():
        return ""
    return plain_line(given, LONGEST_DESK_NAME, _("This is needed."))


def _short(given: str) -> str:
    return given.strip()[:LONGEST_CODE]


class _NamedAndOpen(FormSchema):
    @validates_schema(skip_on_field_errors=True)
    def sometimes(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse a desk that is never open: its clock would never move."""
        week = {n: given[f"hours_{day}"] for n, day in enumerate(WEEKDAYS)}
        if not Working(week).ever(given["holidays"], datetime.now(UTC).date()):
            said = str(_("This desk would not work on any day of the year."))
            raise ValidationError(
                said, "holidays" if any(week.values()) else "hours_mon"
            )

    @validates_schema(skip_on_field_errors=True)
    def named(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse a desk without a name; one in any language will do."""
        if not any(given[f"name_{language}"] for language in INTERFACE):
            raise ValidationError(str(_("This is needed.")), f"name_{FALLBACK}")


DeskSchema = _NamedAndOpen.from_dict(
    {
        "code": Typed(a_code),
        "region": Typed(_short),
        "parent": Typed(_short),
        "zone": Typed(a_zone),
        "languages": Typed(_languages),
        "themes": Typed(_themes),
        "holidays": Typed(holidays),
        "shares_out": Typed(lambda given: given == "yes"),
        **{name: Typed(hours_within(usual)) for name, usual in WITHIN.items()},
        **{f"name_{language}": Typed(_desk_name) for language in INTERFACE},
        **{f"hours_{day}": Typed(spans) for day in WEEKDAYS},
    },
    name="DeskSchema",
)
"""A desk as a form or a file gives it."""


def _cap(given: str) -> int | None:
    if not given.strip():
        return None
    if not (given.strip().isdecimal() and int(given) <= MOST_A_DAY):
        raise ValidationError(str(_("This number cannot be right.")))
    return int(given)


class DutySchema(FormSchema):
    """When somebody is away, and how many questions a day she takes."""

    away_from = Typed(day_or_none)
    away_until = Typed(day_or_none)
    daily_cap = Typed(_cap)
    languages = Typed(_any_languages)
    themes = Typed(_themes)

    @validates_schema(skip_on_field_errors=True)
    def in_order(self, given: dict[str, Any], **_rest: object) -> None:
        """Refuse an end before the beginning."""
        first, last = given["away_from"], given["away_until"]
        if first and last and last < first:
            said = str(_("The last day is before the first."))
            raise ValidationError(said, "away_until")


class RuleSchema(FormSchema):
    """One rule: where, in which language, about what; to which desk."""

    region = Typed(_short)
    language = Typed(lambda given: given if given in LANGUAGES else "")
    theme = Typed(_themes)
    desk = Typed(a_code)
