"""Regions as files give them, before anything is stored."""

import pytest

from kb.regions.given import Given, complete, misfits, upwards

TREE = {
    "001": ("world", None),
    "002": ("continent", "001"),
    "142": ("continent", "001"),
    "011": ("subregion", "002"),
    "BF": ("country", "011"),
    "NE": ("country", "011"),
    "IN": ("country", "142"),
    "BF-10": ("district", "BF"),
    "BF-YAT": ("district", "BF-10"),
}


@pytest.fixture
def known():
    return {
        code: Given(f"row {code}", code, kind, code, "a test", parent)
        for code, (kind, parent) in TREE.items()
    }


def said(known, *more):
    for region in more:
        known[region.code] = region
    return dict(misfits([*known.values()], known))


def named(*members):
    return Given("row x", "x", "named", "X", "a test", members=members)


def test_a_tree_fits(known):
    assert said(known) == {}
    assert upwards("BF-YAT", known) == ["BF-YAT", "BF-10", "BF", "011", "002", "001"]


@pytest.mark.parametrize(
    ("code", "kind", "parent", "problem"),
    [
        ("ML", "country", "01l", "there is no region '01l'; did you mean '011'?"),
        ("ML", "country", None, "a country lies in another region"),
        ("ML", "country", "BF-10", "a country cannot lie in a district"),
        ("ML", "country", "BF", "a country cannot lie in a country"),
        ("ML", "country", "ML", "ML would lie in itself"),
        ("003", "continent", "011", "a continent cannot lie in a subregion"),
    ],
)
def test_a_region_in_the_wrong_place_is_refused(known, code, kind, parent, problem):
    wrong = Given("row", code, kind, code, "a test", parent)
    assert said(known, wrong) == {"row.in": problem}


def test_a_circle_is_refused_for_each_region_on_it_and_no_other(known):
    known["BF-10"].parent = "BF-YAT"
    leaf = Given("row leaf", "BF-X", "district", "X", "a test", "BF-YAT")
    assert set(said(known, leaf)) == {"row BF-10.in", "row BF-YAT.in"}


def test_a_code_given_twice_is_refused(known):
    twice = [known["BF"], Given("row 9", "BF", "country", "BF", "a test", "011")]
    assert dict(misfits(twice, known)) == {"row 9.code": "BF stands twice"}


@pytest.mark.parametrize("member", ["XX", "011", "x"])
def test_only_countries_and_districts_are_members(known, member):
    assert set(said(known, named("BF", member))) == {"row x.members.1"}


@pytest.mark.parametrize(
    ("members", "parent"),
    [
        (("BF", "NE"), "011"),
        (("BF", "IN"), "001"),
        (("BF-YAT", "BF-10"), "BF-10"),
        (("BF",), "BF"),
    ],
)
def test_a_named_region_lies_in_the_smallest_that_holds_all_members(
    known, members, parent
):
    known["x"] = named(*members)
    complete([known["x"]], known)
    assert known["x"].parent == parent


def test_boxes_are_around_what_lies_inside(known):
    known["BF"].box, known["NE"].box = (-6, 9, 3, 15), (0, 11, 16, 24)
    known["x"] = named("BF-YAT", "NE")
    complete([*known.values()], known)
    assert known["011"].box == known["001"].box == known["x"].box == (-6, 9, 16, 24)
    assert known["142"].box is None
    assert known["BF-10"].box is None
