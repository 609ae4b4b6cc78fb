from dataclasses import replace

import pytest
from hypothesis import given

from kb.regions.axes import Rain
from kb.regions.likeness import WORDS, Degree, Facet, sentence
from kb.regions.places import Place
from kb.regions.similarity import alike
from tests.regions.drawn import places, some
from tests.regions.eight import EIGHT


def said(a, b):
    return str(sentence(alike(a, b).reasons))


def test_yatenga_and_maradi_are_told_as_in_the_design():
    assert said(EIGHT["Yatenga"], EIGHT["Maradi"]) == (
        "same climate; partly similar soil; soil differs most in clay content; "
        "same land use; same height and slope"
    )


@pytest.mark.parametrize(
    ("heat", "wetness", "rain", "words"),
    [
        (5, 2, Rain.SUMMER, "same climate"),
        (5, 2.3, Rain.SUMMER, "same temperature and rain season; nearly as wet or dry"),
        (5, None, Rain.SUMMER, "same temperature and rain season"),
        (4.5, 2, Rain.WINTER, "nearly the same temperature; as wet or dry; "
         "rain in the opposite season"),
        (3.5, 2, Rain.SUMMER, "cooler there; as wet or dry; same rain season"),
        (1, 4, Rain.UNMARKED, "much cooler there; much wetter there; "
         "rain season may differ"),
        (6, 0.7, Rain.ALL_YEAR, "similar temperature; drier there; "
         "rain spread differently over the year"),
        (None, 2, None, "as wet or dry"),
    ],
)  # fmt: skip
def test_the_climate_is_told_by_its_axes(heat, wetness, rain, words):
    here = Place(heat=5, wetness=2, rain=Rain.SUMMER)
    assert said(here, Place(heat=heat, wetness=wetness, rain=rain)) == words


def test_warmer_and_cooler_are_told_from_where_one_stands():
    cool, warm = Place(heat=2), Place(heat=6)
    assert said(cool, warm) == "much warmer there"
    assert said(warm, cool) == "much cooler there"


def test_figures_alone_are_told_by_the_facet():
    assert said(Place(mat_c=20), Place(mat_c=21)) == "nearly the same climate"
    assert said(Place(ph=5), Place(ph=7.5)) == "different soil"


@pytest.mark.parametrize(
    ("group", "axis", "words"),
    [
        ("PZ", "nutrients", "soil differs most in how well it holds nutrients"),
        ("VR", "clay", "soil differs most in clay content"),
        ("SC", "salt", "soil differs most in salt"),
        ("LP", "rooting", "soil differs most in rooting depth"),
        ("HS", "wetness", "soil differs most in wetness"),
        ("CH", "organic", "soil differs most in organic matter"),
        ("AL", "bases", "soil differs most in lime or acidity"),
    ],
)
def test_the_axis_of_soil_that_differs_most_is_named(group, axis, words):
    (reason,) = alike(Place(soil={"LV": 1}), Place(soil={group: 1})).reasons
    assert reason.axis == axis
    assert words in str(sentence([reason]))


def test_soils_that_are_alike_name_no_axis():
    (reason,) = alike(
        Place(soil={"LX": 1}), Place(soil={"AC": 0.05, "LX": 0.95})
    ).reasons
    assert (reason.degree, reason.axis) == (Degree.SAME, "")


@some
@given(places(), places())
def test_every_facet_that_was_compared_gives_a_reason(a, b):
    likeness = alike(a, b)
    assert {reason.facet for reason in likeness.reasons} == set(likeness.facets)
    for reason in likeness.reasons:
        assert reason.respect in WORDS
        assert str(reason.words)


def test_the_order_is_that_of_the_weights():
    likeness = alike(EIGHT["Pampa"], EIGHT["Riau"])
    facets = [reason.facet for reason in likeness.reasons]
    assert facets == sorted(facets, key=list(Facet).index)


def test_nothing_to_say_is_nothing():
    assert said(Place(), replace(Place(), ph=7)) == ""
