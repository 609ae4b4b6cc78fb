"""Drafts and translations keep themselves, and keep their text when they cannot."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from kb.database import open_database
from kb.people import accounts, roles
from kb.people.models import Role, ScopeKind
from kb.settings import Settings
from tests.browser.hands import follow
from tests.conftest import CHEAP
from tests.people.visitor import PASSWORD

pytestmark = pytest.mark.browser

SHORT = {
    "title": "Small pits",
    "done": "We dug pits.",
    "place": "Yako",
    "changed": "Water stays.",
}


@pytest.fixture(scope="module")
def people(home):
    """Give the addresses of somebody who writes and of somebody who translates."""
    database = open_database(Settings(home=str(home)).database_url)
    emails = {"writer": "awa@farm.example", "translator": "ali@farm.example"}
    with database.writing() as session:
        for email in emails.values():
            person = accounts.add_person(
                session, name="Awa", email=email, language="en"
            )
            person.confirmed = datetime.now(UTC)
            accounts.set_password(session, person, CHEAP.accept(PASSWORD))
        session.commit()
        translator = accounts.by_email(session, emails["translator"])
        roles.grant(
            session, translator, Role.TRANSLATOR, by="a test",
            scope_kind=ScopeKind.LANGUAGE, scope="fr",
        )  # fmt: skip
        session.commit()
    database.engine.dispose()
    return emails


def signed_in(open_page, email):
    """Open the site for somebody."""
    page = open_page("/en/sign-in", scripts=True, policy=True)
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    follow(page, page.locator("form:has(#password) button"))
    return page


@pytest.fixture
def form(open_page, people):
    """Sign in, begin a draft and open the form for its words, the clock in hand."""
    page = signed_in(open_page, people["writer"])
    page.goto("/en/write")
    for name, words in SHORT.items():
        page.fill(f"#{name}", words)
    follow(page, page.get_by_role("button", name="Keep it as a draft"))
    page.clock.install()
    page.goto(f"{page.url}/words")
    return page


def test_a_section_keeps_itself_and_its_text_when_it_cannot(form):
    how, said = form.locator("#text-how"), form.locator("#kept")
    expect(said).to_be_hidden()
    form.clock.run_for(31_000)
    expect(said).to_be_hidden()
    how.fill("Kept by itself.")
    form.clock.run_for(31_000)
    expect(said).to_have_text(re.compile(r"^Saved at \d\d:\d\d"))
    form.reload()
    expect(how).to_have_value("Kept by itself.")

    how.fill("Kept on leaving.")
    with form.expect_response(re.compile(r"/words$")):
        form.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(said).to_contain_text("Saved at")

    how.fill("No connection.")
    form.route("**/words", lambda route: route.abort())
    form.clock.run_for(31_000)
    expect(said).to_contain_text("no connection")
    form.unroute("**/words")
    form.clock.run_for(31_000)
    expect(said).to_contain_text("Saved at")

    form.context.clear_cookies()
    how.fill("Signed out meanwhile.")
    form.clock.run_for(31_000)
    expect(said).to_contain_text("Not saved by itself.")
    assert how.input_value() == "Signed out meanwhile."
    form.on("dialog", lambda dialog: dialog.accept())
    follow(form, form.get_by_role("button", name="Save the draft").first)
    expect(form.locator("body")).to_contain_text("Signed out meanwhile.")
    assert form.foreign == []


def test_a_translation_keeps_itself_and_its_text_when_it_cannot(open_page, people):
    form = signed_in(open_page, people["translator"])
    form.clock.install()
    form.goto("/en/translate/P-30?into=fr")
    how, said = form.locator("#w-how"), form.locator("#kept")
    expect(said).to_be_hidden()
    for words in ("Gardé tout seul.", "Gardé encore une fois."):
        how.fill(words)
        form.clock.run_for(31_000)
        expect(said).to_have_text(re.compile(r"^Saved at \d\d:\d\d"))
        with form.expect_response(re.compile("into=fr")):
            form.reload()
        expect(how).to_have_value(words)

    how.fill("No connection.")
    form.route("**/translate/P-30?*", lambda route: route.abort())
    form.clock.run_for(31_000)
    expect(said).to_contain_text("no connection")
    form.unroute("**/translate/P-30?*")
    form.clock.run_for(31_000)
    expect(said).to_contain_text("Saved at")
    how.fill("Kept by the button.")
    follow(form, form.get_by_role("button", name="Save the draft"))
    expect(form.get_by_role("status").first).to_contain_text("It is kept.")
    expect(how).to_have_value("Kept by the button.")
    assert form.foreign == []
