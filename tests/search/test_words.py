import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.excerpt import LONGEST, best_excerpt, mark
from kb.search.words import LONGEST_QUERY, MOST_TERMS, terms, tokens, wanted


def meet(one, other, language):
    return set(terms(one, language)) & set(terms(other, language))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("couvert végétal", "couverts végétaux", "fr"),
        ("vegetaux", "végétaux", "fr"),
        ("terraces", "terrace", "en"),
        ("cultivos", "cultivo", "es"),
        ("labranza", "LABRANZA", "es"),
        ("الزراعة", "زراعة", "ar"),
        ("والزراعة", "زراعة", "ar"),
        ("الأرض", "الارض", "ar"),
        ("تُرْبَة", "تربة", "ar"),
        ("plantações", "plantacoes", "pt"),
        ("почвы", "почва", "ru"),
        ("गोबर की खाद", "खाद", "hi"),
        ("覆盖作物", "作物", "zh"),
        ("mboji", "Mboji", "sw"),
    ],
)
def test_forms_of_a_word_meet(one, other, language):
    assert meet(one, other, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("soil", "oil", "en"), ("sol", "soleil", "fr"), ("تربة", "ماء", "ar")],
)
def test_different_words_do_not_meet(one, other, language):
    assert not meet(one, other, language)


def test_numbers_keep_their_decimals():
    assert "en=5.5" in terms("pH 5.5", "en")
    assert "en=4" in terms("4 per 1000", "en")


def test_common_words_are_left_out():
    assert wanted("what is the soil", "en") == [("en:soil", "en=soil")]
    assert wanted("de la", "fr") == []


def test_a_query_is_capped():
    assert len(wanted(" ".join(f"word{n}" for n in range(99)), "en")) == MOST_TERMS
    assert wanted("x" * LONGEST_QUERY + " beans", "en") == wanted(
        "x" * LONGEST_QUERY, "en"
    )


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "ar", "hi", "zh", "xx"]))
def test_tokens_stand_where_they_say_and_terms_hold_no_space(text, language):
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert all(term and not any(s.isspace() for s in term) for term in token.terms)


def words_of(pieces):
    return "".join(p.words for p in pieces)


def test_marking_keeps_every_sign():
    text = "Les couverts végétaux gardent l'eau."
    pieces = mark(text, "vegetaux eau", "fr")
    assert words_of(pieces) == text
    assert [p.words for p in pieces if p.marked] == ["végétaux", "eau"]


def test_an_excerpt_shows_the_stretch_with_most_of_the_words():
    parts = ["Manure only.", "x " * 200 + "manure and compost together " + "y " * 200]
    excerpt = best_excerpt(parts, "compost manure", "en")
    assert {p.words for p in excerpt if p.marked} == {"manure", "compost"}
    assert len(words_of(excerpt)) <= LONGEST + 6
    assert best_excerpt(parts, "goat", "en") == []


@given(st.text(max_size=400), st.text(max_size=20))
def test_an_excerpt_never_fails(text, words):
    assert isinstance(words_of(best_excerpt([text], words, "en")), str)
    assert words_of(mark(text, words, "en")) == text
