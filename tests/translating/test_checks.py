"""What may be wrong with a translation, a line for each case."""

import pytest

from kb.search.thesaurus import Thesaurus
from kb.translating.checks import problems_of
from kb.vocabulary.thesaurus_lookups import Mark, NamedConcept

FINE = [
    ("fr", "Dig 25 cm deep.", "Creusez à 25 cm."),
    ("fr", "It costs 1,500 USD.", "Cela coûte 1 500 USD."),
    ("fr", "It costs 1,500 USD.", "Cela coûte 1\u202f500 USD."),
    ("es", "It gave 2.5 t/ha.", "Dio 2,5 t/ha."),
    ("es", "It costs 1,500 USD.", "Cuesta 1.500 USD."),
    ("ar", "Dig 25 cm deep, 2.5 m apart.", "احفر ٢٥ سم، بينها ٢٫٥ م."),
    ("ar", "About 1,200 mm of rain.", "نحو ١٬٢٠٠ مم من المطر."),
    ("hi", "Give 40 kg of manure.", "४० किग्रा खाद दें।"),
    ("hi", "100,000 people", "1,00,000 लोग"),
    ("bn", "Give 40 kg of manure.", "৪০ কেজি সার দিন।"),
    ("ru", "It gave 2.5 t/ha.", "Это дало 2,5 т/га."),
    ("zh", "Dig 25 cm deep.", "挖25厘米深。"),
    ("fr", "On 2026-11-22 in 3 places", "Le 22/11/2026, en 3 lieux"),
    ("fr", "See https://a.example/x. Or P-20.", "Voir https://a.example/x, ou P-20."),
    ("fr", "Hello %(name)s, {count} left", "Bonjour %(name)s, reste {count}"),
    ("fr", "pH", "pH"),
]
BLOCKED = [
    ("fr", "Dig 25 cm deep.", "Creusez à 52 cm.", "number"),
    ("fr", "Dig 25 cm deep.", "Creusez.", "number"),
    ("fr", "Give 2 kg.", "Donnez du fumier.", "number"),
    ("fr", "It gave 2.5 t/ha.", "Cela a donné 25 t/ha.", "number"),
    ("ar", "Dig 25 cm deep.", "احفر ٥٢ سم.", "number"),
    ("fr", "Take 2 people.", "Prenez 3 personnes.", "number"),
    ("fr", "Give 40 kg.", "Donnez 40 g.", "unit"),
    ("ru", "Dig 25 cm deep.", "Копайте на 25 мм.", "unit"),
    ("fr", "On 5 ha of land", "Sur 5 acres de terre", "unit"),
    ("fr", "In 2019, 30 plots", "En 2020, 30 parcelles", "number"),
    ("fr", "See https://a.example/x.", "Voir https://b.example/x.", "link"),
    ("fr", "As in P-20.", "Comme dans P-21.", "link"),
    ("fr", "Hello %(name)s", "Bonjour %(nom)s", "placeholder"),
    ("fr", "Hello", "Bonjour {count}", "placeholder"),
    ("fr", "Dig.", "C" * 91, "long"),
    ("ar", "Dig.", "احفر \u202eمن", "unseen"),
]
ASKED = [
    ("fr", "Take 2 people.", "Prenez deux personnes.", "number"),
    ("fr", "Two people", "2 personnes", "number"),
    ("fr", "Dig 25 cm deep.", "Creusez à 25.", "unit"),
    ("fr", "Stone lines", "stone lines", "untranslated"),
    ("fr", "Look.", "Voir https://b.example/x", "link"),
]


def codes(language, source, words, *, blocks):
    found = problems_of("title", ("en", source), (language, words))
    return {problem.code for problem in found if problem.blocks is blocks}


@pytest.mark.parametrize(("language", "source", "words"), FINE)
def test_nothing_is_said_of(language, source, words):
    assert problems_of("how", ("en", source), (language, words)) == []


@pytest.mark.parametrize(("language", "source", "words", "code"), BLOCKED)
def test_this_blocks(language, source, words, code):
    assert code in codes(language, source, words, blocks=True)


@pytest.mark.parametrize(("language", "source", "words", "code"), ASKED)
def test_this_is_asked_about(language, source, words, code):
    assert codes(language, source, words, blocks=True) == set()
    assert codes(language, source, words, blocks=False) == {code}


@pytest.mark.parametrize(("field", "most"), [("step:1", 300), ("summary", 220)])
def test_each_field_has_its_length(field, most):
    fits, not_ = (
        problems_of(field, ("en", "Dig"), ("fr", "C" * n)) for n in (most, most + 1)
    )
    assert fits == []
    assert [problem.code for problem in not_] == ["long"]


AGREED = Thesaurus(
    [
        NamedConcept(
            "carbon_dioxide",
            {"en": ("carbon dioxide", "CO2"), "fr": ("gaz carbonique", "CO2")},
            marks={("fr", "CO2"): Mark(keep=True)},
        ),
        NamedConcept(
            "planting_pit",
            {
                "en": ("planting pit",),
                "fr": ("zaï", "poquet"),
                "zh": ("种植坑", "土坑"),
            },
            marks={
                ("fr", "poquet"): Mark(forbidden=True),
                ("zh", "土坑"): Mark(forbidden=True),
            },
        ),
    ]
)
WORDINGS = [
    ("fr", "CO2 warms.", "Le gaz carbonique chauffe.", [("keep", True)]),
    ("fr", "CO2 warms.", "Le CO2 chauffe.", []),
    ("fr", "CO2 warms.", "Le co2 chauffe.", []),
    ("fr", "Carbon dioxide warms.", "Le gaz carbonique chauffe.", []),
    ("es", "CO2 warms.", "El gas calienta.", []),
    ("fr", "Dig a planting pit.", "Creusez un poquet.", [("avoid", True)]),
    ("fr", "Dig planting pits.", "Creusez un Poquet.", [("avoid", True)]),
    ("fr", "Dig planting pits.", "Creusez des zaïs.", []),
    ("fr", "Sow in a hole.", "Semez dans un poquet.", [("avoid", False)]),
    ("fr", "Dig a planting pit.", "Creusez des poquetages.", []),
    ("zh", "Dig a planting pit.", "挖一个土坑。", [("avoid", True)]),
]


@pytest.mark.parametrize(("language", "source", "words", "found"), WORDINGS)
def test_words_a_team_agreed_on_are_held(language, source, words, found):
    problems = problems_of("how", ("en", source), (language, words), AGREED)
    codes = [(one.code, one.blocks) for one in problems]
    assert [one for one in codes if one[0] in {"keep", "avoid"}] == found
