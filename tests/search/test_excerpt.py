"""Showing where the words were found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import excerpt as showing
from kb.search.document import Query
from kb.search.excerpt import LONGEST
from kb.search.terms import terms_asked


def mark(text, words, language):
    asked = terms_asked(Query(words, language), language)
    return showing.mark(text, asked, language)


def best_excerpt(parts, words, language):
    asked = terms_asked(Query(words, language), language)
    return showing.best_excerpt(parts, asked, language)


def words_of(pieces):
    return "".join(p.words for p in pieces)


def marked(pieces):
    return [p.words for p in pieces if p.marked]


@pytest.mark.parametrize(
    ("text", "words", "language", "expected"),
    [
        (
            "Les couverts végétaux gardent l'eau.",
            "vegetaux eau",
            "fr",
            ["végétaux", "eau"],
        ),
        ("No-till on semi-arid land", "semiarid", "en", ["semi-arid"]),
        ("No-till on semi-arid land", "semi arid", "en", ["semi-arid"]),
        ("No-till on semi-arid land", "arid", "en", ["arid"]),
        ("The farmer’s field", "farmers", "en", ["farmer’s"]),
        ("Losses of N₂O, pH 5,5", "n2o 5.5", "en", ["N₂O", "5,5"]),
        ("Rain\u00adwater", "rainwater", "en", ["Rain\u00adwater"]),
        ("खेतों में फ़सलें", "खेत फसल", "hi", ["खेतों", "फ़सलें"]),
        ("মাটির স্বাস্থ্য", "মাটি", "bn", ["মাটির"]),
        ("في التُّرْبَة", "تربة", "ar", ["التُّرْبَة"]),
        ("减少土壤侵蚀，水土保持", "土壤侵蚀", "zh", ["土壤侵蚀"]),
        ("减少土壤侵蚀，水土保持", "水土保持", "zh", ["水土保持"]),
        ("减少土壤侵蚀，水土保持", "保持", "zh", ["保持"]),
        ("采用免耕播种", "免耕", "zh", ["免耕"]),
        ("การปลูกพืชคลุมดินช่วย", "คลุมดิน", "th", ["คลุมดิน"]),
        ("ដាំដំណាំគម្របដី", "ដី", "km", ["ដី"]),
    ],
)
def test_marking_shows_whole_words_and_keeps_every_sign(
    text, words, language, expected
):
    pieces = mark(text, words, language)
    assert words_of(pieces) == text
    assert marked(pieces) == expected


def test_an_excerpt_shows_the_stretch_with_most_of_the_words():
    parts = ["Manure only.", "x " * 200 + "manure and compost together " + "y " * 200]
    excerpt = best_excerpt(parts, "compost manure", "en")
    assert set(marked(excerpt)) == {"manure", "compost"}
    assert len(words_of(excerpt)) <= LONGEST + 6
    assert best_excerpt(parts, "goat", "en") == []


def test_an_excerpt_needs_no_spaces():
    text = "坡地种植玉米" * 60 + "土壤侵蚀" + "坡地种植玉米" * 60
    excerpt = best_excerpt([text], "土壤侵蚀", "zh")
    assert marked(excerpt) == ["土壤侵蚀"]
    assert LONGEST // 2 < len(words_of(excerpt)) <= LONGEST + 6


def test_an_excerpt_cuts_no_vowel_from_its_letter():
    text = "การปลูกพืชน้ำ" * 40 + "ดิน" + "ที่น้ำปุ๋ย" * 40
    excerpt = words_of(best_excerpt([text], "ดิน", "th")).strip("… ")
    assert excerpt[0].isalpha()
    assert text[text.index(excerpt) + len(excerpt)].isalpha()


@given(st.text(max_size=400), st.text(max_size=20), st.sampled_from(["en", "zh", "th"]))
def test_an_excerpt_never_fails(text, words, language):
    assert isinstance(words_of(best_excerpt([text], words, language)), str)
    assert words_of(mark(text, words, language)) == text


def test_words_in_a_row_are_marked_as_one_and_only_there():
    rows = {("en:cover", "en:crop"), ("en:cover",) * 2}
    pieces = showing.mark("Cover the soil with cover crops.", {"en:soil"}, "en", rows)
    assert [p.words for p in pieces if p.marked] == ["soil", "cover crops"]
    assert [p.words for p in showing.mark("No crop", (), "en", rows) if p.marked] == []
    assert showing.best_excerpt(["crop", "the cover crop"], (), "en", rows)[-1].marked
