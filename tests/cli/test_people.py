"""`kb people`: the first administrator comes from the terminal, by a one-time link."""

from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from kb.app import create_app
from kb.cli.main import main
from kb.settings import Settings
from tests.conftest import CHEAP
from tests.people.visitor import Visitor

AWA = "awa@farm.example"


def kb(home, *words):
    return CliRunner().invoke(main, ["--home", str(home), *words])


def people(home, *words, code=0):
    ran = kb(home, "people", *words)
    assert ran.exit_code == code, ran.output
    return ran.output


def test_the_first_administrator_comes_in_by_the_link(home):
    link = people(home, "add", AWA, "--name", "Awa").strip()
    people(home, "grant", AWA, "administrator")
    assert f"{AWA}  Awa  (not confirmed)  administrator" in people(home, "list")
    settings = Settings(home=str(home), search="memory:", secret_key="for tests")
    app = create_app(settings, hasher=CHEAP)
    visitor = Visitor(app, email=AWA)
    secret = urlsplit(link).query.removeprefix("token=")
    assert link.startswith("http://127.0.0.1:8000/en/reset/new?token=")
    reply = visitor.post("/reset/new", token=secret, password="cow under blue rain")
    assert "new password is set" in reply.text
    visitor.sign_in()
    page = visitor.get("/account")
    assert page.headers["Location"] == "/en/account/second-factor"
    visitor.with_second_factor()
    assert "administrator" in visitor.get("/account").text
    app.extensions["kb"].database.engine.dispose()
    assert "(active)" in people(home, "list")


def test_what_was_done_is_in_the_log(home):
    people(home, "add", AWA, "--name", "Awa", "--language", "fr")
    people(home, "grant", AWA, "translator", "language:ha")
    people(home, "revoke", AWA, "translator", "language:ha")
    people(home, "disable", AWA)
    people(home, "enable", AWA)
    told = [line.partition("  ")[2] for line in people(home, "log").splitlines()]
    assert told == [
        "kb people: enabled person 1 ",
        "kb people: disabled person 1 ",
        "kb people: revoked person 1 translator language:ha",
        "kb people: granted person 1 translator language:ha",
        "kb people: added person 1 ",
    ]
    assert AWA not in people(home, "log")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "no address", "--name", "x"), 2),
        (("add", "a@b.example", "--name", "\u202ex"), 2),
        (("add", AWA, "--name", "Again"), 1),
        (("grant", "who@farm.example", "editor"), 1),
        (("grant", AWA, "king"), 2),
        (("grant", AWA, "editor", "planet:mars"), 2),
        (("grant", AWA, "editor", "kind:poem"), 2),
        (("grant", AWA, "editor", "region:QQ"), 1),
        (("revoke", AWA, "editor"), 1),
        (("disable", "who@farm.example"), 1),
    ],
)
def test_what_cannot_be_is_a_sentence(home, words, code):
    people(home, "add", AWA, "--name", "Awa")
    before = people(home, "log"), people(home, "list")
    said = people(home, *words, code=code)
    assert "Traceback" not in said
    assert said.strip()
    assert (people(home, "log"), people(home, "list")) == before


@pytest.mark.thorough
def test_the_last_administrator_is_kept(home):
    people(home, "add", AWA, "--name", "Awa")
    people(home, "grant", AWA, "administrator")
    for words in (("revoke", AWA, "administrator"), ("disable", AWA)):
        assert "last administrator" in people(home, *words, code=1)


@pytest.mark.thorough
def test_the_doctor_tells_of_messages(home):
    said = kb(home, "doctor").output
    assert "messages go by folder" in said
    assert "0 messages wait, 0 failed" in said
    bad = CliRunner(env={"KB_MAIL": "pigeon:", "KB_ADDRESS": "https://h.example"})
    said = bad.invoke(main, ["--home", str(home), "doctor"]).output
    assert "BAD  KB_MAIL cannot be read" in said
    assert "set KB_PROXIES" in said


@pytest.mark.thorough
def test_the_worker_sends_what_is_due(home):
    kb(home, "index", "rebuild")
    app = create_app(Settings(home=str(home), secret_key="for tests"), hasher=CHEAP)
    Visitor(app, email=AWA).sign_up()
    app.extensions["kb"].database.engine.dispose()
    assert kb(home, "worker", "--once").output == "0 records indexed, 1 messages sent\n"
    (mail,) = (home / "mail").iterdir()
    assert AWA in mail.read_text()
