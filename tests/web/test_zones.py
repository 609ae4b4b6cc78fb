"""What is known and what is missing, by climate and soil."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from kb.language import INTERFACE
from kb.regions.zones import SOILS, ZONES, on_earth
from tests.web.html import Page, get
from tests.web.test_feeds import ATOM

STEPPE = "/en/zones/hot-semi_arid-weathered"


@pytest.fixture
def database():
    """One is enough: nothing here asks what the pages of records do not ask."""
    return "sqlite"


def counts(text):
    """Give zone → how many records, how many of them tried there."""
    found = re.findall(
        r'zones/([a-z_]+-[a-z_]+-[a-z]+)[^"]*".*?class="count">(\d+)<.*?(\d+) tried',
        text,
        re.S,
    )
    return {code: (int(some), int(tried)) for code, some, tried in found}


def test_every_climate_on_earth_is_told_of_with_every_soil(client):
    found = counts(get(client, "/en/zones"))
    assert len(found) == len(on_earth()) * len(SOILS)
    assert set(found) <= set(ZONES)
    assert all(tried <= some for some, tried in found.values())
    assert sum(tried for _some, tried in found.values()) > 0
    assert found["hot-semi_arid-weathered"][0] > found["cold-semi_arid-peat"][0] > 0


def test_a_use_of_the_land_narrows_the_table_and_leaves_gaps(client):
    text = get(client, "/en/zones?land_use=paddy")
    every, paddy = counts(get(client, "/en/zones")), counts(text)
    assert all(paddy[code][0] <= every[code][0] for code in every)
    assert any(some == 0 for some, _tried in paddy.values())
    assert 'class="gap' in text
    assert "?land_use=paddy" in text


def test_the_table_and_the_page_of_a_zone_agree(client):
    some, tried = counts(get(client, "/en/zones"))["hot-semi_arid-weathered"]
    text = get(client, STEPPE)
    assert re.search(rf"land use <span class=\"n\">{some - tried}<", text)
    there = text.partition("Tried there")[2].partition("</section>")[0]
    assert len(set(re.findall(r'class="ref">([PSA]-\d+)<', there))) == tried


def test_a_zone_shows_what_was_tried_what_is_meant_and_what_is_missing(client):
    text = get(client, STEPPE)
    for said in (
        "hot, semi-arid: red or yellow, deep, poor soils",
        "Plants can grow 75 to 179 days a year",
        "Yatenga",
        "Tried in this climate",
        "For such land, by land use",
        "What is missing",
        "Land uses of which nothing is known here",
        "Search and filter these",
    ):
        assert said in text, said


def test_pooled_results_stand_with_range_and_number(client):
    text = get(client, STEPPE)
    assert "What was measured in places like these" in text
    table = text.partition("What was measured in places like these")[2]
    for row in re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.S):
        cells = dict(re.findall(r'data-label="([^"]*)">(.*?)</t[hd]>', row, re.S))
        assert int(cells["Results (n)"]) >= 2
        assert " to " in cells["Lowest and highest"]
        assert int(cells["Studies"]) >= 1


def test_cold_is_told_from_drought(client):
    said = "Here cold, not drought, ends the growing season."
    assert said in get(client, "/en/zones/cold-semi_arid-sandy")
    assert said not in get(client, STEPPE)


@pytest.mark.parametrize("language", INTERFACE)
def test_a_zone_of_which_nothing_is_known_says_so(client, language):
    text = get(client, f"/{language}/zones/cold-humid-salty")
    assert 'class="notice"' in text
    assert text.count('class="tag"') >= 30


def test_her_own_land_is_pointed_out_to_her_alone(client):
    for address in ("/en/zones", STEPPE):
        assert "as far as we know" not in get(client, address)
    client.set_cookie("place", "at=13.6+-2.4&key-feel=sand")
    reply = client.get("/en/zones")
    (own,) = set(
        re.findall(r'zones/([a-z_-]+)" *aria-current', " ".join(reply.text.split()))
    )
    assert "private" in reply.headers["Cache-Control"]
    assert "Your land lies here" in get(client, f"/en/zones/{own}")
    assert "Your land lies here" not in get(client, "/en/zones/cold-humid-salty")


def test_of_a_climate_alone_the_row_is_pointed_out(client):
    client.set_cookie("place", "at=13.6+-2.4")
    text = get(client, "/en/zones")
    assert "Your climate, as far as we know: hot, semi-arid." in text


def test_the_zones_are_reached_from_every_page(client):
    assert "/fr/zones" in Page(get(client, "/fr/")).links


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/zones/nowhere", 404),
        ("/en/zones/hot-semi_arid-other", 404),
        ("/en/zones/HOT-ARID-SANDY", 404),
        ("/en/zones/'; DROP TABLE record; --", 404),
        ("/en/zones/<script>alert(1)</script>", 404),
        ("/en/zones?land_use=nope", 422),
        ("/en/zones?land_use=%00", 200),
        (f"{STEPPE}?land_use=<script>alert(1)</script>", 422),
        (f"{STEPPE}?land_use=", 200),
    ],
)
def test_wrong_addresses_are_answered(client, address, status):
    reply = client.get(address)
    assert reply.status_code == status
    assert "<h1" in reply.text
    assert "<script>alert" not in reply.text


def test_a_zone_names_the_desks_of_the_countries_where_such_land_is_known(client):
    text = get(client, STEPPE).partition("Ask a person")[2]
    for desk in ("Helpdesk: Burkina Faso", "Helpdesk: Niger", "/en/ask"):
        assert desk in text
    assert "Helpdesk: Brazil" not in text
    nobody = get(client, "/en/zones/cold-semi_arid-peat").partition("Ask a person")[2]
    assert "Helpdesk: Africa" in nobody


def test_her_page_and_a_vain_search_name_the_desk_of_her_country(client):
    client.set_cookie("place", "country=IN&name=Jaipur&at=26.9+75.8")
    for page in ("/en/place", "/en/search?q=zzqqxx"):
        assert "Helpdesk: India" in get(client, page), page
    client.set_cookie("place", "country=US&name=Ames&at=42+-93.6")
    for page in ("/en/place", "/en/search?q=zzqqxx"):
        text = get(client, page)
        assert "No helpdesk is known for your place" in text, page
        assert "/en/ask" in text


@pytest.mark.parametrize("narrowed", ["", "?land_use=rainfed_annual_smallholder"])
def test_a_zone_is_followed_as_feeds_of_its_own(client, narrowed):
    page = get(client, f"{STEPPE}{narrowed}")
    found = re.findall(r'href="(/en/zones/[^"]+/feed\.(?:atom|json)[^"]*)"', page)
    atom, told = sorted({unescape(address) for address in found})
    assert atom.endswith(f"/feed.atom{narrowed}")
    reply = client.get(atom)
    assert reply.content_type == "application/atom+xml"
    assert reply.headers["Cache-Control"] == "public, max-age=3600"
    entries = ET.fromstring(reply.data).findall(f"{ATOM}entry")
    assert 1 < len(entries) <= 30
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    given = client.get(told)
    assert given.content_type == "application/feed+json"
    given = given.get_json(force=True)
    assert [item["id"] for item in given["items"]] == ids
    assert given["home_page_url"].endswith(f"{STEPPE}{narrowed}")
    assert given["feed_url"].endswith(told)


def test_a_feed_of_a_zone_holds_what_its_page_counts(client):
    page = get(client, STEPPE)
    told = client.get(f"{STEPPE}/feed.json").get_json(force=True)["items"]
    named = set(re.findall(r'href="/en/(?:practices|stories|answers)/(\w-\d+)', page))
    refs = {item["id"].rpartition("/")[2] for item in told}
    assert len(refs) == 30 or named <= refs
    assert refs & named


def test_a_zone_that_is_none_has_no_feed(client):
    for kind in ("atom", "json"):
        assert client.get(f"/en/zones/nowhere/feed.{kind}").status_code == 404
        assert client.get(f"{STEPPE}/feed.{kind}?land_use=nope").status_code == 422


def test_her_own_page_leads_to_the_feed_of_such_land(client):
    said = "Follow what is new for such land (feed)"
    assert said not in get(client, "/en/place")
    client.set_cookie("place", "at=13.6+-2.4&key-feel=sand")
    page = get(client, "/en/place")
    assert said in page
    address = re.search(r'href="(/en/zones/[^"]+/feed\.atom)"', page)[1]
    reply = client.get(address)
    assert reply.headers["Cache-Control"].startswith("public"), "the same for all"
