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
    values = {"value", "label", "count", "parent"}
    assert set(found["facets"]["labour"][0]) == values
    labels = {v["value"]: v["label"] for v in found["facets"]["labour"]}
    assert labels["low"] == "Peu de travail"


@pytest.mark.parametrize(
    ("asked", "step", "relaxed", "corrected", "left_out", "meant"),
    [
        ("q=zai", "all", False, {}, [], None),
        ("q=zaai", "corrected", False, {"zaai": "zai"}, [], None),
        ("q=zaai qwxzz", "most", True, {"zaai": "zai"}, ["qwxzz"], None),
        ("q=climbing beans zai", "most", True, {}, [], None),
        ("q=zai mangrove", "any", True, {}, [], None),
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
    for facet in (
        *("kind", "land_use", "theme", "evidence", "country", "language"),
        *("region", "climate", "year"),
    ):
        for choice in whole["facets"][facet][:3]:
            narrowed = get(
                client, f"/search?q=soil&per_page=1&{facet}={choice['value']}"
            )
            assert narrowed["total"] == choice["count"], (facet, choice)


def test_values_say_what_they_lie_in(client):
    facets = get(client, "/search?per_page=1&lang=fr")["facets"]
    said = {n: {v["value"]: v for v in values} for n, values in facets.items()}
    assert said["land_use"]["paddy"]["parent"] == "crop"
    assert said["land_use"]["crop"]["parent"] is None
    assert said["climate"]["BSh"]["parent"] == "B"
    assert said["region"]["BF"]["parent"] == "011"
    assert said["region"]["011"]["label"] == "Afrique occidentale"
    assert said["year"]["1980..1989"]["label"] == "1980 à 1989"
    assert all(v["label"] != v["value"] for n in said for v in said[n].values())


def test_a_country_is_found_by_itself_and_by_what_it_lies_in(client):
    by_country = get(client, "/search?country=BF")["total"]
    assert get(client, "/search?region=BF")["total"] == by_country > 0
    assert get(client, "/search?region=011&country=BF")["total"] == by_country


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("year=9..3", "year"),
        ("rainfall=much", "rainfall"),
        ("cost_usd=..", "cost_usd"),
        ("altitude=1.5..2", "altitude"),
        ("year=1980..1989,x", "year"),
        ("region=Africa", "region"),
        ("land_use=crops", "land_use"),
        ("sort=nearest", "sort"),
        ("cursor=x", "cursor"),
        ("cursor=%C3%BC", "cursor"),
        ("cursor=", "cursor"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_by_name(client, asked, field):
    assert field in get(client, f"/search?{asked}", 422)["problems"]


def followed(client, address):
    """Give the refs of all pages of a search, following their next."""
    refs, pages = [], 0
    found = get(client, address)
    while True:
        refs += [result["ref"] for result in found["results"]]
        pages += 1
        if found["next"] is None:
            return refs, pages
        assert "cursor=" in found["next"]
        found = get(client, found["next"].partition("/api/v1")[2])
        assert found["page"] is None


@pytest.mark.parametrize(
    "asked",
    [
        "q=soil&sort=best",
        "q=compost&sort=title&lang=fr",
        "sort=tried&theme=rice,grazing",
        "sort=nearest&lat=13.6&lon=-2.4",
        "q=soil&place=BF",
        "q=erosion submarine",
        "sort=newest&region=002",
        "sort=evidence&year=1980..",
    ],
)
def test_next_leads_through_all_results_in_their_order(client, asked):
    whole = [r["ref"] for p in (1, 2) for r in _page(client, asked, p)]
    refs, pages = followed(client, f"/search?{asked}&per_page=20")
    assert refs == whole
    assert pages == max(1, -(-len(whole) // 20))


def _page(client, asked, page):
    return get(client, f"/search?{asked}&per_page=50&page={page}")["results"]


def test_a_cursor_is_good_for_its_own_search_and_begins_at_the_beginning(client):
    own = get(client, "/search?q=soil&per_page=5")["next"].partition("/api/v1")[2]
    get(client, own + "&per_page=7")
    assert "cursor" in get(client, own + "&kind=practice", 422)["problems"]
    assert "cursor" in get(client, own.replace("q=soil", "q=soils"), 422)["problems"]
    assert "page" in get(client, own + "&page=2", 422)["problems"]
    by_number = get(client, "/search?q=soil&per_page=5&page=2")["next"]
    assert by_number.endswith("page=3")
    assert get(client, "/search?q=soil&per_page=50&page=2")["next"] is None


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
    assert record["steps"][0] == {
        "number": 1,
        "season": "dry_season",
        "weeks": None,
        "icon": "mark_line",
    }
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
    kept = {"code", "meaning", "names", "broader", "related", "same_as"}
    assert set(one) == kept | {"definitions", "exact_match"}
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
    english = get(client, "/vocabularies?lang=ha")["vocabularies"]
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
    page = client.get("/api/v1/")
    assert page.status_code == 200
    for path in spec["paths"]:
        assert path in page.text
    assert "per_page" in page.text
