"""The season calendar: rows in their order, and a drawing that can be read aloud."""

import pytest

from kb.language import INTERFACE
from kb.practices.models import Step
from kb.practices.season_calendar import season_calendar
from tests.web.html import Page


def calendar(*steps):
    """Give the calendar of steps, each a season or a season with weeks."""
    given = (step if isinstance(step, tuple) else (step, None) for step in steps)
    return season_calendar(
        Step(number=number, season_id=f"season:{season}", weeks=weeks)
        for number, (season, weeks) in enumerate(given, start=1)
    )


def rows(drawn):
    return [
        (row.season_id.removeprefix("season:"), row.weeks, row.steps) for row in drawn
    ]


def test_the_course_reaches_from_the_first_step_to_the_last():
    drawn = calendar("harvest", "before_sowing", "harvest")
    assert rows(drawn.course) == [
        ("first_rains", 0, ()),
        ("before_sowing", 0, (2,)),
        ("sowing", 0, ()),
        ("growing", 0, ()),
        ("flowering", 0, ()),
        ("before_harvest", 0, ()),
        ("harvest", 0, (1, 3)),
    ]
    assert [row.rains for row in drawn.course] == [True] * 6 + [False]


def test_weeks_stand_before_and_after_their_point():
    drawn = calendar(("sowing", 3), ("sowing", -2), "sowing", ("first_rains", -1))
    assert rows(drawn.course) == [
        ("first_rains", -1, (4,)),
        ("first_rains", 0, ()),
        ("before_sowing", 0, ()),
        ("sowing", -2, (2,)),
        ("sowing", 0, (3,)),
        ("sowing", 3, (1,)),
    ]


def test_what_has_no_place_in_the_course_stands_apart():
    drawn = calendar("each_year", "dry_season", "sowing", "after_rain", "each_year")
    assert rows(drawn.apart) == [("each_year", 0, (1, 5)), ("after_rain", 0, (4,))]
    assert [row.steps for row in drawn.used] == [(2,), (3,), (1, 5), (4,)]


@pytest.mark.parametrize(
    "steps", [(), ("sowing",), ("spring", "summer"), ("sowing", "any_time")]
)
def test_too_little_is_not_drawn(steps):
    assert calendar(*steps) is None


def figure(text, mark):
    return float(text.partition(f'{mark}="')[2].partition('"')[0])


@pytest.mark.parametrize("language", INTERFACE)
def test_the_drawing_can_be_read_and_is_mirrored(client, language):
    reply = client.get(f"/{language}/practices/P-20", follow_redirects=True)
    Page(reply.text)
    whole = reply.text.partition('<figure class="calendar">')[2]
    drawing, _, below = whole.partition("</svg>")
    on_the_right = figure(drawing, "cx") > figure(drawing, "width") / 2
    assert on_the_right == (language == "ar")
    assert len(drawing) < 6000
    assert 'aria-hidden="true"' in drawing
    read_out = below.partition("</ul>")[0]
    for number in range(1, 8):
        assert f">{number}</text>" in drawing
        assert f" {number}" in read_out
    assert read_out.count("<li>") == 5


@pytest.mark.thorough
def test_the_practices_of_the_seeds_are_drawn(client):
    pages = [
        client.get(f"/en/practices/P-{number}", follow_redirects=True).text
        for number in range(1, 47, 5)
    ]
    assert sum('class="calendar"' in page for page in pages) >= 5
