"""Finding a spot in steps, and keeping where one looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotValid
from kb.regions.atlas import Point
from kb.regions.look import CLOSER, FARTHER, MOVES, Look, look_at, read_look
from kb.regions.said import Said
from kb.regions.sheets import CLOSE, DEEPEST

spots = st.builds(
    Point,
    st.integers(-900, 900).map(lambda n: n / 10),
    st.integers(-1800, 1799).map(lambda n: n / 10),
)
looks = st.builds(
    Look, st.integers(0, DEEPEST), spots, st.sampled_from(["", *MOVES, CLOSER, FARTHER])
)


@given(looks)
def test_a_look_is_read_again(look):
    assert read_look(look.written()) == look


@given(st.text(max_size=40))
def test_what_was_written_elsewhere_is_nothing_or_a_look(text):
    look = read_look(text)
    assert look is None or read_look(look.written()) == look


@given(looks, st.lists(st.sampled_from([*MOVES, CLOSER, FARTHER]), max_size=12))
def test_whatever_is_pressed_the_cross_stays_on_the_map(look, pressed):
    for button in pressed:
        look = look.moved(button)
        assert look.sheet.position(look.spot) is not None


@pytest.mark.parametrize("level", range(DEEPEST + 1))
def test_there_and_back_is_where_it_was(level):
    look = Look(level, Point(10, 20))
    for there, back in (("north", "south"), ("west", "east")):
        assert look.moved(there).spot != look.spot
        assert look.moved(there).moved(back).spot == look.spot


def test_the_closest_map_moves_the_cross_by_a_tenth_of_a_degree():
    assert Look(DEEPEST, Point(10, 20)).moved("north").spot == Point(10.1, 20)


def test_the_pole_is_the_end_and_the_east_is_not():
    assert Look(1, Point(90, 0)).moved("north").spot.latitude == 90
    assert Look(2, Point(0, 179.9)).moved("east").spot.longitude == -179.6


def test_a_button_that_does_not_exist_is_refused():
    with pytest.raises(NotValid):
        Look().moved("up")


def test_a_tap_looks_closer_and_keeps_a_tenth_of_a_degree():
    look = Look().tapped(0, Point(13.5678, -2.4321))
    assert (look.level, look.spot) == (1, Point(13.6, -2.4))


@pytest.mark.parametrize(
    ("reach", "level"), [(0, CLOSE), (0.3, CLOSE), (0.4, 1), (8, 1), (20, 0)]
)
def test_a_place_is_shown_as_closely_as_it_is_known(reach, level):
    said = Said(point=Point(13.6, -2.4), reach=reach)
    assert look_at(said).level == level
    assert look_at(Said()) == Look()
