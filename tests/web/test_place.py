"""A reader's place: on her device, for her pages alone."""

from urllib.parse import quote

import pytest

from kb.regions.atlas import Point
from kb.regions.said import Said

SAHEL = Said(
    point=Point(13.6, -2.4),
    name="Ouahigouya",
    country="BF",
    land_use="crop_livestock",
)


@pytest.fixture
def here(seeded):
    """A browser that holds a place."""
    client = seeded.app.test_client()
    client.set_cookie("place", SAHEL.written())
    return client


def test_results_say_how_near_they_are(here, seeded):
    placed = here.get("/en/search?q=bunds").get_data(as_text=True)
    plain = seeded.app.test_client().get("/en/search?q=bunds").get_data(as_text=True)
    assert "like your place" in placed
    assert "for land like yours" in placed
    assert "like your" not in plain
    assert "Ouahigouya" in placed


@pytest.mark.parametrize("page", ["/en/search", "/en/practices/P-1"])
def test_a_page_with_a_place_is_kept_for_nobody_else(here, seeded, page):
    mine = here.get(page, follow_redirects=True)
    others = seeded.app.test_client().get(page, follow_redirects=True)
    assert mine.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in mine.headers["Vary"]
    assert "Cookie" in others.headers["Vary"]
    assert others.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("wrong", ["x", "at=91 0", "use=golf", "a" * 3000, "%00"])
def test_a_cookie_that_was_not_written_here_counts_as_none(seeded, wrong):
    client = seeded.app.test_client()
    client.set_cookie("place", quote(wrong))
    page = client.get("/en/search?q=bunds")
    assert page.status_code == 200
    assert "like your place" not in page.get_data(as_text=True)
