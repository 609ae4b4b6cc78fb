"""A practice that has everything a practice can have shows all of it."""

import pytest

from kb.search.documents import public_documents
from tests.make import effect, record, vocabularies, words


@pytest.fixture
def client(empty, session):
    known = vocabularies(session)
    record(
        session,
        known,
        "pits",
        number=7,
        tags={"land_use": ["paddy"], "labour": "high", "suits": ["women"]}
        | {"benefits": ["women", "downstream"]},
        steps=[
            {"season": "first_rains", "weeks": -2},
            {"season": "sowing", "weeks": 1},
        ],
        limits=[
            {
                "key": "rain",
                "limit": "rainfall",
                "at_least": 300,
                "at_most": 800,
                "unit": "mm_yr",
                "source": "study",
            },
            {
                "key": "dry",
                "limit": "rainfall",
                "at_least": 300,
                "unit": "mm_yr",
                "source": "study",
            },
            {
                "key": "wet",
                "limit": "rainfall",
                "at_most": 800,
                "unit": "mm_yr",
                "source": "study",
            },
        ],
        costs=[
            {
                "key": "seed",
                "phase": "establish",
                "quantity": 20,
                "unit": "kg_ha",
                "unit_cost": 1234.5,
                "currency": "XOF",
                "year": 2020,
                "source": "study",
            }
        ],
        work=[{"phase": "maintain", "women_days": 10.5, "source": "study"}],
        effects=[
            effect(key="a", value=1, low=0.5, high=1.5, spread="sd", about=True),
            effect(key="b", value=3, bound="at_least", wider=True),
            effect(key="c", value=3, bound="at_most", disputed=True, years=2.5),
        ],
        texts={
            "en": words(
                "Pits <b>",
                steps=["Dig.", "Sow **well**. <script>alert(1)</script>"],
                limits={"rain": "Not too wet.", "dry": "x", "wet": "y"},
                costs={"seed": "Seed of millet"},
                effects={"a": "Where?"},
                how="<img src=x onerror=alert(1)>",
            )
        },
    )
    session.commit()
    return empty.app.test_client()


def test_all_of_it_is_shown(client):
    text = client.get("/en/practices/P-7-pits-b").text.replace("\xa0", " ")
    for said in (
        "2 weeks earlier: first_rains name",
        "1 week later: sowing name",
        "300 to 800 mm_yr name",
        "at least 300 mm_yr name",
        "at most 800 mm_yr name",
        "Costs per hectare",
        "Seed of millet",
        "20 kg_ha name",
        "1,234.5 XOF",
        "2020",
        "Work per hectare, in person-days",
        "10.5",
        "each year",
        "to set up",
        "about 1 (0.5 to 1.5)",
        "standard deviation",
        "at least 3",
        "up to 3",
        "2.5 years",
        "disputed",
        "For a wider group",
        "<strong>well</strong>",
    ):
        assert said in text, said


def test_words_of_a_record_can_do_nothing(client):
    text = client.get("/en/practices/P-7-pits-b").text
    assert "Pits &lt;b&gt;" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_it_is_in_the_api_as_it_is(client):
    given = client.get("/api/v1/records/P-7").json
    assert given["costs"][0]["unit_cost"] == 1234.5
    assert given["work"][0]["men_days"] is None
    assert given["limits"][0]["source"]["citation"] == "Someone 2020. A study."
    assert given["steps"][0]["weeks"] == -2


def test_it_is_found_by_who_does_the_work(client, empty, session):
    empty.office.index.refill(public_documents(session))
    said = "who does the work (women and men)"
    assert said in client.get("/en/search").text
    found = client.get("/en/search?tells=work_by_sex").text
    assert "P-7" in found
    assert said in found
    given = client.get("/api/v1/search?tells=work_by_sex").json
    assert given["total"] == 1
    choices = {one["value"]: one["count"] for one in given["facets"]["tells"]}
    assert choices["work_by_sex"] == 1
    for wrong in ("nope", "WORK_BY_SEX"):
        assert client.get(f"/en/search?tells={wrong}").status_code == 422
        assert client.get(f"/api/v1/search?tells={wrong}").status_code == 422
    schema = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/search"]["get"]
    assert "tells" in {one["name"] for one in schema["parameters"]}


def test_it_says_who_benefits_and_is_found_by_it(client, empty, session):
    text = client.get("/en/practices/P-7-pits-b").text
    assert text.index("women name") < text.index("Who benefits</dt>")
    assert "downstream name" in text
    tags = client.get("/api/v1/records/P-7").json["tags"]
    assert sorted(tags["benefits"]) == ["downstream", "women"]
    empty.office.index.refill(public_documents(session))
    for query in ("benefits=downstream", "tells=who_benefits"):
        assert "P-7" in client.get(f"/en/search?{query}").text
        assert client.get(f"/api/v1/search?{query}").json["total"] == 1
    assert client.get("/api/v1/search?benefits=landless").json["total"] == 0
    assert client.get("/en/search?benefits=nobody").status_code == 422
