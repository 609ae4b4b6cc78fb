"""What readers search for in vain is counted, unless the administrator says no."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from kb.app import create_app
from kb.entrance.sought import counting
from kb.search.gaps import Sought

SEARCH = "/fr/search?q=quinoa+au+Sahel"


@pytest.fixture
def house(seeded):
    """The seeded house with counting on; what it counted goes with its memory."""
    app = create_app(replace(seeded.settings, count_searches="yes"))
    yield app
    app.extensions["kb"].database.engine.dispose()


def counts(app):
    with app.test_request_context("/"):
        taken = counting().tally.take()
    return {
        (line.words, line.language, line.zone): dict(n) for line, n in taken.items()
    }


def test_a_search_in_vain_is_counted(house):
    house.test_client().get(SEARCH)
    assert counts(house) == {("quinoa au sahel", "fr", ""): {"times": 1, "in_vain": 1}}


@pytest.mark.thorough
def test_the_zone_of_the_land_is_counted_if_it_is_known(house):
    client = house.test_client()
    client.set_cookie("place", "at=13.6+-2.4&key-feel=sand")
    client.get("/en/search?q=erosion")
    ((words, language, zone),) = counts(house)
    assert (words, language) == ("erosion", "en")
    assert zone.startswith("hot-")


@pytest.mark.thorough
def test_opening_a_record_from_results_is_counted(house):
    client = house.test_client()
    address = "http://localhost/en/search?q=stone+lines"
    client.get("/en/search?q=stone+lines")
    practice = client.get("/en/practices/P-19").location
    client.get(practice, headers={"Referer": address})
    assert counts(house) == {
        ("stone lines", "en", ""): {"times": 1, "in_vain": 0, "opened": 1}
    }


@pytest.mark.thorough
@pytest.mark.parametrize(
    "referrer",
    ["", "http://localhost/en/", "http://elsewhere.example/en/search?q=zai", "::", "%"],
)
def test_opening_a_record_from_elsewhere_is_not(house, referrer):
    client = house.test_client()
    practice = client.get("/en/practices/P-19").location
    assert client.get(practice, headers={"Referer": referrer}).status_code == 200
    assert counts(house) == {}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "address", ["/en/search", "/en/search?q=+", "/en/search?q=%3F"]
)
def test_a_search_without_words_is_not_counted(house, address):
    house.test_client().get(address)
    assert counts(house) == {}


@pytest.mark.thorough
def test_robots_do_not_count(house):
    house.test_client().get(SEARCH, headers={"User-Agent": "Somebot/1.0"})
    assert counts(house) == {}


def test_nothing_is_counted_where_the_administrator_says_no(seeded):
    seeded.app.test_client().get(SEARCH)
    assert "counting" not in seeded.office.kept
    said = seeded.app.test_client().get("/en/about").text
    assert "We count which words" not in said


def test_counts_are_written_and_those_that_cannot_be_wait(empty):
    app = create_app(replace(empty.settings, count_searches="yes"))
    office = app.extensions["kb"]
    app.test_client().get(SEARCH)
    assert "We count which words" in app.test_client().get("/en/about").text
    with app.test_request_context("/"):
        held = counting()
    with office.database.engine.begin() as connection:
        Sought.__table__.drop(connection)
    held.write()
    with office.database.engine.begin() as connection:
        Sought.__table__.create(connection)
    held.write()
    with office.database.reading() as session:
        assert session.scalars(select(Sought.words)).all() == ["quinoa au sahel"]
    office.database.engine.dispose()
