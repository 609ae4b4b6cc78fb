"""Helpful or not, reports, comments: without an account, and nothing counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from kb.feedback.models import Comment, Helpful, Report
from kb.language import INTERFACE
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, add_person, change, rows
from tests.web.test_people_pages import check

ZAI = "/practices/P-1"
PLURALS = {
    "practice": "/practices/P-1",
    "story": "/stories/S-1",
    "answer": "/answers/A-1",
}
DANGER = {"kind": "danger", "words": "The pits fill with water.", "language": "en"}


@pytest.fixture
def house(either):
    furnish(either.app)
    return either


@pytest.fixture
def visitor(house):
    return Visitor(house.app)


def record_page(visitor, path=ZAI):
    reply = visitor.browser.get(f"/{visitor.language}{path}", follow_redirects=True)
    assert reply.status_code == 200
    return reply


def send(visitor, what, *, path=ZAI, **given):
    return visitor.post(f"{path}/{what}", given, token_from=f"{path}/{what}")


def say(visitor, helpful, reason="", *, path=ZAI, **more):
    return visitor.post(f"{path}/helpful", helpful=helpful, reason=reason, **more)


def test_one_tap_on_the_page_of_any_record_counts_and_one_more_says_why(visitor):
    for path in PLURALS.values():
        page = record_page(visitor, path).text
        assert f'action="/en{path}/helpful"' in page
        assert "form_token" not in page, "the page stands in caches"
        reply = say(visitor, "no", path=path)
        assert reply.status_code == 303
        asked = visitor.browser.get(reply.headers["Location"]).text
        assert "It costs too much" in asked
        assert say(visitor, "no", "costly", path=path).status_code == 303
        row = rows(visitor.app, Helpful)[-1]
        assert (row.helpful, row.reason, row.language) == (False, "costly", "en")
        assert "yes 0, no 1" in record_page(visitor, path).text
    assert len(rows(visitor.app, Helpful)) == 3


def test_only_a_practice_can_be_tried(visitor):
    assert "I tried this" in record_page(visitor).text
    for path in ("/stories/S-1", "/answers/A-1"):
        assert "I tried this" not in record_page(visitor, path).text
        assert visitor.get(f"{path}/tried").status_code == 404
        assert visitor.get(f"{path}/follow-up").status_code == 404


def test_two_clicks_are_one_answer_and_a_change_of_mind_is_one_too(visitor):
    other = Visitor(visitor.app)
    for helpful in ("yes", "yes"):  # the second click comes before the cookie
        other.browser.delete_cookie("helpful")
        say(other, helpful)
    assert len(rows(visitor.app, Helpful)) == 1
    say(other, "no")
    assert [row.helpful for row in rows(visitor.app, Helpful)] == [False]


@pytest.mark.thorough
def test_many_people_at_one_address_all_count(house):
    for number in range(30):
        visitor = Visitor(house.app)
        visitor.browser.environ_base["HTTP_USER_AGENT"] = f"phone {number}"
        assert say(visitor, "yes").status_code == 303
    assert len(rows(house.app, Helpful)) == 30


def test_an_answer_holds_nothing_of_a_person(visitor):
    say(visitor, "yes")
    (row,) = rows(visitor.app, Helpful)
    cookie = visitor.browser.get_cookie("helpful")
    assert cookie.http_only
    assert cookie.value not in (row.voter or "")
    assert visitor.from_ not in str(vars(row))
    say(visitor, "yes", path="/stories/S-1")
    voters = {row.voter for row in rows(visitor.app, Helpful)}
    assert len(voters) == 2, "what somebody reads cannot be put together"


def test_what_no_button_sends_counts_for_nothing(visitor):
    for helpful, reason in [
        ("", ""),
        ("perhaps", ""),
        ("yes", "costly"),
        ("yes", "\x00"),
    ]:
        assert say(visitor, helpful, reason).status_code == 422
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
    ):
        assert say(visitor, "yes", headers=headers).status_code == 403
    assert rows(visitor.app, Helpful) == []


def test_what_is_not_public_can_be_talked_of_by_nobody(visitor):
    change(visitor.app, Record, status="withdrawn")
    for what in ("report", "comment", "tried", "follow-up", "thanks/helpful"):
        assert visitor.get(f"{ZAI}/{what}").status_code == 404
    assert say(visitor, "yes").status_code == 404
    reply = visitor.post(f"{ZAI}/report", DANGER, token_from="/sign-in")
    assert reply.status_code == 404
    assert rows(visitor.app, Helpful) + rows(visitor.app, Report) == []


def test_who_wrote_a_record_is_told_of_a_danger_in_it(visitor):
    wrote = add_person(visitor.app, "wrote@farm.example", name="Ines")
    change(visitor.app, Record, author_id=wrote)
    send(visitor, "report", **DANGER)
    assert [one.recipient for one in visitor.letters()] == ["wrote@farm.example"]


def test_a_report_is_due_in_time_and_editors_are_told_nothing_of_who(visitor):
    staff(visitor.app, "editor")
    for kind, days in [("danger", 2), ("error", 14)]:
        given = DANGER | {"kind": kind, "name": "Awa", "contact": "Awa@Farm.example"}
        reply = send(visitor, "report", **given)
        assert reply.headers["Location"].endswith("/thanks/report")
        row = rows(visitor.app, Report)[-1]
        due = row.due - datetime.now(UTC)
        assert timedelta(days=days - 1) < due <= timedelta(days=days)
        assert (row.state, row.contact) == ("new", "awa@farm.example")
    letter = visitor.letters()[-1]
    assert letter.recipient == "editor@desk.example"
    assert "/desk/feedback" in letter.text
    assert "P-1" in letter.subject
    for hidden in ("Awa", "awa@", "pits fill"):
        assert hidden not in letter.text
    assert "pits fill" not in record_page(visitor).text, "nothing is shown yet"


def test_the_same_said_twice_is_kept_once(visitor):
    for _ in range(2):
        assert send(visitor, "report", **DANGER).status_code == 303
        said = {"words": "How deep?", "language": "en"}
        assert send(visitor, "comment", **said).status_code == 303
    assert len(rows(visitor.app, Report)) == len(rows(visitor.app, Comment)) == 1


def test_the_same_said_twice_at_a_time_is_kept_once(visitor):
    browsers = [Visitor(visitor.app, from_=f"192.0.2.{n}") for n in range(4)]
    together = Barrier(len(browsers))

    def say_it(browser):
        together.wait()
        return send(browser, "report", **DANGER).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert set(pool.map(say_it, browsers)) == {303}
    assert len(rows(visitor.app, Report)) == 1


def test_a_report_that_does_not_fit_is_shown_again_with_every_word(visitor):
    for field, value in [
        ("kind", ""),
        ("kind", "bomb"),
        ("words", ""),
        ("words", "x" * 2001),
        ("language", "xx"),
        ("name", "\u202eawa"),
        ("contact", "nobody"),
        ("contact", "a@b.example\r\nBcc: c@d.example"),
    ]:
        given = DANGER | {"words": "Long. " * 200, field: value}
        reply = send(visitor, "report", **given)
        assert reply.status_code == 422, (field, value)
        assert given["words"].strip() in reply.text
    assert rows(visitor.app, Report) == []


def test_odd_signs_are_shown_as_they_are_or_left_out(visitor):
    staff_page = staff(visitor.app, "editor")
    odd = "<script>alert(1)</script> {{7*7}} %(x)s \x00\u202e🌾 ع"
    assert send(visitor, "comment", words=odd, language="ar").status_code == 303
    (row,) = rows(visitor.app, Comment)
    assert row.words == "<script>alert(1)</script> {{7*7}} %(x)s 🌾 ع"
    page = f"/desk/comments/{row.id}"
    staff_page.post(f"{page}/pass", token_from="/account")
    for text in (staff_page.get(page).text, record_page(visitor).text):
        assert "&lt;script&gt;alert(1)" in text
        assert "{{7*7}}" in text
        assert "<script>alert" not in text


def test_a_megabyte_is_refused_clearly(visitor):
    reply = send(visitor, "comment", words="x" * 2**20, language="en")
    assert reply.status_code == 413
    assert "<h1>" in reply.text


def test_advertising_is_held_for_a_person_and_nothing_is_dropped(visitor):
    spam = "Cheap pills https://a.example https://b.example"
    send(visitor, "comment", words=spam, language="en")
    send(visitor, "comment", words="Good for me", language="en")
    editor = staff(visitor.app, "editor")
    desk = editor.get("/desk/feedback").text
    assert "perhaps advertising" in desk
    spam, good = rows(visitor.app, Comment)
    assert [spam.suspect, good.suspect] == [True, False]
    assert desk.index(f"/desk/comments/{good.id}") < desk.index(
        f"/desk/comments/{spam.id}"
    )


@pytest.mark.thorough
def test_who_writes_too_much_waits_and_reads_go_on(visitor):
    for number in range(40):
        given = DANGER | {"words": f"Report {number}"}
        reply = send(visitor, "report", **given)
        if reply.status_code == 429:
            break
    assert number == 30
    assert int(reply.headers["Retry-After"]) > 0
    assert record_page(visitor).status_code == 200
    assert send(Visitor(visitor.app, from_="192.0.2.99"), "report", **DANGER)
    assert len(rows(visitor.app, Report)) == 31


@pytest.mark.thorough
def test_a_comment_is_seen_when_let_through_and_answered_by_name(visitor):
    said = {"words": "How deep should it be?", "language": "en", "name": "Awa"}
    send(visitor, "comment", contact="awa@farm.example", **said)
    assert "How deep" not in record_page(visitor).text
    editor = staff(visitor.app, "editor")
    page = f"/desk/comments/{rows(visitor.app, Comment)[0].id}"
    shown = editor.get(page).text
    assert "How deep" in shown
    assert "awa@farm.example" not in shown, "an address is shown to nobody"
    assert editor.post(f"{page}/pass", token_from="/account").status_code == 303
    assert visitor.letters()[-1].recipient == "awa@farm.example"
    answer = {"words": "As deep as a hand.", "language": "en"}
    assert (
        editor.post(f"{page}/answer", answer, token_from="/account").status_code == 303
    )
    text = record_page(visitor).text
    assert text.index("How deep") < text.index("As deep as a hand") < len(text)
    assert "The editor" in text
    assert "awa@farm.example" not in text
    assert rows(visitor.app, Comment)[0].contact == "", "it is settled"
    assert editor.post(f"{page}/refuse", token_from="/account").status_code == 422
    given = {"note": "Not kind"}
    assert (
        editor.post(f"{page}/refuse", given, token_from="/account").status_code == 303
    )
    text = record_page(visitor).text
    assert "How deep" not in text
    assert "As deep" not in text, "an answer goes with its comment"


@pytest.mark.thorough
def test_a_confirmed_danger_warns_readers_until_it_is_settled(visitor):
    send(visitor, "report", contact="awa@farm.example", **DANGER)
    editor = staff(visitor.app, "editor")
    page = f"/desk/reports/{rows(visitor.app, Report)[0].id}"
    assert "pits fill" in editor.get(page).text
    warned = {"warning": "Do not dig on <b>slopes</b>."}
    reply = editor.post(f"{page}/confirm", warned, token_from="/account")
    assert reply.status_code == 303
    for path, shown in PLURALS.items():
        text = record_page(visitor, shown).text
        assert ("Do not dig on &lt;b&gt;slopes" in text) == (path == "practice")
    again = editor.post(f"{page}/confirm", warned, token_from="/account")
    assert again.status_code == 409
    assert editor.post(f"{page}/settle", token_from="/account").status_code == 422
    settled = {"note": "The text says so now."}
    assert (
        editor.post(f"{page}/settle", settled, token_from="/account").status_code == 303
    )
    assert "Do not dig" not in record_page(visitor).text
    (row,) = rows(visitor.app, Report)
    assert (row.state, row.contact, row.warning) == ("settled", "", "")
    assert visitor.letters()[-1].purpose == "report-settled"
    assert (
        editor.post(f"{page}/settle", settled, token_from="/account").status_code == 409
    )


def test_the_queue_shows_what_is_due_first_and_what_is_late(visitor):
    send(visitor, "report", **(DANGER | {"kind": "error"}))
    send(visitor, "report", **DANGER)
    editor = staff(visitor.app, "editor")
    desk = editor.get("/desk/feedback").text
    error, danger = (f"/desk/reports/{row.id}" for row in rows(visitor.app, Report))
    assert desk.index(danger) < desk.index(error)
    assert "late: was due" not in desk
    change(visitor.app, Report, due=datetime.now(UTC) - timedelta(days=1))
    assert "late: was due" in editor.get("/desk/feedback").text


@pytest.mark.thorough
def test_every_page_is_whole_in_every_language(visitor):
    pages = [f"{ZAI}/{what}" for what in ("report", "comment", "tried", "follow-up")]
    pages += [
        f"{ZAI}/thanks/{what}" for what in ("report", "comment", "tried", "later")
    ]
    pages += [f"{ZAI}/thanks/helpful?said={said}" for said in ("yes", "no", "x")]
    for visitor.language in INTERFACE:
        for path in pages:
            reply = visitor.get(path)
            assert reply.status_code == 200, path
            check(reply.text, visitor.language)
            assert reply.headers["Cache-Control"] == "no-store"
        for what in ("report", "comment", "tried", "follow-up"):
            reply = send(visitor, what, contact="<b>", address="<b>")
            assert reply.status_code == 422
            check(reply.text, visitor.language)


def test_without_an_address_of_its_own_the_house_keeps_what_is_said(visitor):
    staff(visitor.app, "editor")
    before = len(visitor.letters())
    visitor.base = "http://192.168.1.5"
    assert send(visitor, "report", **DANGER).status_code == 303
    assert len(rows(visitor.app, Report)) == 1
    assert len(visitor.letters()) == before
    assert (
        send(visitor, "follow-up", address="a@b.example", wait="3").status_code == 503
    )
