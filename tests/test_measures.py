"""Units are turned into others by plain factors alone."""

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import measures
from kb.exchange.files import read_yaml
from kb.measures import common, converted, factor
from kb.settings import shipped

UNITS = [
    unit["code"]
    for unit in read_yaml(shipped("seeds") / "vocabularies" / "unit.yaml")["concepts"]
]


@pytest.mark.parametrize(
    ("value", "unit", "other", "found"),
    [
        (388, "kg_ha", "t_ha", 0.388),
        (2.5, "t_ha", "kg_ha", 2500),
        (40, "t_km2", "t_ha", 0.4),
        (0.5, "km2", "ha", 50),
        (1.2, "million_ha", "km2", 12_000),
        (30, "mm", "m3_ha", 300),
        (400, "kg_c_ha_yr", "t_c_ha_yr", 0.4),
        (1, "t_co2_ha_yr", "t_c_ha_yr", 0.273),
        (11, "t_co2_ha_yr", "kg_c_ha_yr", 3000),
        (20, "short_ton_acre", "t_ha", 44.8),
        (100, "usd_acre", "usd_ha", 247),
        (18, "months", "years", 1.5),
        (-3, "percent", "percent", -3),
        (0, "kg_ha", "t_ha", 0),
    ],
)
def test_figures_in_another_unit(value, unit, other, found):
    assert converted(value, unit, other) == pytest.approx(found)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("percent", "g_kg"),
        ("kg_ha", "kg_ha_yr"),
        ("t_ha_season", "t_ha_yr"),
        ("kg_ch4_ha_day", "kg_ch4_ha_yr"),
        ("t_co2e_ha_yr", "t_co2_ha_yr"),
        ("degree", "percent"),
        ("eur", "usd"),
        ("t_n_ha", "t_ha"),
        ("percent", "percent_yr"),
        ("", "t_ha"),
        ("furlong", "m"),
    ],
)
def test_where_there_is_no_plain_factor_there_is_none(unit, other):
    assert factor(unit, other) is None
    assert factor(other, unit) is None
    assert converted(1, unit, other) is None


def test_every_factor_can_be_turned_round():
    for unit in UNITS:
        for other in UNITS:
            there, back = factor(unit, other), factor(other, unit)
            assert (there is None) == (back is None)
            if there is not None:
                assert there * back == pytest.approx(1)


def test_every_unit_with_a_factor_is_in_the_vocabulary():
    assert {c for family in measures._FAMILIES for c in family} <= set(UNITS)


@given(st.floats(-1e6, 1e6), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_figure_turned_round_comes_back_nearly(value, unit, other):
    there = converted(value, unit, other)
    if there is not None and abs(value) > 1e-3:
        back = converted(there, other, unit)
        assert back == pytest.approx(value, rel=0.011)
        assert (there > 0) == (value > 0)


def test_a_crooked_factor_leaves_three_digits():
    written = f"{converted(1.23456, 'short_ton_acre', 't_ha')}"
    assert len(re.sub(r"\D", "", written)) == 3


def test_the_unit_most_are_in_is_the_common_one():
    assert common(["kg_ha", "t_ha", "kg_ha"]) == "kg_ha"
    assert common(["t_ha", "kg_ha"]) == "t_ha"


def test_the_examples_hold():
    assert doctest.testmod(measures).failed == 0
