"""Shapes and lines as paths: traced whole, and smaller without leaving their place."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.outlines import (
    area,
    closed,
    line_path,
    rounded,
    shape_path,
    simplified,
    traced,
)


@st.composite
def shapes(draw):
    """Rows of spans, some touching at corners, some with holes."""
    rows = draw(st.lists(st.sets(st.integers(0, 12)), max_size=8))
    found = []
    for columns in rows:
        spans = []
        for column in sorted(columns):
            if spans and spans[-1][1] == column:
                spans[-1] = (spans[-1][0], column + 1)
            else:
                spans.append((column, column + 1))
        found.append(spans)
    return found


@given(shapes())
def test_the_lines_around_a_shape_hold_its_area(rows):
    cells = sum(right - left for row in rows for left, right in row)
    assert sum(area(line) for line in traced(rows)) == cells


@given(shapes())
def test_lines_go_along_the_cells(rows):
    for line in traced(rows):
        for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True):
            assert (x1 == x2) != (y1 == y2)


def test_a_hole_is_traced_the_other_way_round():
    outer, hole = sorted(traced([[(0, 3)], [(0, 1), (2, 3)], [(0, 3)]]), key=area)[::-1]
    assert (area(outer), area(hole)) == (9, -1)


def test_stairs_become_slopes():
    stairs = traced([[(0, 1)], [(0, 2)], [(0, 3)]])
    (soft,) = (closed(rounded(line), 0.6) for line in stairs)
    assert len(soft) <= 6
    assert abs(area(soft) - 6) < 2


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30
    ),
    st.floats(0.1, 5),
)
def test_what_is_left_out_lies_near_the_line(points, tolerance):
    kept = simplified(points, tolerance)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert set(kept) <= set(points)
    assert all(near(point, kept) <= tolerance + 1e-6 for point in points)


def near(point, line):
    return min(distance(point, one, other) for one, other in pairwise(line))


def distance(point, one, other):
    (x, y), (x1, y1), (x2, y2) = point, one, other
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length if length else 0
    along = min(max(along, 0), 1)
    return (
        (x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2
    ) ** 0.5


@given(shapes())
def test_a_path_says_steps_that_lead_back(rows):
    path = shape_path(rows, 4, margin=0, tolerance=0.6, least=0)
    for part in re.findall(r"M-?\d+ -?\d+l([^Mz]*)z", path):
        numbers = re.findall(r"-?\d+", part)
        assert len(numbers) % 2 == 0
    assert set(path) <= set("Mlz -0123456789")


def test_small_parts_are_left_out():
    rows = [[(0, 1), (4, 8)], [(4, 8)]]
    assert shape_path(rows, 1, margin=0, tolerance=0, least=2).count("M") == 1
    assert shape_path(rows, 1, margin=0, tolerance=0, least=0).count("M") == 2


def test_a_line_is_written_from_point_to_point():
    assert line_path([[(0, 0), (10, -5), (10, 5)]], 0.1) == "M0 0l10-5 0 10"
    assert line_path([], 1) == ""


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_nothing_is_drawn_of_nothing(rows):
    assert traced(rows) == []
    assert shape_path(rows, 1, margin=3, tolerance=1, least=1) == ""
