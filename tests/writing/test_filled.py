"""From a form to a document: nothing is lost, other languages move along."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.kinds import KINDS
from kb.writing.filled import Button, cleaned, fill, without_empty_rows
from kb.writing.shape import Place, section_of, sections_of
from tests.conftest import often

KIND = KINDS["practice"]
STEPS = section_of(KIND, "steps")
LIMITS = section_of(KIND, "limits")


def document():
    return {
        "facts": {
            "steps": [{"season": "sowing"}, {"season": "first_rains"}],
            "limits": [{"key": "dry", "limit": "rainfall"}, {"key": "wet"}],
        },
        "texts": {
            "en": {"steps": ["Dig.", "Fill."], "limits": {"dry": "Dry.", "wet": "W."}},
            "fr": {"steps": ["Creuser.", "Remplir."], "limits": {"wet": "Humide."}},
            "sw": {"title": "Mashimo"},
        },
    }


def form(section, *rows):
    return {
        f"{section.name}.{number}.{name}": [value]
        for number, row in enumerate(rows)
        for name, value in row.items()
    }


def test_words_of_other_languages_stay_with_their_step():
    given = form(
        STEPS,
        {"was": "1", "season": "first_rains", "words": "Fill well."},
        {"season": "sowing", "words": "Sow."},
    )
    filled = fill(STEPS, document(), "en", given)
    assert filled["texts"]["en"]["steps"] == ["Fill well.", "Sow."]
    assert filled["texts"]["fr"]["steps"] == ["Remplir.", ""]
    assert "steps" not in filled["texts"]["sw"]


def test_words_of_a_row_that_went_go_in_every_language():
    given = form(LIMITS, {"key": "dry", "limit": "rainfall", "words": "Very dry."})
    filled = fill(LIMITS, document(), "en", given)
    assert filled["texts"]["en"]["limits"] == {"dry": "Very dry."}
    assert "limits" not in filled["texts"]["fr"]


@pytest.mark.parametrize("key", ["dry", "", "../x", "\x00", "x" * 500])
def test_every_row_has_a_key_of_its_own(key):
    rows = [{"key": "dry", "words": "a"}, {"key": key, "words": "b"}]
    filled = fill(LIMITS, document(), "en", form(LIMITS, *rows))
    keys = [row["key"] for row in filled["facts"]["limits"]]
    assert keys == ["dry", "limit-1"]


def test_an_empty_row_is_there_to_be_filled_in_and_no_longer():
    added = fill(STEPS, document(), "en", {}, Button(add=True))
    assert added["facts"]["steps"] == [{}]
    assert "steps" not in without_empty_rows(added, sections_of(KIND))["facts"]


def test_rows_that_nobody_can_have_typed_are_left_out():
    given = {f"steps.{number}.words": ["x"] for number in range(999)}
    assert len(fill(STEPS, document(), "en", given)["facts"]["steps"]) == 40
    wild = {"steps.99999.words": ["x"], "steps.-1.words": ["x"], "other.0.x": ["x"]}
    assert "steps" not in fill(STEPS, document(), "en", wild)["facts"]


@settings(max_examples=often(30, 300), deadline=None)
@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(typed):
    once = cleaned(typed)
    assert cleaned(once) == once
    assert not {"\x00", "\u202e", "\ud800"} & set(once)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_section_of_every_kind_takes_what_it_shows(kind):
    """Fill each field with something; it then stands in the document."""
    for section in sections_of(kind):
        begin = f"{section.name}.0." if section.repeated else ""
        given = {
            f"{begin or one.place + '.'}{one.name}{'.0' * (one.sort == 'pair')}": ["7"]
            for one in section.fields
        }
        filled = fill(section, {}, "en", given)
        places = {
            Place.FACTS: filled["facts"],
            Place.TAGS: filled["facts"].get("tags", {}),
            Place.TEXT: filled["texts"]["en"],
        }
        for one in section.fields:
            place = places[one.place]
            held = filled["facts"][section.name][0] if section.repeated else place
            assert held[one.name] in ("7", 7, ["7"], [7, ""], True), one.name
