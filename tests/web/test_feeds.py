"""Feeds: a search to be followed, for programs that read Atom or JSON Feed."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from kb.language import INTERFACE

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    reply = client.get(address)
    assert reply.status_code == 200
    assert reply.content_type == "application/atom+xml"
    return ET.fromstring(reply.data)


def said(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def link(entry, rel="alternate"):
    (found,) = [x for x in entry.findall(f"{ATOM}link") if x.get("rel") == rel]
    return found.get("href")


def ids(feed):
    return [said(entry, "id") for entry in feed.findall(f"{ATOM}entry")]


@pytest.mark.thorough
@pytest.mark.parametrize("language", INTERFACE)
def test_a_feed_gives_what_atom_asks_for_in_the_readers_language(client, language):
    feed = read(client, f"/{language}/feed.atom?q=compost&kind=practice")
    assert said(feed, "title").startswith("compost | ")
    assert link(feed, "self") == said(feed, "id")
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        assert said(entry, "title")
        assert said(entry, "summary")
        assert datetime.fromisoformat(said(entry, "updated")).tzinfo
        assert f"/{language}/practices/P-" in link(entry)
        ref = said(entry, "id").rpartition("/")[2]
        assert client.get(f"/{language}/{ref}").status_code in {200, 301, 302}
        assert client.get(link(entry)).status_code == 200
    assert len(set(ids(feed))) == len(entries)
    assert said(feed, "updated") == max(said(entry, "updated") for entry in entries)


def test_json_feed_gives_the_same(client):
    feed = read(client, "/fr/feed.atom?land_use=paddy")
    reply = client.get("/fr/feed.json?land_use=paddy")
    assert reply.content_type == "application/feed+json"
    told = reply.get_json(force=True)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ids(feed)
    assert [item["title"] for item in told["items"]] == [
        said(entry, "title") for entry in feed.findall(f"{ATOM}entry")
    ]
    assert client.get(told["home_page_url"]).status_code == 200


def test_the_results_lead_to_the_feed_with_their_filters(client):
    page = client.get("/en/search?q=compost&kind=practice&sort=title").text
    whole = "q=compost&amp;kind=practice"
    assert f'type="application/atom+xml"\n        href="/en/feed.atom?{whole}"' in page
    assert f'href="/en/feed.json?{whole}"' in page


def test_where_nothing_holds_all_the_words_nothing_is_new(client):
    assert "results" in client.get("/en/search?q=compost+xyzzyquux").text
    assert ids(read(client, "/en/feed.atom?q=compost+xyzzyquux")) == []


def test_a_feed_is_kept_an_hour_and_asked_for_changes(client):
    first = client.get("/en/feed.atom")
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/en/feed.atom", headers=known).status_code == 304


@pytest.mark.parametrize("words", ["%00", "%0b", "%ef%bf%bf", "<b>&amp;", "]]>"])
def test_whatever_is_typed_is_xml(client, words):
    read(client, f"/en/feed.atom?q={words}")


@pytest.mark.parametrize("kind", ["atom", "json"])
@pytest.mark.parametrize("wrong", ["kind=x", "sort=x", "rainfall=much", "page=x"])
def test_what_a_search_refuses_a_feed_refuses(client, kind, wrong):
    assert client.get(f"/en/feed.{kind}?{wrong}").status_code == 422
