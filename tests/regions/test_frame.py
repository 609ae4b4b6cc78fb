"""Which pixels lie in which cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.regions.frame import Frame
from kb.regions.layers import HEIGHT, WIDTH

WORLD = Frame(-180, 90, 0.05, 0.05, 7200, 3600)


def test_a_map_with_our_own_cells_is_taken_as_it_is():
    cells, columns = WORLD.columns()
    assert np.array_equal(cells, np.arange(WIDTH))
    assert np.array_equal(columns, np.arange(WIDTH))
    assert WORLD.rows() == [(y, y + 1) for y in range(HEIGHT)]


def test_six_by_six_pixels_make_a_cell():
    fine = Frame(-180, 90, 0.05 / 6, 0.05 / 6, 43_200, 21_600)
    cells, columns = fine.columns()
    assert np.array_equal(cells, columns // 6)
    assert fine.rows() == [(6 * y, 6 * y + 6) for y in range(HEIGHT)]


def test_longitudes_from_0_to_360_are_turned():
    cells, columns = Frame(0, 90, 0.5, 0.5, 720, 360).columns()
    assert columns[cells == 3600] == 0  # 0° to 0.05° E
    assert columns[cells == 0] == 360  # 180° W
    assert columns[cells == 3599] == 719


def test_a_map_of_a_region_leaves_the_rest_out():
    region = Frame(-6, 16, 0.1, 0.1, 80, 60)
    cells, _columns = region.columns()
    assert (cells.min(), cells.max()) == (174 * 20, 182 * 20 - 1)
    rows = region.rows()
    assert rows[74 * 20 - 1] == rows[80 * 20] == (0, 0)
    assert rows[74 * 20] == (0, 1)
    assert rows[80 * 20 - 1] == (59, 60)


@pytest.mark.parametrize("size", [0.05, 0.5, 1 / 12])
def test_a_pixels_middle_taken_for_its_corner_is_set_right(size):
    wide, high = round(360 / size), round(180 / size)
    off = Frame(-180 + size / 2, 90 - size / 2, size, size, wide, high)
    right = off.set_right()
    assert (right.west, right.north) == pytest.approx((-180, 90))
    assert not off.lies_on_the_globe() or off.south >= -90 - size
    assert WORLD.set_right() is WORLD


def test_pixels_whose_middles_lie_on_poles_and_meridians_are_no_mistake():
    gridded = Frame(-180.25, 90.25, 0.5, 0.5, 721, 361)
    assert gridded.set_right() is gridded
    assert gridded.lies_on_the_globe()
    rows = gridded.rows()
    assert rows[0] == (0, 1)
    assert rows[-1] == (360, 361)


@pytest.mark.parametrize(
    "frame",
    [
        Frame(-180, 100, 1, 1, 360, 180),
        Frame(-180, 90, 1, 1, 360, 190),
        Frame(-200, 90, 1, 1, 360, 180),
        Frame(1, 90, 1, 1, 362, 180),
        Frame(500_000, 4_649_776, 30, 30, 100, 100),
        Frame(0, 3600, 1, 1, 7200, 3600),
        Frame(float("nan"), 90, 1, 1, 360, 180),
    ],
)
def test_what_lies_beyond_the_globe_is_known(frame):
    assert not frame.lies_on_the_globe()


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-180, 359),
    st.floats(-89, 90),
    st.floats(0.02, 4),
    st.integers(1, 60),
    st.integers(1, 40),
)
def test_a_cell_and_its_pixels_are_never_far_apart(west, north, size, wide, high):
    frame = Frame(west, north, size, size, wide, high)
    cells, columns = frame.columns()
    middles = west + (columns + 0.5) * size
    gaps = (middles - (cells + 0.5) / 20 + 180 + 180) % 360 - 180
    assert (np.abs(gaps) <= max(size, 0.05) / 2 + 1e-4).all()
    for y, (first, end) in enumerate(frame.rows()):
        assert 0 <= first <= end <= high
        if 0 < y < HEIGHT - 1:
            for row in range(first, end):
                gap = north - (row + 0.5) * size - (90 - (y + 0.5) / 20)
                assert abs(gap) <= max(size, 0.05) / 2 + 1e-4
