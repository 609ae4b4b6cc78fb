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


EASY = {
    "en": "We dig pits. The rain stays in them. We put dung in. Then we sow the seed. "
    "The soil was hard. Now the crop grows well and we eat.",
    "fr": "On creuse des trous. La pluie y reste. On met du fumier. Puis on sème le "
    "grain. Le sol était dur. Le mil pousse bien et on mange.",
    "es": "Se cavan hoyos. El agua se queda en ellos. Se pone abono. Luego se siembra "
    "el grano. El suelo era duro. Ahora el maíz crece bien y se come.",
    "pt": "Cavam-se covas. A chuva fica nelas. Põe-se esterco. Depois semeia-se o "
    "grão. O solo era duro. Agora o milho cresce bem e há o que comer em casa.",
    "ru": "Мы роем ямы. В них стоит вода. Мы кладём навоз. Потом сеем зерно. Земля "
    "была твёрдой. Теперь всё растёт. Мы едим хлеб. Нам хватает на год. Мы рады ей.",
}
HARD_WORDS = {
    "en": "Sustainable intensification necessitates interdisciplinary consideration of "
    "biogeochemical interdependencies, institutional heterogeneity and "
    "socio-economic vulnerability, particularly regarding organic amendments and "
    "agricultural mechanisation opportunities within participatory experimentation "
    "initiatives, notwithstanding administrative difficulties.",
    "fr": "L’intensification durable nécessite une considération interdisciplinaire "
    "des interdépendances biogéochimiques, de l’hétérogénéité institutionnelle et de "
    "la vulnérabilité socioéconomique, particulièrement concernant les amendements "
    "organiques et la mécanisation agricole, nonobstant les difficultés "
    "administratives et organisationnelles.",
}


@pytest.mark.parametrize("language", EASY)
def test_short_words_in_short_sentences_are_easy(language):
    assert sentences_of(EASY[language], language).ease >= 70


@pytest.mark.parametrize("language", HARD_WORDS)
def test_long_words_in_a_long_sentence_are_hard(language):
    found = sentences_of(HARD_WORDS[language], language)
    assert found.ease < 30
    assert found.is_hard


@pytest.mark.parametrize(
    ("words", "language"),
    [(EASY["en"], "sw"), (EASY["en"], ""), ("We dig pits.", "en"), ("١٢٣ " * 40, "ar")],
)
def test_of_few_words_or_without_a_formula_no_ease_is_given(words, language):
    found = sentences_of(words, language)
    assert found.ease is None
    assert not found.is_hard


def test_examples_in_its_words_hold():
    assert doctest.testmod(readability).failed == 0
