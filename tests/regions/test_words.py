"""What a person is told of places, in every interface language."""

import sys

import pytest

from kb.app import create_app
from kb.language import INTERFACE
from kb.regions import field_key, questions
from kb.regions.climate_words import HEAT_WORDS, RAIN_WORDS, WETNESS_WORDS
from kb.regions.likeness import (
    BAND_WORDS,
    SAME_HEAT_AND_RAIN,
    TOO_LITTLE_KNOWN,
    TURNED,
    WORDS,
    sentence,
)
from kb.regions.limits import TOO_LITTLE, TOO_MUCH
from kb.regions.places import PROVENANCE_WORDS
from kb.regions.similarity import alike
from kb.regions.soil import mix
from kb.regions.soil_words import AXIS_WORDS, FAMILY_WORDS, soil_words, sure_words
from kb.settings import ROOT, Settings
from tests.regions.eight import EIGHT

sys.path.insert(0, str(ROOT / "translations"))
import catalogues


def asked():
    for question in (*field_key.QUESTIONS, *questions.QUESTIONS):
        yield from (question.words, question.hint)
        yield from (answer.words for answer in question.answers)


def every_word():
    yield from asked()
    for words in (BAND_WORDS, PROVENANCE_WORDS, FAMILY_WORDS, AXIS_WORDS, RAIN_WORDS):
        yield from words.values()
    yield from (said for _least, said in (*HEAT_WORDS, *WETNESS_WORDS))
    for words in (TOO_LITTLE, TOO_MUCH, *WORDS.values()):
        yield from words.values()
    for respect in TURNED.values():
        yield from (said for pair in respect.values() for said in pair)
    yield from (SAME_HEAT_AND_RAIN, TOO_LITTLE_KNOWN)


@pytest.fixture(scope="module")
def translated():
    read = {path.parts[-3]: catalogues.read(path) for path in catalogues.sources()}
    assert {"en", *read} == set(INTERFACE)
    return {
        language: {message.id: message.string for message in catalogue}
        for language, catalogue in read.items()
    }


@pytest.mark.thorough
def test_every_question_answer_reason_and_soil_is_said_in_every_language(translated):
    words = {str(said) for said in every_word()}
    assert len(words) > 120
    for language, catalogue in translated.items():
        missing = {said for said in words if not catalogue.get(said)}
        assert missing == set(), language


def test_all_are_lazy_so_that_each_reader_gets_her_own_language(tmp_path):
    app = create_app(Settings(home=str(tmp_path), search="memory:", secret_key="words"))
    likeness = alike(EIGHT["Yatenga"], EIGHT["Maradi"])
    said = {}
    for language in INTERFACE:
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            soil = {"AR": 0.5, "LV": 0.5}
            lines = sentence(likeness.reasons), soil_words(soil), sure_words(mix([]))
            said[language] = [str(line) for line in lines]
    assert said["en"][1] == "Soils here are often brown and loamy or sandy."
    assert said["fr"][1] == "Ici, les sols sont souvent bruns et limoneux ou sableux."
    assert "؛" in said["ar"][0]
    assert all(len({said[x][i] for x in INTERFACE}) == len(INTERFACE) for i in range(3))


def test_questions_end_as_questions_and_answers_do_not():
    for question in (*field_key.QUESTIONS, *questions.QUESTIONS):
        assert str(question.words).endswith("?")
        assert not any(str(a.words).endswith(("?", ".")) for a in question.answers)
        assert str(question.hint).endswith(".")
