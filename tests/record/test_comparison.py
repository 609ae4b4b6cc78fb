"""Records laid side by side in the same units."""

import pytest

from kb.errors import NotFound
from kb.kinds import KINDS
from kb.record.comparison import lines, read_records, stated
from kb.record.models import Effect, Record, Status
from tests.make import record, vocabularies

KINDS_HERE = {"P": KINDS["practice"], "S": KINDS["story"]}
YIELD, CARBON = "indicator:crop_yield", "indicator:soc_rate"


def effect(value=1.0, unit="t_ha", indicator=YIELD, **parts):
    given = {"bound": "", "about": False} | parts
    return Effect(value=value, unit_id=f"unit:{unit}", indicator_id=indicator, **given)


def with_effects(*effects):
    made = Record()
    made.effects = list(effects)
    return made


def shown(line):
    return [[one.value for one in cell] for cell in line.found]


def test_results_in_units_that_go_together_share_a_line():
    a = with_effects(effect(2.5), effect(388, "kg_ha"))
    b = with_effects(effect(1200, "kg_ha"))
    (line,) = lines([a, b], [YIELD])
    assert line.unit_id == "unit:kg_ha"
    assert shown(line) == [[2500, 388], [1200]]
    assert [one.restated for one in line.found[0]] == [True, False]
    assert line.known_of == 2


def test_percent_stays_apart():
    two = lines([with_effects(effect(20, "percent"), effect(2))], [YIELD])
    assert [line.unit_id for line in two] == ["unit:percent", "unit:t_ha"]


def test_what_is_known_of_most_comes_first_then_the_order_of_the_list():
    a = with_effects(effect(1, "percent"), effect(1, "t_c_ha_yr", CARBON))
    b = with_effects(effect(2, "kg_c_ha_yr", CARBON))
    first, second = lines([a, b], [YIELD, CARBON])
    assert (first.indicator_id, second.indicator_id) == (CARBON, YIELD)
    assert shown(first) == [[1], [0.002]]
    assert shown(second) == [[1], []]


def test_every_figure_of_a_result_is_turned():
    one = effect(
        None, "kg_ha", low=100, high=200, baseline=50, after_value=75, about=True
    )
    found = stated(one, "unit:t_ha")
    assert (found.value, found.low, found.high) == (None, 0.1, 0.2)
    assert (found.baseline, found.after_value) == (0.05, 0.075)
    assert found.about
    assert found.bound == ""


def test_nothing_measured_is_no_line():
    assert lines([with_effects(), with_effects()], [YIELD]) == []


@pytest.fixture
def three(session):
    known = vocabularies(session)
    record(session, known, "a", number=1)
    record(session, known, "b", number=2)
    record(session, known, "c", "story", number=1)
    draft = record(session, known, "d", number=3)
    draft.status = Status.DRAFT
    session.flush()


def test_records_come_in_the_order_asked_for(session, three):
    found = read_records(session, KINDS_HERE, ["S-1", "P-2", "P-1"], "en")
    assert [one.ref for one in found] == ["S-1", "P-2", "P-1"]


@pytest.mark.parametrize("ref", ["P-3", "P-99", "A-1", "", "P", "'; DROP TABLE record"])
def test_what_is_not_there_is_named(session, three, ref):
    with pytest.raises(NotFound) as refused:
        read_records(session, KINDS_HERE, ["P-1", ref], "en")
    assert refused.value.facts["ref"] == ref
