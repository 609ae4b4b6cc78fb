"""Coasts as they are drawn: inside their bounds, small, and where they belong."""

import gzip
import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import Unavailable
from kb.regions.drawing import (
    GLOBE,
    LAND_MAP,
    WORLD,
    View,
    cut,
    grouped,
    outline,
    read_land,
    ring_of,
    view_of,
    write_land,
)
from kb.regions.tables import Box
from kb.settings import ROOT
from tests.regions.drawn import some

KB = 1024
WEST_AFRICA = Box(0, 20, -20, 20)


def corners(path):
    """Give the rings of path data, corner by corner."""
    rings = []
    for ring in re.findall(r"M([^z]*)z", path):
        start, _, steps = ring.partition("l")
        at = tuple(map(int, re.findall(r"-?\d+", start)))
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        found = [at]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            at = at[0] + dx, at[1] + dy
            found.append(at)
        rings.append(found)
    return rings


def on_land(view, path, latitude, longitude):
    """Say whether a line to the east crosses the coasts an odd time."""
    x, y = view.at(latitude, longitude)
    odd = False
    for ring in corners(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


@pytest.fixture(scope="module")
def world():
    return outline(WORLD, 960)


def test_the_world_is_light(world):
    assert len(gzip.compress(world.encode())) <= 10 * KB
    assert re.fullmatch(r"[MlLz0-9 -]*", world)


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [
        (13.6, -2.4, True),
        (48.1, 1.7, True),
        (-15.6, -56.1, True),
        (-25, 133, True),
        (66.5, -172, True),
        (0, -30, False),
        (40, -40, False),
        (-40, 90, False),
        (30, -150, False),
        (16, 90, False),
    ],
)
def test_land_and_sea_are_where_they_are(world, latitude, longitude, land):
    assert on_land(View(WORLD, 960), world, latitude, longitude) is land


@pytest.mark.parametrize("bounds", [WORLD, GLOBE, WEST_AFRICA, Box(-20, -10, 170, 180)])
def test_nothing_is_drawn_outside_its_bounds(bounds):
    view = View(bounds, 480)
    drawn = [corner for ring in corners(outline(bounds, 480)) for corner in ring]
    assert drawn
    assert all(0 <= x <= 480 and 0 <= y <= view.height for x, y in drawn)


def test_a_part_of_the_world_is_drawn_finer_and_light():
    part = outline(WEST_AFRICA, 960)
    assert on_land(View(WEST_AFRICA, 960), part, 12.4, -1.5)
    assert not on_land(View(WEST_AFRICA, 960), part, 2, -5)
    assert len(gzip.compress(part.encode())) <= 5 * KB


def test_bounds_at_sea_hold_no_land():
    assert outline(Box(-5, 5, -35, -25), 480) == ""


def test_the_same_drawing_is_made_once():
    assert outline(WEST_AFRICA, 300) is outline(WEST_AFRICA, 300)


@some
@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 179.99)), max_size=6),
    st.sampled_from([320, 480, 960]),
)
def test_a_view_holds_all_its_places(places, width):
    view = view_of(places, width)
    assert view.bounds.east - view.bounds.west <= 360
    assert width / 4 <= view.height <= width * 1.2
    for place in places:
        x, y = view.at(*place)
        assert -1e-6 <= x <= width + 1e-6
        assert -1e-6 <= y <= view.height + 1


def test_places_that_lie_together_are_shown_larger():
    near = view_of([(13.6, -2.4), (13.5, 8.0)], 480)
    assert near.scale > 1.5 * view_of([(13.6, -2.4), (37, 109)], 480).scale
    assert view_of([], 480).bounds == WORLD
    assert view_of([(-75, 0), (80, 170)], 480).bounds == GLOBE


def test_a_reach_is_as_wide_as_the_place_is_uncertain():
    view = View(GLOBE, 360)
    assert view.reach(0, 111.2) == pytest.approx((1, 1))
    wide, high = view.reach(60, 111.2)
    assert (wide, high) == pytest.approx((2, 1))
    assert view.reach(90, 111.2)[0] < 6


def test_points_that_would_touch_are_grouped():
    points = [(0, 0), (100, 0), (3, 4), (100, 9), (50, 50)]
    assert grouped(points, 10) == [[0, 2], [1, 3], [4]]
    assert grouped([], 10) == []


@some
@given(
    st.lists(st.tuples(st.floats(0, 99), st.floats(0, 99)), max_size=30),
    st.floats(1, 50),
)
def test_every_point_is_in_one_group_and_first_points_stand_apart(points, apart):
    groups = grouped(points, apart)
    assert sorted(n for group in groups for n in group) == list(range(len(points)))
    firsts = [points[group[0]] for group in groups]
    for n, (x, y) in enumerate(firsts):
        for a, b in firsts[:n]:
            assert (x - a) ** 2 + (y - b) ** 2 >= apart**2


def test_a_ring_is_cut_off_at_an_edge():
    square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    kept = cut(square, 0, 0, 1)
    assert {x for x, _y in kept} == {0.0, 1.0}
    assert cut(square, 1, 5, 1) == []
    assert cut([], 1, 5, 1) == []


@pytest.mark.parametrize("harm", [b"", b"humus-map 1\nx\ny", None])
def test_a_file_that_cannot_be_used_says_the_mend(tmp_path, harm):
    path = tmp_path / "land.map"
    if harm is not None:
        path.write_bytes(harm)
    with pytest.raises(Unavailable, match="pip install"):
        read_land(path)


def test_what_was_written_is_read(tmp_path):
    rings = [
        ring_of([0, 1, 1, 0], [0, 0, 1, 0]),
        ring_of([-180, 180, -180], [-90, 0, 0]),
    ]
    write_land(tmp_path / "a.map", rings, {"dataset": "a test"})
    assert list(read_land(tmp_path / "a.map")) == rings


def test_the_shipped_coasts_say_where_they_are_from():
    head = (Path(ROOT) / "seeds" / "regions" / LAND_MAP).read_bytes()[:600]
    assert b"Natural Earth" in head
    assert b"public domain" in head


@pytest.fixture(scope="module")
def land():
    """The script that makes the file."""
    return runpy.run_path(str(ROOT / "seeds" / "regions" / "land.py"))


def test_what_lies_across_the_180th_meridian_is_cut_in_two(land):
    island = [(179, 0), (-179, 0), (-179, 2), (179, 2), (179, 0)]
    parts = list(land["parts_of"](island))
    assert len(parts) == 2
    sides = sorted((min(x for x, _y in p), max(x for x, _y in p)) for p in parts)
    assert sides == [(-180, -179), (179, 180)]
    assert list(land["parts_of"]([(0, 0), (1, 0), (1, 1), (0, 0)])) != []


def test_land_around_the_pole_is_closed_along_it(land):
    coast = [(-180, -70), (-60, -75), (60, -65), (179, -70), (-180, -70)]
    (part,) = land["parts_of"](coast)
    assert min(y for _x, y in part) == -90
    assert {x for x, y in part if y == -90} == {-180, 180}


def test_the_arcs_of_a_file_are_followed_both_ways(land):
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [5, 0], [0, 5]], [[0, 0], [0, 5], [5, 0]]],
        "objects": {
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[0, -2]]]}]}
        },
    }
    (ring,) = land["rings_of"](topology)
    assert list(ring.xs) == [0, 500, 500, 0, 0]
    assert list(ring.ys) == [0, 0, 500, 500, 0]
