from math import inf

import pytest

from kb.practices.models import Limit
from kb.regions.limits import TESTED, TOO_LITTLE, TOO_MUCH, limits_met
from kb.regions.places import Place

CA = Limit(key="rain", limit_id="limit:rainfall", at_least=700, unit_id="unit:mm_yr")
FLAT = Limit(key="flat", limit_id="limit:slope", at_most=20, unit_id="unit:percent")
STEEP = Limit(key="steep", limit_id="limit:slope", at_most=20, unit_id="unit:degree")
SOUR = Limit(
    key="ph", limit_id="limit:acidity", at_least=5, at_most=6.5, unit_id="unit:ph"
)
LABOUR = Limit(key="labour", limit_id="limit:labour")
WORDS_ONLY = Limit(key="dry", limit_id="limit:rainfall")


@pytest.mark.parametrize(
    ("place", "limit", "words"),
    [
        (Place(map_mm=480), CA, "too little rain here"),
        (Place(map_mm=0), CA, "too little rain here"),
        (Place(slope_percent=25), FLAT, "too steep here"),
        (Place(slope_percent=40), STEEP, "too steep here"),
        (Place(ph=4.5), SOUR, "the soil is too sour here"),
        (Place(ph=8), SOUR, "the soil is not sour enough here"),
    ],
)
def test_a_broken_limit_excludes_and_says_which(place, limit, words):
    verdict = limits_met(place, [LABOUR, limit])
    assert not verdict.met
    (broken,) = verdict.broken
    assert broken.limit is limit
    assert str(broken.words) == words


@pytest.mark.parametrize(
    ("place", "limit"),
    [
        (Place(map_mm=700), CA),
        (Place(slope_percent=20), FLAT),
        (Place(slope_percent=36), STEEP),
        (Place(ph=6.5), SOUR),
    ],
)
def test_what_is_just_at_the_limit_keeps_it(place, limit):
    verdict = limits_met(place, [limit])
    assert verdict.met
    assert verdict.kept == (limit,)


@pytest.mark.parametrize("limit", [LABOUR, WORDS_ONLY, CA, SOUR])
def test_what_is_not_known_breaks_nothing_and_is_said(limit):
    verdict = limits_met(Place(), [limit])
    assert verdict.met
    assert verdict.unknown == (limit,)


def test_a_unit_that_is_not_understood_is_not_guessed_at():
    inches = Limit(limit_id="limit:rainfall", at_least=inf, unit_id="unit:cm")
    assert limits_met(Place(map_mm=480), [inches]).unknown == (inches,)


def test_degrees_of_slope_are_told_in_degrees():
    (broken,) = limits_met(Place(slope_percent=100), [STEEP]).broken
    assert broken.here == pytest.approx(45)


def test_no_limits_are_met():
    assert limits_met(Place(), []).met


def test_every_tested_limit_has_words_both_ways():
    assert set(TESTED) == set(TOO_LITTLE) == set(TOO_MUCH)
