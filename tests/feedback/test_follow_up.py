"""Asked after a season by one message with one link, and then forgotten."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kb.feedback import follow_up
from kb.feedback.models import FollowUp
from kb.outbox import Letter
from kb.record.models import Record
from kb.worker import ask_due
from tests.feedback.house import furnish
from tests.people.visitor import Visitor, change, rows
from tests.web.test_feedback import ZAI, send
from tests.web.test_people_pages import check

WANTED = {"address": "Awa@Farm.example", "wait": "6"}
HOUSE = "http://localhost"
LINK = re.compile(r"http://localhost/[a-z]{2}(/\S+)\?token=(\S+)")


@pytest.fixture
def visitor(either):
    furnish(either.app)
    return Visitor(either.app)


def worker(visitor, site=HOUSE):
    return ask_due(visitor.app.extensions["kb"].database.writing, site)


def season_passes(visitor):
    change(visitor.app, FollowUp, due=datetime.now(UTC) - timedelta(minutes=1))


def press(visitor, step, secret, **given):
    form = {"token": secret} | given
    return visitor.post(f"/follow-up/{step}", form, token_from="/sign-in")


def last_link(visitor):
    """Give page and secret of the newest link in the mail."""
    page, secret = LINK.findall(visitor.letters()[-1].text)[0]
    return page, secret


def confirmed(visitor):
    """Leave an address and confirm it; give the secret."""
    assert send(visitor, "follow-up", **WANTED).status_code == 303
    page, secret = last_link(visitor)
    assert page == "/follow-up"
    assert press(visitor, "confirm", secret).status_code == 200
    return secret


def test_one_message_one_answer_and_the_address_is_gone(visitor):
    first = confirmed(visitor)
    (row,) = rows(visitor.app, FollowUp)
    assert (row.state, row.address) == ("waiting", "awa@farm.example")
    assert worker(visitor) == 0, "it is not time yet"
    season_passes(visitor)
    assert worker(visitor) == 1
    assert worker(visitor) == 0, "once is enough"
    letter = visitor.letters()[-1]
    assert (letter.purpose, letter.recipient) == ("follow-up-ask", "awa@farm.example")
    _page, secret = last_link(visitor)
    assert secret != first
    text = visitor.get(f"/follow-up?token={secret}").text
    for answer in ("considering", "planning", "did", "worked", "failed"):
        assert f'value="{answer}"' in text
    assert rows(visitor.app, FollowUp)[0].answer == "", "looking answers nothing"
    assert press(visitor, "answer", secret, answer="perhaps").status_code == 422
    reply = press(visitor, "answer", secret, answer="failed")
    assert f'href="/en{ZAI}/tried"' in reply.text
    (row,) = rows(visitor.app, FollowUp)
    assert (row.answer, row.address, row.state) == ("failed", "", "answered")
    assert not any(one.recipient for one in rows(visitor.app, Letter))
    assert press(visitor, "answer", secret, answer="worked").status_code == 409
    with visitor.app.extensions["kb"].database.reading() as session:
        assert follow_up.answers(session, row.record_id) == {"failed": 1}


def test_an_address_nobody_confirms_gets_no_question(visitor):
    send(visitor, "follow-up", **WANTED)
    season_passes(visitor)
    assert worker(visitor) == 0


def test_asked_twice_about_one_record_one_question_comes(visitor):
    for _ in range(2):
        confirmed(visitor)
    assert len(rows(visitor.app, FollowUp)) == 1
    season_passes(visitor)
    assert worker(visitor) == 1


def test_she_can_change_her_mind_at_any_step(visitor):
    send(visitor, "follow-up", **WANTED)
    _page, secret = last_link(visitor)
    assert press(visitor, "stop", secret).status_code == 200
    assert rows(visitor.app, FollowUp) == rows(visitor.app, Letter) == []
    assert press(visitor, "stop", confirmed(visitor)).status_code == 200
    assert rows(visitor.app, FollowUp) == []
    confirmed(visitor)
    season_passes(visitor)
    worker(visitor)
    _page, secret = last_link(visitor)
    assert press(visitor, "stop", secret).status_code == 200
    assert rows(visitor.app, FollowUp) == []


def test_a_link_that_is_none_or_too_old_does_nothing(visitor):
    secret = confirmed(visitor)
    for step in ("confirm", "answer", "stop"):
        reply = press(visitor, step, "x" * 43, answer="worked")
        assert reply.status_code == 409
        check(reply.text, "en")
    for odd in ("", "\x00", "ع", "x" * 10_000):
        reply = visitor.browser.get("/en/follow-up", query_string={"token": odd})
        assert reply.status_code == 409
    change(visitor.app, FollowUp, expires=datetime.now(UTC) - timedelta(seconds=1))
    assert press(visitor, "stop", secret).status_code == 409
    assert len(rows(visitor.app, FollowUp)) == 1


def test_of_a_record_that_is_gone_nobody_is_asked(visitor):
    confirmed(visitor)
    season_passes(visitor)
    before = len(visitor.letters())
    change(visitor.app, Record, status="withdrawn")
    worker(visitor)
    assert len(visitor.letters()) == before
    assert rows(visitor.app, FollowUp) == []


def test_without_an_address_of_the_house_the_question_waits(visitor):
    confirmed(visitor)
    season_passes(visitor)
    assert worker(visitor, "") == 0
    assert worker(visitor) == 1


def test_nobody_can_have_many_messages_sent_to_another(visitor):
    codes = [send(visitor, "follow-up", **WANTED).status_code for _ in range(5)]
    assert codes == [303, 303, 303, 429, 429]
    for given in ({"address": "x"}, {"address": "a@b.example", "wait": "99"}):
        other = Visitor(visitor.app, from_="192.0.2.9")
        assert send(other, "follow-up", **given).status_code == 422


def test_the_message_and_its_page_are_in_her_language(visitor):
    visitor.language = "ar"
    send(visitor, "follow-up", **WANTED)
    letter = visitor.letters()[-1]
    assert letter.language == "ar"
    assert "/ar/follow-up?token=" in letter.text
    page, secret = last_link(visitor)
    text = visitor.get(f"{page}?token={secret}").text
    check(text, "ar")
    reply = press(visitor, "confirm", secret)
    check(reply.text, "ar")
    assert visitor.get("/follow-up/confirm").status_code == 409
