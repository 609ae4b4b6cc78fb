"""Spotting words finds what reading all of the text finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search.excerpt import mark
from kb.search.spotting import _known, spotted
from kb.search.words import row_term, terms, tokens
from tests.search.whoosh_index.corpus import EXAMPLES

PIECES = [
    "Stake",
    "beans.",
    "the",
    "bean",
    "l'érosion",
    "土壤有机",
    "3.5",
    "(soil)",
    "semi-arid",
    "arid",
    "\u200c",
    "’",
    "هذا",
]
SPACES = [" ", "\n", "\u00a0", "\u2028", "  ", "-", ""]


@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=12),
    st.sampled_from(["en", "fr", "zh", "ar"]),
    st.sets(st.sampled_from(PIECES), max_size=3),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_words_spotted_are_those_a_full_reading_gives(said, language, words):
    text = "".join(word + space for word, space in said)
    asked = {term for word in words for term in terms(word, language)}
    read = sorted(tokens(text, language, holding=asked), key=lambda t: (t.start, t.end))
    assert spotted(text, language, asked) == read


@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=12),
    st.sampled_from(["en", "fr", "zh", "ar"]),
    st.sets(st.sampled_from(PIECES), max_size=2),
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), max_size=3),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_words_in_a_row_are_marked_as_a_full_reading_marks_them(
    said, language, words, told
):
    text = "".join(word + space for word, space in said)
    asked = {term for word in words for term in terms(word, language)}
    rows = {
        tuple(row_term(token.terms) for token in tokens(" ".join(row), language))
        for row in told
    } - {()}
    read = mark(text, asked, language, rows)
    with pytest.MonkeyPatch.context() as patched:
        whole = lambda text, language, asked: [list(tokens(text, language))]  # noqa: E731
        patched.setattr("kb.search.excerpt.stretches", whole)
        assert mark(text, asked, language, rows) == read


def test_pieces_are_forgotten_before_they_are_too_many(monkeypatch):
    monkeypatch.setattr("kb.search.spotting.MOST_PIECES", 4)
    _known.cache_clear()
    asked = set(terms("beans", "en"))
    for word in ("one", "two", "three", "beans", "four"):
        found = spotted(f"{word} beans", "en", asked)
        assert [(t.start, t.end) for t in found][-1:] == [
            (len(word) + 1, len(word) + 6)
        ]
    assert len(_known("en")) <= 4
