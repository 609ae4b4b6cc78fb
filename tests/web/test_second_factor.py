"""The second factor: asked for, never skipped, no code taken twice."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.people.models import PrivilegedAct, RecoveryCode, SecondFactor, SignedIn
from tests.people.visitor import Visitor, change, give, now_code, rows

PAGE = "/account/second-factor"


@pytest.fixture
def visitor(either):
    return Visitor(either.app).at_home()


@pytest.fixture
def secret(visitor):
    """Its second factor is in use; the code of just now was used for that."""
    return visitor.with_second_factor()


def forget_last_code(visitor):
    """Let half a minute pass."""
    change(visitor.app, SecondFactor, last_step=0)


def half_in(visitor):
    """A second browser that gave the password."""
    other = Visitor(visitor.app)
    reply = other.sign_in()
    assert reply.headers["Location"] == "/en/sign-in/code"
    assert not other.signed_in()
    return other


def code(visitor, given):
    return visitor.post("/sign-in/code", code=given, token_from="/sign-in/code")


def test_setting_up_shows_secret_and_picture_until_confirmed(visitor):
    visitor.post(PAGE, token_from=PAGE)
    page = visitor.get(PAGE).text
    kept = rows(visitor.app, SecondFactor)[0].secret
    assert kept[:4] in page
    assert "style=" not in page.partition("<main")[2]
    picture = visitor.get(f"{PAGE}/picture.svg")
    assert picture.content_type == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert b"<script" not in picture.data
    assert b"style=" not in picture.data
    wrong = visitor.post(f"{PAGE}/confirm", token_from=PAGE, code="000000")
    assert wrong.status_code == 422
    visitor.post(f"{PAGE}/confirm", token_from=PAGE, code=now_code(kept))
    assert kept[:4] not in visitor.get(PAGE).text
    assert visitor.get(f"{PAGE}/picture.svg").status_code == 404


def test_the_password_alone_is_not_enough(visitor, secret):
    forget_last_code(visitor)
    other = half_in(visitor)
    assert code(other, "000000").status_code == 422
    assert not other.signed_in()
    assert code(other, now_code(secret)).status_code == 303
    assert other.signed_in()


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} "])
def test_no_code_is_taken_twice_however_it_is_typed(visitor, secret, typed):
    now = now_code(secret)
    again = f"{now[:3]} {now[3:]}" if ".3" in typed else typed.format(now)
    assert code(half_in(visitor), again).status_code == 422


def test_an_earlier_code_is_not_taken_after_a_later_one(visitor, secret):
    assert code(half_in(visitor), now_code(secret, later=-1)).status_code == 422
    assert code(half_in(visitor), now_code(secret, later=1)).status_code == 303


def test_a_recovery_code_is_taken_once(visitor, secret):
    given = visitor.codes[0].upper().replace("-", " ")
    assert code(half_in(visitor), given).status_code == 303
    assert code(half_in(visitor), given).status_code == 422
    assert "9 recovery codes left" in visitor.get("/account").text
    assert len(visitor.codes) == 10
    kept = {row.digest for row in rows(visitor.app, RecoveryCode)}
    assert not kept & set(visitor.codes)


def test_new_recovery_codes_replace_the_old(visitor, secret):
    old = visitor.codes[0]
    page = visitor.post(f"{PAGE}/codes", token_from=PAGE).text
    assert old not in page
    assert code(half_in(visitor), old).status_code == 422


def test_a_link_or_a_new_password_does_not_skip_it(visitor, secret):
    other = Visitor(visitor.app)
    other.post("/sign-in/link", email=visitor.email)
    assert other.open_link().headers["Location"] == "/en/sign-in/code"
    assert not other.signed_in()
    other.post("/reset", email=visitor.email)
    other.open_link(password="rain upon red soil")
    reply = other.sign_in(password="rain upon red soil")
    assert reply.headers["Location"] == "/en/sign-in/code"
    assert not other.signed_in()


def test_half_a_sign_in_lasts_ten_minutes(visitor, secret):
    other = half_in(visitor)
    newest = max(row.id for row in rows(visitor.app, SignedIn))
    with visitor.app.extensions["kb"].database.writing() as session:
        row = session.get(SignedIn, newest)
        row.created = datetime.now(UTC) - timedelta(minutes=10)
        session.commit()
    assert other.get("/sign-in/code").status_code == 302


def test_the_secret_of_the_browser_changes_with_the_second_factor(visitor, secret):
    forget_last_code(visitor)
    other = half_in(visitor)
    half = other.browser.get_cookie("signed-in").value
    code(other, now_code(secret))
    assert other.browser.get_cookie("signed-in").value != half
    other.browser.set_cookie("signed-in", half)
    assert not other.signed_in()


def test_guessing_codes_is_slowed_down(visitor, secret):
    other = half_in(visitor)
    statuses = [code(other, f"{n:06}").status_code for n in range(5)]
    assert statuses[-1] == 429
    assert statuses.count(422) <= 3


def test_setting_it_up_signs_other_browsers_out(visitor):
    other = Visitor(visitor.app)
    other.sign_in()
    visitor.with_second_factor()
    assert not other.signed_in()
    assert visitor.signed_in()


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_may_do_harm_sets_it_up_before_anything_else(visitor, role):
    give(visitor.app, visitor.email, (role,))
    for path in ("/account", "/account/token", "/account/delete"):
        assert visitor.get(path).headers["Location"] == f"/en{PAGE}"
    for path in ("/account/details", "/account/export", "/account/token"):
        reply = visitor.post(path, token_from=PAGE, name="x")
        assert reply.headers["Location"] == f"/en{PAGE}"
    assert "Your role asks for it" in visitor.get(PAGE).text
    visitor.with_second_factor()
    assert visitor.signed_in()
    reply = visitor.post(f"{PAGE}/off", token_from=PAGE)
    assert reply.status_code == 409
    assert rows(visitor.app, SecondFactor)


@pytest.mark.parametrize("role", ["translator", "jury", "expert"])
def test_others_may_do_without(visitor, secret, role):
    give(visitor.app, visitor.email, (role,))
    assert visitor.post(f"{PAGE}/off", token_from=PAGE).status_code == 303
    assert rows(visitor.app, SecondFactor) == []
    assert Visitor(visitor.app).sign_in().headers["Location"] == "/en/account"
    said = [act.what for act in rows(visitor.app, PrivilegedAct)]
    assert said[-2:] == ["granted", "second factor off"]


def test_it_is_not_set_up_twice(visitor, secret):
    assert visitor.post(PAGE, token_from=PAGE).status_code == 409
    given = now_code(secret, later=1)
    reply = visitor.post(f"{PAGE}/confirm", token_from=PAGE, code=given)
    assert reply.status_code == 409
