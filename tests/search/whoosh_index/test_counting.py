"""Columns counted together are counted as if each stood alone."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.search.whoosh_index import counting
from kb.search.whoosh_index.columns import Sets
from tests.search.whoosh_index.corpus import thorough

VALUES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=3).map(tuple)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=30)


@given(ROWS, st.data(), st.sampled_from([1, 8, 8192]))
@thorough
def test_packed_columns_count_what_each_holds(monkeypatch, rows, data, most):
    monkeypatch.setattr(counting, "PACKED", most)
    columns = {name: Sets.of([row[n] for row in rows]) for n, name in enumerate("xyz")}
    some = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1))))
    for chosen in (some, list(range(len(rows)))):
        found = {}
        for pack in counting.packs(columns):
            found |= pack.counts(np.array(chosen, "u4"))
        for n, name in enumerate("xyz"):
            assert found[name] == Counter(v for i in chosen for v in rows[i][n])


def test_counts_add_up():
    assert counting.summed({}, {"a": 1}) == {"a": 1}
    assert counting.summed({"a": 1, "b": 2}, {"a": 3}) == {"a": 4, "b": 2}
