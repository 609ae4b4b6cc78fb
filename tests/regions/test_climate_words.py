"""What is said of a climate, for every climate there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions import questions
from kb.regions.axes import AXES, Rain
from kb.regions.climate_words import (
    HEAT_WORDS,
    RAIN_WORDS,
    WETNESS_WORDS,
    climate_sure_words,
    climate_words,
    rain_words,
)
from kb.regions.places import Place, Provenance


def of(**climate):
    return Place.known(Provenance.MAP, climate=climate)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("BSh", "The climate is dry and hot."),
        ("BWh", "The climate is very dry and hot."),
        ("Af", "The climate is wet and hot."),
        ("Aw", "The climate is neither dry nor wet and hot."),
        ("Csa", "The climate is neither dry nor wet and warm."),
        ("Cfb", "The climate is moist and mild, with some frost."),
        ("BSk", "The climate is dry and mild, with some frost."),
        ("Dfb", "The climate is moist and cool, with a long winter."),
        ("Dfc", "The climate is moist and cold, with short summers."),
        ("EF", "The climate is moist and icy."),
    ],
)
def test_a_climate_is_said_in_plain_words(code, words):
    assert str(climate_words(of(**{code: 1.0}))) == words


@pytest.mark.parametrize("code", AXES)
def test_every_climate_has_words(code):
    place = of(**{code: 1.0})
    assert climate_words(place)
    assert str(rain_words(place)) == str(RAIN_WORDS[AXES[code].rain])
    assert str(climate_sure_words(place)) == "We are quite sure of that."


@given(st.floats(0, 6), st.floats(0, 4), st.sampled_from(Rain))
def test_so_has_all_that_can_be_said(heat, wetness, rain):
    place = Place.known(Provenance.USER, heat=heat, wetness=wetness, rain=rain)
    assert str(climate_words(place)).endswith(".")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"frost": "never"}, "The climate is hot."),
        ({"frost": "some_nights"}, "The climate is warm."),
        ({"frost": "long_winter"}, "The climate is cool, with a long winter."),
        ({"frost": "always_frozen"}, "The climate is icy."),
        ({"months": "arid"}, "The climate is very dry."),
        ({"months": "semi_arid"}, "The climate is dry."),
        ({"months": "sub_humid"}, "The climate is neither dry nor wet."),
        ({"months": "humid"}, "The climate is wet."),
    ],
)
def test_an_answer_comes_back_in_its_own_words(answers, words):
    assert str(climate_words(questions.place_from(answers))) == words


def test_of_what_is_not_known_nothing_is_said():
    soil_only = questions.place_from({"soil": "sand"})
    assert climate_words(soil_only) is None
    assert rain_words(soil_only) is None
    assert climate_sure_words(soil_only) is None


def test_a_mixed_climate_is_not_sure():
    assert str(climate_sure_words(of(BSh=0.4, ET=0.3, Af=0.3))) == (
        "We are not sure of that."
    )


def test_steps_go_down_to_the_end():
    for steps in (HEAT_WORDS, WETNESS_WORDS):
        least = [step for step, _words in steps]
        assert least == sorted(least, reverse=True)
        assert least[-1] == 0
