"""What the words of a query mean, and what is then asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.document import Query
from kb.search.meaning import understood
from kb.search.terms import MEANT, Way, question
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus
from kb.search.words import MOST_TERMS
from kb.vocabulary.thesaurus_lookups import NamedConcept
from tests.search.named import THESAURUS


def meant(words, language="en"):
    query = understood(Query(words, language), THESAURUS)
    for each in query.meant:
        assert words[each.start : each.end] == each.words
    return {each.words: set(each.codes) for each in query.meant}


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("cover crop", "en", {"cover crop": {"cover_crop"}}),
        ("Culture de couverture", "fr", {"Culture de couverture": {"cover_crop"}}),
        ("culture de couverture", "en", {"culture de couverture": {"cover_crop"}}),
        ("zao funika maize", "ar", {"zao funika": {"cover_crop"}}),
        ("如何种植覆盖作物", "en", {"覆盖作物": {"cover_crop"}}),
        ("crust", "en", {"crust": {"cover_crop", "crusting"}}),
        ("the soil", "en", {}),
        ("the", "fr", {"the": {"tea"}}),
        ('"cover crop"', "en", {}),
        ('cover "crop"', "en", {}),
        ("cover -crop", "en", {}),
        ("-cover crop", "en", {"crop": {"crop"}}),
        ("cover OR crop", "en", {"crop": {"crop"}}),
        ("tea OR crop", "en", {"tea": {"tea"}, "crop": {"crop"}}),
        ("no till", "en", {"no till": {"no_till"}}),
        ("", "en", {}),
    ],
)
def test_labels_among_the_words_are_understood(words, language, expected):
    assert meant(words, language) == expected


def test_the_words_of_a_label_share_its_concept_in_every_language():
    query = understood(Query("velvet bean early"), THESAURUS)
    for language in ("en", "sw"):
        velvet, bean, early = question(query, language).needs
        share = Way(("#mucuna",), MEANT / 2)
        assert share in velvet
        assert share in bean
        assert not any(way.row[0].startswith("#") for way in early)


def test_all_words_of_a_label_are_met_even_where_they_are_not_common():
    query = understood(Query("culture de couverture", "fr"), THESAURUS)
    assert len(question(query, "fr").needs) == 2
    assert len(question(query, "en").needs) == 3
    for need in question(query, "en").needs:
        assert Way(("#cover_crop",), MEANT / 3) in need


def test_what_was_understood_of_other_words_says_nothing():
    query = understood(Query("velvet bean"), THESAURUS)
    other = question(Query("broad bean", meant=query.meant), "en")
    assert other == question(Query("broad bean"), "en")
    assert understood(Query("x", meant=query.meant), NOTHING_NAMED).meant == ()


def test_words_that_are_common_but_name_something_are_asked_by_what_they_name():
    query = understood(Query("the", "fr"), THESAURUS)
    assert question(query, "en").needs == ((Way(("#tea",), MEANT),),)


PIECES = ["cover", "crop", "crust", "no", "till", "OR", "-crop", '"cover', "覆盖作物"]


@pytest.mark.thorough
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map(" ".join)),
    st.sampled_from(["en", "fr", "zh"]),
)
def test_whatever_is_typed_asks_no_less_than_before(words, language):
    plain, query = Query(words, language), understood(Query(words, language), THESAURUS)
    meant(words[:200], language)
    for spoken in ("en", "fr", "sw", "zh"):
        before, now = question(plain, spoken), question(query, spoken)
        if before is None or not before.needs:
            continue
        assert now.without == before.without
        asked = [set(need) for need in now.needs]
        assert len(asked) == MOST_TERMS or all(
            any(set(need) <= each for each in asked) for need in before.needs
        )


@pytest.mark.parametrize(
    ("words", "start"),
    [("ដី", 0), ("វិធីការពារសំណឹកដី", 10), ("хөрсний элэгдэл", 0), ("ดิน", 0), ("ດິນ", 0)],
)
def test_names_in_languages_that_no_page_speaks_are_understood(words, start):
    """Somebody who reads English types what her neighbours call it."""
    soil = {"en": ("soil",), "km": ("ដី",), "th": ("ดิน",), "lo": ("ດິນ",)}
    loss = {"en": ("soil erosion",), "km": ("សំណឹកដី",), "mn": ("хөрсний элэгдэл",)}
    named = Thesaurus([NamedConcept("soil", soil), NamedConcept("erosion", loss)])
    query = understood(Query(words), named)
    code = "erosion" if len(words) > 3 else "soil"
    assert [(m.start, m.codes) for m in query.meant] == [(start, (code,))]
