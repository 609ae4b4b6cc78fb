"""Climates, and the zones that follow from them."""

from functools import cache

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.language import INTERFACE
from kb.regions.borders import read_borders
from kb.regions.climate import (
    agroclimates,
    climates,
    cold_limited,
    decided,
    ipcc_shares,
    island_shares,
    islands,
)
from kb.settings import shipped


@cache
def names(scheme):
    """Give the names of each entry of a vocabulary, by code."""
    path = shipped("seeds") / "vocabularies" / f"{scheme}.yaml"
    return {c["code"]: c["names"] for c in yaml.safe_load(path.read_text())["concepts"]}


@st.composite
def mixtures(draw):
    """Shares of some climates that add up to 1."""
    codes = draw(st.sets(st.sampled_from(sorted(climates())), min_size=1, max_size=6))
    weights = {code: draw(st.integers(1, 49)) for code in sorted(codes)}
    return {code: weight / sum(weights.values()) for code, weight in weights.items()}


def test_there_are_31_climates_each_named_in_every_interface_language():
    assert len(climates()) == 31
    assert set(climates()) == set(names("climate"))
    for code in climates():
        assert set(INTERFACE) <= set(names("climate")[code]), code


def test_every_zone_has_a_name():
    for climate in climates().values():
        assert set(climate.ipcc) <= set(names("ipcc_zone")), climate.code
        assert set(climate.agroclimate) <= set(names("agroclimate")), climate.code


def test_all_twelve_ipcc_zones_can_be_reached():
    reached = {zone for climate in climates().values() for zone in climate.ipcc}
    assert reached == set(names("ipcc_zone"))
    assert len(reached) == 12


def test_shares_of_a_climate_leave_out_little():
    for climate in climates().values():
        assert 0.90 <= sum(climate.ipcc.values()) <= 1.001, climate.code
        whole = sum(climate.agroclimate.values())
        assert whole == pytest.approx(0 if climate.code in {"ET", "EF"} else 1)


@settings(max_examples=40)
@given(mixtures())
def test_mixed_shares_come_greatest_first_and_never_exceed_1(shares):
    for found in (ipcc_shares(shares), agroclimates(shares)):
        listed = list(found.values())
        assert listed == sorted(listed, reverse=True)
        assert sum(listed) <= 1.001
    assert 0 <= cold_limited(shares) <= 1.001


@settings(max_examples=40)
@given(mixtures())
def test_a_zone_is_decided_only_with_seven_tenths_of_the_land(shares):
    zones = ipcc_shares(shares)
    zone = decided(zones)
    assert (zone is not None) == (max(zones.values()) >= 0.70)
    assert zone is None or zones[zone] == max(zones.values())


def test_what_climates_do_not_tell_is_not_decided():
    for code in ("Cwa", "Cwb", "Cfa", "Cfb", "ET"):
        assert decided(ipcc_shares({code: 1.0})) is None
    assert decided(ipcc_shares({"Af": 1.0})) == "tropical_wet"
    assert decided(agroclimates({"BWh": 1.0})) == "arid"
    assert decided(agroclimates({"BSh": 1.0})) is None


def test_nothing_known_gives_nothing():
    assert ipcc_shares({}) == {}
    assert agroclimates({}) == {}
    assert decided({}) is None
    assert cold_limited({}) == 0


def test_cold_places_are_said_to_be_cold_not_dry():
    assert agroclimates({"Dfc": 1.0}) == {"semi_arid": 1.0}
    assert cold_limited({"Dfc": 0.75, "Dfb": 0.25}) == 0.75


def test_the_table_of_islands_fits_the_borders_and_the_climates():
    path = shipped("seeds") / "regions" / "borders.map"
    rings = read_borders(path, mend="").rings
    areas = {part for ring in rings for part in ring.area}
    for island in islands():
        assert island.area in areas, island
        assert set(island.climates) <= set(climates()), island
        assert sum(island.climates.values()) == pytest.approx(1), island
        assert island.box.south < island.box.north, island
        assert island.box.west < island.box.east, island
        assert "judgement" in island.source, island


def test_no_island_is_found_where_no_land_is():
    assert island_shares(None, 0, -140) == {}
