import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotValid
from kb.record.models import Effect
from kb.regions.pooling import QUALITY, SHRINKAGE, Found, pool, quality
from tests.regions.drawn import some


def effect(value, level="E4", **parts):
    given = {
        "indicator_id": "indicator:crop_yield",
        "unit_id": "unit:percent",
        "bound": "",
        "disputed": False,
        "wider": False,
        "source_id": 1,
    }
    return Effect(value=value, evidence_id=f"evidence:{level}", **given | parts)


def test_the_formula_in_figures():
    """Two places: one just alike with a review, one half alike with a trial."""
    pooled = pool([Found(effect(10, "E5"), 1.0), Found(effect(30, "E4"), 0.5)])
    support = 1.0 + 0.25 * 0.8
    local = (10 * 1.0 + 30 * 0.25 * 0.8) / support
    of_all = (10 * 1.0 + 30 * 0.8) / 1.8
    assert pooled.support == pytest.approx(support)
    assert pooled.of_all == pytest.approx(of_all)
    assert pooled.effect == pytest.approx((support * local + of_all) / (support + 1))
    assert (pooled.n, pooled.lowest, pooled.highest) == (2, 10, 30)


def test_one_far_result_is_pulled_to_what_the_practice_does_everywhere():
    elsewhere = [Found(effect(5, "E5"), 0.1) for _ in range(20)]
    pooled = pool([Found(effect(100, "E1"), 0.5), *elsewhere])
    assert (pooled.n, pooled.n_of_all) == (1, 21)
    assert 5 < pooled.effect < 12
    assert pooled.lowest == pooled.highest == 100


def test_many_near_results_stand_for_themselves():
    near = [Found(effect(100, "E5"), 1.0) for _ in range(50)]
    far = [Found(effect(0, "E5"), 0.0) for _ in range(50)]
    assert pool(near + far).effect > 98


def test_without_a_result_from_a_place_alike_there_is_no_figure():
    assert pool([]) is None
    assert pool([Found(effect(10), 0.49)]) is None


@pytest.mark.parametrize(
    "useless",
    [
        effect(99, wider=True),
        effect(99, bound="at_least"),
        effect(None, low=1, high=99),
    ],
)
def test_what_has_no_value_of_its_own_is_left_out(useless):
    assert pool([Found(useless, 1.0)]) is None
    pooled = pool([Found(useless, 1.0), Found(effect(10), 1.0)])
    assert (pooled.n, pooled.n_of_all, pooled.highest) == (1, 1, 10)


def test_a_loss_counts_as_much_as_a_gain_and_nothing_as_nothing():
    assert pool([Found(effect(-20), 1.0), Found(effect(20), 1.0)]).effect == 0
    assert pool([Found(effect(0), 1.0)]).effect == 0


def test_what_is_disputed_is_pooled_and_said():
    pooled = pool([Found(effect(1), 1.0), Found(effect(2, disputed=True), 1.0)])
    assert pooled.disputed
    far = pool([Found(effect(1), 1.0), Found(effect(2, disputed=True), 0.2)])
    assert not far.disputed


def test_studies_and_comparators_are_told():
    ploughed, bare = "comparator:ploughing", "comparator:bare_soil"
    pooled = pool(
        [
            Found(effect(1, source_id=7, comparator_id=ploughed), 1.0),
            Found(effect(2, source_id=7, comparator_id=ploughed), 1.0),
            Found(effect(3, source_id=8, comparator_id=bare), 1.0),
        ]
    )
    assert (pooled.n, pooled.studies) == (3, 2)
    assert pooled.comparators == (bare, ploughed)


@pytest.mark.parametrize(
    ("other", "similarity", "problem"),
    [
        (effect(1, unit_id="unit:t_ha"), 1.0, "unit"),
        (effect(1, indicator_id="indicator:runoff"), 1.0, "indicator"),
        (effect(1, unit_id="unit:t_ha"), 0.0, "unit"),
        (effect(1), 1.1, "similarity"),
        (effect(1), float("nan"), "similarity"),
        (effect(1, "E9"), 1.0, "evidence"),
    ],
)
def test_mixtures_and_nonsense_are_refused(other, similarity, problem):
    with pytest.raises(NotValid) as refused:
        pool([Found(effect(1), 1.0), Found(other, similarity)])
    assert list(refused.value.problems) == [problem]


@some
@given(
    st.lists(
        st.tuples(
            st.floats(-1e6, 1e6), st.sampled_from(sorted(QUALITY)), st.floats(0, 1)
        ),
        min_size=1,
    )
)
def test_a_pooled_effect_never_leaves_what_was_found(drawn):
    found = [Found(effect(v, level[-2:]), s) for v, level, s in drawn]
    pooled = pool(found)
    if pooled:
        values = [v for v, _level, _s in drawn]
        slack = 1e-9 * max(1, *map(abs, values))
        assert min(values) - slack <= pooled.effect <= max(values) + slack
        assert pooled.lowest <= pooled.highest
        assert 1 <= pooled.n <= pooled.n_of_all == len(drawn)


def test_better_evidence_counts_more():
    levels = [quality(effect(1, f"E{i}")) for i in range(6)]
    assert levels == sorted(levels)
    assert 0 < levels[0] < levels[-1] == SHRINKAGE == 1
