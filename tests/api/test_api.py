"""The JSON door: what partners build on."""

import pytest


def get(client, address, status=200):
    reply = client.get(f"/api/v1{address}")
    assert reply.status_code == status, reply.text
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    return reply.json


def test_a_search_answers_in_the_promised_shape(client):
    found = get(client, "/search?q=erosion&lang=fr&kind=practice&per_page=3")
    assert set(found) >= {"total", "page", "per_page", "results", "facets"}
    assert (found["page"], found["per_page"], len(found["results"])) == (1, 3, 3)
    first = found["results"][0]
    assert set(first) >= {"ref", "kind", "language", "title", "summary", "url"}
    assert (first["kind"], first["language"]) == ("practice", "fr")
    assert first["state"] == "machine-drafted"
    assert first["url"].startswith("http://localhost/fr/practices/P-")
    assert set(found["facets"]["labour"][0]) == {"value", "label", "count"}
    labels = {v["value"]: v["label"] for v in found["facets"]["labour"]}
    assert labels["low"] == "Peu de travail"


@pytest.mark.parametrize(
    ("asked", "step", "relaxed", "corrected", "left_out", "meant"),
    [
        ("q=zai", "all", False, {}, [], None),
        ("q=zaai", "corrected", False, {"zaai": "zai"}, [], None),
        ("q=zaai qwxzz", "most", True, {"zaai": "zai"}, ["qwxzz"], None),
        ("q=climbing beans zai", "most", True, {}, [], None),
        ("q=zai rice", "any", True, {}, [], None),
        ("q=zaai&exact=true", "all", False, {}, [], None),
        ("q=steadily", "all", False, {}, [], "steadier"),
        ("", "all", False, {}, [], None),
    ],
)
def test_a_search_says_how_far_it_went_from_what_was_typed(
    client, asked, step, relaxed, corrected, left_out, meant
):
    found = get(client, f"/search?{asked}")
    assert (found["step"], found["relaxed"]) == (step, relaxed)
    assert (found["corrected"], found["left_out"]) == (corrected, left_out)
    assert found["did_you_mean"] == meant


def test_counts_are_what_the_filter_would_give(client):
    whole = get(client, "/search?q=soil&per_page=1")
    for facet in ("kind", "land_use", "theme", "evidence", "country", "language"):
        for choice in whole["facets"][facet][:3]:
            narrowed = get(
                client, f"/search?q=soil&per_page=1&{facet}={choice['value']}"
            )
            assert narrowed["total"] == choice["count"], (facet, choice)


def test_several_codes_of_one_facet_are_any_of_them(client):
    one = get(client, "/search?theme=rice")["total"]
    other = get(client, "/search?theme=grazing")["total"]
    both = get(client, "/search?theme=rice,grazing")["total"]
    assert max(one, other) < both <= one + other


def test_pages_hold_every_record_once(client):
    refs, page = [], 1
    while results := get(client, f"/search?per_page=40&page={page}")["results"]:
        refs += [r["ref"] for r in results]
        page += 1
    assert len(refs) == len(set(refs)) == get(client, "/records")["total"]


def test_a_record_carries_texts_by_language_each_with_its_state(client):
    record = get(client, "/records/P-20")
    assert record["texts"]["en"]["state"] == "source"
    assert record["texts"]["fr"]["state"] == "machine-drafted"
    assert record["texts"]["en"]["parts"]["step:1"].startswith("Choose")
    assert record["tags"]["labour"] == ["very_high"]
    assert record["steps"][0] == {"number": 1, "season": "dry_season", "weeks": None}
    assert {"how": "goes_with", "ref": "P-19"} in record["related"]
    assert record["licence"] == "CC BY 4.0"
    assert record["review_due"] == "2027-11-22"


def test_every_effect_has_unit_and_source(client):
    for ref in ("P-3", "S-5", "A-1"):
        effects = get(client, f"/records/{ref}")["effects"]
        assert effects
        for effect in effects:
            assert effect["unit"]
            assert effect["source"]["citation"]
            assert effect["evidence"].startswith("E")


def test_a_story_says_its_years_and_has_no_steps(client):
    story = get(client, "/records/S-5")
    assert (story["began"], story["ended"]) == (1994, 2005)
    assert "steps" not in story


def test_the_list_is_paged(client):
    listed = get(client, "/records?per_page=2&page=2")
    assert [r["ref"] for r in listed["records"]] != []
    assert listed["total"] >= 85
    assert set(listed["records"][0]) == {
        "ref",
        "kind",
        "languages",
        "title",
        "published",
        "licence",
    }


def test_a_search_says_which_concepts_were_understood(client):
    found = get(client, "/search?q=mazao+funika&lang=fr&per_page=1")
    named = {"code": "cover_crops", "name": "culture de couverture"}
    assert found["concepts"] == [named]
    assert found["total"] > 1
    assert get(client, "/search?q=%22mazao+funika%22")["concepts"] == []
    assert get(client, "/search")["concepts"] == []


def test_the_thesaurus_is_given_page_by_page(client):
    first = get(client, "/concepts?per_page=50")
    assert (first["page"], len(first["concepts"])) == (1, 50)
    codes, page = [], 0
    while len(codes) < first["total"]:
        page += 1
        codes += [c["code"] for c in get(client, f"/concepts?page={page}")["concepts"]]
    assert codes == sorted(set(codes))
    assert get(client, f"/concepts?page={page + 1}")["concepts"] == []
    one = first["concepts"][0]
    assert set(one) == {"code", "meaning", "names", "broader", "related", "same_as"}
    assert set(one["names"]) >= {"en", "fr", "es", "ar", "sw", "zh"}
    tag = client.get("/api/v1/concepts").headers["ETag"]
    again = client.get("/api/v1/concepts", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_vocabularies_are_named_in_the_language_asked_for(client):
    names = {
        e["code"]: e
        for e in get(client, "/vocabularies?lang=ar")["vocabularies"]["land_use"]
    }
    assert len(names) == 20
    assert names["paddy"]["name"] != "Flooded rice"
    english = get(client, "/vocabularies?lang=sw")["vocabularies"]
    assert {e["code"]: e["name"] for e in english["land_use"]}[
        "paddy"
    ] == "Flooded rice"
    assert len(english["climate"]) == 31
    assert len(english["soil"]) == 32


@pytest.mark.parametrize(
    ("address", "status", "error"),
    [
        ("/records/P-9999", 404, "not-found"),
        ("/records/%00", 404, "not-found"),
        ("/nowhere", 404, "not-found"),
        ("/search?page=0", 422, "not-valid"),
        ("/search?page=x", 422, "not-valid"),
        ("/search?per_page=51", 422, "not-valid"),
        ("/search?soil=XX", 422, "not-valid"),
        ("/search?kind=recipe", 422, "not-valid"),
        ("/search?sort=x", 422, "not-valid"),
        ("/search?exact=perhaps", 422, "not-valid"),
        ("/search?lang=%C3%A9", 422, "not-valid"),
        ("/search?colour=red", 422, "not-valid"),
        ("/records?page=-1", 422, "not-valid"),
        ("/vocabularies?lang=", 422, "not-valid"),
        ("/concepts?page=0", 422, "not-valid"),
        ("/concepts?lang=fr", 422, "not-valid"),
        ("/search?q=%00", 422, "not-valid"),
    ],
)
def test_refusals_have_one_shape(client, address, status, error):
    refused = get(client, address, status)
    assert set(refused) == {"error", "message", "problems"}
    assert refused["error"] == error


def test_a_refusal_names_the_field(client):
    assert "page" in get(client, "/search?page=0", 422)["problems"]
    assert "soil" in get(client, "/search?soil=XX", 422)["problems"]


def test_writing_is_refused(client):
    reply = client.post("/api/v1/records", json={})
    assert (reply.status_code, reply.json["error"]) == (405, "method-not-allowed")


def test_the_api_explains_itself_here(client):
    spec = get(client, "/openapi.json")
    assert set(spec["paths"]) == {
        "/api/v1/concepts",
        "/api/v1/places",
        "/api/v1/records",
        "/api/v1/records/{ref}",
        "/api/v1/search",
        "/api/v1/vocabularies",
    }
    page = client.get("/api/v1/")
    assert page.status_code == 200
    for path in spec["paths"]:
        assert path in page.text
    assert "per_page" in page.text
