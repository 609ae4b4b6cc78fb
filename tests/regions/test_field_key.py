"""The key, all 72,000 full answer sets of it."""

from itertools import product
from random import Random

import numpy as np
import pytest

from kb.errors import NotValid
from kb.regions.field_key import QUESTIONS, likelihood, soil_shares, typical_answers
from kb.regions.soil import GROUPS
from kb.regions.typical_answers import ORDINARY, TYPICAL

IDS = {q.id: tuple(a.id for a in q.answers) for q in QUESTIONS}
SETS = list(product(*IDS.values()))


@pytest.fixture(scope="module")
def all_shares():
    """Groups by answer sets, in the order of `SETS`."""
    found = np.ones((len(GROUPS), 1))
    for asked, answers in IDS.items():
        table = [[likelihood(g, asked, answer) for answer in answers] for g in GROUPS]
        found = (found[:, :, None] * np.array(table)[:, None, :]).reshape(
            len(GROUPS), -1
        )
    return found / found.sum(axis=0)


def first(shares):
    return max(shares, key=shares.get)


def test_there_are_eight_questions_and_72000_sets():
    assert len(QUESTIONS) == 8
    assert len(SETS) == 72_000


def test_every_set_resolves_to_a_whole_distribution(all_shares):
    assert all_shares.shape == (32, 72_000)
    assert np.isfinite(all_shares).all()
    assert (all_shares > 0).all()
    assert np.allclose(all_shares.sum(axis=0), 1, atol=1e-12)


def test_the_function_gives_what_the_table_of_all_sets_holds(all_shares):
    for i in Random(4).sample(range(len(SETS)), 100):
        shares = soil_shares(dict(zip(IDS, SETS[i], strict=True)))
        assert list(shares.values()) == pytest.approx(list(all_shares[:, i]))


def test_every_group_can_come_first(all_shares):
    assert {GROUPS[i] for i in all_shares.argmax(axis=0)} == set(GROUPS)


def test_typical_answers_put_their_group_first():
    missed = {g for g in GROUPS if first(soil_shares(typical_answers(g))) != g}
    assert missed <= {"KS", "LX"}


def test_the_climate_breaks_the_two_ties_left():
    assert first(soil_shares(typical_answers("KS"), {"BSk": 1})) == "KS"
    assert first(soil_shares(typical_answers("LX"), {"BSh": 1})) == "LX"


@pytest.mark.parametrize("group", GROUPS)
def test_two_telling_answers_are_enough_to_be_among_the_first_three(group):
    telling = {}
    for asked, answers in IDS.items():
        for answer in answers:
            usual = sum(likelihood(g, asked, answer) for g in GROUPS) / len(GROUPS)
            ratio = likelihood(group, asked, answer) / usual
            telling[asked] = max(telling.get(asked, (0, "")), (ratio, answer))
    two = sorted(telling, key=telling.get, reverse=True)[:2]
    shares = soil_shares({asked: telling[asked][1] for asked in two})
    assert group in sorted(shares, key=shares.get, reverse=True)[:3]


def test_likelihoods_of_a_question_sum_to_about_one():
    for group, asked in product(GROUPS, IDS):
        total = sum(likelihood(group, asked, answer) for answer in IDS[asked])
        assert 0.99 <= total <= 1.05, (group, asked)


def test_the_table_names_only_groups_questions_and_answers_there_are():
    assert set(TYPICAL) == set(GROUPS)
    assert set(ORDINARY) == set(IDS)
    for answers in (ORDINARY, *TYPICAL.values()):
        for asked, named in answers.items():
            assert set(named) <= set(IDS[asked]), asked
            assert sum(named.values()) <= 1 + 1e-9


def test_every_question_may_be_skipped():
    assert list(soil_shares({}).values()) == pytest.approx([1 / 32] * 32)
    assert soil_shares({"feel": "", "cracks": "yes"}) == soil_shares({"cracks": "yes"})


@pytest.mark.parametrize(
    "answers",
    [{"feel": "chocolate"}, {"taste": "salty"}, {"": "none"}, {"feel": "none"}],
)
def test_an_unknown_question_or_answer_is_named(answers):
    with pytest.raises(NotValid) as refused:
        soil_shares(answers)
    assert list(refused.value.problems) == list(answers)


def test_ground_is_frozen_only_where_it_can_be():
    answers = {"stop": "frozen"}
    assert soil_shares(answers, {"ET": 1})["CR"] > 0.5
    assert soil_shares(answers, {"Aw": 1})["CR"] < 0.05
    assert soil_shares(answers)["CR"] > 0.5


def test_a_climate_only_breaks_ties():
    dry, wet = (soil_shares({}, {code: 1}) for code in ("BWh", "Af"))
    assert dry["CL"] > wet["CL"]
    for group in set(GROUPS) - {"CR"}:
        assert 1 / 2.5 < dry[group] / wet[group] < 2.5, group


def test_a_map_is_believed_but_answers_go_on_top():
    mapped = {"LX": 0.8, "AR": 0.2}
    assert first(soil_shares({}, prior=mapped)) == "LX"
    assert soil_shares({"feel": "sand"}, prior=mapped)["AR"] > 0.4
    assert first(soil_shares({"feel": "sand", "below": "raw"}, prior=mapped)) == "AR"
    off_the_map = {"ground": "peat", "water": "groundwater", "colour": "dark"}
    assert first(soil_shares(off_the_map, prior=mapped)) == "HS"
