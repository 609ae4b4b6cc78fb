"""Finding or adding a source from within a draft, without losing what stands there."""

import pytest

from kb.writing.models import Draft
from tests.people.visitor import Visitor, rows
from tests.web.test_people_pages import check
from tests.web.test_write import (  # noqa: F401  (fixtures)
    author,
    begun,
    draft,
    editor,
    house,
)

GUO = {
    "citation": "Guo and Gifford 2002. Soil carbon stocks.",
    "year": "2002",
    "kind": "study",
    "doi": "10.1046/j.1354-1013.2002.00486.x",
}
KEY = "added-guo-2002"


@pytest.fixture
def path(author):  # noqa: F811
    return begun(author)


def facts(visitor):
    return draft(visitor).document["facts"]


def look_for(visitor, path, field, **typed):
    """Press the button at a field; give where that leads."""
    form = {"revision": str(draft(visitor).revision), "source_for": field} | typed
    reply = visitor.post(f"{path}/{field.partition('.')[0]}", form)
    assert reply.status_code == 303
    return reply.headers["Location"].removeprefix("/en")


@pytest.mark.thorough
def test_a_source_is_added_to_the_row_she_came_from_and_nothing_is_lost(author, path):  # noqa: F811
    typed = {"effects.0.value": "7", "effects.2.words": "Dry years."}
    where = look_for(author, path, "effects.2.source", **typed)
    assert where.endswith("to=effects.1.source")
    page = author.get(where)
    assert "What was measured 2, Source" in page.text
    reply = author.post(f"{path}/sources", GUO | {"to": "effects.1.source"})
    assert reply.headers["Location"].endswith(f"cited={KEY}&there=#row-1")
    assert [row.get("source") for row in facts(author)["effects"]] == [None, KEY]
    assert facts(author)["effects"][0]["value"] == 7
    shown = author.get(reply.headers["Location"].removeprefix("/en")).text
    assert "Dry years." in shown
    assert f'value="{KEY}">Guo and Gifford' in shown
    for place in (path, f"{path}/preview", f"{path}/sources"):
        assert "Guo and Gifford" in author.get(place).text


def test_a_row_with_nothing_in_it_waits_for_its_source(author, path):  # noqa: F811
    where = look_for(author, path, "effects.0.source", **{"effects.0.key": ""})
    found = author.get(f"{where}&q=someone+study").text
    assert "Someone 2020. A study." in found
    cited = {"to": "effects.0.source", "key": "study"}
    assert author.post(f"{path}/sources/cite", cited).status_code == 303
    (row,) = facts(author)["effects"]
    assert row["source"] == "study"


def test_one_that_is_here_already_is_taken_and_said_so(author, path):  # noqa: F811
    given = {"citation": "The same.", "kind": "page", "url": "http://www.a.example/"}
    reply = author.post(f"{path}/sources", given | {"to": "facts.sources"})
    where = reply.headers["Location"].removeprefix("/en")
    assert "This source was here already" in author.get(where).text
    assert facts(author)["sources"] == ["study"]
    assert "sources" not in draft(author).document


def test_what_does_not_fit_comes_back_as_it_was_typed(author, path):  # noqa: F811
    wrong = GUO | {"doi": "twelve", "citation": "Long " * 99, "to": "facts.sources"}
    reply = author.post(f"{path}/sources", wrong)
    assert reply.status_code == 422
    assert "A DOI looks like this" in reply.text
    assert ("Long " * 99).strip() in reply.text
    assert 'value="facts.sources"' in reply.text
    assert draft(author).revision == 1


def test_sending_it_twice_adds_one(author, path):  # noqa: F811
    for _ in range(2):
        author.post(f"{path}/sources", GUO)
    assert list(draft(author).document["sources"]) == [KEY]


@pytest.mark.thorough
def test_nobody_else_learns_of_it_before_it_is_published(author, editor, path):  # noqa: F811
    author.post(f"{path}/sources", GUO | {"to": "facts.sources"})
    other = Visitor(author.app, "ali@farm.example").at_home()
    theirs = begun(other)
    assert "Nothing matches." in other.get(f"{theirs}/sources?q=guo").text
    assert "Guo" not in other.get("/about/sources").text
    for step in ("sources", "sources/cite"):
        assert other.post(f"{path}/{step}", GUO | {"key": KEY}).status_code == 404
    assert other.post(f"{theirs}/sources/cite", key=KEY).status_code == 404
    author.post(f"{path}/submit")
    number = path.rpartition("/")[2]
    assert "Guo and Gifford" in editor.get(f"/review/{number}").text
    assert editor.post(f"/review/{number}/publish").status_code == 303
    assert "Guo and Gifford" in other.get("/practices/P-1-small-pits").text
    assert "Guo and Gifford" in other.get(f"{theirs}/sources?q=gifford").text


def test_my_file_holds_it_and_it_goes_with_me(author, path):  # noqa: F811
    author.post(f"{path}/sources", GUO)
    (held,) = author.post("/account/export").json["writing"]["drafts"]
    assert held["document"]["sources"][KEY]["citation"] == GUO["citation"]
    author.post("/account/delete")
    assert rows(author.app, Draft) == []


def test_a_form_that_came_too_late_keeps_its_text(author, path):  # noqa: F811
    reply = author.post(f"{path}/sources", GUO | {"form_token": "0"})
    assert reply.status_code == 409
    assert GUO["citation"] in reply.text


@pytest.mark.parametrize("to", ["", "x" * 300, "effects.999.source", "\x00", "<b>"])
def test_a_field_that_is_none_of_ours_harms_nothing(author, path, to):  # noqa: F811
    assert author.get(f"{path}/sources", query_string={"to": to}).status_code == 200
    assert author.post(f"{path}/sources", GUO | {"to": to}).status_code == 303
    section = {"revision": "2", "source_for": to}
    assert author.post(f"{path}/effects", section).status_code == 303


def test_the_page_is_whole_written_from_either_side(author, path):  # noqa: F811
    author.post(f"{path}/sources", GUO | {"to": "facts.sources"})
    for author.language in ("en", "ar"):
        for asked in (
            "",
            "?q=guo&to=facts.sources",
            "?q=nothing",
            "?added=x&there=yes",
        ):
            reply = author.get(f"{path}/sources{asked}")
            assert reply.status_code == 200
            check(reply.text, author.language)
        check(author.post(f"{path}/sources", kind="x").text, author.language)
