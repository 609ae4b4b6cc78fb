"""The directory: who agreed is in it, nobody else, and no address against her wish."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kb.directory.models import Listing
from kb.directory.service import WAIT_DAYS, tidy
from kb.outbox import Letter
from kb.people.models import Consent, ScopeKind
from kb.stopping import COMES_BACK, Stop, digest_of, stop
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import furnish_desks, hidden
from tests.people.visitor import Visitor, change, rows

LISTING = {
    "name": "Union of Yako",
    "kind": "institution",
    "about": "We train farmers to dig <b>pits</b>.",
    "language": "fr",
    "country": "BF",
    "languages": ["fr", "en"],
    "themes": ["rice"],
    "website": "https://union.example",
    "email": "union@farm.example",
    "agree": "yes",
}
TO_HER = {"words": "Do you train people in our village?", "email": "me@farm.example"}
LINK = re.compile(r"token=([\w-]+)")


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


@pytest.fixture
def visitor(app):
    return Visitor(app)


def owner(app, **more):
    """List somebody with an account."""
    her = Visitor(app, email="sira@farm.example").at_home()
    reply = her.post("/account/directory", LISTING | {"kind": "person"} | more)
    assert reply.status_code == 303, reply.text
    return her


def institution(visitor, **more):
    """Ask for an institution without an account; give the secret of its link."""
    once = hidden(visitor.get("/directory/new").text)["once"]
    reply = visitor.post("/directory/new", LISTING | {"once": once} | more)
    assert reply.status_code == 303, reply.text
    return LINK.search(reply.headers["Location"])[1]


def consents(app):
    return [(one.matter, one.given) for one in rows(app, Consent)]


def test_empty_it_says_how_to_be_listed(visitor):
    page = visitor.get("/directory").text
    assert "Nobody is listed yet" in page
    assert "/en/account/directory" in page
    assert "/en/directory/new" in page


def test_whoever_agrees_is_listed_and_her_address_is_not_shown(app, visitor):
    her = owner(app)
    page = visitor.get("/directory").text
    for shown in ("Union of Yako", "Burkina Faso", "rice name", "&lt;b&gt;pits"):
        assert shown in page
    assert "union@farm.example" not in page
    one = visitor.get(f"/directory/{rows(app, Listing)[0].id}")
    assert one.status_code == 200
    assert "union@farm.example" not in one.text
    assert consents(app) == [("listed", True)]
    assert "in the directory" in her.get("/account").text
    assert "Union of Yako" in her.post("/account/export").text


def test_she_changes_it_shows_her_address_and_takes_it_back(app, visitor):
    her = owner(app)
    assert 'value="Union of Yako"' in her.get("/account/directory").text
    owner_again = LISTING | {"kind": "person", "shows_email": "yes", "name": "Sira"}
    her.post("/account/directory", owner_again)
    assert len(rows(app, Listing)) == 1
    page = visitor.get("/directory").text
    assert "union@farm.example" in page
    assert "Union of Yako" not in page
    her.post("/account/directory", {"step": "remove"})
    assert rows(app, Listing) == []
    assert consents(app) == [("listed", True), ("listed", False)]
    assert "Nobody is listed yet" in visitor.get("/directory").text


def test_it_goes_with_her_account(app):
    her = owner(app)
    assert "deleted" in her.post("/account/delete").text
    assert rows(app, Listing) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("country=BF", True),
        ("country=IN", False),
        ("language=en", True),
        ("language=ar", False),
        ("theme=rice", True),
        ("theme=grazing", False),
        ("kind=person", True),
        ("kind=institution", False),
        ("country=BF&language=fr&theme=rice&kind=person", True),
    ],
)
def test_it_is_narrowed(app, visitor, asked, found):
    owner(app)
    page = visitor.get(f"/directory?{asked}").text
    assert ("Union of Yako" in page) == found
    assert ("Nobody like this is listed" in page) != found
    items = visitor.browser.get(f"/api/v1/directory?{asked}").json["items"]
    assert len(items) == found


@pytest.mark.parametrize(
    "asked", ["country=Nowhere", "language=xx", "theme=moon", "kind=cow"]
)
def test_what_cannot_be_asked_is_refused(visitor, asked):
    assert visitor.get(f"/directory?{asked}").status_code == 422


def test_whoever_is_for_everywhere_is_found_in_every_country(app, visitor):
    owner(app, country="")
    assert "Union of Yako" in visitor.get("/directory?country=IN").text


def test_programs_get_no_address_that_is_not_shown(app, visitor):
    her = owner(app)
    (item,) = visitor.browser.get("/api/v1/directory").json["items"]
    assert (item["name"], item["email"]) == ("Union of Yako", "")
    assert item["page"].endswith(f"/en/directory/{rows(app, Listing)[0].id}")
    her.post("/account/directory", LISTING | {"kind": "person", "shows_email": "yes"})
    (item,) = visitor.browser.get("/api/v1/directory").json["items"]
    assert item["email"] == "union@farm.example"


def test_an_institution_without_an_account_waits_for_a_coordinator(app, visitor):
    secret = institution(visitor)
    (listing,) = rows(app, Listing)
    assert visitor.get(f"/directory/{listing.id}").status_code == 404
    assert visitor.browser.get("/api/v1/directory").json["items"] == []
    assert (
        "waits for a coordinator" in visitor.get(f"/directory/own?token={secret}").text
    )
    coordinator = staff(app, "coordinator")
    assert "Who wants to be listed" in coordinator.get("/desk").text
    assert "union@farm.example" in coordinator.get("/desk/directory").text
    coordinator.post(f"/desk/directory/{listing.id}/yes")
    assert "Union of Yako" in visitor.get("/directory").text
    assert "it is listed" in visitor.get(f"/directory/own?token={secret}").text
    assert visitor.post("/directory/own", {"token": "x"}).status_code == 404
    assert visitor.post("/directory/own", {"token": secret}).status_code == 303
    assert rows(app, Listing) == []


def test_refused_it_is_gone(app, visitor):
    secret = institution(visitor)
    coordinator = staff(app, "coordinator")
    coordinator.post(f"/desk/directory/{rows(app, Listing)[0].id}/no")
    assert rows(app, Listing) == []
    assert visitor.get(f"/directory/own?token={secret}").status_code == 404


def test_sent_twice_it_is_one(app, visitor):
    once = hidden(visitor.get("/directory/new").text)["once"]
    given = LISTING | {"once": once}
    where = {visitor.post("/directory/new", given).location for _ in range(3)}
    assert len(where) == len(rows(app, Listing)) == 1


def test_nobody_is_listed_as_a_person_without_an_account(app, visitor):
    once = hidden(visitor.get("/directory/new").text)["once"]
    given = LISTING | {"once": once, "kind": "person"}
    assert visitor.post("/directory/new", given).status_code == 422
    assert rows(app, Listing) == []


@pytest.mark.parametrize(
    ("role", "kind", "scope", "may"),
    [
        ("coordinator", ScopeKind.EVERYWHERE, "", True),
        ("administrator", ScopeKind.EVERYWHERE, "", True),
        ("coordinator", ScopeKind.REGION, "BF", True),
        ("coordinator", ScopeKind.REGION, "sahel", True),
        ("coordinator", ScopeKind.REGION, "IN", False),
        ("coordinator", ScopeKind.LANGUAGE, "fr", False),
        ("coordinator", ScopeKind.DESK, "bf", False),
        ("expert", ScopeKind.EVERYWHERE, "", False),
        ("editor", ScopeKind.EVERYWHERE, "", False),
        ("translator", ScopeKind.EVERYWHERE, "", False),
    ],
)
def test_who_may_let_an_institution_in(app, visitor, role, kind, scope, may):
    institution(visitor)
    someone = staff(app, role, kind, scope)
    listed = "Union of Yako" in someone.get("/desk/directory").text
    reply = someone.post(f"/desk/directory/{rows(app, Listing)[0].id}/yes")
    assert (listed, reply.status_code) == (may, 303 if may else 403)
    assert (rows(app, Listing)[0].state == "listed") == may


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("about", "short"),
        ("about", "x" * 2001),
        ("language", "xx"),
        ("country", "Nowhere"),
        ("languages", ["xx"]),
        ("themes", ["moon"]),
        ("themes", ["'; drop table"]),
        ("website", "javascript:alert(1)"),
        ("website", "https://a b"),
        ("email", "nobody"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("agree", ""),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_kept(app, visitor, field, given):
    once = hidden(visitor.get("/directory/new").text)["once"]
    reply = visitor.post("/directory/new", LISTING | {"once": once, field: given})
    assert reply.status_code == 422
    her = Visitor(app, email="sira@farm.example").at_home()
    reply = her.post("/account/directory", LISTING | {field: given})
    assert reply.status_code == 422
    assert rows(app, Listing) == rows(app, Consent) == []


def test_words_are_sent_on_in_her_language_and_tell_no_address_of_hers(app, visitor):
    owner(app)
    where = f"/directory/{rows(app, Listing)[0].id}"
    reply = visitor.post(f"{where}/write", TO_HER, token_from=where)
    assert reply.status_code == 200
    assert "It was sent on" in reply.text
    assert "union@farm.example" not in reply.text
    (letter,) = rows(app, Letter)
    assert (letter.recipient, letter.language) == ("union@farm.example", "fr")
    for shown in (TO_HER["words"], TO_HER["email"]):
        assert shown in letter.text


@pytest.mark.parametrize("topic", ["directory", COMES_BACK])
def test_nobody_is_told_that_words_were_sent_where_none_go(app, visitor, topic):
    owner(app)
    with app.extensions["kb"].database.writing() as session:
        stop(session, Stop(topic, digest_of("union@farm.example")))
        session.commit()
    where = f"/directory/{rows(app, Listing)[0].id}"
    reply = visitor.post(f"{where}/write", TO_HER, token_from=where)
    assert reply.status_code == 409
    assert "Nothing can be sent there" in reply.text
    assert rows(app, Letter) == []


def test_each_language_is_offered_once(visitor):
    ids = re.findall(r'id="(languages-[^"]+)"', visitor.get("/directory/new").text)
    assert len(ids) == len(set(ids)) > 10


@pytest.mark.parametrize("wrong", [{"words": "no"}, {"email": "nobody"}])
def test_a_message_that_is_none_is_asked_again(app, visitor, wrong):
    owner(app)
    where = f"/directory/{rows(app, Listing)[0].id}"
    reply = visitor.post(f"{where}/write", TO_HER | wrong, token_from=where)
    assert reply.status_code == 422
    assert rows(app, Letter) == []


def test_one_address_cannot_flood_the_directory(app, visitor):
    owner(app)
    where = f"/directory/{rows(app, Listing)[0].id}"
    codes = [
        visitor.post(f"{where}/write", TO_HER, token_from=where).status_code
        for _ in range(7)
    ]
    assert codes == [200] * 5 + [429] * 2
    assert len(rows(app, Letter)) == 5


def test_an_institution_nobody_looked_at_is_forgotten(app, visitor):
    institution(visitor)
    owner(app)
    old = datetime.now(UTC) - timedelta(days=WAIT_DAYS, hours=1)
    change(app, Listing, made=old)
    with app.extensions["kb"].database.writing() as session:
        tidy(session)
        session.commit()
    assert [one.state for one in rows(app, Listing)] == ["listed"]
