"""The section of a draft keeps itself, and keeps its text when it cannot."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from kb.database import open_database
from kb.people import accounts
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


@pytest.fixture
def writer(home):
    """Give the address of somebody who has an account."""
    database = open_database(Settings(home=str(home)).database_url)
    email = "awa@farm.example"
    with database.writing() as session:
        person = accounts.add_person(session, name="Awa", email=email, language="en")
        person.confirmed = datetime.now(UTC)
        accounts.set_password(session, person, CHEAP.accept(PASSWORD))
        session.commit()
    database.engine.dispose()
    return email


@pytest.fixture
def form(open_page, writer):
    """Sign in, begin a draft and open the form for its words, the clock in hand."""
    page = open_page("/en/sign-in", scripts=True, policy=True)
    page.fill("#email", writer)
    page.fill("#password", PASSWORD)
    follow(page, page.locator("form:has(#password) button"))
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
