"""Whatever was typed into a form is shown again when it is not taken."""

import re
from datetime import UTC, datetime

import pytest

from kb.feedback.models import Comment
from kb.helpdesk.question_tables import Note, Question
from kb.people.models import Pace, SignedIn
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, sent
from tests.people.visitor import Visitor, add_person, change, rows

WORDS = "The pits by the river washed away, and we dug them anew by hand."
HELD = re.compile(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>')
COMMENT = "/practices/P-1/comment"


@pytest.fixture
def app(either):
    furnish(either.app)
    return either.app


def again(visitor, reply, path):
    """Press the button of the page that shows the text, with the token it has now."""
    form = dict(HELD.findall(reply.text))
    form["form_token"] = re.search(r'form_token" value="(\w+)"', reply.text)[1]
    return visitor.browser.post(
        f"/en{path}", data=form, environ_base={"REMOTE_ADDR": visitor.from_}
    )


def test_a_comment_sent_with_an_old_form_comes_back_and_is_kept_once_more(app):
    visitor = Visitor(app)
    reply = visitor.post(COMMENT, words=WORDS, language="en", form_token="0" * 64)
    assert reply.status_code == 409
    assert WORDS in reply.text
    assert rows(app, Comment) == []
    assert again(visitor, reply, COMMENT).status_code == 303
    assert [one.words for one in rows(app, Comment)] == [WORDS]


def test_what_an_expert_wrote_is_there_when_she_has_signed_in_again(app):
    expert = staff(app, "administrator")
    number = question(app)
    path = f"/desk/questions/{number}/notes"
    token = expert.token("/account")
    change(app, SignedIn, revoked=datetime.now(UTC))
    reply = expert.post(path, note=WORDS, form_token=token)
    assert reply.status_code == 409
    assert WORDS in reply.text
    assert "sign in on the other page" in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert expert.sign_in().status_code == 303
    change(app, SignedIn, whole=True, revoked=None)
    reply = again(expert, reply, path)
    assert (reply.status_code, WORDS in reply.text) == (409, True)
    assert again(expert, reply, path).status_code == 303
    assert [one.words for one in rows(app, Note)] == [WORDS]


def question(app):
    furnish_desks(app)
    sent(asker(app))
    return rows(app, Question)[0].id


def test_whoever_wrote_too_much_at_once_keeps_her_words(app):
    visitor = Visitor(app)
    visitor.post(COMMENT, words="Short one.", language="en")
    far = datetime(2099, 1, 1, tzinfo=UTC)
    change(app, Pace, due=far)
    reply = visitor.post(COMMENT, words=WORDS, language="en")
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) > 0
    assert WORDS in reply.text
    change(app, Pace, due=datetime.now(UTC))
    assert again(visitor, reply, COMMENT).status_code == 303
    assert len(rows(app, Comment)) == 2


def test_whoever_may_no_more_keeps_her_words(app):
    visitor = Visitor(app, "ali@farm.example").at_home()
    reply = visitor.post("/desk/routing", region="BF", desk="bf", language="en")
    assert reply.status_code == 403
    assert 'name="region" hidden' in reply.text


@pytest.mark.parametrize("path", ["/sign-in", "/reset/new", "/account/password"])
def test_passwords_are_shown_to_nobody_again(app, path):
    add_person(app, "awa@farm.example")
    secret = "cow under a hidden moon"
    form = {"password": secret, "old_password": secret, "new_password": secret}
    for token in ("0" * 64, None):
        said = form | ({"form_token": token} if token else {})
        reply = Visitor(app).post(path, said, email="awa@farm.example")
        assert secret not in reply.text
    assert reply.status_code in {302, 422, 409}


def test_words_from_a_page_of_another_site_are_not_shown(app):
    evil = {"Origin": "https://evil.example"}
    reply = Visitor(app).post(COMMENT, words=WORDS, headers=evil)
    assert reply.status_code == 403
    assert WORDS not in reply.text


@pytest.mark.parametrize(
    "path", ["/write", COMMENT, "/sign-in", "/practices/P-1/helpful"]
)
def test_a_form_that_does_not_say_its_length_is_refused(app, path):
    reply = Visitor(app).post(path, headers={"Transfer-Encoding": "chunked"})
    assert reply.status_code == 411
    assert "does not say how much" in reply.text
