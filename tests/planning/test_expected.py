"""Ranges are of one practice, one indicator, one unit and one comparison."""

from kb.planning.expected import expected
from kb.record.models import Effect


def effect(key="a", **said):
    usual = {
        "indicator_id": "indicator:crop_yield",
        "unit_id": "unit:percent",
        "comparator_id": "comparator:before",
        "evidence_id": "evidence:E2",
        "wider": False,
        "disputed": False,
        "bound": "",
        "spread": "",
        "source_id": 1,
    }
    return Effect(key=key, **usual | said)


def ranges(*effects):
    return [(e.low, e.high, e.evidence_id, len(e.effects)) for e in expected(effects)]


def test_results_of_the_same_thing_are_a_range_with_the_strongest_evidence():
    found = ranges(
        effect(value=5.0),
        effect("b", value=-2.0, evidence_id="evidence:E5"),
        effect("c", low=10.0, high=14.0, spread="range"),
    )
    assert found == [(-2.0, 14.0, "evidence:E5", 3)]


def test_a_spread_around_a_mean_is_no_range_of_results():
    found = ranges(
        effect(value=5.0, low=1.0, high=9.0, spread="sd"), effect("b", value=6.0)
    )
    assert found == [(5.0, 6.0, "evidence:E2", 2)]


def test_other_units_comparisons_and_indicators_stay_apart():
    assert [n for *_rest, n in ranges(
        effect(value=1.0),
        effect("b", value=2.0, unit_id="unit:t_ha"),
        effect("c", value=2.0, comparator_id="comparator:other"),
        effect("d", value=2.0, indicator_id="indicator:soc_rate"),
    )] == [1, 1, 1, 1]  # fmt: skip


def test_limits_and_befores_with_afters_stand_by_themselves():
    found = expected(
        [
            effect(value=1.0),
            effect("b", value=2.0, bound="at_least"),
            effect("c", baseline=1.0, after_value=3.0),
        ]
    )
    assert [len(one.effects) for one in found] == [1, 1, 1]


def test_what_tells_nothing_of_what_to_expect_is_left_out():
    assert ranges(
        effect(value=1.0, wider=True),
        effect("b", value=1.0, comparator_id=None),
        effect("c", value=1.0, comparator_id="comparator:none"),
        effect("d", value=1.0, indicator_id="indicator:cost"),
    ) == []  # fmt: skip
