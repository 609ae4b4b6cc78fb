"""What is searched for is told by what it names, in the language of the reader."""

from datetime import date

import pytest

from kb.desk.asked import Named, count_asked
from kb.search.gaps import Gap
from kb.search.thesaurus import Thesaurus
from kb.vocabulary.lookups import Entry
from kb.vocabulary.thesaurus_lookups import NamedConcept

ENTRIES = {
    "en": {
        "theme:soil_cover": "Cover crops and mulch",
        "theme:rice": "Rice",
        "land_use:paddy": "Flooded rice",
    },
    "fr": {
        "theme:soil_cover": "Plantes de couverture et paillage",
        "theme:rice": "Riz",
        "land_use:paddy": "Riz inondé",
    },
}


def concept(code, words, *, same_as="", broader=()):
    return NamedConcept(
        code=code, same_as=same_as, broader=broader, names={"en": words}
    )


THESAURUS = Thesaurus(
    [
        concept("rice_crop", ("rice", "paddy"), same_as="theme:rice"),
        concept(
            "sri", ("system of rice intensification", "sri"), broader=("rice_crop",)
        ),
    ]
)


def named(language):
    entries = [
        Entry(id_, id_.split(":")[0], id_.split(":")[1], "", name, "")
        for id_, name in ENTRIES[language].items()
    ]
    return Named(entries, language, THESAURUS)


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "mulch", {"theme:soil_cover"}),
        ("en", "mulching", {"theme:soil_cover"}),
        ("en", "rice in salty water", {"theme:rice"}),
        ("en", "flooded rice", {"theme:rice", "land_use:paddy"}),
        ("en", "SRI", {"theme:rice"}),
        ("en", "quinoa", set()),
        ("en", "the and of", set()),
        ("en", "", set()),
        ("en", "\N{RIGHT-TO-LEFT OVERRIDE}\N{SEEDLING}", set()),
        ("fr", "paillages", {"theme:soil_cover"}),
        ("fr", "mulch", set()),
    ],
)
def test_words_name_entries(language, words, found):
    named_in = named(language).named_in(words)
    assert named_in - {"land_use:paddy"} == found - {"land_use:paddy"}
    assert found <= named_in


def gap(words, language, zone, times):
    return Gap(words, language, zone, times, 0, times, date(2026, 11, 1))


def test_searches_count_for_the_zone_and_for_everywhere():
    asked = count_asked(
        [
            gap("mulch", "en", "hot-arid-sandy", 3),
            gap("mulch", "en", "", 2),
            gap("riz", "fr", "hot-arid-sandy", 4),
            gap("mchele", "sw", "", 9),
        ],
        {language: named(language) for language in ENTRIES},
    )
    assert asked["en", "", "theme:soil_cover"] == 5
    assert asked["en", "hot-arid-sandy", "theme:soil_cover"] == 3
    assert asked["fr", "hot-arid-sandy", "theme:rice"] == 4
    assert asked["en", "hot-arid-sandy", ""] == 3
    assert asked["en", "", ""] == 5
    assert not any(language == "sw" for language, _zone, _entry in asked)
