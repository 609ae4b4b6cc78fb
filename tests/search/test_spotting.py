"""Spotting words finds what reading all of the text finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search.spotting import _known, spotted
from kb.search.words import terms, tokens
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


def test_pieces_are_forgotten_before_they_are_too_many(monkeypatch):
    monkeypatch.setattr("kb.search.spotting.MOST_PIECES", 4)
    asked = set(terms("beans", "en"))
    for word in ("one", "two", "three", "beans", "four"):
        found = spotted(f"{word} beans", "en", asked)
        assert [(t.start, t.end) for t in found][-1:] == [
            (len(word) + 1, len(word) + 6)
        ]
    assert len(_known("en")) <= 4
