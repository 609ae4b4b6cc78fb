"""Bad input at every door: a clear message, the right status, never a 500."""

import pytest

from kb.app import create_app
from kb.database import open_database
from kb.search.open import open_index
from kb.settings import Settings

LONG = "erosion " * 1250
ATTACKS = [
    "'; DROP TABLE record; --",
    "<script>alert(1)</script>",
    '"><img src=x>',
    "{{7*7}}",
    "%00",
    "\u202e",
    "((((" * 50,
    "*",
    "a*",
    "title:x",
    "\\",
    "😀",
    "-",
    "AND OR NOT",
    "title:[a TO z]",
    "~~~",
    '"unclosed',
    "\ud7ff",
]


HOSTILE = {
    "a wildcard alone": "*e*",
    "a range": "[a TO z]",
    "many alternatives": " OR ".join(f"word{n}" for n in range(2000)),
    "a long text": "soil water " * 9000,
    "nested brackets": "(" * 500 + "soil" + ")" * 500,
    "a dozen slips": "erossion compots terrasing mulhc nitrogne orgnic crpos hoemstead"
    " agroforrestry salinty watre lnies",
    "one word twenty times": "aaaaaaaa " * 22,
    "one long word": "a" * 200,
    "no spaces": "土" * 200,
    "only refusals": " ".join(f"-w{n}" for n in range(60)),
    "a long row": '"' + "soil " * 30 + '"',
    "a corrected row": '"' + "siol " * 30 + '"',
}
"""What costs other search engines seconds or their stack."""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_queries_are_answered(client, hostile):
    for door in ("/en/search", "/ar/map", "/en/suggest", "/api/v1/search"):
        reply = client.get(door, query_string={"q": HOSTILE[hostile]})
        assert reply.status_code == 200, door


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/xx/", 404),
        ("/de/", 404),
        ("/en/practices/P-9999", 404),
        ("/en/practices/zai", 404),
        ("/en/practices/S-1", 404),
        ("/en/recipes/P-1", 404),
        ("/P-9999", 404),
        ("/en/themes/nope", 404),
        ("/en/search?page=0", 422),
        ("/en/search?page=-1", 422),
        ("/en/search?page=x", 422),
        ("/en/search?page=99999999999999999999", 422),
        ("/en/search?page=900", 404),
        ("/en/search?soil=XX", 422),
        ("/en/search?kind=recipe", 422),
        ("/en/search?sort=random", 422),
        ("/en/search?country=Atlantis", 422),
        ("/en/search?soil=", 200),
        ("/en/search?utm_source=x", 200),
        ("/en/practices/P-20?text=xx", 301),
        ("/en/practices/P-20-zai-planting-pits?text=klingon", 200),
        ("/en/search?q=%ff%fe", 200),
        ("/en/%ff", 404),
        ("/en/search?q=%00", 200),
        ("/en/search?language=xx", 200),
        ("/static/../kb/app.py", 404),
        ("/en/search?q=the+of+and", 200),
        ("/en/search?q=%3F%21...", 200),
    ],
)
def test_wrong_addresses_are_answered(client, address, status):
    reply = client.get(address)
    assert reply.status_code == status
    if status >= 400:
        assert "<h1>" in reply.text
        assert 'name="q"' in reply.text


@pytest.mark.parametrize("address", ["/en/search", "/en/", "/en/practices/P-20"])
def test_a_page_that_only_reads_refuses_to_be_written(client, address):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405


def test_a_question_of_ten_thousand_signs_is_cut_and_says_so(client):
    reply = client.get("/en/search", query_string={"q": LONG})
    assert reply.status_code == 200
    assert "first 200 letters" in reply.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_type_is_shown_as_typed_and_does_nothing(client, attack):
    reply = client.get("/en/search", query_string={"q": attack})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    assert "<img src=x" not in reply.text
    assert ">49<" not in reply.text
    for name in ("kind", "soil", "sort", "page", "country", "language"):
        assert client.get("/en/search", query_string={name: attack}).status_code < 500
    assert client.get(f"/en/themes/{attack}").status_code < 500
    assert client.get(f"/en/practices/{attack}").status_code < 500


def test_nothing_was_harmed(client):
    assert client.get("/en/practices/P-20", follow_redirects=True).status_code == 200


def test_error_pages_help_in_the_readers_language(client):
    text = client.get("/fr/practices/P-9999").text
    assert '<html lang="fr"' in text
    assert "P-20" in text
    reply = client.get("/nowhere", headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl">' in reply.text


@pytest.fixture
def broken(seeded, tmp_path):
    """The seeded house whose index was lost."""
    lost = open_index(f"whoosh:{tmp_path / 'none'}")
    office = seeded.office
    seeded.app.extensions["kb"] = type(office)(office.settings, office.database, lost)
    yield seeded.app.test_client()
    seeded.app.extensions["kb"] = office


@pytest.mark.parametrize(
    "address",
    [
        "/en/search?q=zai",
        "/en/search?kind=practice",
        "/en/search?land_use=paddy&country=BF&evidence=E5",
    ],
)
def test_without_an_index_the_database_answers_and_says_so(broken, address):
    reply = broken.get(address)
    assert reply.status_code == 200
    assert "Full search is being mended" in reply.text


@pytest.mark.thorough
def test_without_an_index_it_is_said_what_is_passed_over(broken):
    page = broken.get("/en/search?q=soil&rainfall=..600&evidence=E5&sort=tried").text
    assert "these filters are not used: Rain" in page
    assert "not in the order you asked for" in page
    assert "these filters are not used" not in broken.get("/en/search?q=soil").text
    told = broken.get("/api/v1/search?q=soil&rainfall=..600&sort=tried").json
    assert told["without_index"]
    assert told["not_used"] == ["rainfall", "sort"]


def test_without_an_index_evidence_is_that_of_the_record(broken):
    totals = []
    for level in ("E0", "E2", "E3", "E4", "E5"):
        found = broken.get(f"/api/v1/search?evidence={level}&per_page=50").json
        assert {one["evidence"] for one in found["results"]} == {level}
        totals.append(found["total"])
    assert broken.get("/api/v1/search?evidence=E2,E5").json["total"] == sum(
        totals[1::3]
    )


@pytest.mark.thorough
def test_without_an_index_words_and_filters_still_find(broken):
    assert "P-20" in broken.get("/en/search?q=zai&kind=practice").text
    text = broken.get("/en/search?theme=rice&kind=practice").text
    assert "P-41" in text
    assert "P-37" not in text
    for address in (
        "/en/",
        "/en/themes/",
        "/en/themes/rice",
        "/en/practices/P-20-zai-planting-pits",
    ):
        assert broken.get(address).status_code == 200
    assert broken.get("/api/v1/search?q=zai").json["total"] >= 1


@pytest.fixture
def no_tables(seeded, tmp_path):
    """The seeded house whose database lost its tables."""
    office = seeded.office
    none = open_database(f"sqlite:///{tmp_path / 'none.sqlite'}")
    seeded.app.extensions["kb"] = type(office)(office.settings, none, office.index)
    yield seeded.app.test_client()
    seeded.app.extensions["kb"] = office
    none.engine.dispose()


def test_without_tables_every_door_says_that_it_is_unavailable(no_tables):
    reply = no_tables.get("/en/practices/P-20")
    assert reply.status_code == 503
    assert "Nothing is lost" in reply.text
    reply = no_tables.get("/api/v1/records/P-20")
    assert (reply.status_code, reply.json["error"]) == (503, "unavailable")


def test_our_own_mistake_shows_nothing_of_the_inside(seeded, caplog):
    office = seeded.app.extensions["kb"]
    broken = type(office)(office.settings, office.database, index=None)
    seeded.app.extensions["kb"] = broken
    try:
        reply = seeded.app.test_client().get("/en/")
        assert reply.status_code == 500
        assert "Traceback" not in reply.text
        assert "AttributeError" in caplog.text
    finally:
        seeded.app.extensions["kb"] = office


def test_another_host_is_refused_where_an_address_is_set(seeded, tmp_path):
    settings = Settings(
        home=str(tmp_path),
        search="memory:",
        secret_key="x",
        address="https://humus.example",
        database=f"sqlite:///{tmp_path / 'x.sqlite'}",
    )
    app = create_app(settings)
    client = app.test_client()
    assert client.get("/healthz", base_url="http://evil.example").status_code == 400
    assert client.get("/healthz", base_url="http://humus.example").status_code == 200
    app.extensions["kb"].database.engine.dispose()
