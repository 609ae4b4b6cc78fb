"""Unique words in all that people keep to themselves: nobody else meets them."""

import json

import pytest
from sqlalchemy import select

from kb.cli.export import writers
from kb.cli.office import Desk
from kb.people.models import Person, SignedIn
from kb.search.documents import Records
from tests.conftest import TABLES
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, sent
from tests.people.visitor import Visitor
from tests.security.test_odd_input import addresses

CANARY = "quetzalcoatlus"
OWN = f"{CANARY}@farm.example"
WORDS = f"They told me of {CANARY} by the river, and I wrote it down."
SHORT = {
    "kind": "practice",
    "title": f"Pits of {CANARY}",
    "done": WORDS,
    "place": CANARY,
    "country": "BF",
    "who": WORDS,
    "changed": WORDS,
    "once": "aform",
}


@pytest.fixture
def house(either):
    """A house in which somebody has left words by every way that is open to her."""
    furnish(either.app)
    furnish_desks(either.app)
    her = Visitor(either.app, OWN).at_home()
    change_name(either, her)
    assert her.post("/write", SHORT).status_code == 303
    for path, form in (
        ("/practices/P-1/comment", {"words": WORDS, "language": "en"}),
        ("/practices/P-1/report", {"words": WORDS, "kind": "error", "language": "en"}),
        ("/practices/P-1/follow-up", {"address": OWN, "wait": "6"}),
        ("/account/token", {"name": CANARY, "scope": "read", "days": "9"}),
        ("/account/following/new", {"q": CANARY}),
    ):
        assert her.post(path, form).status_code in {200, 303}, path
    sent(asker(either.app), words=WORDS, place=CANARY, contact=OWN)
    return either


def change_name(house, her):
    with house.office.database.writing() as session:
        person = session.scalar(select(Person).where(Person.email == her.email))
        person.name = CANARY
        session.commit()


def met(browser, app):
    """Name the pages on which the word is met, and what their headers say."""
    return [
        address
        for address in addresses(app, "GET")
        for reply in [browser.get(address, follow_redirects=True)]
        if CANARY in reply.text.lower() + str(reply.headers).lower()
    ]


def test_the_words_are_kept_at_all(house):
    """Else the other tests would prove nothing."""
    with house.engine.connect() as connection:
        holding = [
            table.name
            for table in TABLES
            if any(CANARY in str(row) for row in connection.execute(table.select()))
        ]
    wanted = {"person", "draft", "feedback_comment", "feedback_report", "question"}
    assert wanted | {"api_token", "follow_up"} <= set(holding)


@pytest.mark.thorough
def test_what_is_kept_of_a_person_is_on_no_page_for_others(house, tmp_path, caplog):
    app = house.app
    assert met(Visitor(app).browser, app) == []
    assert met(Visitor(app, "ali@farm.example").at_home().browser, app) == []
    for role in ("contributor", "translator", "jury"):
        assert met(staff(app, role).browser, app) == [], role
    with house.office.database.reading() as session:
        for write in writers(Desk(house.settings)).values():
            write(session, tmp_path)
    written = "".join(one.read_text() for one in tmp_path.rglob("*.yaml"))
    assert CANARY not in written.lower()
    documents = Records(house.office.database.reading).documents()
    assert CANARY not in str(list(documents)).lower()
    assert CANARY not in caplog.text.lower()


def kept(house):
    """Give all rows of all tables, but for when somebody was last here."""
    passing = {SignedIn.__tablename__: {"last_used"}}
    with house.engine.connect() as connection:
        return {
            table.name: json.dumps(
                [
                    {
                        k: v
                        for k, v in row.items()
                        if k not in passing.get(table.name, ())
                    }
                    for row in connection.execute(table.select()).mappings()
                ],
                default=str,
            )
            for table in TABLES
        }


@pytest.mark.thorough
def test_looking_at_every_page_changes_nothing(house):
    """But for the pen: whoever opens a section of a draft has it, as others see."""
    admin = staff(house.app, "administrator")
    before = kept(house)
    for address in addresses(house.app, "GET"):
        admin.browser.get(address)
    after = kept(house)
    assert [name for name in before if before[name] != after[name]] in ([], ["draft"])
