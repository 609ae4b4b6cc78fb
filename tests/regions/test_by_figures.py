"""Zones of the IPCC and agro-climates by figures of a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.exchange.files import read_yaml
from kb.regions.by_figures import (
    AGROCLIMATES,
    ZONES,
    agroclimates_by_figures,
    ipcc_by_figures,
)
from kb.regions.climate import agroclimates, climates, ipcc_shares
from kb.settings import shipped


def figures(mat=None, rain=None, ai=None, altitude=None):
    said = {"mat_c": mat, "map_mm": rain, "ai": ai, "altitude_m": altitude}
    return {name: figure for name, figure in said.items() if figure is not None}


def zones(climate, **said):
    codes = climate.split()
    candidates = ipcc_shares(dict.fromkeys(codes, 1 / len(codes)))
    return ipcc_by_figures(candidates, figures(**said), codes)


@pytest.mark.parametrize(
    ("climate", "said", "zone"),
    [
        ("Aw", {"mat": 26, "rain": 2600, "altitude": 40}, "tropical_wet"),
        ("Aw", {"mat": 26, "rain": 1400, "altitude": 40}, "tropical_moist"),
        ("Aw", {"mat": 28, "rain": 800, "altitude": 300}, "tropical_dry"),
        ("Aw", {"mat": 21, "rain": 1400, "altitude": 1500}, "tropical_montane"),
        ("Cfb", {"mat": 11, "ai": 1.3}, "warm_temperate_moist"),
        ("Csa", {"mat": 16, "ai": 0.5}, "warm_temperate_dry"),
        ("Cfb", {"mat": 8, "ai": 1.3}, "cool_temperate_moist"),
        ("BSk", {"mat": 6, "ai": 0.4}, "cool_temperate_dry"),
        ("Dfc", {"mat": -4, "ai": 1.3}, "boreal_moist"),
        ("Dfc", {"mat": -4, "ai": 0.7}, "boreal_dry"),
        ("ET", {"mat": -9, "ai": 1.3}, "polar_moist"),
        ("ET", {"mat": -9, "ai": 0.7}, "polar_dry"),
    ],
)
def test_figures_away_from_every_limit_leave_one_zone(climate, said, zone):
    assert zones(climate, **said) == {zone: 1.0}


def test_above_18_degrees_frost_is_not_known_except_where_there_is_none():
    found = zones("BSh", mat=23, rain=500, ai=0.3, altitude=100)
    assert set(found) == {"tropical_dry", "warm_temperate_dry"}
    found = zones("Aw", mat=23, rain=500, ai=0.3, altitude=100)
    assert set(found) == {"tropical_dry"}


def test_near_a_limit_nothing_is_ruled_out():
    assert len(zones("Cfb", mat=10.3, ai=1.5)) == 2
    assert len(zones("Cfb", mat=12, ai=1.04)) == 2
    assert len(zones("Aw", mat=26, rain=1030, altitude=100)) == 2
    assert len(zones("Aw", mat=26, rain=1500, altitude=1020)) == 2


def test_without_figures_the_climates_say_what_they_said():
    said = ipcc_shares({"Aw": 0.7, "BSh": 0.3})
    assert ipcc_by_figures(said, {}, ["Aw", "BSh"]) == said
    assert ipcc_by_figures(said, {"ph": 6.5}, ["Aw", "BSh"]) == said
    assert agroclimates_by_figures({"arid": 1.0}, {"mat_c": 20}) == {"arid": 1.0}


@pytest.mark.parametrize(
    ("ai", "left"),
    [
        (0.1, {"arid"}),
        (0.22, {"arid", "semi_arid"}),
        (0.4, {"semi_arid"}),
        (0.66, {"semi_arid", "sub_humid"}),
        (0.9, {"sub_humid"}),
        (1.15, {"sub_humid", "humid"}),
        (3.0, {"humid"}),
    ],
)
def test_the_aridity_index_leaves_agroclimates_open(ai, left):
    candidates = dict.fromkeys(AGROCLIMATES, 0.25)
    assert set(agroclimates_by_figures(candidates, {"ai": ai})) == left


def test_ice_has_no_agroclimate_whatever_the_figures():
    assert agroclimates_by_figures(agroclimates({"EF": 1.0}), {"ai": 2.0}) == {}


@pytest.mark.parametrize(
    ("scheme", "told"), [("ipcc_zone", ZONES), ("agroclimate", AGROCLIMATES)]
)
def test_every_zone_of_the_vocabulary_can_be_told(scheme, told):
    path = shipped("seeds") / "vocabularies" / f"{scheme}.yaml"
    assert {each["code"] for each in read_yaml(path)["concepts"]} == set(told)


some = st.none() | st.floats(-60, 60)


@given(
    codes=st.lists(st.sampled_from(sorted(climates())), min_size=1, max_size=4),
    mat=some,
    rain=st.none() | st.floats(0, 9000),
    ai=st.none() | st.floats(0, 9),
    altitude=st.none() | st.floats(-400, 6000),
)
def test_there_is_always_a_zone_and_shares_are_shares(codes, mat, rain, ai, altitude):
    said = figures(mat, rain, ai, altitude)
    candidates = ipcc_shares(dict.fromkeys(codes, 1 / len(codes)))
    found = ipcc_by_figures(candidates, said, codes)
    assert found
    assert set(found) <= set(ZONES)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    if said:
        assert sum(found.values()) <= 1 + 1e-9
