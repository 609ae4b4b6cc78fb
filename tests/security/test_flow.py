"""One address can search often, not without end; nobody else is slowed down."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from kb.app import create_app
from kb.entrance.flow import MOST, Flow
from kb.people.models import Pace, Person
from kb.people.tokens import TokenScope, make_token
from kb.search.pace import FEW, READ, SUGGESTED, TEN_SIZE, TENS
from tests.conftest import CHEAP
from tests.people.visitor import Visitor, add_person, change, rows

AT_ONCE = FEW.burst + TENS.burst * TEN_SIZE


def statuses(visitor, times, path="/search?q=soil"):
    return [visitor.get(path).status_code for _ in range(times)]


def none_left(visitor):
    """Use up what is let through without writing; give the way to a page."""
    flow = visitor.app.extensions["kb"].kept["flow"]
    while not flow.wait("search", visitor.from_, FEW) or flow.of_ten(visitor.from_):
        pass
    return visitor.get


@pytest.mark.thorough
def test_a_village_searches_at_once_and_nobody_writes_it_down(either):
    visitor = Visitor(either.app)
    wrote = []

    def note(connection, cursor, statement, *rest):
        if not statement.lstrip().upper().startswith(("SELECT", "WITH", "BEGIN")):
            wrote.append(statement)

    event.listen(either.engine, "before_cursor_execute", note)
    try:
        assert set(statuses(visitor, FEW.burst)) == {200}
    finally:
        event.remove(either.engine, "before_cursor_execute", note)
    assert [one for one in wrote if "pragma" not in one.lower()] == []
    assert rows(either.app, Pace) == []


@pytest.mark.thorough
def test_who_searches_without_end_is_asked_to_wait_and_others_are_not(either):
    visitor = Visitor(either.app, language="ar")
    found = statuses(visitor, AT_ONCE + 10)
    assert set(found[:AT_ONCE]) == {200}
    assert 429 in found[AT_ONCE:]
    assert len(rows(either.app, Pace)) == 1
    change(either.app, Pace, due=datetime.now(UTC) + TENS.each * TENS.burst)
    reply = none_left(visitor)("/search?q=soil")
    assert 1 <= int(reply.headers["Retry-After"]) <= TENS.each.total_seconds()
    assert '<html lang="ar" dir="rtl">' in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    for path in ("/map?q=soil", "/feed.atom?q=soil", "/search/why?q=soil&ref=P-1"):
        assert none_left(visitor)(path).status_code == 429
    none_left(visitor)
    told = visitor.browser.get(
        "/api/v1/search?q=soil", environ_base={"REMOTE_ADDR": visitor.from_}
    )
    assert told.status_code == 429
    assert told.json["error"] == "too-many-requests"
    assert int(told.headers["Retry-After"]) >= 1
    assert Visitor(either.app, from_="192.0.2.8").get("/search").status_code == 200
    assert visitor.get("/").status_code == 200
    assert visitor.get("/suggest?q=so").status_code == 200


@pytest.mark.thorough
def test_processes_count_together(either):
    other = create_app(either.settings, hasher=CHEAP)
    try:
        first = statuses(Visitor(either.app), AT_ONCE)
        assert set(first) == {200}
        second = statuses(Visitor(other), AT_ONCE)
        assert second.count(200) < FEW.burst + 2 * TEN_SIZE
    finally:
        other.extensions["kb"].database.engine.dispose()


def test_a_program_with_a_token_may_search_more(either):
    number = add_person(either.app, "awa@farm.example")
    with either.office.database.writing() as session:
        person = session.get_one(Person, number)
        secret = make_token(
            session, person, name="A program", scope=TokenScope.READ, days=9
        )
        session.commit()
    flow = either.office.kept.setdefault("flow", Flow())
    while not flow.wait("search", "192.0.2.7", FEW):
        pass
    given = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    ask = either.app.test_client().get
    by_token = {"Authorization": f"Bearer {secret}"}
    reply = ask("/api/v1/search?q=soil", headers=by_token, **given)
    assert reply.status_code == 200
    assert rows(either.app, Pace) == []
    wrong = {"Authorization": "Bearer humus_nothing"}
    assert ask("/api/v1/search", headers=wrong, **given).status_code == 401


@pytest.mark.parametrize(
    ("path", "what", "allowed"),
    [("/suggest?q=so", "suggested", SUGGESTED), ("/about", "read", READ)],
)
def test_what_is_cheap_has_a_limit_too(either, path, what, allowed):
    visitor = Visitor(either.app)
    assert visitor.get(path).status_code == 200
    flow = either.office.kept["flow"]
    while not flow.wait(what, visitor.from_, allowed):
        pass
    assert visitor.get(path).status_code == 429
    assert rows(either.app, Pace) == []


def test_one_house_has_one_limit_however_many_addresses(either):
    flow = either.office.kept.setdefault("flow", Flow())
    while not flow.wait("read", "2001:db8:1:2::/64", READ):
        pass
    one, other = "2001:db8:1:2::77", "2001:db8:1:3::77"
    assert Visitor(either.app, from_=one).get("/about").status_code == 429
    assert Visitor(either.app, from_=other).get("/about").status_code == 200


def test_after_a_while_one_is_let_through_again():
    now = [0.0]
    flow = Flow(clock=lambda: now[0])
    assert [flow.wait("read", "a", READ) for _ in range(READ.burst)] == [0.0] * 600
    assert flow.wait("read", "a", READ) == pytest.approx(0.1)
    assert flow.wait("read", "b", READ) == 0.0
    now[0] += 0.11
    assert flow.wait("read", "a", READ) == 0.0
    assert flow.wait("read", "a", READ) > 0.0


def test_no_more_addresses_are_remembered_than_there_is_room_for():
    now = [0.0]
    flow = Flow(clock=lambda: now[0])
    for number in range(3 * MOST):
        now[0] += 0.001
        flow.wait("read", str(number), READ)
    assert len(flow._due) <= MOST
