import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.boxes import around


@pytest.mark.parametrize(
    ("boxes", "whole"),
    [
        ([(0, 0, 1, 1)], (0, 0, 1, 1)),
        ([(-10, 0, 10, 1), (5, -5, 20, 0)], (-10, -5, 20, 1)),
        ([(170, 0, 179, 1), (-179, 0, -170, 1)], (170, 0, -170, 1)),
        ([(170, 0, -170, 1), (-175, 0, -160, 1)], (170, 0, -160, 1)),
        ([(0, 0, -60, 1), (-170, 0, -160, 1), (-100, 0, -90, 1)], (0, 0, -60, 1)),
        ([(-180, -90, 180, 90), (0, 0, 1, 1)], (-180, -90, 180, 90)),
    ],
)
def test_the_box_around_boxes_is_the_smallest(boxes, whole):
    assert around(boxes) == whole


def test_nothing_is_around_nothing():
    assert around([]) is None


spans = st.tuples(st.integers(-180, 180), st.integers(-180, 180))


@given(st.lists(spans, min_size=1, max_size=6))
def test_no_box_is_left_outside(given_spans):
    west, _south, east, _north = around([(w, 0, e, 1) for w, e in given_spans])
    width = (east - west) % 360 or 360 * (west != east)
    for w, e in given_spans:
        for side in (w, e):
            assert (side - west) % 360 <= width or (west, east) == (-180, 180)
