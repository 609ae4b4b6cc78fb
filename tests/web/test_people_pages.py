"""Pages for one person are as whole as those for all: no page is left out."""

import pytest

from kb.language import INTERFACE, direction
from tests.people.visitor import Visitor, give
from tests.web.html import Page

PAGES = [
    "/account",
    "/account/delete",
    "/account/second-factor",
    "/account/token",
    "/sign-in/link?token=x",
    "/sign-up/confirm?token=x",
    "/reset/new?token=x",
    "/reset/new",
    "/sign-up/sent",
    "/sign-in/sent",
]


def check(text, language):
    page = Page(text)
    root = page.attributes["html"][0]
    ids = [a["id"] for tag in page.attributes.values() for a in tag if "id" in a]
    assert (root["lang"], root["dir"]) == (language, direction(language))
    assert len(page.attributes["h1"]) == 1
    assert len(ids) == len(set(ids))
    labels = {a["for"] for a in page.attributes.get("label", [])}
    fields = [a for a in page.attributes.get("input", []) if a["type"] != "hidden"]
    assert {field["id"] for field in fields} <= labels
    for field in fields:
        assert field.get("aria-describedby", "") in {"", *ids}


@pytest.fixture
def visitor(either):
    visitor = Visitor(either.app).at_home()
    visitor.post("/account/second-factor", token_from="/account/second-factor")
    return visitor


@pytest.mark.thorough
def test_every_page_is_whole_in_every_language(visitor):
    give(visitor.app, visitor.email, ("translator", "language", "ha"))
    Visitor(visitor.app).sign_in()
    visitor.post("/account/token", name="my script", token_from="/account")
    for visitor.language in INTERFACE:
        for path in PAGES:
            reply = visitor.get(path)
            assert reply.status_code == 200, path
            check(reply.text, visitor.language)


@pytest.mark.thorough
def test_a_page_that_says_what_is_wrong_is_whole(visitor):
    for visitor.language in INTERFACE:
        for path, given in {
            "/sign-up": {"name": "", "email": "x", "password": "x"},
            "/sign-in": {"email": "x"},
            "/reset/new": {"token": "x", "password": "x"},
            "/account/details": {"name": '"><script>alert(1)</script>' * 20},
            "/account/password": {"old_password": "x", "new_password": "x"},
            "/account/second-factor/confirm": {"code": "x"},
            "/account/token": {"name": "", "days": "<b>"},
        }.items():
            reply = visitor.post(path, given, token_from="/account")
            assert reply.status_code in {422, 429}, path
            check(reply.text, visitor.language)
            assert "<script" not in reply.text
            assert "<b>" not in reply.text
