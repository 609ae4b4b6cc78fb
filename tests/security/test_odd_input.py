"""What no form and no link of ours sends: odd names of fields, and a NUL in any."""

import re

import pytest

from kb.people.models import Person
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, rows

NUL = "\x00"
ODD = (
    "lang",
    "endpoint",
    "self",
    "plural",
    "ref",
    "code",
    "number",
    "name",
    "_anchor",
    "_method",
    "_scheme",
    "_external",
    "",
    "a b",
    NUL,
    "\r\nX-Odd: y",
    "{{7*7}}",
    "__class__",
)
"""Names of fields that mean something to programs."""
READING = ("q", "text", "page", "sort", "country", "theme", "token", "next", "place")
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"')
REF = {"plural": "practices", "ref": "P-1", "code": "bf", "name": "words"}
EVERY = 300
"""At most so many fields are tried at a time."""
ANSWERED = {200, 301, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 410, 411, 422}


def an_address(rule):
    """Give an address that a rule holds for."""

    def value(part):
        converter, name = part[1] or "", part[2]
        if "any" in converter:
            return "en" if name == "lang" else re.findall(r"[\w.-]+", converter)[1]
        return "1" if "int" in converter else REF.get(name, "x")

    return re.sub(r"<(?:([^<>]*):)?(\w+)>", value, rule)


def addresses(app, method):
    """Give an address of each page, and which are not there without maps of the world.

    Those are tried where the maps are, in the house with the seeds.
    """
    for rule in app.url_map.iter_rules():
        if method in rule.methods and not rule.rule.startswith("/world/"):
            yield an_address(rule.rule)


@pytest.fixture
def somebody(either):
    """Somebody who may open every page."""
    furnish(either.app)
    return staff(either.app, "administrator")


@pytest.mark.parametrize("address", ["/en/", "/en/search", "/en/write"])
def test_a_page_is_shown_whatever_the_fields_of_its_address_are_called(
    somebody, address
):
    for odd in ODD:
        reply = somebody.browser.get(address, query_string={odd: "x"})
        assert reply.status_code == 200, odd
        assert "X-Odd" not in reply.headers


@pytest.mark.thorough
def test_no_field_of_any_address_is_a_fault_of_ours(somebody):
    wrong = []
    for address in addresses(somebody.app, "GET"):
        for said in ("x", f"{NUL}x", "-1", "9" * 30):
            for who in (Visitor(somebody.app), somebody):
                asked = dict.fromkeys(ODD + READING, said)
                reply = who.browser.get(address, query_string=asked)
                if reply.status_code not in ANSWERED:
                    wrong.append((address, said, reply.status_code))
    assert wrong == []


def test_the_same_page_in_another_language_keeps_what_the_address_says(somebody):
    asked = {"q": "a b&c", "lang": "x", "theme": ["rice", "grazing"]}
    page = somebody.browser.get("/en/search", query_string=asked).text
    kept = "q=a+b%26c&amp;lang=x&amp;theme=rice&amp;theme=grazing"
    assert f'href="/fr/search?{kept}"' in page


def test_a_nul_is_left_out_of_what_an_address_asks_for(somebody):
    reply = somebody.browser.get("/en/search", query_string={"q": f"z{NUL}ai"})
    assert 'value="zai"' in reply.text
    reply = somebody.browser.get("/en/practices/P-1", query_string={"text": NUL})
    assert reply.status_code in {200, 301}


def test_a_nul_in_a_form_is_refused_and_makes_nothing(either):
    reply = Visitor(either.app).sign_up(name=f"Aw{NUL}a")
    assert reply.status_code == 422
    assert rows(either.app, Person) == []


@pytest.mark.thorough
def test_a_nul_in_any_field_of_any_form_is_no_fault_of_the_database(somebody):
    token = somebody.token("/account")
    shown = (
        somebody.browser.get(address, follow_redirects=True).text
        for address in addresses(somebody.app, "GET")
    )
    names = {name for text in shown for name in FIELD.findall(text)} - {"form_token"}
    assert 50 < len(names) < EVERY
    wrong = []
    for address in addresses(somebody.app, "POST"):
        form = {"form_token": token, "email": "x@y.example"}
        usual = somebody.browser.post(address, data=dict.fromkeys(names, "1") | form)
        for said in (f"a{NUL}b", f"1{NUL}"):
            filled = dict.fromkeys(names, said) | form
            reply = somebody.browser.post(address, data=filled)
            if reply.status_code >= 500 and usual.status_code < 500:
                wrong.append((address, said, reply.status_code))
    assert wrong == []
