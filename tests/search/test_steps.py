"""What is tried when nothing holds what was typed, in which order, and what is told."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from kb.kinds import KINDS
from kb.record.models import Record, Text
from kb.search.cursor import resumed
from kb.search.document import Document, Query
from kb.search.memory_index import MemoryIndex
from kb.search.service import search
from kb.search.steps import Kind, proposed, steps

TEXTS = [
    ("en", "Stone lines against erosion"),
    ("en", "Compost on poor soils"),
    ("en", "Compost and stone mulch"),
    ("en", "Heaps of compest"),
    *[("en", f"Compost heaps {n}") for n in range(9)],
    ("fr", "Érosion des sols"),
    ("zh", "土壤侵蚀"),
]


@pytest.fixture(scope="module")
def index():
    index = MemoryIndex()
    index.refill(
        Document(n, f"P-{n}", "practice", language, language, title)
        for n, (language, title) in enumerate(TEXTS)
    )
    return index


def tried(index, words, **said):
    return [
        (step.kind.value, step.query.words, step.query.match)
        for step in steps(Query(words, **said), index)
    ]


def test_what_is_typed_correctly_is_asked_for_more_and_more_loosely(index):
    words = "stone erosion compost soils"
    assert tried(index, words) == [
        ("all", words, "all"),
        ("most", words, "most"),
        ("any", words, "any"),
    ]


def test_one_word_cannot_be_asked_for_more_loosely(index):
    assert tried(index, "stone") == [("all", "stone", "all")]
    assert tried(index, "-stone") == [("all", "-stone", "all")]
    assert tried(index, "") == [("all", "", "all")]


def test_a_word_that_stands_nowhere_is_corrected_before_any_is_given_up(index):
    assert tried(index, "stone lnies poor")[:2] == [
        ("all", "stone lnies poor", "all"),
        ("corrected", "stone lines poor", "all"),
    ]


def test_what_was_done_to_the_words_is_told(index):
    _all, step, *_rest = steps(Query("Erossion XYZZY stone XYZZY"), index)
    assert step.kind is Kind.MOST
    assert step.corrected == {"Erossion": "erosion"}
    assert step.left_out == ("XYZZY",)
    assert step.query.words == "erosion stone"


@pytest.mark.parametrize(
    ("words", "mended"),
    [
        ("stone-lnies", "stone-lines"),
        ("xyzzy-stone", "stone"),
        ("xyzzy -stone lines", "lines -stone"),
        ("lnies OR xyzzy erosion", "lines erosion"),
        ('lnies "stone xyzzy"', 'lines "stone xyzzy"'),
        ("lnies -xyzzy", "lines -xyzzy"),
        ("lnies 123", "lines"),
        ("lnies 侵土", "lines 侵土"),
        ("the lnies", "the lines"),
    ],
)
def test_only_plain_words_that_are_wanted_are_corrected(index, words, mended):
    assert mended in [said for _kind, said, _match in tried(index, words)]


@pytest.mark.parametrize("words", ["xyzzy", "xyzzy qwxzz", "the xyzzy", '"xyzzy"'])
def test_where_nothing_is_left_nothing_else_is_tried(index, words):
    assert {said for _kind, said, _match in tried(index, words)} == {words}


def test_words_may_be_meant_as_they_are_spelt(index):
    assert ("corrected", "stone lines", "all") not in tried(
        index, "stone lnies", exact=True
    )


def test_a_much_commoner_word_like_a_rare_one_is_proposed(index):
    assert proposed(Query("compest heaps"), index) == "compost heaps"
    assert proposed(Query('-stone "compest heaps"'), index) == '"compost heaps" -stone'
    assert proposed(Query("stone mulch"), index) == ""
    assert proposed(Query("compest", language="fr"), index) == ""


@given(st.text(max_size=80), st.sampled_from(["en", "fr", "ar", "zh"]))
def test_nothing_that_is_typed_fails(index, words, language):
    query = Query(words, language=language)
    assert next(steps(query, index)).query == query
    for step in steps(query, index):
        index.find(step.query)
    proposed(query, index)


@pytest.fixture(scope="module")
def house(houses):
    return houses.house("sqlite", "seeded")


def found(house, words, language="en", **said):
    with house.app.app_context(), house.office.database.reading() as session:
        query = Query(words, language=language, **said)
        return search(session, house.office.index, query)


@pytest.mark.parametrize(
    ("words", "language", "corrected", "ref"),
    [
        ("zaai", "en", {"zaai": "zai"}, "P-20"),
        ("ston lines", "en", {"ston": "stone"}, "P-19"),
        ("cordons pierreuc", "fr", {"pierreuc": "pierreux"}, "P-19"),
        ("érozion du sol", "fr", {"érozion": "érosion"}, "P-3"),
    ],
)
def test_a_slip_is_told_as_the_results_write_the_word(
    house, words, language, corrected, ref
):
    results = found(house, words, language)
    assert (results.step, results.relaxed) == (Kind.CORRECTED, False)
    assert {typed: word.lower() for typed, word in results.corrected.items()} == (
        corrected
    )
    assert ref in [shown.record.ref for shown in results.shown]
    assert results.query.words == words


@pytest.mark.thorough
def test_a_filter_that_leaves_nothing_is_no_reason_to_change_the_words(house):
    results = found(house, "zai", filters={"land_use": ("paddy",), "kind": ("story",)})
    assert (results.total, results.step, results.corrected) == (0, Kind.ALL, {})


@pytest.mark.thorough
def test_where_nothing_helps_the_first_answer_stays(house):
    results = found(house, "qwxzzqqq vwxyzzzz")
    assert (results.total, results.step, results.left_out) == (0, Kind.ALL, ())


def with_a_slip(word, random):
    """Lose, add, change or swap a letter, not the first."""
    place = random.randrange(1, len(word) - 1)
    lost, swapped = word[place + 1 :], word[place + 1] + word[place]
    return word[:place] + random.choice(
        [lost, "x" + word[place:], "x" + lost, swapped + word[place + 2 :]]
    )


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_practice_is_found_by_its_title_with_a_slip(house, language):
    """In nine of ten titles, one word of six letters or more; on the first page."""
    random, index = Random(4), house.office.index
    with house.office.database.reading() as session:
        titles = session.execute(
            select(Text.record_id, Text.title)
            .join(Record)
            .where(Record.kind == KINDS["practice"].name, Text.language == language)
        ).all()
    ways = [
        (record_id, title.replace(word, with_a_slip(word, random), 1))
        for record_id, title in titles
        for word in re.findall(r"[^\W\d_]{6,}", title)[:1]
    ]
    assert len(ways) > 20
    there = [
        record_id in {hit.record_id for hit in first_page(index, words, language)}
        for record_id, words in ways
    ]
    assert sum(there) / len(there) >= 0.9


def first_page(index, words, language):
    for step in steps(Query(words, language=language), index):
        if hits := index.find(step.query).hits:
            return hits
    return []


@pytest.mark.parametrize("words", ["compast", "compost lines rocks", "stone compost"])
def test_who_goes_on_by_cursor_gets_more_of_the_same_search(session, words):
    """Also where a word that stood nowhere, and was mended, has come in meanwhile."""
    index = MemoryIndex()
    index.refill(
        Document(n, f"P-{n}", "practice", language, language, title)
        for n, (language, title) in enumerate(TEXTS)
    )
    asked = Query(words, per_page=5)
    first = search(session, index, asked)
    new = Document(99, "P-99", "practice", "en", "en", "Compast xyzzy, rocks")
    index.put([new])
    on = resumed(asked, first.next_cursor("asked"), "asked")
    second = search(session, index, on)
    assert second.searched.words == first.searched.words
    assert second.searched.match == first.searched.match
    assert second.did_you_mean == ""
    assert (second.relaxed, second.whole > 0) == (first.relaxed, first.whole > 0)
    given = [hit.record_id for one in (first, second) for hit in one.found.hits]
    assert len(set(given)) == 10
