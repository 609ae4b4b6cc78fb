"""Credit on pages and in the API: citations, how I am named, who made a record."""

import json

import pytest
from pybtex.database import parse_string

from kb.access import Role
from kb.credit.models import Contribution
from kb.people.models import ScopeKind
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, add_person, change, rows
from tests.web.html import Page

ZAI = "/en/practices/P-1-zai-practice"
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "cff.json": "application/json; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
MAKERS = "/practices/P-1/credit"


@pytest.fixture
def app(either):
    furnish(either.app)
    return either.app


def get(app, path):
    return app.test_client().get(path)


def added(visitor, **given):
    usual = {"role": "land_user", "name": "Moussa", "agreed": "yes"}
    return visitor.post(MAKERS, usual | given)


def names(app):
    return [(row.role, row.name) for row in rows(app, Contribution)]


@pytest.mark.parametrize("form", TYPES)
def test_a_citation_is_a_file_of_its_own_kind(seeded, form):
    reply = seeded.app.test_client().get(f"/fr/practices/P-20/cite.{form}")
    assert reply.headers["Content-Type"] == TYPES[form]
    name = f'attachment; filename="humus-P-20-v1-fr.{form}"'
    assert reply.headers["Content-Disposition"] == name
    assert "http://localhost/fr/practices/P-20/versions/1" in reply.text
    if "json" in form:
        assert json.loads(reply.text)
    if form == "bib":
        assert list(parse_string(reply.text, "bibtex").entries) == ["humus-P-20-v1-fr"]


def test_the_page_of_a_record_says_how_to_cite_it_and_leads_to_its_files(seeded):
    client = seeded.app.test_client()
    page = client.get("/en/practices/P-20", follow_redirects=True).text
    text = client.get("/en/practices/P-20/cite.txt").text
    assert text in page.replace("&#39;", "'").replace("&amp;", "&")
    for form in TYPES:
        assert f"/en/practices/P-20/cite.{form}" in page
    assert client.get("/en/practices/P-20/versions/1").status_code == 200


def test_words_in_another_language_are_cited_and_stay_where_the_citation_says(seeded):
    client = seeded.app.test_client()
    address = "/en/practices/P-20/cite.csl.json?text=pt"
    found = json.loads(client.get(address).text)
    assert found["language"] == "pt"
    page = client.get(found["URL"].removeprefix("http://localhost")).text
    assert found["title"] in page


@pytest.mark.parametrize("version", ["0", "2", "x", "", "-1", "1" * 20, "١", "%00"])
def test_a_version_that_is_not_there_is_not_cited(seeded, version):
    client = seeded.app.test_client()
    address = f"/en/practices/P-20/cite.txt?version={version}"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/en/practices/P-9999/cite.txt",
        "/en/stories/P-20/cite.txt",
        "/en/practices/P-20/cite.exe",
        "/en/practices/P-20/cite.",
    ],
)
def test_what_is_not_there_cannot_be_cited(seeded, path):
    assert seeded.app.test_client().get(path).status_code == 404


def test_what_is_withdrawn_is_cited_no_more(app):
    change(app, Record, status="withdrawn")
    assert get(app, "/en/practices/P-1/cite.bib").status_code == 404


def test_who_is_added_stands_on_the_page_in_the_api_and_in_the_citation(app):
    editor = staff(app, "editor")
    assert added(editor, orcid="0000-0002-1825-0097").status_code == 303
    assert added(editor, name="", role="author").status_code == 303
    page = get(app, ZAI).text
    assert "Moussa" in page
    assert "https://orcid.org/0000-0002-1825-0097" in page
    assert "not named" in page
    assert get(app, "/en/practices/P-1/cite.txt").text.startswith("Moussa (2026): Zai")
    assert get(app, "/api/v1/records/P-1").json["contributors"] == [
        {
            "role": "land_user",
            "name": "Moussa",
            "orcid": "0000-0002-1825-0097",
            "language": "",
        },
        {"role": "author", "name": "", "orcid": "", "language": ""},
    ]


def test_the_api_gives_all_forms_of_a_citation(app):
    reply = get(app, "/api/v1/records/P-1/citation?language=fr").json
    assert reply["text"] == get(app, "/en/practices/P-1/cite.txt").text
    assert set(reply) == {"text", "bibtex", "cff", "csl"}
    assert get(app, "/api/v1/records/P-99/citation").status_code == 404
    for wrong in ("version=9", "version=0"):
        found = get(app, f"/api/v1/records/P-1/citation?{wrong}")
        assert found.status_code in {404, 422}
    assert get(app, "/api/v1/records/P-1/citation?who=me").status_code == 422


def test_names_are_words_on_pages(app):
    added(staff(app, "editor"), name="<b>x</b> & y")
    page = get(app, ZAI).text
    assert "<b>x" not in page
    assert Page(page).attributes["h1"]


@pytest.mark.parametrize("role", [None, *Role])
def test_who_says_who_made_it_is_decided_by_role(app, role):
    visitor = staff(app, role) if role else Visitor(app).at_home()
    allowed = role in {"editor", "administrator"}
    assert visitor.get(MAKERS).status_code == (200 if allowed else 403)
    assert added(visitor).status_code == (303 if allowed else 403)
    assert len(names(app)) == int(allowed)


def test_an_editor_of_elsewhere_and_strangers_are_refused(app):
    far = staff(app, "editor", ScopeKind.REGION, "ML")
    assert added(far).status_code == 403
    assert "/sign-in" in Visitor(app).get(MAKERS).headers["Location"]
    assert names(app) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"agreed": ""}, "Nobody is named who did not agree to it."),
        ({"role": "king"}, "Please say what she or he did."),
        ({"orcid": "123"}, "This is no ORCID iD"),
        ({"name": "\u202eevil"}, "signs that cannot be seen"),
        ({"role": "translator", "language": "fr"}, "no words in this language"),
        ({"name": "x" * 5000}, "At most 80 signs"),
    ],
)
def test_what_does_not_fit_is_shown_again_and_not_kept(app, given, problem):
    reply = added(staff(app, "editor"), **given)
    assert reply.status_code == 422
    assert problem in reply.text
    assert names(app) == []


def test_whoever_wrote_it_moves_and_takes_out(app):
    number = add_person(app, "awa@farm.example")
    change(app, Record, author_id=number)
    visitor = Visitor(app)
    visitor.let_in()
    added(visitor)
    added(visitor, me="yes", role="author")
    first, second = rows(app, Contribution)
    assert visitor.post(f"{MAKERS}/{second.id}/up").status_code == 303
    assert visitor.post(f"{MAKERS}/{first.id}/remove").status_code == 303
    assert [row.person_id for row in rows(app, Contribution)] == [number]
    assert visitor.post(f"{MAKERS}/{first.id}/remove").status_code == 404


def test_my_page_says_what_i_had_a_part_in_and_takes_my_name(app):
    visitor = staff(app, "editor")
    added(visitor, me="yes", role="compiler")
    (row,) = rows(app, Contribution)
    page = visitor.get("/account/credit").text
    assert "P-1" in page
    assert "not named" in page
    wrong = visitor.post("/account/credit", orcid="0000-0002-1825-0097")
    assert wrong.status_code == 422
    early = visitor.post(f"/account/credit/{row.id}/show")
    assert early.status_code == 409
    assert visitor.post("/account/credit", name="Eda").status_code == 303
    assert names(app) == [("compiler", "Eda")]
    assert "Eda" in get(app, ZAI).text
    visitor.post(f"/account/credit/{row.id}/hide")
    assert names(app) == [("compiler", "")]
    assert "Eda" not in get(app, ZAI).text


def test_my_page_is_mine(app):
    editor = staff(app, "editor")
    added(editor, me="yes")
    (row,) = rows(app, Contribution)
    other = Visitor(app).at_home()
    assert "P-1" not in other.get("/account/credit").text
    assert other.post(f"/account/credit/{row.id}/hide").status_code == 404


def test_my_file_holds_it(app):
    visitor = staff(app, "editor")
    added(visitor, me="yes")
    visitor.post("/account/credit", name="Eda")
    told = json.loads(visitor.post("/account/export").text)["credit"]
    assert told["naming"] == [{"name": "Eda", "orcid": ""}]
    assert [one["name"] for one in told["contributions"]] == ["Eda"]
