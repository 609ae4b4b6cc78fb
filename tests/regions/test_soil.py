import pytest
from hypothesis import given

from kb.exchange.files import read_yaml
from kb.regions.soil import (
    BEHAVIOUR,
    FAMILIES,
    FAMILY,
    GROUPS,
    IPCC_SOIL,
    Behaviour,
    behaviour_alike,
    differs_most,
    expected,
    family_shares,
    ipcc_soil_shares,
    mix,
    prior_of,
    shares_like,
    soil_certainty,
)
from kb.regions.soil_words import FAMILY_WORDS, soil_words, sure_words
from kb.settings import ROOT
from tests.regions.drawn import shares, some


def test_the_groups_are_those_of_the_vocabulary_in_the_order_of_the_key():
    listed = read_yaml(ROOT / "seeds" / "vocabularies" / "soil.yaml")["concepts"]
    assert list(GROUPS) == [concept["code"] for concept in listed]
    assert len(GROUPS) == 32


def test_behaviours_are_within_bounds():
    assert all(0 <= x <= 1 for row in BEHAVIOUR.values() for x in row.numbers())
    assert BEHAVIOUR["VR"] == Behaviour(1, 1, 0.7, 0.4, 0.9, 0.4, 0.1)


def test_there_are_nine_families_and_other():
    assert len(FAMILIES) == 10
    assert set(FAMILY.values()) == set(FAMILIES) == set(FAMILY_WORDS)


def test_ipcc_classes_are_the_seven_there_are():
    classes = {"ORG", "HAC", "LAC", "SAN", "SPO", "VOL", "WET"}
    assert set(IPCC_SOIL.values()) == classes
    assert ipcc_soil_shares({"LX": 0.5, "FR": 0.2, "LV": 0.3}) == {
        "LAC": pytest.approx(0.7),
        "HAC": 0.3,
    }


def test_the_expected_behaviour_lies_between_its_parts():
    half = expected({"AR": 0.5, "VR": 0.5})
    assert half.clay == 0.5
    assert half.nutrients == pytest.approx(0.55)
    assert expected({"AR": 1}) == BEHAVIOUR["AR"]


@some
@given(shares(GROUPS).filter(bool))
def test_a_distribution_never_leaves_the_bounds(soil):
    whole = {g: s / sum(soil.values()) for g, s in soil.items()}
    assert all(-1e-9 <= x <= 1 + 1e-9 for x in expected(whole).numbers())
    assert 0 <= soil_certainty(whole) <= 1 + 1e-9


def test_one_great_difference_is_not_lost_among_six_that_agree():
    fresh = Behaviour(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0)
    salt = Behaviour(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1)
    assert behaviour_alike(fresh, salt) == pytest.approx(1 - (1 / 7 + 1) / 2 / 0.6)
    assert differs_most(fresh, salt) == "salt"


def test_a_group_is_more_certain_than_no_answer():
    assert soil_certainty({"CH": 1}) == 1
    assert soil_certainty(mix([])) == pytest.approx(0.51, abs=0.01)


def test_an_administrators_layer_counts_twice_the_map_of_the_world():
    assert prior_of({"AR": 1.0}, {"VR": 1.0})["VR"] == pytest.approx(2 / 3)
    assert prior_of({"AR": 1.0})["AR"] == prior_of(None, {"AR": 1.0})["AR"] == 1
    assert set(prior_of().values()) == {1 / 32}


def test_accounts_that_are_put_together_sum_to_one():
    mixed = mix([({"AR": 0.3, "LX": 0.7}, 3), ({"VR": 1.0}, 1), ({}, 9)])
    assert sum(mixed.values()) == pytest.approx(1)
    assert mixed["VR"] == 0.25


@pytest.mark.parametrize("group", GROUPS)
def test_a_behaviour_finds_the_group_it_belongs_to(group):
    found = shares_like(BEHAVIOUR[group])
    assert max(found, key=found.get) == group
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("soil", "said"),
    [
        ({"AR": 0.3, "LV": 0.3, "CM": 0.1, "VR": 0.3 / 2, "HS": 0.15}, "or sandy"),
        ({"VR": 0.7, "AR": 0.3}, "mostly heavy clay that cracks"),
        ({"AR": 0.5, "VR": 0.2, "LV": 0.3}, "often sandy or brown and loamy"),
        (dict.fromkeys(("HS", "GL", "VR", "SN", "AR", "LP", "FR", "CH"), 1 / 8), "dif"),
        ({"LV": 0.4, "AR": 0.15, "VR": 0.15, "CH": 0.15, "FR": 0.15}, "often brown"),
        ({}, "differ"),
    ],
)
def test_a_soil_is_put_into_plain_words(soil, said):
    assert said in str(soil_words(soil))


def test_no_group_is_ever_announced():
    for group in GROUPS:
        assert group not in str(soil_words({group: 1.0}))


def test_it_is_said_how_sure_we_are():
    assert "quite sure" in str(sure_words({"CH": 0.95, "PH": 0.05}))
    assert "not sure" in str(sure_words(mix([])))


def test_families_come_with_the_largest_first():
    assert list(family_shares({"AR": 0.3, "LV": 0.3, "CM": 0.4})) == [
        "ordinary",
        "sandy",
    ]
