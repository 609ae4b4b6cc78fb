import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.words import terms, tokens


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


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "ar", "hi", "zh", "xx"]))
def test_tokens_stand_where_they_say_and_terms_hold_no_space(text, language):
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert all(term and not any(s.isspace() for s in term) for term in token.terms)
