"""Drawings in a folder of seeds: checked, stored, written again."""

import pytest
from sqlalchemy import select

from kb.errors import NotValid
from kb.exchange.seeds import sow
from kb.kinds import KINDS
from kb.vocabulary.models import Shape


def stored(session):
    return {one.concept_id: one for one in session.scalars(select(Shape))}


def test_drawings_are_taken_in_once_with_the_names_of_their_labels(session, folder):
    first = sow(session, folder, KINDS)
    assert first.shapes == len(stored(session)) == 2
    assert stored(session)["drawing:zai_pit"].labels == [
        "water",
        "plant",
        "bank",
        "crust",
        "manure",
    ]
    assert sow(session, folder, KINDS).shapes == 0


def test_a_drawing_that_changed_is_taken_in_anew(session, folder):
    sow(session, folder, KINDS)
    path = folder / "drawings" / "stone_line.svg"
    path.write_text(path.read_text().replace("#c9c4ba", "#000000"))
    assert sow(session, folder, KINDS).shapes == 1
    assert "#000000" in stored(session)["drawing:stone_line"].svg


@pytest.mark.parametrize("what", ["dangerous", "of no list", "missing"])
def test_what_does_not_fit_is_named_and_nothing_is_taken_in(session, folder, what):
    path = folder / "drawings" / "zai_pit.svg"
    if what == "dangerous":
        path.write_text(path.read_text().replace("<path", "<script/><path", 1))
    elif what == "missing":
        path.unlink()
    else:
        path.rename(path.with_name("moon.svg"))
    with pytest.raises(NotValid) as refused:
        sow(session, folder, KINDS)
    named = "moon" if what == "of no list" else "zai_pit"
    assert f"drawings/{named}.svg" in refused.value.problems
