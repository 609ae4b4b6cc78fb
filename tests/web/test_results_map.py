"""The results of a search on a map, and the same as a list."""

import re

import pytest

from kb.language import INTERFACE
from tests.web.html import Page, get


@pytest.fixture
def database():
    """One is enough: nothing here asks what the pages of records do not ask."""
    return "sqlite"


def drawn(page):
    """Give the links of the drawing."""
    return [a for a in page.attributes["a"] if a.get("class", "").startswith("dot ")]


def test_every_dot_is_a_link_with_a_name(client):
    page = Page(get(client, "/en/map?kind=practice"))
    dots = drawn(page)
    assert len(dots) >= 10
    assert all(dot["href"] and dot["aria-label"] for dot in dots)
    for dot in dots:
        if dot["href"].startswith("#"):
            assert any(li.get("id") == dot["href"][1:] for li in page.attributes["li"])
        else:
            assert re.match(r"/en/practices/P-\d+-", dot["href"])


def test_the_list_names_record_place_and_country(client):
    text = get(client, "/en/map?q=zai")
    listed = text.partition("The same as a list")[2]
    for said in (
        "Zai planting pits",
        "Yatenga",
        "Burkina Faso",
        "exact to about 50 km",
    ):
        assert said in listed, said


def test_places_that_fall_together_are_one_dot_with_their_number(client):
    page = Page(get(client, "/en/map"))
    many = [dot for dot in drawn(page) if dot["class"] == "dot many"]
    assert many
    for dot in many:
        number = re.match(r"\d+", dot["aria-label"])[0]
        assert ("en", number) in page.words


def test_map_and_list_hold_the_same(client):
    text = get(client, "/en/map?country=BF")
    page = Page(text)
    listed = set(re.findall(r'class="ref">([PS]-\d+)<', text))
    assert listed == {"P-20", "S-2", "S-3"}
    assert "3 are on the map" in text
    counts = [int(re.match(r"\d+", d["aria-label"])[0]) for d in drawn(page)]
    assert sum(counts) == 3


def test_a_place_that_is_not_exact_has_a_ring_of_that_size(client):
    def widest(address):
        page = Page(get(client, address))
        return max(float(ring["ry"]) for ring in page.attributes["ellipse"])

    assert widest("/en/map?country=MN") > 2 * widest("/en/map?q=malchin&country=RU") > 0


def test_filters_and_words_are_kept(client):
    page = Page(get(client, "/fr/map?q=erosion&kind=practice&country=ET"))
    hidden = {(i["name"], i["value"]) for i in page.attributes["input"] if "name" in i}
    assert {("q", "erosion"), ("kind", "practice"), ("country", "ET")} <= hidden
    assert "/fr/search?q=erosion&kind=practice&country=ET" in page.links
    assert "?q=erosion&kind=practice" in page.links
    assert "/ar/map?q=erosion&kind=practice&country=ET" in page.links


@pytest.mark.parametrize("language", INTERFACE)
def test_nothing_found_and_nothing_on_the_map_are_said(client, language):
    page = Page(get(client, f"/{language}/map?q=xyzzy"))
    assert drawn(page) == []
    assert "path" in page.attributes
    page = Page(get(client, f"/{language}/map?kind=answer"))
    assert drawn(page) == []


def test_results_in_one_part_of_the_world_are_shown_larger(client):
    land = [
        re.search(r'class="land"[^>]*? d="([^"]*)"', get(client, a), re.S)[1]
        for a in ("/en/map", "/en/map?country=BF")
    ]
    assert land[0] != land[1]
    assert len(land[1]) < len(land[0])


def test_her_own_place_is_shown_to_her_alone(client):
    address = "/en/map?country=BF"
    assert 'class="own"' not in get(client, address)
    client.set_cookie("place", "at=12.4+-1.5")
    reply = client.get(address)
    assert 'class="own"' in reply.text
    assert "private" in reply.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/map?soil=XX", 422),
        ("/en/map?kind=recipe", 422),
        ("/en/map?sort=random", 422),
        ("/en/map?page=x", 422),
        ("/en/map?page=900", 200),
        ("/en/map?q=%00", 200),
        ("/en/map?q=the+of+and", 200),
        ("/en/map?q='; DROP TABLE record; --", 200),
        ("/en/map?q=<script>alert(1)</script>", 200),
    ],
)
def test_wrong_addresses_are_answered(client, address, status):
    text = get(client, address, status)
    assert 'name="q"' in text
    assert "<script>alert" not in text


def test_without_an_index_the_map_says_so(seeded, tmp_path):
    from_office = type(seeded.office)
    office = seeded.office
    lost = seeded.app.extensions["kb"].index.__class__(tmp_path / "none")
    seeded.app.extensions["kb"] = from_office(office.settings, office.database, lost)
    try:
        text = get(seeded.app.test_client(), "/en/map?q=zai")
    finally:
        seeded.app.extensions["kb"] = office
    assert "Full search is being mended" in text
    assert "P-20" in text
