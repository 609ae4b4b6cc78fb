"""A reader's place: on her device, for her pages alone."""

from urllib.parse import quote

import pytest

from kb.regions.atlas import Point
from kb.regions.said import Said
from tests.make import effect, record, vocabularies

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


@pytest.fixture
def farm(empty, session):
    """A practice tried in the Sahel, with three results and a limit on rain."""
    made = record(
        session,
        vocabularies(session),
        "pits",
        number=7,
        sites=[
            {"place": "Yatenga", "country": "BF", "climate": "BSh"},
            {"place": "Borneo", "country": "MY", "climate": "Aw"},
        ],
        effects=[
            effect(key="a", value=1.0, evidence="E2"),
            effect(key="b", value=2.0, evidence="E5", disputed=True),
            effect(key="c", value=9.0, wider=True),
        ],
    )
    session.commit()
    client = empty.app.test_client()
    client.set_cookie("place", Said(simple=SEMI_ARID).written())
    return client, made


SEMI_ARID = {"frost": "never", "months": "semi_arid", "rain": "summer"}


def test_a_practice_names_the_places_like_hers_and_pools_the_results(farm):
    client, _made = farm
    page = client.get("/en/P-7", follow_redirects=True).get_data(as_text=True)
    part = page.partition('id="here-too"')[2].partition("</section>")[0]
    assert "Tried in 2 places like yours" in part
    assert part.index("Yatenga") < part.index("Borneo")
    assert "(from 1 to 2)" in part
    assert "2 results" in part
    assert "1 study" in part
    assert "disputed" in part


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_it_is_said_in_every_language(farm, language):
    client, _made = farm
    page = client.get(f"/{language}/P-7", follow_redirects=True).get_data(as_text=True)
    part = page.partition('id="here-too"')[2].partition("</section>")[0]
    assert "Yatenga" in part
    assert "like yours" not in part
    assert "result" not in part.replace("résultat", "").replace("resultado", "")
