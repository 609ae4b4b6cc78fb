"""Columns of a file, laid and lifted."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.columns import NUMBER, lay, lift

signs = st.characters(exclude_characters="\n", codec="utf-8")
texts = st.lists(st.text(signs, max_size=9), max_size=9)
numbers = st.lists(st.integers(0, 2**32 - 1), max_size=9).map(
    lambda given: array(NUMBER, given)
)


@given(st.dictionaries(st.text(max_size=3), texts | numbers, max_size=4))
def test_what_was_laid_is_lifted(columns):
    assert lift(*lay(columns)) == columns


def test_small_numbers_take_a_byte_and_larger_ones_as_many_as_they_need():
    for largest, width in ((0, 1), (255, 1), (256, 2), (2**24, 4), (2**32 - 1, 4)):
        where, laid = lay({"n": array(NUMBER, [1, largest])})
        assert where == [("n", width, 2 * width)]
        assert len(laid) == 2 * width


def test_a_text_of_two_lines_is_refused():
    with pytest.raises(ValueError, match="line"):
        lay({"names": ["Mara\ndi"]})


@pytest.mark.parametrize("spoilt", [b"", b"ab\n", b"ab\ncd\n\n", b"ab\n\xff\xff\n"])
def test_columns_of_another_length_or_no_text_are_refused(spoilt):
    where, _laid = lay({"names": ["ab", "cd"]})
    with pytest.raises(ValueError, match=r"\d"):
        lift(where, spoilt)
