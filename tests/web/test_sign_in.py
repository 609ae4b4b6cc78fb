"""Signing up and in, by password and by link; nobody learns who has an account."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kb.app import create_app
from kb.people import accounts
from kb.people.links import Purpose
from kb.people.models import Link, Pace, PasswordHash, Person, SignedIn
from kb.people.passwords import Hasher
from kb.worker import send_due
from tests.conftest import CHEAP
from tests.people.visitor import PASSWORD, Visitor, add_person, change, rows
from tests.test_outbox import Post


@pytest.fixture
def visitor(either):
    return Visitor(either.app)


def test_an_account_is_made_confirmed_and_used(visitor):
    assert visitor.sign_up().status_code == 303
    assert not visitor.sign_in().headers.getlist("Set-Cookie")
    reply = visitor.open_link()
    assert "Your address is confirmed" in reply.text
    reply = visitor.sign_in(next="/en/about")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/en/about")
    page = visitor.get("/account").text
    assert "Awa" in page
    assert visitor.email in page


def test_looking_at_a_link_uses_nothing_up(visitor):
    visitor.sign_up()
    page, secret = visitor.last_link()
    for _ in range(3):
        assert visitor.get(f"{page}?token={secret}").status_code == 200
        visitor.browser.head(f"/en{page}?token={secret}")
    assert rows(visitor.app, Person)[0].confirmed is None
    assert "is confirmed" in visitor.open_link().text


@pytest.mark.parametrize("why", ["used", "old", "newer", "purpose", "none"])
def test_a_link_works_once_and_for_minutes_only(visitor, why):
    visitor.with_account()
    visitor.post("/sign-in/link", email=visitor.email)
    page, secret = visitor.last_link()
    if why == "used":
        Visitor(visitor.app).post(page, token=secret)
    elif why == "old":
        change(visitor.app, Link, expires=datetime.now(UTC))
    elif why == "newer":
        visitor.post("/sign-in/link", email=visitor.email)
    elif why == "purpose":
        page = "/sign-up/confirm"
    else:
        secret = "\u202e" * 5 + "x" * 1000
    reply = visitor.post(page, token=secret)
    assert reply.status_code == 409
    assert "too old" in reply.text
    assert not visitor.signed_in()


def test_a_link_signs_in(visitor):
    visitor.with_account()
    visitor.post("/sign-in/link", email=visitor.email)
    assert visitor.open_link().status_code == 303
    assert visitor.signed_in()


def test_links_live_ten_minutes_and_confirmation_a_day(visitor):
    visitor.sign_up()
    visitor.post("/sign-in/link", email=visitor.email)
    visitor.post("/reset", email=visitor.email)
    now = datetime.now(UTC)
    lives = {link.purpose: link.expires - now for link in rows(visitor.app, Link)}
    assert lives[Purpose.SIGN_IN] <= timedelta(minutes=10)
    assert lives[Purpose.RESET] <= timedelta(minutes=10)
    assert timedelta(hours=23) < lives[Purpose.CONFIRM] <= timedelta(hours=24)


def test_what_is_kept_lets_nobody_in(visitor):
    visitor.at_home()
    visitor.post("/sign-in/link", email=visitor.email)
    kept = [row.digest for row in rows(visitor.app, SignedIn) + rows(visitor.app, Link)]
    secret = visitor.browser.get_cookie("signed-in").value
    assert len(secret) == 43, "256 bits"
    assert secret not in kept
    assert visitor.last_link()[1] not in kept
    assert PASSWORD not in rows(visitor.app, PasswordHash)[0].hash


def test_signing_up_with_a_taken_address_tells_its_owner_only(visitor):
    visitor.with_account()
    stranger = Visitor(visitor.app, email="new@farm.example")
    fresh, taken = stranger.sign_up(), stranger.sign_up(email=visitor.email)
    assert (fresh.status_code, fresh.data) == (taken.status_code, taken.data)
    assert fresh.headers["Location"] == taken.headers["Location"]
    to_owner = [one for one in visitor.letters() if one.recipient == visitor.email]
    assert [one.purpose for one in to_owner] == ["sign-up-taken"]
    assert visitor.sign_in().status_code == 303


def test_signing_up_again_before_confirming_begins_anew(visitor):
    visitor.sign_up(password="the first of them")
    visitor.sign_up(name="Awa T.", password="the second of them")
    visitor.open_link()
    assert visitor.sign_in(password="the first of them").status_code == 422
    assert visitor.sign_in(password="the second of them").status_code == 303


def test_an_account_somebody_else_prepared_is_not_open_to_him(visitor):
    """He signs up with her address and waits until she asks for a link."""
    visitor.sign_up(password="the one of a thief")
    visitor.post("/sign-in/link", email=visitor.email)
    assert visitor.open_link().status_code == 303
    thief = Visitor(visitor.app)
    assert thief.sign_in(password="the one of a thief").status_code == 422


@pytest.mark.parametrize("who", ["unknown", "wrong", "disabled", "odd"])
def test_a_wrong_sign_in_tells_nothing(visitor, who):
    visitor.with_account()
    if who == "disabled":
        change(visitor.app, Person, disabled=datetime.now(UTC))
    given = {
        "unknown": {"email": "who@farm.example"},
        "wrong": {"password": "not this one"},
        "disabled": {},
        "odd": {"email": "\u202e\x00", "password": "\x00"},
    }[who]
    reply = visitor.sign_in(**given)
    assert reply.status_code == 422
    assert "Address or password is wrong." in reply.text
    assert not visitor.signed_in()


class Counting(Hasher):
    """Counts how often a password is tried."""

    tried = 0

    def matches(self, kept, password):
        Counting.tried += 1
        return super().matches(kept, password)


def test_an_unknown_address_takes_as_much_work_as_a_known_one(either):
    app = create_app(either.settings, hasher=Counting(8, 1))
    known = Visitor(app).with_account()
    for visitor in (known, Visitor(app, email="who@farm.example")):
        Counting.tried = 0
        visitor.sign_in(password="not this one")
        assert Counting.tried == 1
    app.extensions["kb"].database.engine.dispose()


@pytest.mark.parametrize("path", ["/reset", "/sign-in/link"])
def test_asking_for_a_link_tells_nothing(visitor, path):
    visitor.with_account()
    add_person(visitor.app, "gone@farm.example")
    with visitor.app.extensions["kb"].database.writing() as session:
        accounts.by_email(session, "gone@farm.example").disabled = datetime.now(UTC)
        session.commit()
    replies = [
        visitor.post(path, email=email)
        for email in (visitor.email, "who@farm.example", "gone@farm.example", "odd")
    ]
    assert len({(r.status_code, r.headers["Location"], r.data) for r in replies}) == 1
    post = Post()
    send_due(visitor.app.extensions["kb"].database.writing, post)
    assert [to for to, _text, _id in post.sent] == [visitor.email]


def test_a_reset_sets_the_password_and_signs_all_out(visitor):
    visitor.at_home()
    other = Visitor(visitor.app)
    other.post("/reset", email=visitor.email)
    for weak in ("short", visitor.email, "password1"):
        assert other.open_link(password=weak).status_code == 422
    reply = other.open_link(password="rain upon red soil")
    assert "new password is set" in reply.text
    assert not visitor.signed_in()
    assert not other.signed_in()
    assert other.sign_in().status_code == 422
    assert other.sign_in(password="rain upon red soil").status_code == 303
    assert "Your password was changed" in [one.subject for one in visitor.letters()]


def test_two_who_sign_up_with_one_address_at_once_make_one_account(empty):
    visitors = [Visitor(empty.app) for _ in range(4)]
    for visitor in visitors:
        visitor.get("/sign-up")
    replies, together = [], threading.Barrier(4)

    def sign_up(visitor):
        together.wait()
        replies.append(visitor.sign_up().status_code)

    threads = [threading.Thread(target=sign_up, args=(v,)) for v in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(replies) == [303, 303, 303, 429], "and at most three messages"
    assert len(rows(empty.app, Person)) == 1


def test_a_planted_secret_is_not_taken_and_each_sign_in_has_its_own(visitor):
    visitor.with_account()
    visitor.browser.set_cookie("signed-in", "planted")
    visitor.sign_in()
    first = visitor.browser.get_cookie("signed-in").value
    visitor.sign_in()
    second = visitor.browser.get_cookie("signed-in").value
    assert len({"planted", first, second}) == 3
    visitor.browser.set_cookie("signed-in", first)
    assert not visitor.signed_in(), "the earlier one of this browser is over"


def test_signing_out_ends_it_on_the_server(visitor):
    visitor.at_home()
    stolen = visitor.browser.get_cookie("signed-in").value
    assert visitor.post("/sign-out", token_from="/account").status_code == 303
    assert visitor.browser.get_cookie("signed-in") is None
    visitor.browser.set_cookie("signed-in", stolen)
    assert not visitor.signed_in()


@pytest.mark.parametrize(
    "values",
    [
        {"last_used": datetime.now(UTC) - timedelta(days=15)},
        {"created": datetime.now(UTC) - timedelta(days=91)},
        {"revoked": datetime.now(UTC)},
    ],
)
def test_a_sign_in_ends_by_itself(visitor, values):
    visitor.at_home()
    change(visitor.app, SignedIn, **values)
    assert not visitor.signed_in()


def test_a_disabled_person_is_out_at_the_next_page(visitor):
    visitor.at_home()
    change(visitor.app, Person, disabled=datetime.now(UTC))
    assert not visitor.signed_in()


def test_the_last_use_is_kept_about(visitor):
    visitor.at_home()
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    change(visitor.app, SignedIn, last_used=long_ago)
    assert visitor.signed_in()
    assert rows(visitor.app, SignedIn)[0].last_used > long_ago


def test_a_password_is_hashed_anew_when_more_work_is_asked_for(visitor, either):
    visitor.with_account()
    dearer = create_app(either.settings, hasher=replace(CHEAP, passes=3))
    assert Visitor(dearer).sign_in().status_code == 303
    dearer.extensions["kb"].database.engine.dispose()
    assert "t=3" in rows(visitor.app, PasswordHash)[0].hash


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "https:evil.example",
        "\\\\evil.example",
        "//en/@evil.example",
        "javascript:alert(1)",
        "/en/\r\nSet-Cookie: x=1",
        "/en\\..\\evil",
        "/fr/\u2066",
        "en/account",
        "",
        "/static/humus.css",
    ],
)
def test_nobody_is_led_to_another_site(visitor, target):
    visitor.with_account()
    reply = visitor.sign_in(next=target)
    assert reply.status_code == 303
    assert reply.headers["Location"] == "/en/account"


def test_after_some_wrong_passwords_one_has_to_wait(visitor):
    visitor.with_account()
    statuses = [visitor.sign_in(password="no").status_code for _ in range(8)]
    assert statuses == [422] * 5 + [429] * 3
    reply = visitor.sign_in()
    assert reply.status_code == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 60
    assert "Please try again in 1 min." in reply.text
    assert "no-store" in reply.headers["Cache-Control"]


@pytest.mark.thorough
def test_ten_in_five_minutes_reach_an_account_and_no_more(visitor):
    """However they are spread over the five minutes, and from wherever they come."""
    visitor.with_account()
    tried = 0
    for second in range(0, 300, 15):
        stranger = Visitor(visitor.app, from_=f"198.51.100.{second}")
        tried += stranger.sign_in(password="no").status_code == 422
        with visitor.app.extensions["kb"].database.writing() as session:
            for row in session.query(Pace):
                row.due -= timedelta(seconds=15)
            session.commit()
    assert 8 <= tried <= 10


def test_one_address_is_slowed_down_and_then_let_through(visitor):
    names = [Visitor(visitor.app, email=f"a{n}@farm.example") for n in range(12)]
    statuses = [one.sign_in().status_code for one in names]
    assert statuses == [422] * 10 + [429] * 2
    with visitor.app.extensions["kb"].database.writing() as session:
        for row in session.query(Pace):
            row.due -= timedelta(seconds=30)
        session.commit()
    assert names[0].sign_in().status_code == 422
    elsewhere = Visitor(visitor.app, email="z@farm.example", from_="198.51.100.1")
    assert elsewhere.sign_in().status_code == 422


@pytest.mark.thorough
def test_many_who_share_an_address_and_know_their_passwords_come_in(visitor):
    for n in range(15):
        add_person(visitor.app, f"p{n}@farm.example")
        one = Visitor(visitor.app, email=f"p{n}@farm.example")
        assert one.sign_in().status_code == 303


def test_a_forged_forwarding_header_is_not_believed(visitor):
    statuses = [
        Visitor(visitor.app, email=f"a{n}@farm.example")
        .post(
            "/sign-in",
            {"email": f"a{n}@farm.example", "password": "no"},
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        )
        .status_code
        for n in range(11)
    ]
    assert statuses[-1] == 429


@pytest.mark.thorough
def test_behind_a_proxy_of_ours_its_word_counts(either):
    app = create_app(replace(either.settings, proxies="1"), hasher=CHEAP)
    statuses = [
        Visitor(app, email=f"a{n}@farm.example", from_="127.0.0.1")
        .post(
            "/sign-in",
            {"email": f"a{n}@farm.example", "password": "no"},
            headers={"X-Forwarded-For": f"6.6.6.6, 198.51.100.{n}"},
        )
        .status_code
        for n in range(11)
    ]
    app.extensions["kb"].database.engine.dispose()
    assert set(statuses) == {422}


def test_one_address_gets_few_messages(visitor):
    visitor.with_account()
    statuses = [
        visitor.post("/reset", email=visitor.email.upper()).status_code
        for _ in range(5)
    ]
    assert statuses == [303] * 3 + [429] * 2
    assert len(visitor.letters()) == 3
    unknown = [
        visitor.post("/reset", email="who@farm.example").status_code for _ in range(5)
    ]
    assert unknown == statuses


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("name", "", 422),
        ("name", "a\x00b", 422),
        ("name", "nimda\u202e", 422),
        ("name", "Awa 🐄", 303),
        ("email", "no address", 422),
        ("email", "awa@farm.example\r\nBcc: x@y.example", 422),
        ("password", "1234567", 422),
        ("password", "password", 422),
        ("password", "a b\x00c d e f", 422),
        ("password", "x" * 257, 422),
        ("password", "🐄🌧🌾🐝🌻🪱🌍☀", 303),
        ("name", "x" * 1_000_000, 413),
        ("password", "x" * 1_000_000, 413),
    ],
)
def test_bad_input_is_told_and_makes_nothing(visitor, field, value, status):
    reply = visitor.sign_up(**{field: value})
    assert reply.status_code == status
    assert len(rows(visitor.app, Person)) == (status == 303)
    if status == 422:
        assert 'aria-invalid="true"' in reply.text
    assert PASSWORD not in reply.text


def test_mail_is_in_the_language_of_the_page_signed_up_on(either):
    visitor = Visitor(either.app, language="ar")
    visitor.sign_up(name="عائشة")
    (letter,) = visitor.letters()
    assert letter.language == "ar"
    assert "عائشة" in letter.text
    assert "/ar/sign-up/confirm?token=" in letter.text


@pytest.mark.thorough
def test_links_lead_to_the_address_that_is_set_and_never_to_a_claimed_host(either):
    claimed = Visitor(either.app, base="http://evil.example")
    assert claimed.sign_up().status_code == 503
    assert claimed.letters() == []
    public = replace(either.settings, address="https://humus.example")
    app = create_app(public, hasher=CHEAP)
    own = Visitor(app, base="https://humus.example")
    own.sign_up()
    assert "https://humus.example/en/sign-up/confirm" in own.letters()[-1].text
    app.extensions["kb"].database.engine.dispose()


def test_without_a_key_nobody_signs_in(either):
    app = create_app(replace(either.settings, secret_key=""), hasher=CHEAP)
    assert app.test_client().get("/en/sign-in").status_code == 503
    app.extensions["kb"].database.engine.dispose()


def test_no_secret_is_logged(visitor, caplog, capfd):
    """Whatever goes well or wrong, and also if the database fails."""
    caplog.set_level("DEBUG")
    visitor.sign_up()
    secret = visitor.last_link()[1]
    visitor.open_link()
    visitor.sign_in(password="not this one")
    visitor.sign_in()
    engine = visitor.app.extensions["kb"].database.engine
    with pytest.raises(DBAPIError) as failed, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:x)"), {"x": secret})
    said = caplog.text + "".join(capfd.readouterr()) + str(failed.value)
    cookie = visitor.browser.get_cookie("signed-in").value
    for hidden in (secret, PASSWORD, cookie, "not this one", visitor.email):
        assert hidden not in said
