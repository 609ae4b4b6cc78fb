"""A concept as plain values and as lines: whatever is typed or read comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.naming.checks import circle_of, is_language, problems_of
from kb.naming.content import (
    as_content,
    brought_up,
    concept_of,
    differences,
    labels_of,
    lines_of,
    merged,
    reviewed,
    touched,
)
from kb.naming.labels import hidden_sign, is_misread
from kb.vocabulary.thesaurus_lookups import NamedConcept
from tests.naming.house import CONCEPTS

WORD = st.text("abÀéذमि中-' 2", min_size=1, max_size=12).map(
    lambda x: " ".join(x.split())
)
NAME = WORD.filter(lambda x: x and not is_misread(x))
LABEL = st.fixed_dictionaries(
    {
        "text": NAME,
        "state": st.sampled_from(["reviewed", "machine-drafted"]),
        "place": st.sampled_from(["", "BF", "BF-10", "011"]),
        "keep": st.booleans(),
        "forbidden": st.just(False),
    }
)
LABELS = st.lists(LABEL, max_size=4, unique_by=lambda one: one["text"])
CONTENT = st.builds(
    lambda names, said, broader: (
        as_content(NamedConcept("pit", {}, broader=tuple(broader), meaning=said))
        | {"names": {x: labels for x, labels in names.items() if labels}}
    ),
    st.dictionaries(st.sampled_from(["en", "fr", "hi"]), LABELS, max_size=3),
    NAME,
    st.lists(st.sampled_from(["care", "soil"]), unique=True),
)


@given(LABELS)
def test_lines_hold_all_that_is_said_of_labels(labels):
    assert labels_of(lines_of(labels), labels) == labels


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read(typed):
    for label in labels_of(typed):
        assert label["text"]


@given(CONTENT)
def test_a_concept_comes_back_from_its_content(content):
    assert as_content(concept_of(content)) == content


@given(CONTENT, CONTENT)
def test_what_one_changed_is_there_where_nobody_else_changed_it(base, mine):
    result, clashes = brought_up(base, mine, base)
    assert clashes == []
    assert differences(result, mine) == []


@given(CONTENT, CONTENT, CONTENT)
def test_no_part_is_mixed_or_lost(base, mine, now):
    result, clashes = brought_up(base, mine, now)
    hers = {one.part: one.after for one in differences(base, mine)}
    theirs = {one.part: one.after for one in differences(base, now)}
    for part in {*hers, *theirs}:
        got = {one.part: one.after for one in differences(base, result)}.get(part)
        if part in clashes:
            assert hers[part] != theirs[part]
        else:
            assert got == hers.get(part, theirs.get(part))


def test_a_merged_concept_has_the_names_of_both_and_links_to_neither():
    pit, zai = (as_content(one) for one in CONCEPTS[1:])
    both = merged(pit, zai)
    assert [x["text"] for x in both["names"]["fr"]] == ["zaï", "poquet", "trou"]
    assert (both["code"], both["broader"], both["related"]) == ("zai", [], ["care"])


def test_only_the_languages_looked_at_count_as_reviewed():
    done = reviewed(as_content(CONCEPTS[2]), {"fr"})
    states = {x: {one["state"] for one in said} for x, said in done["names"].items()}
    assert states == {"en": {"machine-drafted"}, "fr": {"reviewed"}}


def test_a_proposal_touches_the_languages_it_changes_and_links_are_none():
    one = as_content(CONCEPTS[1])
    other = one | {"meaning": "A hole.", "broader": []}
    assert touched(differences(one, other), ["hi"]) == {"en", "", "hi"}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("a\x07b", "U+0007"),
        ("\ufeffa", "U+FEFF"),
        ("क्\u200dष", ""),
        ("می\u200cخواهم", ""),
        ("zaï's", ""),
    ],
)
def test_signs_that_nobody_sees_are_found_and_joiners_are_not(text, sign):
    assert hidden_sign(text) == sign


@pytest.mark.parametrize(
    ("code", "known"),
    [("fr", True), ("pt-BR", True), ("km", True), ("mos", True), ("qqx", False),
     ("", False), ("EN", False), ("../x", False), ("en_US", False)],
)  # fmt: skip
def test_languages_are_those_of_cldr(code, known):
    assert is_language(code) == known


def test_a_long_way_up_is_walked_once():
    """A tower of concepts, each below two others, has no circle and takes no time."""
    tower = {
        f"c{n}": NamedConcept(f"c{n}", {"en": (f"c {n}",)}, (f"c{n + 1}", f"c{n + 2}"))
        for n in range(3000)
    }
    assert circle_of(tower["c0"], tower) == []
    closed = tower | {"c2999": NamedConcept("c2999", {"en": ("top",)}, ("c0",))}
    assert len(circle_of(closed["c0"], closed)) > 1000


@pytest.mark.parametrize("name", ["-5 degrees", "=x", "a @BF", "x@y"])
def test_a_name_that_would_be_misread_is_refused(name):
    one = NamedConcept("pit", {"en": ("pit", name)}, meaning="It is.")
    assert "names.en" in problems_of(one, {})
