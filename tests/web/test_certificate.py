"""A certificate shows what its owner chose, to who has its address, until it ends."""

import re

import pytest

from kb.credit.certificates import MOST
from kb.credit.models import Certificate, Contribution
from kb.people.consent import agreed
from kb.people.models import Person
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, change, rows
from tests.web.html import Page

MINE = "/account/certificates"


@pytest.fixture
def owner(either):
    """Somebody with a part in a practice and in a story."""
    furnish(either.app)
    visitor = staff(either.app, "editor")
    for path in ("/practices/P-1/credit", "/stories/S-1/credit"):
        visitor.post(path, role="compiler", me="yes")
    return visitor


def made(owner, *shown, name="Awa O."):
    chosen = shown or [row.id for row in rows(owner.app, Contribution)]
    return owner.post(MINE, {"name": name, "shown": [str(n) for n in chosen]})


def address(app):
    (row,) = [one for one in rows(app, Certificate) if one.revoked is None]
    return f"/certificate/{row.token}"


def test_its_address_shows_it_to_anybody_and_to_no_search_engine(owner):
    assert made(owner).status_code == 303
    reply = Visitor(owner.app).get(address(owner.app))
    page = Page(reply.text)
    assert "Awa O." in reply.text
    assert {"P-1", "S-1"} <= {words for _language, words in page.words}
    assert f"http://localhost/en{address(owner.app)}" in reply.text
    assert "editor@desk.example" not in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert len(address(owner.app)) > 50


def test_it_shows_nothing_she_did_not_choose_and_nothing_that_is_gone(owner):
    practice, _story = rows(owner.app, Contribution)
    made(owner, practice.id)
    path = address(owner.app)
    page = Visitor(owner.app).get(path).text
    assert "P-1" in page
    assert "S-1" not in page
    change(owner.app, Record, status="withdrawn")
    page = Visitor(owner.app).get(path).text
    assert "P-1" not in page
    assert "None of them is public any more." in page


def test_taken_back_its_address_leads_nowhere(owner):
    made(owner)
    path = address(owner.app)
    (row,) = rows(owner.app, Certificate)
    assert Visitor(owner.app).get(path).status_code == 200
    assert owner.post(f"{MINE}/{row.id}").status_code == 303
    assert Visitor(owner.app).get(path).status_code == 404
    assert owner.post(f"{MINE}/{row.id}").status_code == 404
    assert path not in owner.get(MINE).text
    assert owner.get(f"{MINE}/{row.id}").headers["Location"] == f"/en{MINE}"


def test_it_ends_with_the_account(owner):
    made(owner)
    path = address(owner.app)
    assert owner.post("/account/delete").status_code == 200
    assert Visitor(owner.app).get(path).status_code == 404
    assert rows(owner.app, Certificate) == []


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "%E2%80%AE", "a" * 5000])
def test_an_address_that_is_none_leads_nowhere(owner, token):
    made(owner)
    assert Visitor(owner.app).get(f"/certificate/{token}").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"shown": []},
        {"shown": ["9999"]},
        {"shown": ["x", "-1", "١", "1" * 40]},
        {"name": ""},
        {"name": "\u202eevil"},
    ],
)
def test_what_does_not_fit_makes_none(owner, given):
    usual = {"name": "Awa", "shown": [str(rows(owner.app, Contribution)[0].id)]}
    assert owner.post(MINE, usual | given).status_code == 422
    assert rows(owner.app, Certificate) == []


def test_nobody_shows_the_part_of_another(owner):
    theirs = rows(owner.app, Contribution)[0].id
    other = staff(owner.app, "administrator")
    assert made(other, theirs).status_code == 422
    made(owner)
    (row,) = rows(owner.app, Certificate)
    assert other.post(f"{MINE}/{row.id}").status_code == 404
    assert "Awa O." not in other.get(MINE).text
    assert "/sign-in" in Visitor(owner.app).get(MINE).headers["Location"]


@pytest.mark.thorough
def test_so_many_stand_at_a_time(owner):
    for number in range(MOST):
        made(owner, name=f"Awa {number}")
    reply = made(owner)
    assert reply.status_code == 409
    assert "take back one" in reply.text


def test_it_is_printed_with_a_square_for_phones(owner):
    made(owner)
    page = Visitor(owner.app).get(address(owner.app)).text
    square = re.search(r'<div class="square"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    assert square.strip().startswith("<svg")
    assert "style=" not in square


def test_what_she_agreed_to_is_written_down(owner):
    made(owner)
    (row,) = rows(owner.app, Certificate)
    owner.post(f"{MINE}/{row.id}")
    with owner.app.extensions["kb"].database.reading() as session:
        (person,) = session.query(Person).all()
        ((matter, withdrawn),) = [
            (one.matter, one.withdrawn is not None) for one in agreed(session, person)
        ]
    assert (matter, withdrawn) == ("certificate", True)
