"""A column of lists of numbers, after any cutting and joining."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.search.whoosh_index.columns import Lists
from kb.search.whoosh_index.container import Container, write_container
from tests.search.whoosh_index.corpus import thorough

rows = st.lists(st.lists(st.integers(-9, 9), max_size=3).map(tuple), max_size=9)
ends = st.tuples(*[st.none() | st.integers(-10, 10)] * 2)


def listed(column):
    return [column[row] for row in range(len(column.ends) - 1)]


@given(rows)
@thorough
def test_lists_are_read_as_they_were_written(tmp_path, held):
    path = tmp_path / "lists.arrays"
    write_container(path, Lists.of(held).arrays("years"), {})
    assert listed(Lists.read(Container(path), "years")) == held
    path.unlink()


@given(
    st.lists(
        st.lists(st.tuples(st.booleans(), st.tuples(st.integers(0, 5)))), min_size=1
    )
)
@thorough
def test_joined_columns_hold_the_rows_that_are_kept(parts):
    columns = [
        (Lists.of([row for _, row in part]), np.array([kept for kept, _ in part], bool))
        for part in parts
    ]
    kept = [row for part in parts for keep, row in part if keep]
    assert listed(Lists.joined(columns)) == kept


@given(rows, st.lists(ends, max_size=3), st.data())
@thorough
def test_a_document_is_within_if_any_of_its_numbers_is_in_any_of_the_ranges(
    held, wanted, data
):
    places = st.integers(0, len(held) - 1) if held else st.nothing()
    some = data.draw(st.lists(places, unique=True).map(sorted))
    expected = [
        any(
            (low is None or low <= number) and (high is None or number <= high)
            for low, high in wanted
            for number in held[place]
        )
        for place in some
    ]
    found = Lists.of(held).within(wanted, np.array(some, "u4"))
    assert found.tolist() == expected
