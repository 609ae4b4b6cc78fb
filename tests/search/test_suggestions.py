"""What is being typed leads to titles and names by the beginnings of their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.spelling import slips
from kb.search.suggestions import MOST, Entry, Suggestions

ENTRIES = [
    Entry("Zai planting pits", "en", ("practice", 1)),
    Entry("Zaï : trous de plantation", "fr", ("practice", 1)),
    Entry("tassa", "ha", ("practice", 1), local=True),
    Entry("Le tassement", "fr", ("answer", 8)),
    Entry("Planting trees along contours", "en", ("practice", 2)),
    Entry("Planting beans", "en", ("story", 3)),
    Entry("زراعة بلا حراثة", "ar", ("practice", 4)),
    Entry("الزراعة والتربة", "ar", ("story", 7)),
    Entry("保护性耕作", "zh", ("practice", 5)),
    Entry("N'Djaména green belt", "en", ("story", 6)),
]


@pytest.fixture(scope="module")
def suggestions():
    return Suggestions(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("za", "en", [1]),
        ("ZAÏ", "en", [1]),
        ("plant", "en", [3, 2, 1]),
        ("plant", "fr", [1, 3, 2]),
        ("pits zai", "en", [1]),
        ("planting be", "en", [3]),
        ("planting xyz", "en", []),
        ("tas", "en", [1, 8]),
        ("tas", "fr", [1, 8]),
        ("حراث", "ar", [4]),
        ("زراعه", "ar", [4, 7]),
        ("الزراعة", "ar", [4, 7]),
        ("ترب", "ar", [7]),
        ("ال", "ar", []),
        ("耕", "zh", [5]),
        ("耕作", "en", [5]),
        ("性耕作", "en", [5]),
        ("djamena", "en", [6]),
        ("z", "en", []),
        ("", "en", []),
        ("   ", "en", []),
        ('"*((', "en", []),
        ("plnating", "en", [3, 2, 1]),
        ("platning", "en", [3, 2, 1]),
        ("plamting tre", "en", [2]),
        ("xlanti", "en", [3, 2, 1]),
        ("plantting", "en", [3, 2, 1]),
        ("lanting", "en", [3, 2, 1]),
        ("plxx", "en", []),
        ("tabsa", "en", [1]),
        ("a" * 5000, "en", []),
    ],
)
def test_what_is_suggested(suggestions, typed, language, expected):
    found = suggestions.beginning(typed, language)
    assert [entry.thing[1] for entry in found] == expected


def test_a_thing_is_suggested_once_by_the_readers_own_words(suggestions):
    (found,) = suggestions.beginning("za", "fr")
    assert found.language == "fr"


def test_no_more_than_can_be_taken_in():
    many = Suggestions([Entry(f"soil {n}", "en", ("answer", n)) for n in range(2000)])
    assert len(many.beginning("so", "en")) == MOST
    assert many.beginning("soil 1999", "en")[0].thing == ("answer", 1999)
    assert Suggestions([]).beginning("soil", "en") == []


WORD = st.text("abcd", min_size=5, max_size=9)


@given(st.lists(WORD, min_size=1, max_size=8), WORD)
def test_one_slip_in_the_beginning_of_a_word_is_passed_over(words, typed):
    entries = [Entry(word, "en", ("answer", n)) for n, word in enumerate(words)]
    found = {e.thing[1] for e in Suggestions(entries).beginning(typed, "en")}
    exact = {n for n, word in enumerate(words) if word.startswith(typed)}
    begin = range(len(typed) - 1, len(typed) + 2)
    near = {
        n
        for n, word in enumerate(words)
        if any(slips(typed, word[:end], 1) <= 1 for end in begin)
    }
    assert found == (exact or near)


@given(st.text(max_size=100), st.sampled_from(["en", "ar", "zh", "xx"]))
def test_nothing_that_is_typed_fails(suggestions, typed, language):
    assert len(suggestions.beginning(typed, language)) <= MOST
