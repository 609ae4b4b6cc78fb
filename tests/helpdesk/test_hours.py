"""Working time against a counter that looks at the wall clock minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.helpdesk.hours import ALWAYS, Hours

MINUTE = timedelta(minutes=1)
OFFICE = dict.fromkeys(range(5), ((8 * 60, 12 * 60), (13 * 60, 16 * 60)))
NIGHT = dict.fromkeys(range(7), ((0, 90), (150, 24 * 60)))
CHANGES = [
    ("Europe/Budapest", "2026-03-29"),
    ("Europe/Budapest", "2026-10-25"),
    ("America/Santiago", "2026-04-05"),
    ("America/Santiago", "2026-09-06"),
    ("Africa/Casablanca", "2026-02-15"),
    ("Africa/Cairo", "2026-04-24"),  # at midnight
    ("Australia/Lord_Howe", "2026-10-04"),  # by half an hour
    ("America/Havana", "2026-11-01"),  # back to the day before
    ("Pacific/Apia", "2011-12-30"),  # a day that never was
    ("Asia/Kathmandu", "2026-11-23"),
    ("Africa/Niamey", "2026-11-23"),
]


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def by_the_minute(hours, start, minutes):
    """Say for each minute whether the wall clock shows a working hour."""
    zone = ZoneInfo(hours.zone)
    for number in range(minutes):
        wall = (start + number * MINUTE).astimezone(zone)
        since = wall.hour * 60 + wall.minute
        times = hours.week.get(wall.weekday(), ())
        open_ = any(opens <= since < closes for opens, closes in times)
        yield open_ and wall.date() not in hours.holidays


@st.composite
def weeks(draw):
    spans = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True)
    found = {}
    for day in range(7):
        edges = sorted(draw(spans))
        found[day] = tuple(zip(edges[::2], edges[1::2], strict=False))
    return found


@st.composite
def cases(draw):
    zone, day = draw(st.sampled_from(CHANGES))
    near = date.fromisoformat(day) + timedelta(days=draw(st.integers(-2, 1)))
    start = datetime(near.year, near.month, near.day, tzinfo=UTC)
    start += draw(st.integers(0, 24 * 60)) * MINUTE
    free = draw(st.sets(st.integers(0, 3), max_size=2))
    holidays = frozenset(near + timedelta(days=number) for number in free)
    week = draw(st.sampled_from([OFFICE, NIGHT]) | weeks())
    return Hours(zone, week, holidays), start, draw(st.integers(0, 4 * 24 * 60))


@given(cases())
def test_it_is_what_counting_minutes_gives(case):
    hours, start, minutes = case
    counted = sum(by_the_minute(hours, start, minutes)) * MINUTE
    assert hours.between(start, start + minutes * MINUTE) == counted


@given(cases())
def test_the_end_of_so_much_work_is_when_so_much_was_counted(case):
    hours, start, minutes = case
    open_ = list(by_the_minute(hours, start, minutes))
    work = sum(open_) * MINUTE
    if work:
        last = max(number for number, is_open in enumerate(open_) if is_open)
        assert hours.after(start, work) == start + (last + 1) * MINUTE


@given(cases(), st.integers(1, 5000))
def test_there_and_back(case, minutes):
    hours, start, _rest = case
    end = hours.after(start, minutes * MINUTE)
    if end is not None:
        assert hours.between(start, end) == minutes * MINUTE


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        # Friday afternoon → Monday
        ("2026-11-27T15:30", 60, "2026-11-30T08:30"),
        # the midday break does not count
        ("2026-11-24T11:30", 60, "2026-11-24T13:30"),
        # asked in the night
        ("2026-11-24T22:00", 1, "2026-11-25T08:01"),
        # a whole day is seven hours
        ("2026-11-24T08:00", 420, "2026-11-24T16:00"),
        ("2026-11-24T08:00", 421, "2026-11-25T08:01"),
        # over a holiday
        ("2026-12-24T15:00", 120, "2026-12-28T09:00"),
        # nothing to do is done at the next open hour
        ("2026-11-28T10:00", 0, "2026-11-30T08:00"),
    ],
)
def test_examples_in_ouagadougou(start, work, end):
    hours = Hours("Africa/Ouagadougou", OFFICE, frozenset({date(2026, 12, 25)}))
    assert hours.after(at(start), work * MINUTE) == at(end)


def test_a_night_in_which_clocks_are_set_back_has_an_hour_more():
    hours = Hours("Europe/Budapest", dict.fromkeys(range(7), ((0, 360),)))
    evening, noon = at("2026-10-24T20:00"), at("2026-10-25T12:00")
    assert hours.between(evening, noon) == timedelta(hours=7)
    evening, noon = at("2026-03-28T20:00"), at("2026-03-29T12:00")
    assert hours.between(evening, noon) == timedelta(hours=5)


def test_a_year_of_holidays_ends():
    day = date(2026, 1, 1)
    year = frozenset(day + timedelta(days=number) for number in range(366))
    hours = Hours("Africa/Niamey", OFFICE, year)
    assert hours.after(at("2026-01-01T00:00"), MINUTE) == at("2027-01-04T07:01")
    assert hours.between(at("2026-01-01T00:00"), at("2026-12-31T00:00")) == 0 * MINUTE


def test_a_desk_that_never_opens_has_no_end():
    assert Hours("UTC", {}).after(at("2026-01-01T00:00"), MINUTE) is None
    assert ALWAYS.after(at("2026-01-01T00:00"), 61 * MINUTE) == at("2026-01-01T01:01")


def test_nothing_lies_between_a_moment_and_an_earlier_one():
    late, early = at("2026-11-24T15:00"), at("2026-11-24T09:00")
    assert ALWAYS.between(late, early) == 0 * MINUTE
