"""Two questions of one asker become one, one becomes two; no asker reads another's."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kb.helpdesk.pass_tables import Pass
from kb.helpdesk.question_tables import Message, Note, PrivateLink, Question
from kb.outbox import Letter
from tests.feedback.house import furnish
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import Visitor, rows
from tests.web.test_helpdesk_alike import Asked, mark

AWA = "awa@farm.example"
DEEP = "How deep is a pit dug?"
WIDE = "How wide is a pit dug?"
ANSWER = {"words": "Fifteen centimetres.", "language": "en", "cites": "P-1"}
LINK = re.compile(r"token=([\w-]+)")


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    at(either.app, "bf", name="duty")
    return either.app


@pytest.fixture
def expert(app):
    return at(app, "bf")


def of_account(app, *words):
    """Ask with one account; give the questions."""
    account = Visitor(app, email=AWA).at_home()
    return [as_asked(app, account, words=each) for each in words]


def as_asked(app, visitor, **more):
    one = Asked.__new__(Asked)
    one.app, one.visitor = app, visitor
    one.secret = sent(visitor, **more)
    one.id, one.code = newest(app).id, newest(app).code
    one.where = f"/desk/questions/{one.id}"
    return one


def join(expert, one, other):
    return expert.post(f"{one.where}/join", {"same": other.code}).status_code


def mailed(app, purpose):
    """Give the secret in the newest message of a purpose."""
    return LINK.search([x for x in rows(app, Letter) if x.purpose == purpose][-1].text)[
        1
    ]


def opens(app, secret):
    return asker(app, 9).get(f"/question?token={secret}")


def test_the_later_becomes_messages_of_the_earlier_in_their_order(app, expert):
    first, later = of_account(app, DEEP, WIDE)
    later.says("more", words="On stony land, I mean.")
    expert.post(f"{later.where}/notes", {"note": "She calls on Mondays"})
    expert.post(f"{first.where}/answer", ANSWER)
    times = later.row().at
    assert join(expert, first, later) == 303
    said = sorted(rows(app, Message), key=lambda one: one.at)
    assert [one.words for one in said] == [
        WIDE,
        "On stony land, I mean.",
        ANSWER["words"],
    ]
    assert {one.question_id for one in said} == {first.id}
    assert said[0].at == times
    assert [one.question_id for one in rows(app, Note)] == [first.id]
    assert (first.row().state, later.row().state) == ("open", "resolved")
    assert first.row().due is not None
    assert later.row().due is None
    assert later.row().words == WIDE
    for page in (first.seen(), later.seen()):
        places = [page.index(words) for words in (DEEP, "On stony", ANSWER["words"])]
        assert places == sorted(places)
        assert later.code[:3] in page
    assert "this one goes on there" in expert.get(later.where).text
    for step, form in {"answer": ANSWER, "claim": {}, "part": {"part": DEEP}}.items():
        assert expert.post(f"{later.where}/{step}", form).status_code == 409
    assert join(expert, later, first) == join(expert, first, later) == 409


def test_either_code_may_be_typed_and_the_later_goes_into_the_earlier(app, expert):
    first, later = of_account(app, DEEP, WIDE)
    reply = expert.post(f"{later.where}/join", {"same": first.code})
    assert reply.headers["Location"].endswith(first.where)
    assert later.row().goes_on_id == first.id


@pytest.mark.thorough
@pytest.mark.parametrize("contact", ["", "same@farm.example"])
def test_two_askers_stay_apart(app, expert, contact):
    first = Asked(app, words=DEEP, contact="")
    account = Visitor(app, email=AWA).at_home()
    second = as_asked(app, account, words=WIDE, contact=contact)
    third = Asked(app, 3, words=DEEP, contact=contact)
    for one, other in ((first, second), (second, third), (first, third)):
        assert join(expert, one, other) == 422
    assert join(expert, first, first) == 422
    assert rows(app, Message) == rows(app, Pass) == []
    assert {one.goes_on_id for one in rows(app, Question)} == {None}


@pytest.mark.thorough
def test_who_asks_for_several_people_keeps_them_apart(app, expert):
    account = Visitor(app, email=AWA).at_home()
    contacts = ("ali@farm.example", "mia@farm.example", "", AWA, "ali@farm.example")
    made = [as_asked(app, account, words=DEEP, contact=c) for c in contacts]
    ali, mia, none, own, ali_again = made
    for one, other in ((ali, mia), (ali, none), (own, mia)):
        assert join(expert, one, other) == 422
    assert join(expert, none, own) == join(expert, ali, ali_again) == 303


@pytest.mark.thorough
@pytest.mark.parametrize("stranger_first", [True, False])
def test_who_typed_the_address_of_another_reads_nothing_of_hers(
    app, expert, stranger_first
):
    asks = [
        lambda: Asked(app, 5, words=DEEP, contact=AWA),
        lambda: Asked(app, words=WIDE + " Moussa knows", contact=AWA),
    ]
    made = [ask() for ask in (asks if stranger_first else reversed(asks))]
    stranger, hers = made if stranger_first else reversed(made)
    link = LINK.search([x for x in rows(app, Letter) if x.recipient == AWA][-1].text)[1]
    assert join(expert, *made) == 303
    assert opens(app, stranger.secret).status_code == 404
    assert opens(app, hers.secret).status_code == 404
    assert all(one.mailed for one in rows(app, PrivateLink))
    for secret in (link, mailed(app, "question-joined")):
        assert "Moussa knows" in opens(app, secret).text
    account = Visitor(app, email=AWA).at_home()
    export = account.post("/account/export", token_from="/account").text
    assert export.count("Moussa knows") >= 1
    account.post("/account/delete", token_from="/account", email=AWA)
    assert rows(app, Question) == rows(app, Message) == []


def test_a_part_of_what_a_stranger_asked_opens_nothing_of_hers(app, expert):
    stranger = Asked(app, 5, words=f"{DEEP} {WIDE}", contact=AWA)
    expert.post(f"{stranger.where}/part", {"part": WIDE})
    code = newest(app).code
    beside = f"/question?token={stranger.secret}&of={code}"
    assert opens(app, f"{stranger.secret}&of={code}").status_code == 200
    hers = Asked(app, words="What does Moussa pay?", contact=AWA)
    assert expert.post(f"{hers.where}/join", {"same": code}).status_code == 303
    assert asker(app, 5).get(beside).status_code == 404
    assert "Moussa" not in stranger.seen()


@pytest.mark.thorough
def test_who_cannot_be_written_to_keeps_two(app, expert):
    first, later = (Asked(app, words=words, contact=AWA) for words in (DEEP, WIDE))
    for _each in range(6):
        Asked(app, 3, contact=AWA)
    assert join(expert, first, later) == 409
    assert opens(app, first.secret).status_code == 200
    assert rows(app, Message) == []


@pytest.mark.thorough
def test_what_others_may_read_stays_by_itself(app, expert):
    first, later = of_account(app, DEEP, WIDE)
    expert.post(f"{later.where}/answer", ANSWER)
    assert later.says("agree").status_code == 303
    assert join(expert, first, later) == 409
    assert [one.question_id for one in rows(app, Message)] == [later.id]


@pytest.mark.thorough
def test_what_waited_for_the_later_waits_for_the_earlier(app, expert):
    first, later = of_account(app, DEEP, WIDE)
    other = Asked(app, 4, words="What does a pit cost?")
    assert mark(expert, other, later) == mark(expert, first, later) == 303
    assert join(expert, first, later) == 303
    assert (other.row().follows_id, first.row().follows_id) == (first.id, None)
    assert DEEP not in other.seen()


@pytest.mark.thorough
def test_a_part_is_a_question_of_its_own_with_a_link_of_its_own(app, expert):
    whole = Asked(app, words=f"{DEEP} {WIDE}", contact=AWA)
    assert f"{DEEP} {WIDE}</textarea>" in expert.get(whole.where).text
    for _twice in range(2):
        reply = expert.post(f"{whole.where}/part", {"part": WIDE})
        assert reply.status_code == 303
    made = newest(app)
    assert (made.id, made.came_from_id) == (whole.id + 1, whole.id)
    same = ("language", "reader", "country", "place", "contact", "desk_code")
    for name in same:
        assert getattr(made, name) == getattr(whole.row(), name)
    assert made.due is not None
    part = f"/desk/questions/{made.id}"
    assert part in expert.get(whole.where).text
    assert whole.where in expert.get(part).text
    link = mailed(app, "question-parted")
    page = opens(app, link).text
    assert WIDE in page
    assert DEEP not in page
    assert "a part, answered by itself" in whole.seen()
    beside = f"/question?token={whole.secret}&of={made.code}"
    assert asker(app).get(beside).status_code == 200
    alien = asker(app).get(f"/question?token={link}&of={whole.code}")
    assert alien.status_code == 404
    expert.post(f"{part}/answer", ANSWER)
    assert ANSWER["words"] not in whole.seen()
    assert ANSWER["words"] in asker(app).get(beside).text
    assert whole.says("thanks", of=made.code).status_code == 303
    assert (newest(app).state, whole.row().state) == ("resolved", "open")


@pytest.mark.parametrize("words", ["", "short", "\x00" * 20, "x" * 2001])
def test_a_part_has_words(app, expert, words):
    whole = Asked(app)
    reply = expert.post(f"{whole.where}/part", {"part": words})
    assert reply.status_code == 422
    assert len(rows(app, Question)) == 1


def settled(app, expert, *, days):
    """Give a question that was answered and settled so many days ago."""
    one = Asked(app, words=DEEP, contact=AWA)
    expert.post(f"{one.where}/answer", ANSWER)
    one.says("thanks")
    with app.extensions["kb"].database.writing() as session:
        old = session.get(Question, one.id)
        old.changed = datetime.now(UTC) - timedelta(days=days)
        session.commit()
    return one


def test_within_thirty_days_it_is_opened_again(app, expert):
    old = settled(app, expert, days=29)
    assert old.says("more", words=WIDE).status_code == 303
    assert (newest(app).id, newest(app).state) == (old.id, "open")


@pytest.mark.thorough
def test_after_thirty_days_a_new_one_begins_and_her_page_leads_to_it(app, expert):
    old = settled(app, expert, days=31)
    assert old.says("more", words="").status_code == 422
    for _twice in range(2):
        assert old.says("more", words=WIDE).status_code == 303
    new = newest(app)
    assert len(rows(app, Question)) == 2
    assert (new.words, new.state, new.desk_code) == (WIDE, "open", "bf")
    assert (old.row().state, old.row().goes_on_id) == ("resolved", new.id)
    assert [one.words for one in rows(app, Message)] == [ANSWER["words"]]
    page = old.seen()
    assert WIDE in page
    assert "went on in this one" in page
    before = asker(app).get(f"/question?token={old.secret}&of={old.code}").text
    assert ANSWER["words"] in before
    assert "I still need help" not in before
    assert old.says("more", words="And how wide?", of=old.code).status_code == 409
    assert f"/desk/questions/{new.id}" in expert.get(old.where).text
    assert expert.post(f"{old.where}/answer", ANSWER).status_code == 409


@pytest.mark.thorough
def test_she_takes_back_what_others_read_though_it_went_on(app, expert):
    old = Asked(app, words=DEEP)
    expert.post(f"{old.where}/answer", ANSWER)
    old.says("agree")
    old.says("thanks")
    with app.extensions["kb"].database.writing() as session:
        session.get(Question, old.id).changed -= timedelta(days=40)
        session.commit()
    old.says("more", words=WIDE)
    assert old.says("take-back", of=old.code).status_code == 303
    assert "taken back" not in expert.get(old.where).text
    assert "took her consent back" in expert.get(old.where).text


@pytest.mark.parametrize("of", ["000000000", "x", "'", "9" * 99])
def test_a_code_beside_opens_nothing_that_is_not_hers(app, of):
    mine, other = Asked(app, words=DEEP), Asked(app, 2, words=WIDE)
    for code in (of, other.code):
        reply = asker(app).get(
            "/question", query_string={"token": mine.secret, "of": code}
        )
        assert reply.status_code == 404
        assert mine.says("more", words="Mine", of=code).status_code == 404
    assert rows(app, Message) == []
