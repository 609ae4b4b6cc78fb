"""The drawn map: land where land is, small enough, and taking no side."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest

from kb.regions.atlas import Point
from kb.regions.sheets import Sheet, sheet_around
from kb.regions.world_map import HEIGHT, WIDTH, chained, drawn

WORLD = Sheet()


def paths(svg):
    """Give the paths: land, sea, dry, cold, borders agreed, borders disputed."""
    root = ET.fromstring(svg)
    return [e.get("d") for e in root.iter("{http://www.w3.org/2000/svg}path")]


def rings(path):
    """Give the corners of each closed line of a path."""
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^Mz]*)z", path):
        ring = [(int(x), int(y))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        yield ring


def inside(path, sheet, latitude, longitude):
    across, down = sheet.position(Point(latitude, longitude))
    x, y, odd = across * WIDTH + 0.5, down * HEIGHT + 0.5, False
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


@pytest.mark.thorough
def test_the_world_is_small_enough_for_a_slow_phone(atlas):
    svg = drawn(atlas, WORLD)
    assert len(gzip.compress(svg.encode(), 6)) <= 25 * 1024
    assert drawn(atlas, WORLD) is svg


@pytest.mark.parametrize(
    ("latitude", "longitude", "land", "dry", "cold"),
    [
        (23, 5, True, True, False),
        (5, 22, True, False, False),
        (48, 5, True, False, False),
        (75, -40, True, False, True),
        (-25, 130, True, True, False),
        (0, -30, False, False, False),
        (-40, -100, False, False, False),
        (-85, 10, True, False, True),
    ],
)
def test_land_is_where_land_is(atlas, latitude, longitude, land, dry, cold):
    drawn_land, _sea, drawn_dry, drawn_cold, *_ = paths(drawn(atlas, WORLD))
    assert inside(drawn_land, WORLD, latitude, longitude) is land
    assert inside(drawn_dry, WORLD, latitude, longitude) is dry
    assert inside(drawn_cold, WORLD, latitude, longitude) is cold


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("point", [Point(13.6, -2.4), Point(-17.8, 178), Point(36, 10)])
def test_a_part_is_smaller_and_shows_the_same_land(atlas, point, level):
    sheet = sheet_around(point, level)
    svg = drawn(atlas, sheet)
    assert len(gzip.compress(svg.encode(), 6)) <= 12 * 1024
    land = paths(svg)[0]
    for across in (0.21, 0.52, 0.83):
        at = sheet.point_at(across, 0.5)
        around = atlas.climates.shares_at(at.latitude, at.longitude, reach=4)
        here = atlas.class_at(at)
        if len({atlas.class_at(p) is None for p in nearby(at)}) == 1 and around:
            assert inside(land, sheet, at.latitude, at.longitude) is (here is not None)


def nearby(at):
    for up in (-0.2, 0, 0.2):
        for across in (-0.2, 0, 0.2):
            yield Point(at.latitude + up, at.longitude + across)


def test_a_border_that_is_disputed_is_broken(atlas):
    crimea = sheet_around(Point(46, 34), 2)
    *_rest, agreed, disputed = paths(drawn(atlas, crimea))
    assert disputed
    france = sheet_around(Point(46, 4), 2)
    *_rest, agreed, disputed = paths(drawn(atlas, france))
    assert agreed
    assert not disputed


def test_parts_of_one_country_have_no_border_between_them(atlas):
    """European and Asian Russia, along the Urals."""
    urals = sheet_around(Point(62, 60), 3)
    *_rest, agreed, disputed = paths(drawn(atlas, urals))
    assert agreed == disputed == ""


def test_edges_are_put_together_to_lines():
    edges = [((0, 0), (1, 0)), ((1, 0), (2, 0)), ((2, 0), (3, 1)), ((2, 0), (3, -1))]
    lines = [*chained(edges)]
    assert len(lines) == 3
    assert sum(len(line) - 1 for line in lines) == len(edges)
    ring = [((0, 0), (1, 0)), ((1, 0), (1, 1)), ((0, 0), (1, 1))]
    assert [len(line) for line in chained(ring)] == [4]
