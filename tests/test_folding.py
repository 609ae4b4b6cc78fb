import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zaï", "zai"),
        ("VÉGÉTAUX", "végétaux"),
        ("STRASSE", "straße"),
        ("أحمد", "احمد"),
        ("مدينة", "مدينه"),
        ("كِتاب", "كتاب"),
        ("Йошкар", "йошкар"),
    ],
)
def test_ways_of_writing_a_word_fold_to_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("हरी", "हर"), ("東京", "京都"), ("a", "b")]
)
def test_other_scripts_keep_their_marks(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(word):
    assert fold(fold(word)) == fold(word)
