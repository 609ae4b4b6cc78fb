"""What is read is counted without knowing who reads, and shown to whom it concerns."""

import time
from dataclasses import replace

import pytest

from kb.access import Role
from kb.app import create_app
from kb.credit.models import Contribution, RecordUse
from kb.credit.use import line_of, this_month, write
from kb.entrance import counting
from kb.entrance.use import using
from kb.people.models import ScopeKind
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, add_person, rows

ZAI = "/en/practices/P-1-zai-practice"
USE = "/practices/P-1/use"


@pytest.fixture
def counted(seeded):
    """The seeded house with counting on; what it counted goes with its memory."""
    app = create_app(replace(seeded.settings, count_use="yes"))
    yield app
    taken(app)
    app.extensions["kb"].database.engine.dispose()


@pytest.fixture
def app(either):
    furnish(either.app)
    return either.app


def taken(app):
    with app.test_request_context("/"):
        lines = using().tally.take()
    return {(one.record_id, one.language): dict(n) for one, n in lines.items()}


@pytest.mark.thorough
def test_a_page_that_is_opened_counts_in_its_language(counted):
    client = counted.test_client()
    for language in ("en", "fr", "fr"):
        address = client.get(f"/{language}/practices/P-20").location
        assert client.get(address).headers.getlist("Set-Cookie") == []
    ((one, times), (other, more)) = sorted(taken(counted).items())
    assert one[0] == other[0]
    assert (one[1], times, other[1], more) == ("en", {"views": 1}, "fr", {"views": 2})


@pytest.mark.thorough
def test_what_a_search_shows_counts_and_what_is_opened_from_it(counted):
    client = counted.test_client()
    found = client.get("/en/search?q=stone+lines").text
    address = client.get("/en/practices/P-19").location
    assert address in found
    client.get(address, headers={"Referer": "http://localhost/en/search?q=stone+lines"})
    lines = taken(counted)
    assert all(times["shown"] == 1 for times in lines.values())
    opened = [times for times in lines.values() if "views" in times]
    assert opened == [{"shown": 1, "views": 1, "opened": 1}]


def test_the_code_on_paper_counts(counted):
    counted.test_client().get("/en/p-20")
    assert list(taken(counted).values()) == [{"handouts": 1}]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"User-Agent": "Somebot/1.0"}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ],
)
def test_what_no_reader_asks_for_does_not_count(counted, method, headers):
    client = counted.test_client()
    address = client.get("/en/practices/P-20").location
    assert client.open(address, method=method, headers=headers).status_code == 200
    for lost in ("/en/search", "/en/P-9999", "/en/practices/P-9999"):
        client.get(lost, headers=headers)
    assert taken(counted) == {}


def test_nothing_is_counted_where_the_administrator_says_no(seeded):
    seeded.app.test_client().get("/en/practices/P-20", follow_redirects=True)
    assert "using" not in seeded.office.kept


@pytest.mark.thorough
def test_counts_are_written_by_themselves_and_those_that_cannot_be_wait(
    empty, monkeypatch
):
    monkeypatch.setattr(counting, "WRITE_SECONDS", 600)
    furnish(empty.app)
    app = create_app(replace(empty.settings, count_use="yes"))
    database = app.extensions["kb"].database
    with database.engine.begin() as connection:
        RecordUse.__table__.drop(connection)
    app.test_client().get(ZAI)
    with app.test_request_context("/"):
        held = using()
    held.write()
    with database.engine.begin() as connection:
        RecordUse.__table__.create(connection)
    monkeypatch.setattr(counting, "WRITE_SECONDS", 0.05)
    app.test_client().get(ZAI)
    until = time.monotonic() + 10
    while not rows(app, RecordUse) and time.monotonic() < until:
        time.sleep(0.02)
    ((views, month),) = [(row.views, row.month) for row in rows(app, RecordUse)]
    assert (views, month) == (2, this_month())
    database.engine.dispose()


@pytest.mark.thorough
def test_a_reader_waits_for_nobody_who_writes(empty):
    furnish(empty.app)
    app = create_app(replace(empty.settings, count_use="yes"))
    with app.extensions["kb"].database.writing() as session:
        session.connection()  # on SQLite, it has the one lock for writing
        assert app.test_client().get(ZAI).status_code == 200
    assert list(taken(app).values()) == [{"views": 1}]
    app.extensions["kb"].database.engine.dispose()


@pytest.mark.parametrize("role", [None, *Role])
def test_who_sees_its_use_is_decided_by_role(app, role):
    visitor = staff(app, role) if role else Visitor(app).at_home()
    allowed = role in {"editor", "coordinator", "administrator"}
    for path in (USE, f"{USE}.csv"):
        assert visitor.get(path).status_code == (200 if allowed else 403)


def test_an_editor_of_elsewhere_and_strangers_do_not_see_it(app):
    assert staff(app, "editor", ScopeKind.REGION, "ML").get(USE).status_code == 403
    assert "/sign-in" in Visitor(app).get(USE).headers["Location"]


def test_whoever_had_a_part_in_it_sees_numbers_and_a_drawing(app):
    number = add_person(app, "awa@farm.example")
    (record,) = [one for one in rows(app, Record) if one.ref == "P-1"]
    with app.extensions["kb"].database.writing() as session:
        today = this_month()
        share = {"role": "author", "position": 0, "first_on": today, "last_on": today}
        session.add(Contribution(record_id=record.id, person_id=number, **share))
        line = line_of(record.id, "fr")
        write(session, {line: {"views": 41, "shown": 7, "opened": 0, "handouts": 2}})
        session.commit()
    visitor = Visitor(app)
    visitor.let_in()
    page = visitor.get(USE).text
    assert "<rect" in page
    assert '<td data-label="Opened">41</td>' in page
    assert "French" in page
    table = visitor.get(f"{USE}.csv").text.splitlines()
    assert table[0].endswith("record,month,views,shown,opened,handouts,tried")
    assert table[-1] == f"P-1,{this_month():%Y-%m},41,7,0,2,0"
    assert "Opened in a year: 41" in visitor.get("/account/credit").text
    assert visitor.get("/stories/P-1/use").status_code == 404
