"""Which segments are made one: few stand, little is written again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.whoosh_index.policy import MOST_SMALL, SMALL, all_of_them, many_small
from kb.search.whoosh_index.stock import StockSegment
from tests.search.whoosh_index.corpus import thorough


def segment(documents, gone=0):
    return StockSegment("humus_x", documents, np.arange(gone))


def after(segments, chosen):
    """Give the segments that stand when those chosen were made one."""
    left = [s for s in segments if s not in chosen]
    total = sum(s.doc_count() for s in chosen)
    return [*left, segment(total)] if chosen else left


def test_each_document_is_written_again_a_few_times_only():
    segments, written = [segment(10_000)], 0
    for _ in range(2000):
        chosen = many_small([*segments, segment(1)])
        assert all(s.doc_count() < 10_000 for s in chosen)
        written += sum(s.doc_count() for s in chosen)
        segments = after([*segments, segment(1)], chosen)
        assert len(segments) <= MOST_SMALL
    assert written < 8 * 2000


sizes = st.lists(st.integers(1, 3 * SMALL), max_size=20)


@given(sizes)
@thorough
def test_many_small_ones_become_fewer_and_big_ones_are_left_alone(documents):
    segments = [segment(n) for n in documents]
    chosen = many_small(segments)
    small = [s for s in segments if s.doc_count() <= SMALL]
    assert (len(chosen) >= 2) == (len(small) > MOST_SMALL)
    assert set(chosen) <= set(small)


@pytest.mark.parametrize(
    ("gone", "chosen"), [(0, False), (SMALL, False), (SMALL + 2, True)]
)
def test_a_big_one_is_written_again_when_more_than_half_is_gone(gone, chosen):
    big = segment(2 * SMALL + 2, gone)
    assert list(many_small([big, segment(1)])) == ([big] if chosen else [])


def test_a_single_clean_one_is_not_written_again():
    assert list(all_of_them([segment(5)])) == []
    assert len(list(all_of_them([segment(5, 1)]))) == 1
    assert len(list(all_of_them([segment(5), segment(1)]))) == 2
