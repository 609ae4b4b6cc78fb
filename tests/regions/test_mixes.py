"""Shares of classes as numbers up to 255, and back."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.regions.mixes import MOST, keys_of, numbers_for, parts_of
from kb.regions.tables import percentages

CODES = ["AC", "AR", "CM", "FR", "LX"]


def told(weights):
    """Give what a cell with these weights is said to hold, with numbers to spare."""
    (key,) = keys_of(np.array([weights], float)).tolist()
    numbers, legend = numbers_for({key: 1}, CODES)
    return percentages(legend[numbers[key]]) if key else {}


def test_one_class_alone_stays_alone():
    assert told([0, 0, 7, 0, 0]) == {"CM": 1.0}


def test_nothing_is_nothing():
    assert told([0, 0, 0, 0, 0]) == {}


def test_shares_come_in_fifths_the_largest_first():
    assert list(told([0, 1, 0, 0, 3]).items()) == [("LX", 0.8), ("AR", 0.2)]
    assert told([20, 36, 20, 4, 20]) == {"AC": 0.2, "AR": 0.4, "CM": 0.2, "LX": 0.2}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=5, max_size=5))
def test_no_share_is_off_by_more_than_a_fifth_and_all_make_one(weights):
    said = told(weights)
    whole = sum(weights)
    if whole <= 1e-12:
        return
    assert sum(said.values()) == pytest.approx(1)
    for code, weight in zip(CODES, weights, strict=True):
        assert abs(said.get(code, 0.0) - weight / whole) < 0.2 + 1e-6


def many_mixes():
    chance = np.random.default_rng(5)
    keys = keys_of(chance.dirichlet(np.full(12, 0.4), 4000))
    return Counter(keys.tolist()), [f"G{n}" for n in range(12)]


def test_of_more_mixes_than_numbers_the_commonest_keep_theirs():
    cells, codes = many_mixes()
    assert len(cells) > 2 * MOST
    numbers, legend = numbers_for(cells, codes)
    assert set(numbers) >= set(cells)
    assert set(numbers.values()) == set(range(MOST + 1))
    assert {f"{code} 100" for code in codes} <= set(legend.values())
    rank = MOST - len(codes)
    least = cells.most_common(rank)[-1][1]
    for key in (key for key, count in cells.items() if count > least):
        exact = {codes[n]: part / 5 for n, part in parts_of(key, 12).items()}
        assert percentages(legend[numbers[key]]) == pytest.approx(exact)


def test_the_others_take_the_nearest():
    cells, codes = many_mixes()
    numbers, legend = numbers_for(cells, codes)
    kept = [percentages(mix) for mix in legend.values()]
    for key in list(cells)[::20]:
        exact = {codes[n]: part / 5 for n, part in parts_of(key, 12).items()}
        nearest = min(gap(exact, mix) for mix in kept)
        assert gap(exact, percentages(legend[numbers[key]])) == pytest.approx(nearest)


def gap(one, other):
    return sum(abs(one.get(c, 0) - other.get(c, 0)) for c in {*one, *other})
