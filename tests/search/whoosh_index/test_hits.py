"""One hit for each group, narrowed and counted, in order."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq

from kb.search.whoosh_index.hits import best_of_each, first_of, narrowed
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.matching import match
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.snapshot import Snapshot
from kb.search.whoosh_index.writer import refilling
from tests.search.whoosh_index.corpus import (
    CROPS,
    LAYOUT,
    Doc,
    add,
    corpora,
    thorough,
    write,
)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), max_size=40),
    st.integers(1, 45),
)
@thorough
def test_the_first_by_several_keys_are_those_a_full_sort_puts_first(rows, count):
    keys = [np.array([row[n] for row in rows], "i8") for n in range(2)]
    chosen = first_of(keys, count).tolist()
    assert [rows[n] for n in chosen] == sorted(rows)[:count]
    assert len(set(chosen)) == len(chosen)


@given(st.integers(1, 60), st.sampled_from([1, 3, 10**6]), st.booleans())
@thorough
def test_the_first_of_very_many_are_found_from_a_sample(count, different, few):
    chance = np.random.default_rng(count)
    keys = [chance.integers(0, different, 9000), chance.permutation(9000)]
    among = np.flatnonzero(chance.random(9000) < 0.98) if few else np.arange(9000)
    later = [keys[0], lambda rows: keys[1][rows]]
    chosen = first_of(later, count, among if few else None)
    order = np.lexsort([key[among] for key in keys[::-1]])
    assert chosen.tolist() == among[order][:count].tolist()


def test_nothing_is_sorted_among_nothing():
    assert first_of([np.zeros(0), np.zeros(0)], 5).tolist() == []


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index", LAYOUT)


def open_part(shelf, documents):
    with refilling(shelf) as writer:
        for d in documents:
            add(writer, d)
    snapshot = Snapshot(shelf)
    return snapshot, snapshot.parts[0]


@pytest.mark.thorough
@given(corpora)
@thorough
def test_the_best_document_of_each_group_stands_for_it(shelf, documents):
    snapshot, part = open_part(shelf, documents)
    found = match(wq.Term(WORDS, "bean"), snapshot, part)
    scores = dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))
    best = {}
    for number, score in scores.items():
        group = documents[number].group
        if group not in best or score > scores[best[group]]:
            best[group] = number
    kept = best_of_each(part, found)
    assert kept.documents.tolist() == sorted(best.values())


filters = st.fixed_dictionaries({"crop": st.sets(st.sampled_from(CROPS)).map(tuple)})


@given(corpora, filters)
@thorough
def test_a_column_counts_what_lifting_its_own_filter_would_leave(
    shelf, documents, wanted
):
    snapshot, part = open_part(shelf, documents)
    everything = match(wq.Every(), snapshot, part)
    left, counts = narrowed(part, everything, wanted, ["crop"])
    crops = wanted["crop"]
    assert left.documents.tolist() == [
        n for n, d in enumerate(documents) if not crops or set(crops) & set(d.crops)
    ]
    assert counts["crop"] == Counter(crop for d in documents for crop in d.crops)


def test_values_of_gone_groups_are_not_counted(shelf):
    open_part(shelf, [Doc(1, ["bean"], [], ("rice",)), Doc(2, ["bean"], [], ("none",))])
    write(shelf, [Doc(1, ["bean"], [], ("millet",))])
    snapshot, counted = Snapshot(shelf), Counter()
    for part in snapshot.parts:
        found = match(wq.Every(), snapshot, part)
        counted.update(narrowed(part, found, {}, ["crop"])[1]["crop"])
    assert counted == {"millet": 1, "none": 1}
