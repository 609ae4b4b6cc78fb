"""Sheets: what a map shows, and where on it a point is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFound
from kb.regions.atlas import Point, checked_point
from kb.regions.sheets import DEEPEST, LEVELS, Sheet, sheet_around

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180, exclude_max=True))
levels = st.integers(0, DEEPEST)


@given(points, levels)
def test_a_point_is_on_the_map_around_it(point, level):
    sheet = sheet_around(point, level)
    across, down = sheet.position(point)
    again = sheet.point_at(across, down)
    assert again.latitude == pytest.approx(point.latitude, abs=1e-6)
    off = (again.longitude - point.longitude + 180) % 360 - 180
    assert off == pytest.approx(0, abs=1e-6)


@given(points, st.integers(1, DEEPEST))
def test_it_is_near_the_middle_where_the_world_has_no_end(point, level):
    across, down = sheet_around(point, level).position(point)
    assert 0.3 < across < 0.7
    if abs(point.latitude) < 60:
        assert 0.3 < down < 0.7


@given(points)
def test_a_map_gives_away_no_more_than_its_grid(point):
    """Any two points of a step have the same map: no address tells them apart."""
    for number, level in enumerate(LEVELS):
        sheet = sheet_around(point, number)
        middle = sheet.point_at(0.5, 0.5)
        assert sheet_around(middle, number) == sheet
        assert level.snap >= 0.5


def test_a_map_goes_on_across_the_line_where_the_date_changes():
    sheet = sheet_around(Point(-17.8, 178), 1)
    assert sheet.west + sheet.width > 180
    assert sheet.position(Point(-17, -179)) is not None
    assert sheet.position(Point(-17, 100)) is None
    assert sheet.position(Point(60, 178)) is None


@pytest.mark.parametrize(
    "numbers", [(-1, 0, 0), (4, 0, 0), (0, 1, 0), (1, 48, 0), (1, 0, 43), (2, -1, 0)]
)
def test_there_are_no_other_sheets(numbers):
    with pytest.raises(NotFound):
        Sheet(*numbers)


def test_the_southernmost_sheet_ends_at_the_pole():
    for level in range(DEEPEST + 1):
        sheet = sheet_around(checked_point(-90, 0), level)
        assert sheet.north - sheet.height == -90
