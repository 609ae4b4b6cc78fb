"""The page and the API say why a result stands where it does."""

import re

import pytest

from tests.web.html import Page


def test_each_result_leads_to_why_and_the_parts_add_up(client):
    results = client.get("/en/search?q=stone+lines")
    addresses = re.findall(r'href="(/en/search/why\?[^"]+)"', results.text)
    assert addresses
    assert len(addresses) == len(set(addresses))
    page = client.get(addresses[0].replace("&amp;", "&"))
    assert page.status_code == 200
    rows = re.findall(r"<td[^>]*>\s*([-−\d.]+)\s*</td>", page.text)
    *parts, whole = [float(each.replace("−", "-")) for each in rows]
    assert sum(parts) == pytest.approx(whole, abs=0.01 * len(parts))
    assert "“stone” in the title" in page.text


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_it_is_said_in_the_language_of_the_page(client, language):
    address = f"/{language}/search/why?q=erosion&ref=P-20"
    page = client.get(address)
    assert page.status_code == 200
    assert "in the title" not in page.text
    assert Page(page.text)


def test_nothing_is_explained_where_there_is_nothing_to_explain(client):
    for address in ("/en/search", "/en/search?q=soil&sort=newest"):
        assert "/search/why" not in client.get(address).text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("q=soil&ref=P-20", 200),
        ("q=zzzz&ref=P-20", 200),
        ("q=the&ref=P-20", 200),
        ("q=soil&ref=P-9999", 404),
        ("q=soil", 404),
        ("q=soil&ref=%00'--", 404),
        ("ref=P-20", 404),
        ("q=soil&ref=P-20&kind=recipe", 422),
    ],
)
def test_whatever_is_asked_is_answered(client, asked, status):
    assert client.get(f"/en/search/why?{asked}").status_code == status


@pytest.mark.thorough
def test_the_api_explains_where_it_is_asked_to(client):
    plain = client.get("/api/v1/search?q=stone+lines+cost").json
    told = client.get("/api/v1/search?q=stone+lines+cost&explain=true").json
    assert {one["why"] for one in plain["results"]} == {None}
    refs = [one["ref"] for one in told["results"]]
    assert refs == [one["ref"] for one in plain["results"]]
    scores = [one["why"]["score"] for one in told["results"]]
    assert scores == sorted(scores, reverse=True)
    for one in told["results"]:
        reasons = one["why"]["reasons"]
        points = sum(each["points"] for each in reasons)
        assert points == pytest.approx(one["why"]["score"], rel=1e-5)
        assert sum(each["share"] for each in reasons) == pytest.approx(1)
        kinds = {each["sort"] for each in reasons}
        assert ("kind" in kinds) == (one["kind"] == "practice")


@pytest.mark.thorough
def test_a_cursor_goes_on_whether_or_not_it_is_explained(client):
    first = client.get("/api/v1/search?q=soil&per_page=3&explain=true").json
    plain = first["next"].partition("/api")[2].replace("explain=true", "explain=0")
    assert client.get(f"/api{plain}").status_code == 200
    without_words = client.get("/api/v1/search?q=&explain=true").json
    assert without_words["results"][0]["why"] is None
    assert client.get("/api/v1/search?q=x&explain=maybe").status_code == 422
