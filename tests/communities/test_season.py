"""On which days knowledge may be told, by consent and by the months of the year."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.communities.models import Agreement, ConsentEnd
from kb.communities.season import Window, both, last_day, needed, season
from tests.conftest import often

DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31))
MONTHS = st.sets(st.integers(1, 12), min_size=1)
TODAY = date(2026, 11, 23)


def within(window, day):
    return (window.first or day) <= day <= (window.last or day)


@settings(max_examples=often(30, 300))
@given(MONTHS, DAYS)
def test_a_season_holds_just_the_days_of_its_months(months, today):
    window = season(months, today)
    assert within(window, today) == (today.month in months)
    first, last = window.first or today, window.last
    if len(months) == 12:
        assert window == Window()
        return
    assert first.month in months
    assert (first - timedelta(days=1)).month not in months or window.first is None
    assert last.month in months
    assert (last + timedelta(days=1)).month not in months
    assert (last - first).days < 366


def agreed(covers="text", until=None, *, ended=False):
    one = Agreement(covers=covers, until=until, given_on=TODAY, given_by="x", form="x")
    one.end = ConsentEnd(reason="x") if ended else None
    return one


def test_consent_counts_on_its_last_day_and_not_after():
    until = agreed(until=TODAY)
    assert last_day([until], TODAY, ["text"]) == Window(last=TODAY)
    assert last_day([until], TODAY + timedelta(days=1), ["text"]) is None


def test_what_was_taken_back_counts_no_more():
    assert last_day([agreed(ended=True)], TODAY, ["text"]) is None


def test_every_part_must_be_covered_and_the_first_end_decides():
    soon, late = TODAY + timedelta(days=3), TODAY + timedelta(days=30)
    both_parts = [agreed(until=late), agreed("place", until=soon)]
    assert last_day(both_parts, TODAY, ["text", "place"]) == Window(last=soon)
    assert last_day(both_parts, TODAY, ["text", "names"]) is None
    renewed = [*both_parts, agreed("text place")]
    assert last_day(renewed, TODAY, ["text", "place"]) == Window()
    assert last_day([], TODAY, ["text"]) is None


def test_two_windows_meet_in_the_days_of_both():
    early, late = Window(None, date(2027, 1, 31)), Window(date(2026, 12, 1), None)
    assert both(early, late) == Window(date(2026, 12, 1), date(2027, 1, 31))
    assert both(Window(), Window()) == Window()


def test_words_are_always_needed_the_rest_if_it_is_there():
    assert needed(sites=False, names=False) == ["text"]
    assert needed(sites=True, names=True) == ["text", "place", "names"]
