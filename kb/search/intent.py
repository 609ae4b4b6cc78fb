"""What kind of record a question is after, by the small words it is asked with.

"How to" asks for a practice, and so do words for prices, for practices say what they
cost; "who" and words for stories ask for a story; "why", "how many" and "what is" ask
for an answer. Nobody says in which language she types, so every language's words count.
"""

import re
from functools import cache
from types import MappingProxyType

from kb.folding import fold
from kb.search.word_parts import is_unspaced

ASKS_FOR = MappingProxyType(
    {"cost": "practice", "who": "story", "why": "answer", "how": "practice"}
)
"""Sort of question → the kind of record it is after. Where a query holds words of two
sorts ("how much does it cost", "why and how"), the one named first here counts."""

SAID = MappingProxyType(
    {
        "cost": {
            "en": "cost, costs, price, prices, how much money, expensive, cheap",
            "fr": "coût, coûts, coûte, prix, tarif, cher",
            "es": "costo, costos, coste, cuesta, precio, precios, barato",
            "pt": "custo, custos, custa, preço, preços, barato",
            "ar": "تكلفة, التكلفة, كلفة, تكاليف, سعر, أسعار, ثمن",
            "sw": "gharama, bei",
            "hi": "लागत, कीमत, दाम, खर्च",
            "zh": "成本, 价格, 多少钱, 费用",
            "ru": "цена, цены, стоимость, сколько стоит",
            "bn": "খরচ, দাম, মূল্য",
        },
        "who": {
            "en": "who, whose, story, stories, success story, experience of",
            "fr": "qui a, qui ont, histoire, récit, témoignage, expérience de",
            "es": "quién, quiénes, historia, relato, testimonio, experiencia de",
            "pt": "quem, história, relato, testemunho, experiência de",
            "ar": "قصة, قصص, حكاية, تجربة, من الذي",
            "sw": "nani, hadithi, simulizi",
            "hi": "किसने, कौन, कहानी, अनुभव",
            "zh": "谁, 故事, 案例, 经验",
            "ru": "кто, история, истории, рассказ, опыт",
            "bn": "কে, কারা, গল্প, কাহিনী, অভিজ্ঞতা",
        },
        "why": {
            "en": "why, what is, what are, how many, how much, how long, which,"
            " does, is it, should i, can i",
            "fr": "pourquoi, qu'est-ce que, c'est quoi, combien, quelle, quel, quels,"
            " quelles, est-ce que, faut-il, peut-on",
            "es": "por qué, qué es, qué son, cuánto, cuánta, cuántos, cuántas, cuál,"
            " cuáles, puedo, se puede",
            "pt": "por que, porque, o que é, quanto, quanta, quantos, quantas, qual,"
            " quais, posso, pode-se",
            "ar": "لماذا, فلماذا, ما هو, ما هي, كم, هل, أي",
            "sw": "kwa nini, kwanini, ni nini, ngapi, je",
            "hi": "क्यों, क्या है, क्या, कितना, कितने, कितनी",
            "zh": "为什么, 什么是, 是什么, 多少, 是否, 哪种",
            "ru": "почему, зачем, что такое, сколько, какой, какая, какие, можно ли",
            "bn": "কেন, কী, কি, কত, কতটা, কোন",
        },
        "how": {
            "en": "how to, how do i, how can i, how do you, steps",
            "fr": "comment",
            "es": "cómo, de qué manera",
            "pt": "como",
            "ar": "كيف, طريقة, كيفية",
            "sw": "jinsi ya, namna ya, vipi",
            "hi": "कैसे, तरीका, विधि",
            "zh": "怎么, 怎样, 如何, 方法",
            "ru": "как, каким образом, способ",
            "bn": "কীভাবে, কিভাবে, উপায়, পদ্ধতি",
        },
    }
)
"""Sort of question → language → what it is asked with."""

_BETWEEN = re.compile(r"[\s'\u2019\-?!.,;:¿¡؟،\"]+")


def kind_asked(words: str) -> str:
    """Give the kind of record that some words are after; nothing if they do not say.

    >>> kind_asked("Comment faire du compost ?"), kind_asked("compost")
    ('practice', '')
    """
    typed = _spaced(words)
    for sort, kind in ASKS_FOR.items():
        spaced, unspaced = _phrases(sort)
        if any(each in typed for each in spaced):
            return kind
        if any(each in typed for each in unspaced):
            return kind
    return ""


@cache
def _phrases(sort: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what to look for between spaces, and what anywhere."""
    written = [each for said in SAID[sort].values() for each in said.split(", ")]
    spaced = tuple(_spaced(each) for each in written if not is_unspaced(each))
    return spaced, tuple(each for each in written if is_unspaced(each))


def _spaced(words: str) -> str:
    return f" {' '.join(_BETWEEN.sub(' ', fold(words)).split())} "
