"""What people type is read as they mean it; nothing that they type is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.asked import Asked, Said, read, written
from kb.search.document import Query
from kb.search.terms import Question, Way, question, terms_asked
from kb.search.words import LONGEST_QUERY, MOST_TERMS


def needs(words, language="en"):
    asked = read(words, language)
    return [[said.words for said in need] for need in asked.needs]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("stone lines", [["stone"], ["lines"]]),
        ("  stone\tlines\u3000cost ", [["stone"], ["lines"], ["cost"]]),
        ("zai OR tassa", [["zai", "tassa"]]),
        (
            "zai OR tassa OR half-moons yield",
            [["zai", "tassa", "half-moons"], ["yield"]],
        ),
        ("sand or clay", [["sand"], ["or"], ["clay"]]),
        ("OR zai", [["zai"]]),
        ("zai OR", [["zai"]]),
        ("zai OR OR tassa", [["zai", "tassa"]]),
        ('"stone lines" mali', [["stone lines"], ["mali"]]),
        ("«bandes enherbées»", [["bandes enherbées"]]),
        ("“stone lines”", [["stone lines"]]),
        ('stone "lines', [["stone"], ["lines"]]),
        ('"', []),
        ('""', [[""]]),
        ("-", [["-"]]),
        ("no-till", [["no-till"]]),
        ("5-10", [["5-10"]]),
        ("", []),
    ],
)
def test_what_is_asked_for(words, expected):
    assert needs(words) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "zai OR tassa"),
        ("fr", "zai OU tassa"),
        ("fr", "zai OR tassa"),
        ("es", "zai O tassa"),
        ("ar", "zai أو tassa"),
    ],
)
def test_a_reader_says_or_in_her_language(language, words):
    assert needs(words, language) == [["zai", "tassa"]]


def test_the_or_of_another_language_is_a_word():
    assert needs("horizon O carbon", "en") == [["horizon"], ["O"], ["carbon"]]


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_what_is_refused(minus):
    asked = read(f'rice {minus}flooded {minus}"black soil"', "en")
    assert asked == Asked(
        needs=((Said("rice"),),),
        without=(Said("flooded"), Said("black soil", quoted=True)),
    )


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar"]))
def test_what_was_read_is_written_so_that_it_reads_the_same(words, language):
    asked = read(words, language)
    assert read(written(asked), language) == asked


def test_unquoted_words_may_stand_in_any_form_anywhere_or_joined():
    assert question(Query("stone lines"), "en") == Question(
        needs=(
            (Way(("en:stone",)), Way(("en=stone",)), Way(("en:stonelin",))),
            (Way(("en:line",)), Way(("en=lines",)), Way(("en:stonelin",))),
        ),
        enough=2,
    )


def test_quoted_words_stand_in_a_row_as_they_are_typed():
    asked = question(Query('"stone lines"'), "en")
    assert asked.needs == ((Way(("en=stone", "en=lines")),),)
    assert question(Query('"lines"'), "en").needs == ((Way(("en=lines",)),),)


@pytest.mark.parametrize(
    ("match", "words", "enough"),
    [
        ("all", "one two three four five", 5),
        ("most", "one two three four five", 3),
        ("most", "one two three four", 3),
        ("most", "one two three", 2),
        ("most", "one two", 2),
        ("most", "one", 1),
        ("any", "one two three", 1),
        ("any", "-one", 0),
    ],
)
def test_how_much_is_enough(match, words, enough):
    assert question(Query(words, match=match), "xx").enough == enough


def test_common_words_are_left_out():
    assert question(Query("what is the soil"), "en").enough == 1
    assert question(Query("de la"), "fr") is None
    assert question(Query('"de la"'), "fr") is None
    assert question(Query("..."), "fr") is None


def test_a_query_is_capped():
    many = question(Query(" ".join(f"word{n}" for n in range(99))), "en")
    assert len(many.needs) == MOST_TERMS
    cut = question(Query("x" * LONGEST_QUERY + " beans"), "en")
    assert cut == question(Query("x" * LONGEST_QUERY), "en")
    refusing = Query("soil " + " ".join(f"-a{n}" for n in range(99)))
    assert len(question(refusing, "en").without) <= MOST_TERMS


def test_what_is_refused_is_not_shown():
    assert terms_asked(Query("soil -rice"), "en") == {"en:soil", "en=soil"}


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "ar", "hi", "zh", "xx"]))
def test_nothing_that_is_typed_fails(words, language):
    for match in ("all", "most", "any"):
        asked = question(Query(words, language=language, match=match), language)
        if asked is not None:
            assert 0 <= asked.enough <= len(asked.needs)
            assert asked.needs or asked.without
            assert all(way.row for need in asked.needs for way in need)
