"""Step icons and drawings on the page of a record, and the drawings themselves."""

import pytest

from tests.web.html import Page

ZAI = "/{}/practices/P-20"


def page(client, language):
    return Page(client.get(ZAI.format(language), follow_redirects=True).text)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Dig"), ("ar", "احفر"), ("zh", "挖"), ("sw", "Chimba")],
)
def test_a_step_shows_what_is_done_and_names_it(seeded, language, name):
    found = page(seeded.app.test_client(), language)
    icons = [one["href"] for one in found.attributes["use"]]
    assert [icon.partition("#")[2] for icon in icons][:3] == [
        "mark_line",
        "dig",
        "manure",
    ]
    assert name in [words for _language, words in found.words]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "hi"])
def test_a_drawing_says_what_it_shows_and_can_be_had_without_words(seeded, language):
    client = seeded.app.test_client()
    found = page(client, language)
    drawn = next(one for one in found.attributes["img"] if "/drawings/" in one["src"])
    assert len(drawn["alt"]) > 60
    assert drawn.get("lang", language) == ("en" if language == "hi" else language)
    labelled = client.get(drawn["src"])
    assert labelled.content_type == "image/svg+xml; charset=utf-8"
    assert "sandbox" in labelled.headers["Content-Security-Policy"]
    assert labelled.text.count("<text") == 5
    bare = next(link for link in found.links if "without-words" in link)
    assert "<text" not in client.get(bare).text


def test_labels_are_in_the_language_that_is_asked_for(client):
    address = ZAI.format("en") + "/drawings/zai_pit.svg"
    assert "Hard, bare" in client.get(address).text
    french = client.get(f"{address}?text=fr").text
    assert "Sol dur et nu" in french
    arabic = client.get(ZAI.format("ar") + "/drawings/zai_pit.svg").text
    assert 'direction="rtl"' in arabic


@pytest.mark.parametrize(
    "path",
    [
        "P-20/drawings/awd_pipe.svg",
        "P-20/drawings/nothing.svg",
        "P-20/drawings/nothing/without-words.svg",
        "P-9999/drawings/zai_pit.svg",
        "P-20/drawings/..%2Fzai_pit.svg",
    ],
)
def test_what_a_record_is_not_drawn_by_is_not_found(client, path):
    assert client.get(f"/en/practices/{path}").status_code == 404


def test_the_call_says_where_the_drawings_are(client):
    record = client.get("/api/v1/records/P-20").json
    (drawn,) = record["drawings"]
    assert drawn["code"] == "zai_pit"
    for name in ("svg", "without_words"):
        path = drawn[name].partition("//")[2].partition("/")[2]
        assert client.get(f"/{path}").status_code == 200
    parts = record["texts"]["fr"]["parts"]
    assert parts["label:zai_pit-crust"] == "Sol dur et nu"
