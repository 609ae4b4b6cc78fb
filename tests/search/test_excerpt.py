"""Showing where the words were found."""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.excerpt import LONGEST, best_excerpt, mark
from kb.search.words import terms


def words_of(pieces):
    return "".join(p.words for p in pieces)


def test_marking_keeps_every_sign():
    text = "Les couverts végétaux gardent l'eau."
    pieces = mark(text, terms("vegetaux eau", "fr"), "fr")
    assert words_of(pieces) == text
    assert [p.words for p in pieces if p.marked] == ["végétaux", "eau"]


def test_an_excerpt_shows_the_stretch_with_most_of_the_words():
    parts = ["Manure only.", "x " * 200 + "manure and compost together " + "y " * 200]
    excerpt = best_excerpt(parts, terms("compost manure", "en"), "en")
    assert {p.words for p in excerpt if p.marked} == {"manure", "compost"}
    assert len(words_of(excerpt)) <= LONGEST + 6
    assert best_excerpt(parts, terms("goat", "en"), "en") == []


@given(st.text(max_size=400), st.text(max_size=20))
def test_an_excerpt_never_fails(text, words):
    asked = terms(words, "en")
    assert isinstance(words_of(best_excerpt([text], asked, "en")), str)
    assert words_of(mark(text, asked, "en")) == text
