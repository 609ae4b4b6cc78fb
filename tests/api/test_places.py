"""Places as the JSON API gives them, and results by place."""

import pytest


@pytest.fixture
def client(seeded):
    return seeded.app.test_client()


ZONES = ("agroclimate", "ipcc")


def test_what_is_known_of_a_point(client):
    told = client.get("/api/v1/places?lat=13.6&lon=-2.4").json
    assert told["country"] == "BF"
    assert told["climate"]["BSh"] > 0.7
    assert sum(told["climate"].values()) == pytest.approx(1)
    assert {"sahel", "011", "002", "001"} <= set(told["regions"])
    likeliest = {name: max(told[name], key=told[name].get) for name in ZONES}
    assert likeliest == {"agroclimate": "semi_arid", "ipcc": "tropical_dry"}
    assert told["agroclimate_decided"] is None
    assert told["precision_m"] > 10_000
    assert told["disclaimer"] is None


@pytest.mark.parametrize(
    ("point", "country"),
    [((0, -150), "KI"), ((-89, 0), "AQ"), ((40, 180), None), ((90, 0), None)],
)
def test_sea_ice_and_poles_are_answered(client, point, country):
    told = client.get(f"/api/v1/places?lat={point[0]}&lon={point[1]}")
    assert told.status_code == 200
    assert told.json["country"] == country
    assert "Ocean" not in told.text


def test_a_disputed_place_comes_with_the_disclaimer(client):
    told = client.get("/api/v1/places?lat=45&lon=34.2").json
    assert told["country"] is None
    assert "United Nations" in told["disclaimer"]


@pytest.mark.parametrize(
    "wrong",
    ["lat=91&lon=0", "lat=40&lon=-400", "lat=nan&lon=0", "lat=x&lon=1", "lat=1", "",
     "lat=&lon=", "lat=1&lon=1&x=1"],
)  # fmt: skip
def test_what_is_no_point_is_refused(client, wrong):
    told = client.get(f"/api/v1/places?{wrong}")
    assert told.status_code == 422
    assert told.json["error"] == "not-valid"


def results(client, query):
    return client.get(f"/api/v1/search?{query}").json["results"]


def test_a_search_with_a_point_says_how_near_each_record_is(client):
    found = results(client, "q=bunds&lat=13.6&lon=-2.4")
    assert {hit["ref"] for hit in found} <= {
        hit["ref"] for hit in results(client, "q=bunds&per_page=50")
    }
    best = found[0]["match"]
    assert best["band"] in {"very_like", "like"}
    assert 0 < best["score"] <= 1
    assert best["reasons"]
    assert all(hit["match"] is None for hit in results(client, "q=bunds"))


def test_the_land_use_asked_for_is_that_of_the_place_too(client):
    found = results(client, "lat=13.6&lon=-2.4&land_use=crop_livestock")
    assert any(
        "land use" in reason for hit in found for reason in hit["match"]["reasons"]
    )


@pytest.mark.parametrize("place", ["BF", "BF-10"])
def test_a_country_or_district_can_stand_for_a_place(client, place):
    found = results(client, f"q=bunds&place={place}")
    assert found[0]["match"]["band"] in {"very_like", "like"}


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ("lat=13", 422, "lon"),
        ("lon=13", 422, "lat"),
        ("lat=1&lon=1&place=BF", 422, "place"),
        ("place=002", 422, "place"),
        ("place=QX", 404, None),
        ("lat=99&lon=0", 422, "lat"),
    ],
)
def test_what_is_no_place_is_refused(client, wrong, status, field):
    told = client.get(f"/api/v1/search?{wrong}")
    assert told.status_code == status
    assert field is None or field in told.json["problems"]
