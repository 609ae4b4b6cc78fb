"""Which kind of record the small words of a question ask for."""

import pytest

from kb.search.intent import ASKS_FOR, SAID, kind_asked

TYPED = {
    "practice": [
        "how to stop gullies",
        "Comment arrêter les ravines ?",
        "¿Cómo hacer compost?",
        "como fazer terraços",
        "كيف أصنع السماد",
        "jinsi ya kutengeneza mboji",
        "खाद कैसे बनाएं",
        "如何做堆肥",
        "как делать компост",
        "কিভাবে সার তৈরি",
        "zai holes cost",
        "how much does it cost",
        "combien coûte le zaï",
        "梯田多少钱",
    ],
    "story": [
        "who greened the desert",
        "قصة نجاح في النيجر",
        "historia de un agricultor",
        "quem plantou árvores",
        "кто посадил лес",
        "成功故事",
        "kisa hadithi ya mkulima",
        "किसान की कहानी",
        "qui a reboisé",
    ],
    "answer": [
        "why yield dropped",
        "what is humus",
        "Qu'est-ce que l'humus",
        "combien de chaux",
        "por qué no crece",
        "quantos bois por hectare",
        "لماذا لا ينمو",
        "kwa nini udongo",
        "मिट्टी क्यों",
        "为什么土壤变硬",
        "почему почва",
        "কেন মাটি",
    ],
    "": ["compost", "whole farm", "costal erosion", "", "?!", "howto", "كمبوست"],
}


@pytest.mark.parametrize(
    ("kind", "words"), [(kind, one) for kind, some in TYPED.items() for one in some]
)
def test_a_question_asks_for_a_kind(kind, words):
    assert kind_asked(words) == kind


def test_every_sort_of_question_is_asked_in_ten_languages():
    assert list(SAID) == list(ASKS_FOR)
    ten = {"en", "fr", "es", "pt", "ar", "sw", "hi", "zh", "ru", "bn"}
    assert all(set(said) == ten for said in SAID.values())
    assert all(words for said in SAID.values() for words in said.values())
