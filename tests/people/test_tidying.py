from datetime import UTC, datetime, timedelta

from kb.people.models import ApiToken, Link, Pace, PasswordHash, Person, SignedIn
from kb.people.tidying import tidy
from tests.people.visitor import Visitor, add_person, change, give, rows


def tidied(house):
    with house.office.database.writing() as session:
        tidy(session)
        session.commit()


def test_what_is_still_of_use_stays(empty):
    visitor = Visitor(empty.app).at_home()
    visitor.post("/account/token", name="x", token_from="/account")
    visitor.post("/reset", email=visitor.email)
    Visitor(empty.app, email="new@farm.example").sign_up()
    before = [len(rows(empty.app, table)) for table in (Link, ApiToken, SignedIn)]
    tidied(empty)
    after = [len(rows(empty.app, table)) for table in (Link, ApiToken, SignedIn)]
    assert before == after
    assert visitor.signed_in()
    assert len(rows(empty.app, Person)) == 2


def test_what_is_long_over_goes(empty):
    visitor = Visitor(empty.app).at_home()
    visitor.post("/account/token", name="x", token_from="/account")
    visitor.post("/reset", email=visitor.email)
    old = datetime.now(UTC) - timedelta(days=31)
    change(empty.app, Link, expires=old)
    change(empty.app, ApiToken, expires=old)
    change(empty.app, SignedIn, revoked=old)
    change(empty.app, Pace, due=old)
    tidied(empty)
    for table in (Link, ApiToken, SignedIn, Pace):
        assert rows(empty.app, table) == []
    assert len(rows(empty.app, Person)) == 1


def test_who_never_confirmed_is_forgotten_but_not_who_was_given_a_role(empty):
    add_person(empty.app, "kept@farm.example", ("editor",))
    Visitor(empty.app).sign_up()
    old = datetime.now(UTC) - timedelta(days=31)
    change(empty.app, Person, created=old, confirmed=None)
    tidied(empty)
    assert [person.email for person in rows(empty.app, Person)] == ["kept@farm.example"]
    assert len(rows(empty.app, PasswordHash)) == 1
    give(empty.app, "kept@farm.example", ("jury",))
