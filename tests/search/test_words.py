"""Which words meet, language by language, and where they stand.

The table of pairs is also how a newcomer sees what the analysis does.
"""

import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.folding import fold
from kb.search import run_terms
from kb.search.letters import bare, small
from kb.search.run_terms import known_runs
from kb.search.stopwords import STOP_WORDS
from kb.search.words import (
    ANALYSED,
    LAYERS,
    LONGEST_QUERY,
    MOST_TERMS,
    in_a_row,
    terms,
    terms_of,
    tokens,
    wanted,
)

EXAMPLES = 5 * int(os.environ.get("HUMUS_EXAMPLES", "20"))


def finds(query, text, language):
    """Say whether a text that holds these words answers a query of all its words."""
    held = set(terms(text, language))
    asked = wanted(query, language)
    return bool(asked) and all(held.intersection(word) for word in asked)


MEET = """
en | terraces | terrace
en | fertilisers | fertilizer
en | organisation | organizations
en | farmer’s field | farmers' fields
en | pH 5.5 | a soil of pH5,5
en | 30 cm | 30cm deep
en | 30cm | 30 cm deep
en | 4 per 1000 | the “4 per 1000” goal
en | 10,000 plants | 10.000 plants
en | CO2 | CO₂
en | n2o | N₂O losses
en | t/ha | 2.5 t/ha
en | m2 | 100 m²
en | ＣＯ２ | CO2
en | no-till | no-till farming
en | no till | no-till farming
en | notill | no-till farming
en | no-till | notill farming
en | semi arid | semi-arid
en | semiarid | semi-arid lands
en | semi-arid | semi‑arid
en | semi-arid | semiarid
en | over grazing | overgrazing
en | rainwater | rain\u00adwater
fr | couvert végétal | les couverts végétaux
fr | vegetaux | végétaux
fr | eau | l’eau
fr | l'eau | eau
fr | arbres | d'arbres
fr | érosion | jusqu'à l'érosion
fr | demilunes | demi-lune
fr | demi lune | des demi-lunes
fr | boeufs | bœuf
fr | après-midi | l'après-midi
es | cultivos | cultivo
es | LABRANZA | labranza
es | estiercol | estiércol
es | 5.5 | pH 5,5
pt | coberturas | cobertura
pt | plantacoes | plantações
pt | adubos | adubo
pt | agua | copo d'água
it | concimi | concime
it | acqua | l'acqua
it | acqua | dell'acqua
it | suoli | suolo
de | Duengung | Düngung
de | Dungung | Düngung
de | Äcker | Acker
de | Aecker | Acker
de | Strasse | Straße
ru | чернозем | чернозём
ru | почвы | почва
ru | удобрения | удобрение
ar | الزراعة | زراعة
ar | والزراعة | زراعة
ar | بالتربة | تربة
ar | للتربة | التربة
ar | كالسماد | سماد
ar | وبالسماد | سماد
ar | المياه | مياه
ar | الأرض | الارض
ar | تُرْبَة | تربة
ar | تـــربة | تربة
ar | تربه | تربة
ar | ٣٠ | 30
ar | 12.5 | ١٢٫٥
ar | المزارعون | المزارعين
fa | کود | كود
fa | خاک ورزی | خاک‌ورزی
fa | خاکورزی | خاک‌ورزی
ur | مٹی | مٹي
ur | ۳۰ | 30
hi | फसल | फ़सलें
hi | जमीन | ज़मीन
hi | गांव | गाँव
hi | हिन्दी | हिंदी
hi | कम्पोस्ट | कंपोस्ट
hi | खेत | खेतों
hi | ३० | 30
hi | ५.५ | 5,5
bn | মাটি | মাটির
bn | মাটি | মাটিতে
bn | কৃষক | কৃষকদের
bn | গাছ | গাছগুলোর
bn | ৩০ | 30
bn | বাড়ি | বাড়ি
sw | mti | miti
sw | shamba | mashamba
sw | shamba | shambani
sw | mkulima | wakulima
sw | zao | mazao
sw | kiazi | viazi
sw | chakula | vyakula
sw | mwezi | miezi
sw | panda | kupanda
sw | udongo | udongoni
sw | ng'ombe | ng’ombe
sw | ngombe | ng'ombe
sw | Mboji | mboji
am | ጸሐይ | ፀሀይ
am | አፈር | ዐፈር
zh | 土壤侵蚀 | 在坡地上减少土壤侵蚀
zh | 保持 | 水土保持
zh | 免耕 | 采用免耕播种的农民
zh | 覆盖 | 覆盖作物
zh | 如何防止土壤侵蚀 | 防止土壤的侵蚀
zh | 30公斤 | 每亩３０公斤
ja | 緑肥 | 土壌に緑肥を使う
ja | 土壌侵食 | 土壌の侵食を減らす
ja | カバークロップ | ｶﾊﾞｰｸﾛｯﾌﾟ
th | ดิน | การปลูกพืชคลุมดิน
th | คลุมดิน | การปลูกพืชคลุมดินช่วยลดการพังทลาย
th | ๓๐ | 30 ซม
km | ដី | ការហូរច្រោះដី
lo | ດິນ | ການປູກພືດຄຸມດິນ
my | ထိန်းသိမ်း | မြေဆီလွှာ ထိန်းသိမ်းရေး
vi | dat | đất
vi | đất | ĐẤT
tr | toprak ısısı | TOPRAK ISISI
tr | isi | ısı
ha | kasa mai daki | ƙasa mai ɗaki
xx | Zaï | zai
"""

APART = """
en | soil | oil
en | 5.5 | 55
en | 1,000 | 1000
en | CO2 | CO
en | semiarid | arid
fr | sol | soleil
fr | demilune | lune
es | año | mañana
ru | почва | поле
ar | تربة | ماء
hi | खाद | खेत
bn | মাটি | সার
bn | সার | সাপ
sw | kilimo | wakulima
sw | mti | mtu
sw | jani | jirani
am | አፈር | አሸዋ
zh | 土壤 | 石灰
zh | 持水 | 水土保持
ja | 京都 | 東の都
th | ดิน | น้ำ
de | Quelle | Qual
vi | đất | nước
"""


def rows(table):
    return [
        [cell.strip() for cell in row.split("|")] for row in table.strip().split("\n")
    ]


@pytest.mark.parametrize(("language", "query", "text"), rows(MEET))
def test_what_is_typed_finds(language, query, text):
    assert finds(query, text, language)


@pytest.mark.parametrize(("language", "query", "text"), rows(APART))
def test_what_is_typed_does_not_find(language, query, text):
    assert not finds(query, text, language)


def test_every_language_of_the_query_is_in_the_table():
    assert set(ANALYSED) <= {language for language, *_ in rows(MEET)}
    assert set(ANALYSED) <= {language for language, *_ in rows(APART)} | {"pt", "it"}


@pytest.mark.parametrize("language", ANALYSED)
def test_a_query_of_common_words_asks_nothing(language):
    assert STOP_WORDS[language]
    for word in STOP_WORDS[language]:
        assert wanted(word, language) == []
    assert wanted(" ".join(sorted(STOP_WORDS[language])[:9]), language) == []


def test_common_words_are_left_out():
    assert wanted("what is the soil", "en") == [("en:soil", "en=soil")]
    assert wanted("de la", "fr") == []
    assert wanted("土壤的侵蚀", "zh") == [
        ("zh:土壤", "zh=土壤"),
        ("zh:侵蚀", "zh=侵蚀"),
    ]


def test_a_query_is_capped():
    assert len(wanted(" ".join(f"word{n}" for n in range(99)), "en")) == MOST_TERMS
    assert len(in_a_row(" ".join(f"word{n}" for n in range(99)), "en")) == MOST_TERMS
    assert wanted("x" * LONGEST_QUERY + " beans", "en") == wanted(
        "x" * LONGEST_QUERY, "en"
    )


def test_a_word_comes_before_what_merely_looks_alike_without_accents():
    (asked,) = wanted("đất", "vi")
    assert set(asked) <= set(terms("đất", "vi"))
    assert set(asked) & set(terms("dắt", "vi")) == {"vi=dat"}


def test_a_word_of_the_dictionary_answers_with_more_terms_than_a_pair_across_words():
    (asked,) = wanted("京都", "ja")
    assert len(set(asked) & set(terms("京都の土壌", "ja"))) == 2
    assert len(set(asked) & set(terms("東京都の土壌", "ja"))) == 1


@pytest.mark.parametrize(
    ("phrase", "text", "language"),
    [
        ("cover crops", "Sow a cover crop early", "en"),
        ("semi-arid zone", "in semi arid zones", "en"),
        ("semi arid zone", "in semi-arid zones", "en"),
        ("30cm deep", "dig 30 cm deep", "en"),
        ("couverts végétaux", "un couvert végétal", "fr"),
        ("土壤侵蚀", "减少土壤侵蚀，提高产量", "zh"),
        ("免耕", "采用免耕播种", "zh"),
        ("พืชคลุมดิน", "การปลูกพืชคลุมดินช่วย", "th"),
    ],
)
def test_a_phrase_stands_place_after_place(phrase, text, language):
    row = in_a_row(phrase, language)
    places = [token.terms for token in tokens(text, language)]
    assert any(
        all(
            set(asked) & set(held)
            for asked, held in zip(row, places[at:], strict=False)
        )
        for at in range(len(places) - len(row) + 1)
    )


WRITTEN = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("aé'’-.,0٣５\u00ad\u200c\u200dßАا水土の保ดិ्ि़ক 𞤀𠮷"),
    max_size=120,
)
LANGUAGES = st.sampled_from([*ANALYSED, "ja", "th", "vi", "am", "fa", "xx"])


@given(WRITTEN, LANGUAGES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_tokens_stand_where_they_say(text, language):
    found = list(tokens(text, language))
    assert terms(text, language) == [term for token in found for term in token.terms]
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        own = terms_of(text[token.start : token.end], language)
        assert token.terms[0] in own
        assert len(token.terms) == LAYERS
        assert not any(sign.isspace() for term in token.terms for sign in term)


@given(WRITTEN, LANGUAGES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_a_text_holds_is_found_by_its_own_words(text, language):
    text = text[:LONGEST_QUERY]
    held = set(terms(text, language))
    for asked in wanted(text, language):
        assert held.intersection(asked)


@given(WRITTEN, LANGUAGES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_how_the_signs_are_coded_does_not_matter(text, language):
    composed, taken_apart = (unicodedata.normalize(f, text) for f in ("NFC", "NFD"))
    assert terms(composed, language) == terms(taken_apart, language)


@given(st.text(max_size=30))
@settings(max_examples=EXAMPLES, deadline=None)
def test_bare_words_are_folded(word):
    plain = bare(small(word, "xx"), "xx")
    assert fold(plain) == plain


def test_threads_get_what_one_gets():
    texts = [
        " ".join(f"{word}{n}" for word in ("terraces", "végétaux", "почвы", "miti"))
        + "土壤侵蚀 การปลูกพืช"
        for n in range(60)
    ]
    jobs = [(text, language) for text in texts for language in ("en", "fr", "zh", "ru")]
    known_runs.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: terms(*job), jobs * 2))
    known_runs.cache_clear()
    assert together == [terms(*job) for job in jobs] * 2


def test_what_is_kept_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(run_terms, "MOST_KEPT", 10)
    known_runs.cache_clear()
    terms(" ".join(f"word{n}" for n in range(99)) + " " + "x" * 99, "en")
    assert len(known_runs("en")) <= 10
    assert "x" * 99 not in known_runs("en")


@pytest.mark.parametrize(
    ("word", "common", "language"), [("maïs", "mais", "fr"), ("té", "te", "es")]
)
def test_a_word_is_not_common_for_want_of_an_accent(word, common, language):
    assert terms(word, language)
    assert not terms(common, language)
