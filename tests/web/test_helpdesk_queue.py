"""Working on questions: who may, what the asker sees of it and what she never sees."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from kb.helpdesk.question_tables import Message, Note, Question
from kb.outbox import Letter
from kb.people.models import Role, ScopeKind
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import Visitor, change, rows

ANSWER = {"words": "Eighty centimetres each way.", "language": "en", "cites": "P-1"}
INTERNAL = "This asker wrote to us before, be patient with him"


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def asked(app, **more):
    """Ask; give the address of the question at the desk, and the private link."""
    secret = sent(asker(app), **more)
    return f"/desk/questions/{newest(app).id}", secret


ROLES = [(role, ScopeKind.EVERYWHERE, "") for role in Role] + [
    (role, *scope)
    for role in ("expert", "coordinator", "editor")
    for scope in (
        (ScopeKind.DESK, "bf"),
        (ScopeKind.DESK, "india"),
        (ScopeKind.REGION, "sahel"),
        (ScopeKind.REGION, "142"),
        (ScopeKind.LANGUAGE, "fr"),
        (ScopeKind.LANGUAGE, "en"),
    )
]
REACHES = {"", "bf", "sahel", "fr"}


@pytest.mark.thorough
@pytest.mark.parametrize(("role", "kind", "scope"), ROLES)
def test_every_role_meets_a_question_as_far_as_its_scope_reaches(
    app, role, kind, scope
):
    at(app, "bf", name="on duty")
    where, _secret = asked(app)
    visitor = staff(app, role, kind, scope)
    works = role in {"expert", "coordinator", "administrator"}
    sees = works and scope in REACHES
    moves = sees and role != "expert"
    assert visitor.get("/desk/questions").status_code == (200 if works else 403)
    if works:
        assert ("zai pits" in visitor.get("/desk/questions").text) == sees
    assert visitor.get(where).status_code == (200 if sees else 404)
    code = newest(app).code
    found = visitor.get(f"/desk/questions/by-code?code={code}")
    assert found.status_code == (303 if sees else 404)
    for step, form in {
        "notes": {"note": INTERNAL},
        "claim": {},
        "answer": ANSWER,
    }.items():
        reply = visitor.post(f"{where}/{step}", form)
        assert reply.status_code == (303 if sees else 404), step
    assert len(rows(app, Note)) == len(rows(app, Message)) == (1 if sees else 0)
    for step, form in {"aside": {}, "move": {"desk": "india"}}.items():
        reply = visitor.post(f"{where}/{step}", form)
        status = 303 if moves else 403 if sees else 404
        assert reply.status_code == status, step
    assert (newest(app).desk_code == "india") == moves


def test_strangers_are_led_to_where_one_signs_in(app):
    where, _secret = asked(app)
    for page in (where, "/desk/questions", "/desk/questions/by-code?code=1"):
        assert Visitor(app).get(page).status_code == 302
    for step in ("claim", "answer", "notes", "move", "aside", "release"):
        reply = Visitor(app).post(f"{where}/{step}", ANSWER)
        assert reply.status_code == 409, step
        assert "/sign-in" in reply.text
    assert rows(app, Message) == rows(app, Note) == []


def test_the_asker_reads_the_answer_and_what_it_rests_on_and_says_thanks(app):
    expert = at(app, "bf")
    where, secret = asked(app, contact="awa@farm.example")
    page = f"/question?token={secret}"
    early = asker(app).post("/question/thanks", {"token": secret}, token_from="/ask")
    assert early.status_code == 409
    assert "zai_practice"[:3] in expert.get(where).text
    assert expert.post(f"{where}/answer", ANSWER).status_code == 303
    seen = asker(app).get(page).text
    for shown in (
        ANSWER["words"],
        "P-1",
        "There is an answer. Did it help?",
        "Desk bf",
    ):
        assert shown in seen
    assert "expert-bf" not in seen
    told = [letter for letter in rows(app, Letter) if "answered" in letter.purpose]
    assert [letter.recipient for letter in told] == ["awa@farm.example"]
    assert ANSWER["words"] not in told[0].text
    (link,) = re.findall(r"token=(\S+)", told[0].text)
    assert ANSWER["words"] in asker(app).get(f"/question?token={link}").text
    reply = asker(app).post("/question/thanks", {"token": secret}, token_from="/ask")
    assert reply.status_code == 303
    assert newest(app).state == "resolved"


@pytest.mark.thorough
def test_who_still_needs_help_opens_it_again(app):
    expert = at(app, "bf")
    where, secret = asked(app)
    expert.post(f"{where}/answer", ANSWER)
    assert newest(app).state == "waiting"
    more = {"token": secret, "words": "My slope is steeper."}
    for _twice in range(2):
        asker(app).post("/question/more", more, token_from="/ask")
    assert newest(app).state == "open"
    assert [m.words for m in rows(app, Message)] == [ANSWER["words"], more["words"]]
    assert "My slope is steeper." in expert.get(where).text
    asker(app).post("/question/thanks", {"token": secret}, token_from="/ask")
    asker(app).post("/question/more", {"token": secret, "words": ""}, token_from="/ask")
    assert newest(app).state == "open"
    long = {"token": secret, "words": "x" * 2001}
    reply = asker(app).post("/question/more", long, token_from="/ask")
    assert reply.status_code == 422


def test_an_answer_rests_on_a_public_record_or_on_own_experience(app):
    expert = at(app, "bf")
    where, _secret = asked(app)
    for wrong in (
        {"cites": ""},
        {"cites": "P-999"},
        {"cites": "nonsense"},
        {"words": ""},
        {"words": "\x00\x00"},
        {"words": "x" * 2001},
        {"language": "xx"},
        {"more_refs": "P-1 " + " ".join(f"A-{n}" for n in range(1, 13))},
    ):
        reply = expert.post(f"{where}/answer", ANSWER | wrong)
        assert reply.status_code == 422, wrong
    assert rows(app, Message) == []
    own = ANSWER | {"cites": "", "own": "yes"}
    for _twice in range(2):
        assert expert.post(f"{where}/answer", own).status_code == 303
    (message,) = rows(app, Message)
    assert message.own_experience


@pytest.mark.thorough
def test_who_takes_it_up_has_it_for_ten_minutes(app):
    first, second = at(app, "bf"), at(app, "bf", name="second")
    where, _secret = asked(app)
    assert first.post(f"{where}/claim").status_code == 303
    assert "Somebody else is at it" in second.get(where).text
    for step, form in {"claim": {}, "release": {}, "answer": ANSWER}.items():
        assert second.post(f"{where}/{step}", form).status_code == 409, step
    assert rows(app, Message) == []
    assert second.post(f"{where}/notes", {"note": "Mine too"}).status_code == 303
    soon = datetime.now(UTC) + timedelta(minutes=10, seconds=1)
    assert newest(app).claimed_until < soon
    change(app, Question, claimed_until=datetime.now(UTC) - timedelta(seconds=1))
    assert second.post(f"{where}/claim").status_code == 303
    assert first.post(f"{where}/answer", ANSWER).status_code == 409
    assert second.post(f"{where}/release").status_code == 303
    assert first.post(f"{where}/answer", ANSWER).status_code == 303


def test_a_note_reaches_no_asker_through_any_door(app):
    expert = at(app, "bf")
    where, secret = asked(app, contact="awa@farm.example")
    expert.post(f"{where}/notes", {"note": INTERNAL})
    assert INTERNAL in expert.get(where).text
    expert.post(f"{where}/answer", ANSWER | {"note": INTERNAL})
    account = Visitor(app, email="awa@farm.example").at_home()
    pages = [
        asker(app).get(f"/question?token={secret}").text,
        asker(app).get("/search?q=patient").text,
        account.post("/account/export", token_from="/account").text,
        *(letter.subject + letter.text for letter in rows(app, Letter)),
    ]
    assert "zai pits" in pages[2]
    for page in pages:
        assert INTERNAL not in page


@pytest.mark.thorough
def test_what_no_desk_takes_is_given_to_one_by_hand(app):
    lead = staff(app, "coordinator")
    where, secret = asked(app, country="")
    assert "no desk yet" in lead.get("/desk/questions").text
    assert "No place was said" in lead.get(where).text
    assert lead.post(f"{where}/move", {"desk": "nowhere"}).status_code == 422
    assert lead.post(f"{where}/move", {"desk": "africa"}).status_code == 303
    assert "A person gave it to Desk africa." in lead.get(where).text
    assert "Desk africa" in asker(app).get(f"/question?token={secret}").text


def told(app):
    found = [one for one in rows(app, Letter) if one.purpose == "question-waits"]
    assert all("zai pits" not in one.text + one.subject for one in found)
    return [one.recipient for one in found]


@pytest.mark.thorough
def test_those_on_duty_are_told_that_a_question_waits_and_that_it_does_again(app):
    expert = at(app, "bf")
    away = at(app, "bf", name="away")
    page = away.get("/desk/desks/bf").text
    number = re.findall(r"/duty/(\d+)", page)[-1]
    away.post(f"/desk/desks/bf/duty/{number}", {"away_from": "2020-01-01"})
    where, secret = asked(app)
    assert told(app) == [expert.email]
    assert where in next(one.text for one in rows(app, Letter) if where in one.text)
    more = {"token": secret, "words": "And on a steep slope?"}
    asker(app).post("/question/more", more, token_from="/ask")
    assert told(app) == [expert.email]
    expert.post(f"{where}/answer", ANSWER)
    asker(app).post(
        "/question/more",
        {"token": secret, "words": "Not yet clear."},
        token_from="/ask",
    )
    assert told(app) == [expert.email] * 2


def test_what_no_desk_takes_is_told_to_those_over_all_and_then_to_the_desk(app):
    lead, india = staff(app, "coordinator"), at(app, "india")
    where, _secret = asked(app, country="")
    assert told(app) == [lead.email]
    lead.post(f"{where}/move", {"desk": "india"})
    assert told(app) == [lead.email, india.email]


@pytest.mark.thorough
def test_nobody_at_a_desk_is_flooded_with_notices(app):
    at(app, "bf")
    for number in range(12):
        sent(asker(app, number))
    assert len(told(app)) == 10


def test_the_desk_counts_what_waits_for_her(app):
    expert, other = at(app, "bf"), at(app, "india")
    asked(app)
    assert re.search(
        r'Questions to answer</a>\s*<span class="tag waits">1<',
        expert.get("/desk").text,
    )
    assert re.search(
        r'Questions to answer</a>\s*<span class="tag">0<', other.get("/desk").text
    )
    assert "zai pits" in expert.get("/desk/questions?state=open").text
    for state in ("waiting", "resolved"):
        assert "zai pits" not in expert.get(f"/desk/questions?state={state}").text


def test_a_longer_queue_asks_the_database_no_more_often(app):
    expert = at(app, "bf")
    asked(app)
    counts = []
    engine = app.extensions["kb"].database.engine
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *said: seen.append(said[2]))
    for many in (1, 40):
        with app.extensions["kb"].database.writing() as session:
            stands = session.scalars(select(Question)).first()
            copied = {
                c.name: getattr(stands, c.name)
                for c in Question.__table__.columns
                if c.name not in {"id", "code"}
            }
            session.add_all(Question(**copied, code=f"{many}-{n}") for n in range(many))
            session.commit()
        expert.get("/desk/questions")
        seen.clear()
        assert expert.get("/desk/questions").text.count("zai pits") > many
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 13


@pytest.mark.thorough
def test_an_expert_who_leaves_takes_her_name_from_what_she_did(app):
    expert = at(app, "bf")
    where, _secret = asked(app)
    expert.post(f"{where}/notes", {"note": INTERNAL})
    expert.post(f"{where}/claim")
    expert.post(f"{where}/answer", ANSWER)
    export = expert.post("/account/export", token_from="/account").text
    assert ANSWER["words"] in export
    assert INTERNAL in export
    expert.post("/account/delete", token_from="/account", email=expert.email)
    (message,) = rows(app, Message)
    (note,) = rows(app, Note)
    assert (message.by_id, note.by_id, newest(app).claimed_by) == (None, None, None)


def many(app, number):
    """Write questions at one desk, as if they had been asked."""
    now = datetime.now(UTC)
    with app.extensions["kb"].database.writing() as session:
        session.add_all(
            Question(
                code=f"{n:09}", at=now, changed=now + timedelta(seconds=n),
                words=f"Question number {n}", language="fr", reader="fr",
                country="BF", place="", contact="", desk_code="bf",
            )
            for n in range(number)
        )  # fmt: skip
        session.commit()


def test_the_queue_has_pages(app):
    expert = at(app, "bf")
    many(app, 120)
    seen = []
    for page in (1, 2, 3):
        text = expert.get(f"/desk/questions?page={page}").text
        seen += re.findall(r"Question number (\d+)", text)
        assert ('rel="next"' in text, 'rel="prev"' in text) == (page < 3, page > 1)
    assert [int(n) for n in seen] == list(range(120))


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "1e3", "٣", "4"])
def test_a_page_that_is_none_is_no_fault(app, page):
    assert at(app, "bf").get(f"/desk/questions?page={page}").status_code == 200
