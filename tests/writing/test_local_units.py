"""Units that differ by place are taken from whoever says where, and nobody else."""

import pytest

from kb.exchange.files import read_yaml
from kb.language import INTERFACE
from kb.measures import factor
from kb.settings import shipped
from kb.vocabulary.models import Concept
from kb.writing import publishing
from kb.writing.local_units import BY_PLACE, placeless
from tests.make import effect, vocabularies
from tests.writing.desk import PRACTICE, begun, document, known, person

UNITS = read_yaml(shipped("seeds") / "vocabularies" / "unit.yaml")["concepts"]
LOCAL = [unit for unit in UNITS if unit.get("group") == BY_PLACE]


@pytest.fixture
def desk(session):
    vocabularies(session)
    session.add(
        Concept(id="unit:bag", scheme="unit", code="bag", position=9, group=BY_PLACE)
    )
    session.flush()
    return session


def facts(unit="bag", **site):
    cost = {
        "key": "seed",
        "phase": "establish",
        "quantity": 2,
        "unit": unit,
        "unit_cost": 9,
        "currency": "XOF",
        "year": 2024,
        "source": "study",
    }
    said = {"costs": [cost], "effects": [effect(), effect(key="more", unit=unit)]}
    return document(facts=said | ({"sites": [site]} if site else {}))


def test_without_a_place_such_a_unit_is_refused_and_it_is_said_why(desk):
    found = placeless(desk, facts())
    assert set(found) == {"costs.0.unit", "effects.1.unit"}
    assert "not the same amount everywhere" in found["costs.0.unit"][0]


@pytest.mark.parametrize("site", [{"place": "Yako"}, {"country": "BF"}])
def test_a_place_or_a_country_is_enough(desk, site):
    assert placeless(desk, facts(**site)) == {}


@pytest.mark.parametrize("unit", ["t_ha", "no_such_unit", ""])
def test_other_units_need_no_place(desk, unit):
    assert placeless(desk, facts(unit)) == {}


def test_it_is_asked_for_before_a_draft_is_handed_in(desk):
    draft = begun(desk, person(desk, "Awa"), facts())
    with pytest.raises(publishing.NotValid) as refused:
        publishing.check_draft(desk, PRACTICE, draft, known(desk))
    assert set(refused.value.problems) == {"costs.0.unit", "effects.1.unit"}


def test_local_units_have_names_everywhere_and_no_factor():
    assert len(LOCAL) == 9
    for unit in LOCAL:
        assert set(unit["names"]) >= set(INTERFACE)
        assert factor(unit["code"], "kg_ha") is None
        assert factor(unit["code"], "ha") is None
