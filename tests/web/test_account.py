"""The account: changing it, its browsers, its tokens, taking it along, leaving."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from kb.people.models import (
    ApiToken,
    Link,
    PasswordHash,
    Person,
    PrivilegedAct,
    RecoveryCode,
    SecondFactor,
    SignedIn,
)
from kb.people.tokens import find_token
from kb.regions.models import Region
from tests.people.visitor import PASSWORD, Visitor, add_person, change, give, rows
from tests.web.html import Page

ACCOUNT = "/account"


@pytest.fixture
def visitor(either):
    return Visitor(either.app).at_home()


def post(visitor, path, **given):
    return visitor.post(path, given, token_from=ACCOUNT)


def test_without_signing_in_one_is_led_there_and_back(either):
    visitor = Visitor(either.app).with_account()
    reply = visitor.get("/account/second-factor")
    assert reply.headers["Location"] == "/en/sign-in?next=/en/account/second-factor"
    page = visitor.get("/sign-in?next=/en/account/second-factor").text
    assert '<input type="hidden" name="next" value="/en/account/second-factor">' in page


def test_details_are_changed(visitor):
    with visitor.app.extensions["kb"].database.writing() as session:
        session.add(Region(code="BF", kind="country", name="Burkina Faso", source="x"))
        session.commit()
    given = {"name": "Awa T.", "language": "fr", "others": "mos ha", "region": "BF"}
    assert post(visitor, "/account/details", **given).status_code == 303
    (person,) = rows(visitor.app, Person)
    assert (person.name, person.languages) == ("Awa T.", "fr mos ha")
    assert person.region_code == "BF"
    page = visitor.get(ACCOUNT).text
    assert "mos ha" in page
    assert re.search(r'<option value="BF"\s+selected>', page)


def test_a_page_that_answers_a_form_can_be_had_in_another_language(visitor):
    for path in ("details", "password", "export"):
        assert visitor.get(f"/account/{path}").headers["Location"] == "/en/account"
    for path in ("confirm", "codes", "off"):
        reply = visitor.get(f"/account/second-factor/{path}")
        assert reply.headers["Location"] == "/en/account/second-factor"
    reply = post(visitor, "/account/details", name="")
    for link in Page(reply.text).inside():
        if link.startswith("/ar/account"):
            visitor.language, path = "ar", link.removeprefix("/ar")
            assert visitor.get(path).status_code in {200, 302, 303}


def test_roles_are_named_in_the_readers_language(visitor):
    give(visitor.app, visitor.email, ("translator", "language", "ha"), ("jury",))
    visitor.language = "fr"
    page = visitor.get(ACCOUNT).text
    assert "haoussa" in page
    assert "membre du jury" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "\u202enimda"),
        ("others", "<script>"),
        ("region", "QQ"),
        ("region", "\x00"),
        ("language", "x" * 50),
    ],
)
def test_details_that_do_not_fit_change_nothing(visitor, field, value):
    given = {"name": "Other", "language": "fr", "others": "", "region": ""}
    reply = post(visitor, "/account/details", **(given | {field: value}))
    assert reply.status_code == 422
    assert "<script>" not in reply.text
    (person,) = rows(visitor.app, Person)
    assert (person.name, person.languages) == ("Awa", "en")


def test_a_form_cannot_change_what_it_does_not_show(visitor):
    given = {"name": "Awa", "email": "x@y.example", "confirmed": "", "id": "99"}
    post(visitor, "/account/details", **given)
    (person,) = rows(visitor.app, Person)
    assert person.email == visitor.email


def test_a_new_password_signs_all_other_browsers_out(visitor):
    other = Visitor(visitor.app)
    other.sign_in()
    before = visitor.browser.get_cookie("signed-in").value
    new = "rain upon red soil"
    reply = post(visitor, "/account/password", old_password=PASSWORD, new_password=new)
    assert reply.status_code == 303
    assert visitor.signed_in()
    assert visitor.browser.get_cookie("signed-in").value != before
    assert not other.signed_in()
    assert other.sign_in().status_code == 422
    assert other.sign_in(password=new).status_code == 303
    assert visitor.letters()[-1].purpose == "password-changed"


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "rain upon red soil"), (PASSWORD, "short"), ("", "")]
)
def test_a_password_is_changed_by_who_knows_it_only(visitor, old, new):
    kept = rows(visitor.app, PasswordHash)[0].hash
    reply = post(visitor, "/account/password", old_password=old, new_password=new)
    assert reply.status_code == 422
    assert rows(visitor.app, PasswordHash)[0].hash == kept


def test_browsers_are_listed_and_signed_out(visitor):
    other = Visitor(visitor.app)
    other.browser.environ_base["HTTP_USER_AGENT"] = "<b>Old phone</b>" * 20
    other.sign_in()
    page = visitor.get(ACCOUNT).text
    assert "&lt;b&gt;Old phone" in page
    newest = max(row.id for row in rows(visitor.app, SignedIn))
    assert post(visitor, f"/account/sign-ins/{newest}").status_code == 303
    assert not other.signed_in()
    assert visitor.signed_in()


def test_nobody_reaches_what_belongs_to_another(visitor):
    add_person(visitor.app, "eve@farm.example", name="Eve")
    eve = Visitor(visitor.app, email="eve@farm.example")
    eve.sign_in()
    post(visitor, "/account/token", name="mine")
    mine = rows(visitor.app, SignedIn)[0].id
    token = rows(visitor.app, ApiToken)[0].id
    for path in (f"/account/sign-ins/{mine}", f"/account/token/{token}"):
        assert post(eve, path).status_code == 404
    for path in ("/account/sign-ins/999999", "/account/token/999999"):
        assert post(eve, path).status_code == 404
    assert visitor.signed_in()
    assert rows(visitor.app, ApiToken)[0].revoked is None


def token_of(reply):
    return reply.text.partition("<code>")[2].partition("</code>")[0]


def call(visitor, secret, **more):
    headers = {"Authorization": f"Bearer {secret}"}
    return visitor.app.test_client().get("/api/v1/me", headers=headers, **more)


def test_a_token_is_shown_once_and_works_until_taken_back(visitor):
    give(visitor.app, visitor.email, ("jury",))
    reply = post(visitor, "/account/token", name="my script", scope="read", days="30")
    secret = token_of(reply)
    assert secret.startswith("humus_")
    assert secret not in visitor.get(ACCOUNT).text
    assert secret not in rows(visitor.app, ApiToken)[0].digest
    answer = call(visitor, secret)
    assert answer.status_code == 200
    assert answer.json["name"] == "Awa"
    assert answer.json["roles"] == ["jury"]
    assert answer.json["scope"] == "read"
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows(visitor.app, ApiToken)[0].last_used is not None
    post(visitor, f"/account/token/{rows(visitor.app, ApiToken)[0].id}")
    assert call(visitor, secret).status_code == 401


@pytest.mark.parametrize("why", ["old", "disabled", "wrong", "none", "address"])
def test_a_token_that_does_not_work_is_refused(visitor, why):
    secret = token_of(post(visitor, "/account/token", name="x"))
    more = {}
    if why == "old":
        change(visitor.app, ApiToken, expires=datetime.now(UTC))
    elif why == "disabled":
        change(visitor.app, Person, disabled=datetime.now(UTC))
    elif why == "address":
        secret, more = "", {"query_string": {"token": secret}}
    else:
        secret = {"wrong": "humus_\u00e9", "none": ""}[why]
    answer = call(visitor, secret, **more)
    assert answer.status_code == 401
    assert answer.json["error"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"].lower() == "bearer"


def test_a_token_and_a_cookie_do_not_go_together(visitor):
    secret = token_of(post(visitor, "/account/token", name="x"))
    headers = {"Authorization": f"Bearer {secret}"}
    assert visitor.browser.get("/api/v1/me", headers=headers).status_code == 400
    assert visitor.browser.get("/api/v1/me").status_code == 401, "a cookie is no token"


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x", "days": "0"},
        {"name": "x", "days": "367"},
        {"name": "x", "days": "many"},
        {"name": "x", "scope": "admin"},
    ],
)
def test_a_token_that_cannot_be_is_not_made(visitor, given):
    assert post(visitor, "/account/token", **given).status_code == 422
    assert rows(visitor.app, ApiToken) == []


@pytest.mark.parametrize(
    "path", ["/account/token", "/account/export", "/account/delete"]
)
def test_what_cannot_be_undone_wants_a_fresh_sign_in(visitor, path):
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    change(visitor.app, SignedIn, created=long_ago)
    reply = post(visitor, path, name="x")
    assert reply.status_code == 302
    assert "/en/sign-in?" in reply.headers["Location"]
    assert rows(visitor.app, ApiToken) == []
    assert rows(visitor.app, Person)[0].email


def test_everything_about_me_is_mine_and_holds_no_secret(visitor):
    secret = visitor.with_second_factor()
    token = token_of(post(visitor, "/account/token", name="my script"))
    add_person(visitor.app, "eve@farm.example", name="Eve")
    visitor.post("/sign-in/link", email=visitor.email)
    visitor.post("/sign-in/link", email="eve@farm.example")
    reply = post(visitor, "/account/export")
    assert reply.headers["Content-Disposition"].startswith("attachment")
    said = json.loads(reply.data)
    assert said["person"]["email"] == visitor.email
    assert said["tokens"][0]["name"] == "my script"
    assert len(said["recovery_codes"]) == 10
    assert [one["purpose"] for one in said["messages"]] == ["sign-in"]
    hashed = rows(visitor.app, PasswordHash)[0].hash
    for hidden in (secret, token, hashed, *visitor.codes, "Eve", "eve@farm.example"):
        assert hidden not in reply.text
    assert "exported" in [act.what for act in rows(visitor.app, PrivilegedAct)]


def test_deleting_leaves_nothing_of_a_person(visitor):
    visitor.with_second_factor()
    give(visitor.app, visitor.email, ("translator",))
    token = token_of(post(visitor, "/account/token", name="my script"))
    visitor.post("/reset", email=visitor.email)
    assert "for good" in visitor.get("/account/delete").text
    reply = post(visitor, "/account/delete")
    assert "Your account is deleted" in reply.text
    assert not visitor.signed_in()
    assert call(visitor, token).status_code == 401
    (person,) = rows(visitor.app, Person)
    assert (person.name, person.email) == ("", None)
    for table in (PasswordHash, SecondFactor, RecoveryCode, Link, SignedIn, ApiToken):
        assert rows(visitor.app, table) == [], table
    assert [letter.purpose for letter in visitor.letters()] == ["account-deleted"]
    for act in rows(visitor.app, PrivilegedAct):
        assert "awa" not in f"{act.done_by} {act.note}".lower()
    assert visitor.sign_up().status_code == 303, "the address is free again"


def test_a_token_finds_nobody_who_is_not_there(session):
    for secret in ("", "humus_x", "\u202e", "x" * 10_000):
        assert find_token(session, secret) is None
