"""Ending messages by the address in a mail, and in an account."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb import outbox
from kb.following.models import Following
from kb.language import INTERFACE
from kb.outbox import Letter
from kb.people.models import Person
from kb.stopping import Links, MailStop, Stop, digest_of, token_of
from tests.people.visitor import Visitor, rows
from tests.test_outbox import FACTS
from tests.web.test_people_pages import check

AWA = "awa@farm.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def house(either):
    return either


def address(house, purpose="review-due", to=AWA, language="en"):
    """Give the address in a mail, without where the site begins."""
    links = Links("https://h.example", house.app.extensions["kb"].settings.secret_key)
    return links.to_end(purpose, to, language).removeprefix("https://h.example")


def click(house, path, **form):
    """Do as a mail program does: no cookie, no page of ours before."""
    return house.app.test_client().post(path, data=form or ONE_CLICK)


def put(house, *purposes, to=AWA):
    with house.office.database.writing() as session:
        for purpose in purposes:
            outbox.put(session, purpose, to=to, language="en", **FACTS)
        session.commit()


def waiting(house):
    return sorted((one.purpose, one.recipient) for one in rows(house.app, Letter))


def test_one_click_ends_messages_of_one_topic_for_one_address(house):
    every = ("review-due", "consent-ends", "draft-changes", "reset")
    put(house, *every)
    put(house, *every, to="ali@farm.example")
    reply = click(house, address(house))
    assert reply.status_code == 200
    assert "We write to you no more about this." in reply.text
    left = [("draft-changes", AWA), ("reset", AWA)]
    left += [(one, "ali@farm.example") for one in every]
    assert waiting(house) == sorted(left), "what waits goes, too"
    put(house, "review-due", "reports-overdue", "reset")
    assert waiting(house) == sorted([*left, ("reset", AWA)])
    (kept,) = rows(house.app, MailStop)
    assert (kept.digest, kept.topic) == (digest_of(AWA), "reminders")
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"


def test_it_may_come_in_parts_and_more_than_once(house):
    path = address(house)
    whole = {"content_type": "multipart/form-data", "data": ONE_CLICK}
    for _twice in range(2):
        assert house.app.test_client().post(path, **whole).status_code == 200
    with ThreadPoolExecutor(3) as hands:
        replies = hands.map(lambda _n: click(house, path).status_code, range(3))
        assert list(replies) == [200, 200, 200]
    assert len(rows(house.app, MailStop)) == 1


def test_to_look_ends_nothing_and_a_button_does(house):
    path = address(house)
    browser = house.app.test_client()
    page = browser.get(path)
    assert page.status_code == 200
    assert "Write to me no more about this" in page.text
    assert "Reminders of what is due" in page.text
    assert AWA not in page.text
    assert rows(house.app, MailStop) == []
    click(house, path)
    assert "Write to me again about this" in browser.get(path).text
    reply = click(house, path, again="yes")
    assert "Write to me no more about this" in reply.text
    assert rows(house.app, MailStop) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_not_ours_ends_nothing(house, method):
    good = address(house).partition("token=")[2]
    topic, digest, signature = good.split("-")
    other = digest_of("ali@farm.example")
    wrong = [
        "",
        "\x00",
        "x" * 5000,
        good[:-1],
        f"{topic}-{other}-{signature}",
        f"drafts-{digest}-{signature}",
        token_of("another key", Stop(topic, digest)),
        token_of(
            house.app.extensions["kb"].settings.secret_key, Stop("nothing", digest)
        ),
        "\u0661" * 10,
    ]
    for token in wrong:
        ask = getattr(house.app.test_client(), method)
        reply = ask("/en/mail/stop", query_string={"token": token})
        assert reply.status_code == 409, token
    assert rows(house.app, MailStop) == []


def test_for_searches_one_click_ends_all_that_is_followed(house):
    awa = Visitor(house.app).at_home()
    other = Visitor(house.app, "ali@farm.example").at_home()
    for who in (awa, other):
        for words in ("pits", "mulch"):
            who.post(f"/account/following/new?q={words}", token_from="/account")
    assert len(rows(house.app, Following)) == 4
    reply = click(house, address(house, "following-news"))
    assert reply.status_code == 200
    hers = next(one.id for one in rows(house.app, Person) if one.email == AWA)
    left = [one.person_id for one in rows(house.app, Following)]
    assert len(left) == 2
    assert hers not in left
    assert rows(house.app, MailStop) == []
    awa.post("/account/following/new?q=pits", token_from="/account")
    assert len(rows(house.app, Following)) == 3, "she may follow again"


def test_an_account_shows_what_comes_and_changes_it(house):
    awa = Visitor(house.app).at_home()
    assert 'href="/en/account/mails"' in awa.get("/account").text
    check(awa.get("/account/mails").text, "en")
    assert awa.post("/account/mails", topic="drafts").status_code == 303
    assert "We write to you no more about this." in awa.get("/account/mails").text
    put(house, "draft-changes")
    assert ("draft-changes", AWA) not in waiting(house)
    assert awa.post("/account/mails", topic="drafts", again="yes").status_code == 303
    put(house, "draft-changes")
    assert ("draft-changes", AWA) in waiting(house)
    for wrong in ("", "following", "nope", "\x00"):
        assert awa.post("/account/mails", topic=wrong).status_code == 404
    stranger = Visitor(house.app, "x@farm.example")
    assert "/sign-in" in stranger.get("/account/mails").headers["Location"]


def test_it_is_in_her_file_and_goes_with_her_account(house):
    awa = Visitor(house.app).at_home()
    awa.post("/account/mails", topic="drafts")
    assert '"topic": "drafts"' in awa.post("/account/export").text
    awa.post("/account/delete", token_from="/account", email=awa.email)
    assert rows(house.app, MailStop) == []


@pytest.mark.thorough
@pytest.mark.parametrize("language", INTERFACE)
def test_the_pages_are_whole_in_every_language(house, language):
    path = address(house, language=language)
    check(house.app.test_client().get(path).text, language)
    awa = Visitor(house.app, language=language).at_home()
    check(awa.get("/account/mails").text, language)
