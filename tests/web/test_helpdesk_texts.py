"""The address of the gateway, and trying texts at the desk."""

import html
import json
import re
from dataclasses import replace
from threading import Thread
from time import perf_counter

import pytest
from sqlalchemy import func, select

from kb.app import create_app
from kb.database import Base
from kb.helpdesk.question_tables import Question
from kb.helpdesk.text_tables import TextIn
from kb.outbox import Letter
from kb.sms.numbers import example
from kb.sms.tables import Phone
from tests.feedback.house import staff
from tests.helpdesk.asking import furnish_desks
from tests.helpdesk.house import at
from tests.people.visitor import Visitor
from tests.sms.post import AWA, body, gateway, signed

ASKED = "How far apart do zai pits stand on a gentle slope?"
CODE = re.compile(r"\d{3}\s\d{3}\s\d{3}")


@pytest.fixture
def app(empty, tmp_path):
    """The empty house with a gateway."""
    furnish_desks(empty.app)
    gateway(tmp_path)
    settings = replace(empty.settings, sms=str(tmp_path / "gateway.toml"))
    app = create_app(settings)
    yield app
    app.extensions["kb"].database.engine.dispose()


def posted(app, raw, door="receive", **how):
    return app.test_client().post(f"/sms/{door}", data=raw, headers=signed(raw, **how))


def counted(app, *tables):
    with app.extensions["kb"].database.reading() as session:
        return [session.scalar(select(func.count()).select_from(t)) for t in tables]


def test_without_a_gateway_there_is_no_such_address(empty):
    reply = posted(empty.app, body(ASKED))
    assert reply.status_code == 404
    assert counted(empty.app, TextIn) == [0]


def test_what_the_gateway_posts_waits_at_the_desk_at_once(app):
    began = perf_counter()
    reply = posted(app, body(ASKED))
    assert reply.status_code == 200, reply.text
    assert counted(app, Question, TextIn) == [1, 1]
    assert perf_counter() - began < 5, "on any machine; it is measured elsewhere"


@pytest.mark.parametrize(
    ("how", "status"), [({"late": 400}, 403), ({"key": "another key of 16"}, 403)]
)
def test_a_wrong_or_old_signature_is_refused(app, how, status):
    assert posted(app, body(ASKED), **how).status_code == status
    assert counted(app, Question, TextIn, Phone) == [0, 0, 0]


def test_a_replay_is_refused_and_also_twenty_at_once(app):
    raw = body(ASKED)
    headers, codes = signed(raw), []

    def post():
        reply = app.test_client().post("/sms/receive", data=raw, headers=headers)
        codes.append(reply.status_code)

    threads = [Thread(target=post) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count(200) == 1
    assert set(codes) <= {200, 409, 503}
    assert counted(app, Question, TextIn) == [1, 1]


def test_a_megabyte_is_refused(app):
    reply = posted(app, body("a" * 1_000_000))
    assert reply.status_code == 413
    assert counted(app, Question, TextIn) == [0, 0]


def test_what_cannot_be_read_is_refused_in_words(app):
    for raw in (b"\xff\xfe", b"{", b'{"message": {"from": "70123456x9"}}'[:20]):
        reply = posted(app, raw)
        assert reply.status_code == 422
        assert reply.text.strip()
    assert posted(app, body(ASKED), door="nowhere").status_code == 404
    assert app.test_client().get("/sms/receive").status_code == 405


def test_the_number_stands_on_no_page_of_the_desk(app):
    expert = at(app, "bf", "coordinator")
    posted(app, body(ASKED))
    (number,) = counted_ids(app)
    page = expert.get(f"/desk/questions/{number}")
    assert page.status_code == 200
    assert "Asked from a phone" in page.text
    for written in (AWA, AWA[1:], AWA[4:]):
        assert written not in page.text
        assert written not in expert.get("/desk/questions").text


def counted_ids(app):
    with app.extensions["kb"].database.reading() as session:
        return session.scalars(select(Question.id)).all()


@pytest.fixture
def expert(empty):
    furnish_desks(empty.app)
    return at(empty.app, "bf", "coordinator")


class Rehearsed:
    """The page as somebody uses it without scripts."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.get("/desk/texts").text

    def hidden(self):
        found = re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', self.page)
        return {name: html.unescape(value) for name, value in found}

    def does(self, who, **given):
        form = {"country": "BF"} | self.hidden() | {"who": who} | given
        reply = self.visitor.post("/desk/texts", form)
        assert reply.status_code == 200, reply.text
        self.page = reply.text
        return reply.text


def everything(app):
    kept = {"signed_in", "pace"}
    with app.extensions["kb"].database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name not in kept
        }


def test_a_whole_talk_is_tried_and_nothing_is_left(expert):
    before = everything(expert.app)
    talk = Rehearsed(expert)
    assert "village" in talk.does("phone", words_phone=ASKED)
    page = talk.does("phone", words_phone="Yako")
    code = CODE.findall(page)[-1]
    answer = "Dig them eighty centimetres apart, as deep as your hand. " * 12
    page = talk.does("desk", words_desk=answer)
    assert code in CODE.findall(page), "the code stays the same each time"
    assert "GSM-7" in page
    assert "MORE" in page
    page = talk.does("phone", words_phone="MORE")
    page = talk.does("gateway", part="part-3", report="delivered")
    assert "arrived" in page
    page = talk.does("gateway", part="part-3", report="failed")
    assert "did not arrive" not in page.partition("part-4")[0].partition("part-3")[2]
    page = talk.does("phone", words_phone=f"STATUS {code}")
    assert "you have an answer" in page
    page = talk.does("phone", words_phone="STOP")
    assert "no more messages from us" in page
    assert everything(expert.app) == before


def test_arabic_is_counted_as_such(expert):
    talk = Rehearsed(expert)
    page = talk.does("phone", words_phone="كيف أحسن التربة المالحة في حقلي؟")
    assert "UCS-2" in page
    assert "of 70 signs" in page


def test_a_real_phone_of_that_number_is_not_touched(app):
    posted(app, body(ASKED, from_=example("BF")))
    before = counted(app, Letter, Phone, Question, TextIn)
    talk = Rehearsed(at(app, "bf", "coordinator"))
    page = talk.does("phone", words_phone="STATUS")
    assert "No question" in page
    assert counted(app, Letter, Phone, Question, TextIn) == before


@pytest.mark.parametrize("acts", ["", "x", "[1]", '[["nobody", "x"]]', "[" * 9000])
def test_what_no_page_of_ours_holds_is_left_out(expert, acts):
    talk = Rehearsed(expert)
    assert "village" in talk.does("phone", words_phone=ASKED, acts=acts)
    many = json.dumps([["phone", "HELP"]] * 90)
    assert "begin anew" in talk.does("phone", words_phone=ASKED, acts=many)


def test_only_who_has_a_role_at_the_helpdesk_may_try(empty):
    assert staff(empty.app, "translator").get("/desk/texts").status_code == 403
    assert Visitor(empty.app).get("/desk/texts").status_code == 302
