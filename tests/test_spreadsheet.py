"""A spreadsheet shows what people wrote and reckons nothing of it."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.spreadsheet import table

REAL = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def read(written):
    return list(csv.reader(StringIO(written, newline="")))


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " ="])
def test_what_looks_like_a_formula_is_marked(mark):
    assert read(table(["x"], [[f"{mark}1+1"]])) == [["x"], [f"'{mark}1+1"]]


def test_figures_and_empty_cells_stay_as_they_are():
    assert read(table(["a", "b", "c"], [[-1, 0.5, None]]))[1] == ["-1", "0.5", ""]


@given(st.lists(st.text(REAL), min_size=1, max_size=4))
def test_words_of_any_script_come_back_and_none_begins_a_formula(words):
    (back,) = read(table(["x"], [words]))[1:] or [[""]]
    for word, found in zip(words, back, strict=True):
        assert found in {word, f"'{word}"}
        assert not found.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_sign_that_ends_words_elsewhere_is_left_out():
    assert read(table(["x"], [["a\x00=b"], ["\x00=1"]])) == [["x"], ["a=b"], ["'=1"]]
