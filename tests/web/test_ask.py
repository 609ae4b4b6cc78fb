"""Asking a person: without an account, privately, once, and never into a dead end."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from kb.helpdesk.question_tables import Message, PrivateLink, Question, Shown
from kb.helpdesk.ticket import spoken
from kb.helpdesk.tidying import tidy
from kb.outbox import Letter
from kb.people.secrets import digest
from tests.feedback.house import furnish
from tests.helpdesk.asking import ASKED, asker, furnish_desks, hidden, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import rows


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def test_her_place_and_what_she_searched_for_are_filled_in(app):
    visitor = asker(app)
    visitor.browser.set_cookie("place", "country=BF&name=Yako&at=13+-2.3&use=paddy")
    page = visitor.get("/ask?q=zai%00").text
    assert re.search(r'value="Yako"', page)
    assert re.search(r'value="BF"\s+selected', page)
    assert ">zai</textarea>" in page


def test_a_question_is_kept_with_where_it_goes_and_only_its_link_opens_it(app):
    at(app, "bf")
    visitor = asker(app)
    secret = sent(visitor)
    question = newest(app)
    assert (question.state, question.desk_code) == ("open", "bf")
    assert (question.words, question.language) == (ASKED["words"], "fr")
    (link,) = rows(app, PrivateLink)
    assert link.digest == digest(secret)
    assert len(secret) >= 43
    page = visitor.get(f"/question?token={secret}&new=1").text
    for shown in ("Your question was sent", "Desk bf", secret, ASKED["words"]):
        assert shown in page
    assert spoken(question.code) in page
    for wrong in ("", secret[:-1], question.code, str(question.id), "\x00", "x" * 999):
        assert visitor.get(f"/question?token={wrong}").status_code == 404


def test_her_point_is_kept_to_ten_kilometres_and_only_if_it_is_this_place(app):
    visitor = asker(app)
    visitor.browser.set_cookie("place", "country=BF&name=Yako&at=13.123+-2.345")
    sent(visitor)
    assert (newest(app).latitude, newest(app).longitude) == (13.1, -2.3)
    sent(visitor, place="Elsewhere", words="And how deep is each of these pits?")
    assert newest(app).latitude is None


def test_what_she_was_shown_and_says_she_read_stays_with_it(app):
    visitor = asker(app)
    once = hidden(visitor.post("/ask", ASKED, token_from="/ask").text)["once"]
    more = {"shown": ["P-1", "S-1", "X-9", "\x00"], "was_read": ["P-1", "X-9"]}
    visitor.post("/ask", ASKED | {"once": once, "step": "send"} | more)
    assert sorted(row.was_read for row in rows(app, Shown)) == [False, True]


def test_sent_twice_it_is_one_and_the_same_link_opens_it(app):
    visitor = asker(app)
    once = hidden(visitor.post("/ask", ASKED, token_from="/ask").text)["once"]
    given = ASKED | {"once": once, "step": "send", "contact": visitor.email}
    where = {visitor.post("/ask", given).headers["Location"] for _ in range(5)}
    assert len(where) == 1
    assert len(rows(app, Question)) == 1
    assert len(rows(app, Letter)) == 1


def test_sent_from_many_sides_at_once_it_is_one(app):
    visitor = asker(app)
    given = ASKED | {"once": "0" * 31 + "7", "step": "send"}
    token = visitor.token("/ask")
    cookie = visitor.browser.get_cookie("form").value

    def send(_number):
        other = asker(app)
        other.browser.set_cookie("form", cookie)
        return other.browser.post("/en/ask", data=given | {"form_token": token})

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(send, range(8)))
    assert {reply.status_code for reply in replies} == {303}
    assert len({reply.headers["Location"] for reply in replies}) == 1
    assert len(rows(app, Question)) == len(rows(app, PrivateLink)) == 1


@pytest.mark.parametrize("once", ["", "a" * 31, "g" * 32, "\x00" * 32])
def test_a_sign_that_is_none_of_ours_makes_no_link(app, once):
    given = ASKED | {"once": once, "step": "send"}
    assert asker(app).post("/ask", given, token_from="/ask").status_code == 409
    assert rows(app, Question) == []


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("words", ""),
        ("words", "short"),
        ("words", "\x00" * 20),
        ("words", "x" * 2001),
        ("country", "Nowhere"),
        ("land_use", "moon"),
        ("theme", "'; drop table"),
        ("language", "xx"),
        ("contact", "no address"),
        ("contact", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_what_does_not_fit_stands_again_on_the_page(app, field, given):
    for step in ("", "send"):
        reply = asker(app).post(
            "/ask", ASKED | {field: given, "step": step}, token_from="/ask"
        )
        assert reply.status_code == 422
        assert 'aria-invalid="true"' in reply.text
    assert rows(app, Question) == []


def test_an_unknown_theme_and_a_megabyte_are_refused(app):
    visitor = asker(app)
    look = visitor.post("/ask", ASKED | {"theme": "unheard"}, token_from="/ask")
    once = hidden(look.text)["once"]
    given = ASKED | {"theme": "unheard", "once": once, "step": "send"}
    assert visitor.post("/ask", given).status_code == 422
    assert visitor.post("/ask", ASKED | {"words": "x" * 2**20}).status_code == 413
    assert rows(app, Question) == []


def test_she_can_go_back_and_change_it(app):
    page = asker(app).post("/ask", ASKED | {"step": "change"}, token_from="/ask")
    assert page.status_code == 200
    assert ASKED["words"] in page.text


@pytest.mark.parametrize("more", [{"country": ""}, {"country": "US"}, {}])
def test_a_place_nobody_covers_and_a_desk_without_experts_lead_to_no_dead_end(
    app, more
):
    secret = sent(asker(app), **more)
    assert newest(app).desk_code is None
    page = asker(app).get(f"/question?token={secret}").text
    assert "A person reads it and finds out who can answer." in page


@pytest.mark.thorough
def test_a_village_may_ask_from_one_address_and_a_flood_is_slowed(app):
    visitor = asker(app)
    replies = []
    for number in range(31):
        given = ASKED | {"once": f"{number:032x}", "step": "send"}
        replies.append(visitor.post("/ask", given, token_from="/ask").status_code)
    assert replies == [303] * 30 + [429]
    assert len(rows(app, Question)) == 30


def test_the_message_is_in_her_language_with_a_link_of_its_own_and_no_word_of_hers(
    app,
):
    visitor = asker(app)
    visitor.language = "fr"
    first = sent(visitor, contact=visitor.email)
    (letter,) = rows(app, Letter)
    assert letter.language == "fr"
    assert "Nous avons votre question" in letter.subject
    assert ASKED["words"] not in letter.text
    page, secret = visitor.last_link()
    assert page == "/question"
    assert secret != first
    for each in (first, secret):
        assert visitor.get(f"/question?token={each}").status_code == 200


@pytest.mark.thorough
def test_a_stranger_cannot_have_somebody_flooded_with_messages(app):
    for number in range(8):
        sent(asker(app, number), contact="victim@farm.example")
    assert len(rows(app, Question)) == 8
    assert len(rows(app, Letter)) == 5


def test_an_address_is_forgotten_half_a_year_after_the_last_word(app):
    sent(asker(app), contact="awa@farm.example")
    sent(asker(app), contact="bea@farm.example")
    office = app.extensions["kb"]
    with office.database.writing() as session:
        old = session.get(Question, newest(app).id)
        old.changed = datetime.now(UTC) - timedelta(days=181)
        session.flush()
        tidy(session)
        session.commit()
    assert sorted(q.contact for q in rows(app, Question)) == ["", "awa@farm.example"]


def test_the_private_page_can_be_read_in_another_language_and_is_kept_by_nobody(app):
    secret = sent(asker(app))
    reply = asker(app).get(f"/question?token={secret}")
    assert f"/fr/question?token={secret}" in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in reply.text


def test_words_of_hers_are_never_markup(app):
    words = "<script>alert(1)</script> and {{7*7}} %(n)s why?"
    secret = sent(asker(app), words=words, place="<b>{{ 1 }}</b>")
    page = asker(app).get(f"/question?token={secret}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; and {{7*7}} %(n)s why?" in page
    assert "<script>alert" not in page


def test_nobody_else_reaches_a_question_and_nothing_public_shows_it(app):
    canary = "The brown canary eats my millet, what now?"
    mine = sent(asker(app, 1), words=canary)
    other = sent(asker(app, 2), words="Something else about soil, please?")
    token = asker(app, 2)
    said = {"token": other, "words": "More of my own words"}
    assert token.post("/question/more", said, token_from="/ask").status_code == 303
    assert canary not in token.get(f"/question?token={other}").text
    assert "More of my own" not in asker(app, 1).get(f"/question?token={mine}").text
    (message,) = rows(app, Message)
    assert message.question_id == newest(app).id
    for page in ("/search?q=canary", "/ask", "/feed.atom?q=canary", "/zones"):
        assert canary not in asker(app, 3).get(page).text
    reply = token.post("/question/more", {"token": "", "words": "Hello you"})
    assert reply.status_code == 404


def test_signed_in_her_question_is_in_her_file_and_goes_with_her_account(app):
    visitor = asker(app).at_home()
    sent(visitor)
    with app.extensions["kb"].database.reading() as session:
        question = session.get(Question, newest(app).id)
        assert question.person_id is not None
    export = visitor.post("/account/export", token_from="/account")
    assert ASKED["words"] in export.text
    reply = visitor.post("/account/delete", token_from="/account", email=visitor.email)
    assert reply.status_code in {200, 303}
    assert rows(app, Question) == []
