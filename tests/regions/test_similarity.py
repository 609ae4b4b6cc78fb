from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.axes import AXES, Rain
from kb.regions.land_use import LAND_USES
from kb.regions.likeness import Band, Facet, band
from kb.regions.places import Place
from kb.regions.similarity import FACET_WEIGHT, FLOOR, MEASURES, alike, axes_alike
from kb.regions.soil import AXES_OF_SOIL, BEHAVIOUR, Behaviour
from tests.regions.drawn import FIGURES, places, some
from tests.regions.eight import EIGHT, IN_THE_DESIGN

WORST = {
    Facet.CLIMATE: ({"heat": 0.0, "wetness": 0.0}, {"heat": 6.0, "wetness": 4.0}),
    Facet.SOIL: (
        {"behaviour": Behaviour(*[0] * 7)},
        {"behaviour": Behaviour(*[1] * 7)},
    ),
    Facet.LAND_USE: ({"land_use": "paddy"}, {"land_use": "natural_forest"}),
    Facet.TERRAIN: ({"slope_percent": 0.0}, {"slope_percent": 80.0}),
}
"""For each facet two places that have nothing in common."""

SAME = Place(
    heat=4.0,
    wetness=2.0,
    rain=Rain.SUMMER,
    behaviour=BEHAVIOUR["LV"],
    land_use="paddy",
    slope_percent=1,
)


@some
@given(places(), places())
def test_likeness_is_fair_and_bounded(a, b):
    there, back = alike(a, b), alike(b, a)
    assert there.score == back.score
    assert there.coverage == back.coverage
    assert there.facets == back.facets
    assert 0 <= there.score <= 1
    assert 0 <= there.coverage <= 1 + 1e-9
    assert all(0 <= value <= 1 for value in there.facets.values())


@some
@given(places())
def test_a_place_is_just_like_itself(place):
    likeness = alike(place, place)
    assert likeness.score == (1 if likeness.facets else 0)
    assert set(likeness.facets.values()) <= {1}


def test_of_nothing_known_nothing_is_said():
    for other in (Place(), EIGHT["Beauce"]):
        likeness = alike(Place(), other)
        assert (likeness.score, likeness.coverage) == (0, 0)
        assert (likeness.facets, likeness.reasons) == ({}, ())
        assert band(likeness) is Band.NONE


def further(here, steps):
    """Two figures on the same side of one, the second farther off."""
    return here + steps[0], here + steps[0] + steps[1]


@some
@given(
    places(),
    st.sampled_from(sorted(FIGURES)),
    st.floats(0, 1),
    st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)),
)
def test_a_figure_farther_off_never_makes_places_more_alike(place, name, at, steps):
    low, high = FIGURES[name]
    near, far = (low + x * (high - low) / 2 for x in further(at, steps))
    here = replace(place, **{name: low + at * (high - low) / 2}, provenance={})
    assert (
        alike(here, replace(here, **{name: far})).score
        <= alike(here, replace(here, **{name: near})).score + 1e-12
    )


@some
@given(
    places(), st.sampled_from(["heat", "wetness"]), st.tuples(*[st.floats(0, 1)] * 3)
)
def test_an_axis_farther_off_never_makes_places_more_alike(place, name, spots):
    at, near, far = sorted(spots)
    here = replace(place, **{name: at * 4})
    assert (
        alike(here, replace(here, **{name: far * 4})).score
        <= alike(here, replace(here, **{name: near * 4})).score + 1e-12
    )


@some
@given(places(), st.sampled_from(AXES_OF_SOIL), st.tuples(*[st.floats(0, 1)] * 3))
def test_a_soil_farther_off_on_one_axis_is_never_more_alike(place, axis, spots):
    at, near, far = sorted(spots)
    known = place.soil_behaviour or BEHAVIOUR["CM"]
    here, nearer, farther = (
        replace(place, behaviour=replace(known, **{axis: spot}))
        for spot in (at, near, far)
    )
    assert alike(here, farther).score <= alike(here, nearer).score + 1e-12


@some
@given(places(), st.sampled_from(sorted(LAND_USES)))
def test_a_land_use_farther_off_never_makes_places_more_alike(place, use):
    here = replace(place, land_use=use)
    scores = {u: alike(here, replace(here, land_use=u)) for u in LAND_USES}
    by_facet = sorted(scores.values(), key=lambda found: found.facets[Facet.LAND_USE])
    assert all(a.score <= b.score for a, b in pairwise(by_facet))


@some
@given(places(), places(), st.sampled_from([m.name for m in MEASURES]))
def test_what_is_missing_lowers_coverage_and_never_raises_it(a, b, name):
    full = alike(replace(a, **{name: 1.0}), replace(b, **{name: 1.0}))
    assert alike(a, replace(b, **{name: None})).coverage <= full.coverage + 1e-12


def test_a_missing_facet_lowers_coverage_and_not_the_score():
    here = SAME
    for parts in (
        {"behaviour": None},
        {"land_use": ""},
        {"slope_percent": None},
        {"heat": None, "wetness": None, "rain": None},
    ):
        less = alike(here, replace(here, **parts))
        assert less.score == alike(here, here).score == 1
        assert less.coverage < alike(here, here).coverage == pytest.approx(1)


def test_an_axis_that_was_skipped_lowers_coverage_too():
    skipped = replace(SAME, wetness=None)
    assert alike(SAME, skipped).score == 1
    assert alike(SAME, skipped).coverage == pytest.approx(1 - 0.4 * 0.45)


def test_an_unsure_soil_or_climate_lowers_coverage():
    sure = Place(climate={"BSh": 1}, soil={"AR": 1})
    unsure = Place(climate={"BSh": 0.6, "Cfb": 0.4}, soil={"AR": 0.5, "VR": 0.5})
    assert alike(sure, sure).coverage == pytest.approx(0.7)
    assert alike(unsure, unsure).score == 1
    assert alike(sure, unsure).coverage == alike(unsure, unsure).coverage < 0.6


@pytest.mark.parametrize("facet", Facet)
def test_only_climate_vetoes(facet):
    """Alike in all but one facet, and in that one not at all."""
    mine, its = (replace(SAME, **parts) for parts in WORST[facet])
    likeness = alike(mine, its)
    assert likeness.facets[facet] < 0.1
    assert (band(likeness) is Band.NONE) == (facet is Facet.CLIMATE)


def test_all_the_rest_together_does_not_veto():
    mine, its = SAME, SAME
    for facet in set(Facet) - {Facet.CLIMATE}:
        here, there = WORST[facet]
        mine, its = replace(mine, **here), replace(its, **there)
    assert alike(mine, its).score >= 0.5
    assert band(alike(mine, its)) is Band.PARTLY_LIKE


def test_climate_vetoes_by_heat_or_wetness_alone():
    for parts in ({"heat": 1.0}, {"wetness": 4.0}):
        other = replace(SAME, **{"wetness": 1.5} | parts)
        assert alike(replace(SAME, wetness=1.5), other).score < 0.5


def test_weights_sum_to_one_and_floors_leave_only_climate_low():
    assert sum(FACET_WEIGHT.values()) == pytest.approx(1)
    assert [facet for facet, floor in FLOOR.items() if floor < 0.3] == [Facet.CLIMATE]


@pytest.mark.parametrize(
    ("a", "b", "score"),
    [
        ("BSh", "BWh", 0.80),
        ("BSh", "Aw", 0.68),
        ("BSh", "BSk", 0.61),
        ("Csa", "Csb", 0.88),
        ("Csa", "Cwa", 0.59),
        ("Aw", "Am", 0.78),
        ("Cfb", "Dfb", 0.83),
        ("Af", "ET", 0.05),
    ],
)
def test_climates_alone_are_as_alike_as_in_the_design(a, b, score):
    pair = Place(climate={a: 1}), Place(climate={b: 1})
    assert alike(*pair).score == pytest.approx(score, abs=0.005)


@pytest.mark.parametrize("name", IN_THE_DESIGN)
def test_eight_sites_are_about_as_alike_as_in_the_design(name):
    scores = [alike(EIGHT[name], other).score for other in EIGHT.values()]
    assert scores == pytest.approx(IN_THE_DESIGN[name], abs=0.05)


@pytest.mark.parametrize("name", IN_THE_DESIGN)
def test_eight_sites_come_in_the_order_of_the_design(name):
    """Where the design parts two sites by more than 0.03, so does the product."""
    scores = [alike(EIGHT[name], other).score for other in EIGHT.values()]
    told = IN_THE_DESIGN[name]
    for i, j in ((i, j) for i in range(8) for j in range(8)):
        if told[i] > told[j] + 0.03:
            assert scores[i] > scores[j], (name, list(EIGHT)[i], list(EIGHT)[j])


def test_the_same_rain_is_not_the_same_moisture():
    """Yatenga and the Beauce have the same rain and not the same aridity."""
    yatenga, beauce = EIGHT["Yatenga"], EIGHT["Beauce"]
    assert yatenga.map_mm == beauce.map_mm
    assert axes_alike(yatenga, beauce)["moisture"] < 0.2
    assert alike(yatenga, beauce).score < alike(yatenga, EIGHT["Telangana"]).score


def test_ranges_are_limits_of_transfer():
    mine, its = Place(mat_c=10), Place(mat_c=22)
    assert alike(mine, its).facets[Facet.CLIMATE] == 0
    rain = Place(map_mm=300), Place(map_mm=300 * 2.71828**0.55)
    assert alike(*rain).facets[Facet.CLIMATE] == pytest.approx(0.5, abs=1e-4)


def test_no_rain_at_all_is_no_error():
    assert alike(Place(map_mm=0, ai=0), Place(map_mm=0, ai=0)).score == 1
    assert alike(Place(map_mm=0), Place(map_mm=500)).facets[Facet.CLIMATE] == 0


def test_no_climate_is_more_like_another_than_itself():
    for code, other in pairwise(sorted(AXES)):
        mine, its = Place(climate={code: 1}), Place(climate={other: 1})
        assert alike(mine, its).score < alike(mine, mine).score == 1
