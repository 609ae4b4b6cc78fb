"""Claims about soil carbon that stand out are told, each with its reason."""

import pytest
import yaml

from kb.settings import shipped
from kb.writing.plausibility import HIGHEST_RATE, UNITS, doubts, new_doubts

USUAL = {
    "key": "a",
    "indicator": "soc_rate",
    "unit": "t_c_ha_yr",
    "value": 0.4,
    "years": 8,
    "depth_cm": [0, 30],
    "method": "trial",
}


def fields(**said):
    row = {k: v for k, v in (USUAL | said).items() if v is not None}
    told = doubts({"facts": {"effects": [row]}})
    return {one.field.removeprefix("effects.0.") for one in told}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, set()),
        ({"value": HIGHEST_RATE}, set()),
        ({"value": 2.1}, {"value"}),
        ({"value": -3}, {"value"}),
        ({"value": None, "low": 1, "high": 5}, {"value"}),
        ({"unit": "kg_c_ha_yr", "value": 1900}, set()),
        ({"unit": "kg_c_ha_yr", "value": 2100}, {"value"}),
        ({"unit": "t_co2_ha_yr", "value": 7}, set()),
        ({"unit": "t_co2_ha_yr", "value": 8}, {"value"}),
        ({"indicator": "soc_stock_change", "unit": "t_c_ha", "value": 15}, set()),
        ({"indicator": "soc_stock_change", "unit": "t_c_ha", "value": 17}, {"value"}),
        (
            {
                "indicator": "soc_stock_change",
                "unit": "t_c_ha",
                "value": None,
                "baseline": 40,
                "after": 60,
            },
            {"value"},
        ),
        ({"indicator": "soc_stock", "unit": "t_c_ha", "value": 90}, set()),
        ({"years": 2}, {"years"}),
        ({"years": None}, set()),
        ({"depth_cm": None}, {"depth_cm"}),
        ({"depth_cm": None, "method": "meta_analysis"}, set()),
        ({"unit": "t_ha"}, {"unit"}),
        ({"unit": "mm"}, {"unit"}),
        ({"indicator": "crop_yield", "unit": "t_ha", "value": 9, "years": 1}, set()),
        ({"value": "many", "years": "?"}, set()),
        ({"years": 0, "indicator": "soc_stock_change", "unit": "t_c_ha"}, {"years"}),
    ],
)
def test_what_stands_out(said, wanted):
    assert fields(**said) == wanted


def test_what_stood_so_before_is_not_asked_again():
    claim = USUAL | {"value": 9}
    base = {"facts": {"effects": [claim]}}
    assert new_doubts(base, base) == []
    changed = {"facts": {"effects": [claim | {"value": 8}]}}
    assert [one.field for one in new_doubts(changed, base)] == ["effects.0.value"]


def test_every_unit_named_is_one_of_the_vocabulary():
    text = (shipped("seeds") / "vocabularies" / "unit.yaml").read_text()
    codes = {one["code"] for one in yaml.load(text, yaml.CSafeLoader)["concepts"]}
    assert set().union(*UNITS.values()) <= codes


def test_no_shipped_claim_is_in_a_unit_that_cannot_be():
    for path in shipped("seeds").glob("*/*/record.yaml"):
        facts = yaml.load(path.read_text(), yaml.CSafeLoader)
        told = [one.field for one in doubts({"facts": facts})]
        assert not [field for field in told if field.endswith(".unit")], path
