from itertools import product

import pytest

from kb.exchange.files import read_yaml
from kb.regions.land_use import LAND_USES, groups_alike, land_use_alike
from kb.settings import ROOT


def test_the_land_uses_are_those_of_the_vocabulary_with_their_groups():
    listed = read_yaml(ROOT / "seeds" / "vocabularies" / "land_use.yaml")["concepts"]
    assert {c["code"]: c["group"] for c in listed} == {
        code: use.group for code, use in LAND_USES.items()
    }
    assert len(LAND_USES) == 20


def test_likeness_of_land_uses_is_fair_and_bounded():
    for a, b in product(LAND_USES, repeat=2):
        assert 0 < land_use_alike(a, b) == land_use_alike(b, a) <= 1
        assert (land_use_alike(a, b) == 1) == (a == b), (a, b)


@pytest.mark.parametrize(
    ("use", "nearer", "farther"),
    [
        ("crop_livestock", "rainfed_annual_smallholder", "natural_forest"),
        ("paddy", "irrigated_annual", "orchard_vine"),
        ("pastoral", "ranching", "sown_pasture"),
        ("agroforestry", "silvopasture", "rainfed_annual_mechanised"),
        ("plantation", "planted_forest", "paddy"),
    ],
)
def test_what_is_worked_alike_is_nearer(use, nearer, farther):
    assert land_use_alike(use, nearer) > land_use_alike(use, farther)


def test_groups_without_a_bond_are_far():
    assert groups_alike("wet", "crop") == groups_alike("crop", "wet") == 0.15


def test_an_unknown_land_use_is_refused():
    with pytest.raises(KeyError):
        land_use_alike("paddy", "golf")
