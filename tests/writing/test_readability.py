"""Sentences are counted as each language writes them."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.writing import readability
from kb.writing.readability import LONG, sentences_of


@pytest.mark.parametrize(
    ("language", "words", "lengths"),
    [
        ("en", "It rained. We dug ten pits!", (2, 4)),
        ("en", "Yields rose by 3.5 t/ha. Nobody knew why", (6, 3)),
        ("en", "Guo et al. 2002 found it, as M. Diallo did.", (10,)),
        ("en", "**Dig** first:\n\n- one pit\n- two big pits\n1. Fill", (2, 2, 3, 1)),
        ("fr", "Il pleut. L\u2019eau reste-t-elle\u00a0? Oui.", (2, 4, 1)),
        ("es", "\u00bfLlueve? No. Cavamos diez hoyos.", (1, 1, 3)),
        ("ar", "هطل المطر. هل حفرنا حفرا؟ نعم.", (2, 3, 1)),
        ("zh", "土壤有机碳很重要。我们挖坑。", (4, 2)),
        ("hi", "बारिश हुई। हमने गड्ढे खोदे।", (2, 3)),
    ],
)
def test_sentences_have_as_many_words_as_people_count(language, words, lengths):
    assert sentences_of(words, language).lengths == lengths


@pytest.mark.parametrize("words", ["", " ", "...", "- \n- ", "***", "!?"])
def test_where_there_are_no_words_nothing_is_said(words):
    assert sentences_of(words, "en") is None


def test_the_longest_is_given_and_only_long_ones_are_told():
    long = "Word" + " word" * 2 * LONG + "."
    found = sentences_of(f"Short. {long}", "en")
    assert found.longest == long
    assert found.are_long
    assert not sentences_of(f"Short. Short. {long}", "en").are_long


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "zh", "xx", ""]))
def test_any_text_in_any_language_is_measured(words, language):
    found = sentences_of(words, language)
    assert found is None or min(found.lengths) > 0


def test_examples_in_its_words_hold():
    assert doctest.testmod(readability).failed == 0
