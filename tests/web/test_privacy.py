"""The page about privacy tells what the program does; people take all of it along."""

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from kb.app import create_app
from kb.belongings import KEPT
from kb.credit.tidying import KEEP
from kb.people import consent
from kb.people.consent import Matter, Wording
from kb.people.models import Consent, Person
from kb.web.privacy import cookies
from tests.people.visitor import Visitor, rows
from tests.pictures.gallery import Gallery, photo
from tests.web.html import Page


@pytest.fixture
def visitor(either):
    return Visitor(either.app).at_home()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_everything_that_is_kept_stands_on_the_page_in_each_language(either, language):
    page = Page(either.app.test_client().get(f"/{language}/privacy").text)
    said = {words for _language, words in page.words}
    hers = {"Accept-Language": language}
    with either.app.test_request_context("/", headers=hers):
        for kept in KEPT:
            assert {str(kept.what), str(kept.until)} <= said
        names = {name for name, _what, _time in cookies()}
    assert names <= said
    assert names == {"place", "map", "helpful", "form", "signed-in"}


def test_days_come_from_what_throws_away(either):
    page = either.app.test_client().get("/en/privacy").text
    assert f"{KEEP.days} days after you took them back" in page


def test_every_page_leads_to_it(either):
    for path in ("/en/", "/ar/about", "/fr/sign-up"):
        language = path[1:3]
        assert f'href="/{language}/privacy"' in either.app.test_client().get(path).text


def test_it_says_who_answers_and_whether_anything_is_counted(either):
    page = either.app.test_client().get("/en/privacy").text
    assert "they have not said here who they are." in page
    assert "counts neither pages nor words" in page
    settings = replace(either.settings, contact="Office <x@y.example>", count_use="yes")
    app = create_app(settings)
    page = app.test_client().get("/en/privacy").text
    assert "Office &lt;x@y.example&gt;" in page
    assert "as plain numbers" in page
    app.extensions["kb"].database.engine.dispose()


def log_of(app):
    with app.extensions["kb"].database.reading() as session:
        (person,) = session.query(Person).all()
        return [(one.matter, one.withdrawn) for one in consent.agreed(session, person)]


def test_who_signs_up_sees_and_agrees_to_what_is_kept(either):
    visitor = Visitor(either.app)
    assert "By signing up you agree" in visitor.get("/sign-up").text
    visitor.sign_up()
    assert rows(either.app, Consent) == []
    visitor.open_link()
    assert log_of(either.app) == [("account", None)]
    visitor.let_in()
    page = visitor.get("/account").text
    assert "By signing up you agree" in page
    assert "words of 2026-11-23" in page


def test_consent_is_added_taken_back_and_never_changed(visitor):
    for name in ("Awa", "Awa O.", "", "", "A. O."):
        visitor.post("/account/credit", name=name)
    lines = [(one.matter, one.given) for one in rows(visitor.app, Consent)]
    assert lines == [("named", True), ("named", False), ("named", True)]
    (first, second) = log_of(visitor.app)
    assert first[1] is not None
    assert second == ("named", None)
    told = json.loads(visitor.post("/account/export").text)["consents"]
    assert [one["given"] for one in told] == [True, False, True]


def test_other_words_are_agreed_to_anew(visitor, monkeypatch):
    visitor.post("/account/credit", name="Awa")
    changed = consent.WORDINGS | {Matter.NAMED: Wording("2027-01-01", "Other words.")}
    monkeypatch.setattr(consent, "WORDINGS", changed)
    visitor.post("/account/credit", name="Awa")
    found = [one.wording for one in rows(visitor.app, Consent)]
    assert found == ["2026-11-23", "2027-01-01"]


def test_leaving_takes_consent_back(visitor):
    visitor.post("/account/credit", name="Awa")
    visitor.post("/account/delete")
    assert [one.given for one in rows(visitor.app, Consent)] == [True, False]


def test_all_of_it_comes_with_the_pictures(visitor):
    reply = visitor.post("/account/export.zip")
    assert reply.headers["Content-Type"] == "application/zip"
    assert "no-store" in reply.headers["Cache-Control"]
    with ZipFile(BytesIO(reply.data)) as packed:
        assert packed.namelist() == ["humus-account.json"]
        told = json.loads(packed.read("humus-account.json"))
    assert told["person"]["email"] == visitor.email
    assert Visitor(visitor.app).post("/account/export.zip").status_code == 302


@pytest.mark.thorough
def test_the_pictures_she_sent_are_in_it_and_those_of_others_are_not(either):
    gallery = Gallery(either.app).stock()
    gallery.send("sender")
    gallery.send("contributor", photo(3))
    (mine, other) = gallery.pictures()
    reply = gallery.browser("sender").post("/account/export.zip")
    with ZipFile(BytesIO(reply.data)) as packed:
        (name,) = [one for one in packed.namelist() if one.startswith("pictures/")]
        assert packed.read(name)[:2] == b"\xff\xd8"
    assert mine.digest in name
    assert other.digest not in name
