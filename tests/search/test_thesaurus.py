"""Which concepts a text speaks of."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.document import Document
from kb.search.documents import annotated
from kb.search.terms import field_terms
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus
from kb.search.words import terms
from tests.search.named import CONCEPTS, THESAURUS, concept

SAID = [label for c in CONCEPTS for said in c.names.values() for label in said]


def spoken_of(text, language):
    return spoken_in(THESAURUS, text, language)


def spoken_in(thesaurus, text, language="en"):
    return thesaurus.speaks_of(terms(text, language), text, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Sow cover crops early.", "en", {"cover_crop"}),
        ("Crops cover the ground.", "en", {"crop"}),
        ("Les plantes de couverture", "fr", {"cover_crop"}),
        ("种植覆盖作物可以保护土壤", "zh", {"cover_crop"}),
        ("Panda zao funika mapema", "sw", {"cover_crop"}),
        ("A crust forms", "en", {"cover_crop", "crusting"}),
        ("No till, no fuss", "en", {"no_till"}),
        ("No-till farming", "en", {"no_till"}),
        ("They till it", "en", set()),
        ("le labour profond", "fr", set()),
        ("cultiver sans labour", "fr", {"no_till"}),
        ("culture de couverture agricole", "fr", {"cover_crop"}),
        ("soil care", "fr", set()),
        ("soil care", "xx", set()),
        ("", "en", set()),
    ],
)
def test_the_longest_label_counts_in_any_form(text, language, expected):
    assert spoken_of(text, language) == expected


def test_a_label_that_reaches_beyond_another_counts_too():
    both = Thesaurus([concept("a", en="soil carbon"), concept("b", en="carbon stock")])
    assert [span.codes for span in both.spans("soil carbon stock", "en")] == [
        ("a",),
        ("b",),
    ]


def test_of_labels_that_read_alike_the_one_spelled_so_counts():
    two = Thesaurus([concept("one", fr="sol"), concept("more", fr="sols")])
    assert two.speaks_of(terms("des sols", "fr"), "des sols", "fr") == {"more"}
    assert two.speaks_of(terms("le sol", "fr"), "le sol", "fr") == {"one"}


def test_missing_accents_do_not_hide_a_label():
    named = Thesaurus([concept("plants", fr="végétaux")])
    assert [s.codes for s in named.spans("les vegetaux", "fr")] == [("plants",)]


def test_a_span_holds_the_common_words_at_its_ends():
    (span,) = THESAURUS.spans("maize with no till here", "en")
    assert "maize with no till here"[span.start : span.end] == "no till"


def test_labels_that_cannot_be_told_apart_are_named_unless_shared():
    assert list(THESAURUS.alike()) == []
    alike = Thesaurus([concept("a", en="dry land"), concept("b", en="Dry-land")])
    assert list(alike.alike()) == [("en", ("a", "b"))]


def test_threads_that_ask_first_at_once_all_find_every_label():
    for _time in range(20):
        fresh, together = Thesaurus(CONCEPTS), Barrier(8)

        def found(fresh=fresh, together=together):
            together.wait()
            return spoken_in(fresh, "Sow cover crops early.")

        with ThreadPoolExecutor(8) as threads:
            every = [threads.submit(found) for _thread in range(8)]
        assert [each.result() for each in every] == [{"cover_crop"}] * 8


def test_all_broader_concepts_are_above_one():
    assert THESAURUS.above("mucuna") == {"cover_crop", "crop", "soil_care"}
    assert THESAURUS.above("crop") == THESAURUS.above("nothing") == frozenset()


def test_a_circle_that_slipped_in_does_no_harm():
    round_ = Thesaurus([concept("a", ["b"], en="x"), concept("b", ["a"], en="y")])
    assert round_.above("a") == {"a", "b"}


@given(st.lists(st.sampled_from([*SAID, "and", "the", "bean", "،", "12"])), st.data())
def test_spans_and_annotation_agree(pieces, data):
    language = data.draw(st.sampled_from(["en", "fr", "zh", "ar", "xx"]))
    text = " ".join(pieces)
    spans = THESAURUS.spans(text, language)
    assert {code for span in spans for code in span.codes} == spoken_of(text, language)
    for one, other in pairwise(spans):
        assert one.start < other.start
        assert one.end < other.end <= len(text)


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "zh", "hi", "xx"]))
def test_any_text_can_be_looked_at(text, language):
    for span in THESAURUS.spans(text, language):
        assert 0 <= span.start < span.end <= len(text)


def document(title, body="", **said):
    return Document(1, "P-1", "practice", "en", "en", title=title, body=body, **said)


def test_a_document_holds_its_concepts_by_where_they_stand_and_the_broader_ones():
    seen = annotated(
        document(
            "Velvet bean",
            "Velvet beans, velvet beans. No till.",
            names=(("upupu", "sw"),),
        ),
        THESAURUS,
        {"soil_care"},
    )
    assert seen.concepts == ("mucuna",) * 4 + ("no_till", "soil_care")
    assert set(seen.broader) == {"cover_crop", "crop", "soil_care"}
    assert seen.broader.count("crop") == 4
    held = field_terms(seen)
    assert held["concepts"][-1] == "#soil_care"
    assert held["title"] == field_terms(document("Velvet bean"))["title"]


def test_without_a_thesaurus_a_document_stays_as_it_is():
    bare = document("Velvet bean")
    assert annotated(bare, NOTHING_NAMED) is bare
    assert field_terms(bare)["concepts"] == []
