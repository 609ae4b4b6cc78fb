"""A file of arrays gives back what was written, or says that it cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from kb.search.whoosh_index.columns import Numbers, Sets, Texts
from kb.search.whoosh_index.container import (
    ALIGNED,
    Container,
    Damaged,
    write_container,
)
from tests.search.whoosh_index.corpus import thorough

kinds = st.sampled_from(["u1", "u2", "u4", "u8", "i8", "f4"])
shapes = arrays_of.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=9)


@pytest.mark.thorough
@given(st.dictionaries(st.text(max_size=5), arrays_of.arrays(kinds, shapes)))
@thorough
def test_what_was_written_is_read(tmp_path, given_arrays):
    path = tmp_path / "a.arrays"
    size = write_container(path, given_arrays, {"word": "زراعة"})
    held = Container(path)
    assert held.about == {"word": "زراعة"}
    assert path.stat().st_size == size
    for name, array in given_arrays.items():
        assert held[name].dtype == array.dtype
        assert np.array_equal(held[name], array, equal_nan=array.dtype.kind == "f")
        if array.size:
            assert held[name].ctypes.data % ALIGNED == 0
            assert not held[name].flags.writeable


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.arrays"
    write_container(path, {"some": np.arange(100, dtype="u4")}, {})
    return path


def test_every_single_byte_that_changes_is_noticed(path):
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged, match=r"a\.arrays"):
            Container(path)


def test_every_shorter_file_is_noticed(path):
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            Container(path)


@pytest.mark.parametrize("wrote", [b"PK\x03\x04", b"HUMARR01"])
def test_what_another_program_or_an_older_one_wrote_is_refused(path, wrote):
    path.write_bytes(wrote + bytes(500))
    with pytest.raises(Damaged, match="not a container of this version"):
        Container(path)


kept = st.lists(st.booleans(), min_size=4, max_size=4).map(np.array)
values = st.lists(st.sampled_from(["rice", "millet", "maize"]), max_size=2).map(tuple)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Numbers, st.integers(-(2**40), 2**40)),
        (Texts, st.binary(max_size=4)),
        (Sets, values),
    ],
)
@thorough
@given(data=st.data())
def test_columns_put_behind_each_other_keep_the_rows_asked_for(kind, cell, data):
    rows = [data.draw(st.lists(cell, min_size=4, max_size=4)) for _ in range(2)]
    stay = [data.draw(kept) for _ in range(2)]
    joined = kind.joined(zip(map(kind.of, rows), stay, strict=True))
    expected = [
        value
        for part, keeping in zip(rows, stay, strict=True)
        for value, keep in zip(part, keeping, strict=True)
        if keep
    ]
    assert [joined[n] for n in range(len(expected))] == expected
