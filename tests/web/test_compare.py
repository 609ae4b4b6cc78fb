"""Similar records on a record's page, and records side by side."""

import re

import pytest

from tests.web.html import Page


def get(client, address, status=200):
    reply = client.get(address, follow_redirects=True)
    assert reply.status_code == status, address
    return reply.text


def similar(text):
    return text.partition('id="similar"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/en/practices/P-21", "Similar practices"),
        ("/fr/stories/S-3", "Récits de réussite semblables"),
        ("/ar/answers/A-2", "أسئلة وأجوبة مشابهة"),
    ],
)
def test_a_record_names_similar_ones_and_says_why(client, address, heading):
    text = similar(get(client, address))
    assert heading in text
    assert 1 <= text.count('id="similar-') <= 5
    assert 'class="note"' in text


def test_the_reasons_name_what_is_shared(client):
    text = " ".join(similar(get(client, "/en/answers/A-2")).split())
    assert "same purpose (Build soil organic matter); " in text


def test_neighbours_are_not_named_again(client):
    text = get(client, "/en/practices/P-20")
    assert 'id="similar"' in text
    before = text.partition('id="similar"')[0]
    neighbours = set(re.findall(r"/en/practices/(P-\d+)-", before.partition("Goes")[2]))
    assert "P-21" in neighbours
    named = set(re.findall(r'id="similar-(P-\d+)"', text))
    assert not named & (neighbours | {"P-20"})


def test_similar_practices_can_be_ticked_and_compared(client):
    page = Page(get(client, "/en/practices/P-20"))
    (form,) = (f for f in page.attributes["form"] if f["action"] == "/en/compare")
    assert form["method"] == "get"
    refs = [i["value"] for i in page.attributes["input"] if i.get("name") == "ref"]
    assert refs[0] == "P-20"
    text = get(client, "/en/compare?" + "&".join(f"ref={ref}" for ref in refs[:4]))
    assert all(ref in text for ref in refs[:4])


def test_an_answer_is_not_compared(client):
    assert "/en/compare" not in similar(get(client, "/en/answers/A-2"))


def rows(text):
    """Give the rows of the table: what stands before, then the cells."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<tbody>")[2], re.S):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        words = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]
        found[words[0]] = words[1:]
    return found


def test_two_practices_stand_side_by_side(client):
    table = rows(get(client, "/en/compare?ref=P-20&ref=P-3"))
    for name in (
        "What it is",
        "Purpose",
        "Land use",
        "Climate",
        "Soil",
        "Labour",
        "Cost",
        "First benefit",
        "Strongest evidence",
        "Hard limits",
    ):
        assert len(table[name]) == 2, name
        assert all(table[name]), name
    assert "Hold more water" in table["Purpose"][0]
    assert "Trial" in table["Strongest evidence"][0]
    assert all(len(cells) == 2 for cells in table.values())


def test_every_result_stands_with_number_years_and_source(client):
    text = get(client, "/en/compare?ref=P-3&ref=P-4")
    table = rows(text)
    (carbon,) = (v for k, v in table.items() if "difference t C/ha" in k)
    assert re.search(r"\d+ years", " ".join(carbon))
    assert re.search(r"\[\d+\]", carbon[0])
    assert any(re.search(r"; [A-Z][a-z ]+: \d", " ".join(v)) for v in table.values())
    page = Page(text)
    ids = {a["id"] for tag in page.attributes.values() for a in tag if "id" in a}
    assert {link[1:] for link in page.links if link.startswith("#source-")} <= ids


def test_results_in_another_unit_are_turned_and_the_sources_figure_is_kept(client):
    table = rows(get(client, "/en/compare?ref=P-1&ref=P-14").replace("\xa0", " "))
    (carbon,) = (v for k, v in table.items() if k.endswith("per year kg C/ha/yr"))
    assert "331 kg C/ha/yr" in carbon[0]
    assert "450 (240 to 660) kg C/ha/yr" in carbon[1]
    assert "the source says: 0.45 (0.24 to 0.66) t C/ha/yr" in carbon[1]
    assert "the source says" not in carbon[0]


def test_a_practice_and_a_story_can_be_compared(client):
    table = rows(get(client, "/en/compare?ref=P-20&ref=S-3"))
    assert table["Hard limits"][1] == "not said"
    assert table["Labour"][1] == "not said"


def test_one_of_more_than_two_can_be_left_out_and_another_added(client):
    page = Page(get(client, "/en/compare?ref=P-20&ref=P-3&ref=S-3"))
    assert "/en/compare?ref=P-20&ref=S-3" in page.links
    kept = [i for i in page.attributes["input"] if i.get("name") == "ref"]
    assert [i.get("value") for i in kept] == ["P-20", "P-3", "S-3", None]
    four = Page(get(client, "/en/compare?ref=P-20&ref=P-3&ref=S-3&ref=P-1"))
    assert "form" not in four.attributes


def test_codes_may_be_written_small_and_twice(client):
    text = get(client, "/en/compare?ref=p-20&ref=+P-20+&ref=p-3&ref=")
    assert len(rows(text)["Purpose"]) == 2


def test_with_a_place_each_says_how_near_it_is_and_is_kept_private(client):
    address = "/en/compare?ref=P-20&ref=P-44"
    assert "Your place" not in get(client, address)
    client.set_cookie("place", "at=13.6+-2.4&use=rainfed_annual_smallholder")
    reply = client.get(address)
    near = rows(reply.text)["Your place"]
    assert near[0].startswith("like your place Yatenga (Burkina Faso)")
    assert "same land use" in near[0]
    assert near[1].startswith("not like your place")
    assert "private" in reply.headers["Cache-Control"]
    assert "Cookie" in reply.headers["Vary"]


def test_the_empty_page_asks_for_codes(client):
    page = Page(get(client, "/en/compare"))
    assert sum(1 for i in page.attributes["input"] if i.get("name") == "ref") == 4


@pytest.mark.parametrize("refs", [["P-20"], ["P-1", "P-2", "P-3", "P-4", "P-5"]])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_too_few_or_too_many_are_refused_with_a_form_to_choose(client, refs, language):
    asked = "&".join(f"ref={ref}" for ref in refs)
    text = get(client, f"/{language}/compare?{asked}", 422)
    assert 'role="alert"' in text
    for ref in refs:
        assert f'value="{ref}"' in text
    assert text.count("checked") == min(len(refs), 4)


@pytest.mark.parametrize(
    "refs",
    ["P-20&ref=P-9999", "P-20&ref=A-1", "P-20&ref='; DROP TABLE record", "X&ref=Y"],
)
def test_unknown_codes_are_named_with_a_way_on(client, refs):
    text = get(client, f"/en/compare?ref={refs}", 404)
    assert "There is no practice or story with the code" in text
    assert 'name="q"' in text


@pytest.mark.parametrize(
    "ref", ["<script>alert(1)</script>", "%00", '"><img src=x>', "{{7*7}}", "\u202e"]
)
def test_what_is_typed_does_nothing(client, ref):
    for asked in ({"ref": [ref]}, {"ref": [ref, "P-20"]}, {"ref": [ref] * 3}):
        reply = client.get("/en/compare", query_string=asked)
        assert reply.status_code in {404, 422}
        assert "<script>alert" not in reply.text.lower()
        assert "<img src=x" not in reply.text.lower()
        assert ">49<" not in reply.text


def test_a_thousand_codes_are_answered(client):
    asked = {"ref": [f"P-{n}" for n in range(1000)]}
    assert client.get("/en/compare", query_string=asked).status_code == 422
