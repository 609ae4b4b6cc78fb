"""What every answer tells the browser, also when something is wrong."""

from dataclasses import replace

import pytest

from kb.app import create_app
from tests.conftest import CHEAP
from tests.people.visitor import Visitor

ASKED = [
    ("GET", "/en/", 200),
    ("GET", "/en/sign-in", 200),
    ("GET", "/en/account", 302),
    ("GET", "/en/nothing", 404),
    ("DELETE", "/en/", 405),
    ("POST", "/en/sign-in", 409),
    ("GET", "/api/v1/me", 401),
    ("GET", "/media/x", 404),
    ("GET", "/en/practices/P-7/pictures", 302),
    ("GET", "/static/humus.css", 200),
    ("GET", "/en/x\x00y", 404),
]


@pytest.fixture
def public(either):
    settings = replace(either.settings, address="https://humus.example", proxies="1")
    app = create_app(settings, hasher=CHEAP)
    yield app
    app.extensions["kb"].database.engine.dispose()


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_forbids_what_no_page_needs(public, method, path, status):
    reply = public.test_client().open(
        path, method=method, base_url="https://humus.example"
    )
    assert reply.status_code == status
    told = reply.headers
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in told["Content-Security-Policy"]
    assert "unsafe" not in told["Content-Security-Policy"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert (
        int(told["Strict-Transport-Security"].split("=")[1].split(";")[0]) >= 31536000
    )
    assert "includeSubDomains" in told["Strict-Transport-Security"]
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Referrer-Policy"]
    assert told["Permissions-Policy"]
    assert "X-Powered-By" not in told


def test_without_https_nothing_is_said_of_https(either):
    assert (
        "Strict-Transport-Security" not in Visitor(either.app).get("/sign-in").headers
    )


def test_an_unknown_host_is_refused(public):
    reply = public.test_client().get("/en/sign-in", base_url="https://evil.example")
    assert reply.status_code == 400
    assert "nosniff" in reply.headers["X-Content-Type-Options"]


def test_by_https_no_other_host_can_plant_the_cookie(public):
    visitor = Visitor(public, base="https://humus.example").with_account()
    cookies = visitor.get("/sign-in").headers.getlist("Set-Cookie")
    cookies += visitor.sign_in().headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == [
        "__Host-form",
        "__Host-signed-in",
    ]
    for cookie in cookies:
        parts = set(cookie.split("; "))
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert "Domain" not in cookie


@pytest.mark.parametrize("path", ["/", "/about", "/sources"])
def test_who_only_reads_gets_no_cookie_and_pages_stay_cacheable(either, path):
    visitor = Visitor(either.app).at_home()
    for browser in (Visitor(either.app), visitor):
        reply = browser.get(path)
        assert reply.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in reply.headers
        assert "Awa" not in reply.text
    assert visitor.get(path).data == Visitor(either.app).get(path).data


@pytest.mark.parametrize(
    "path", ["/account", "/sign-in", "/sign-in/link?token=x", "/account/delete"]
)
def test_pages_for_one_person_are_kept_nowhere(either, path):
    reply = Visitor(either.app).at_home().get(path)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Cookie" in reply.headers["Vary"]
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert "ETag" not in reply.headers
