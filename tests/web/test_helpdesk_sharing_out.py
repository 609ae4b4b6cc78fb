"""A desk that wants it gives each question to one expert: who has the fewest."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.question_tables import Question
from kb.outbox import Letter
from kb.people.models import Person
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import rows
from tests.web.test_helpdesk_queue import ANSWER


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    with either.app.extensions["kb"].database.writing() as session:
        for desk in session.scalars(select(Desk)):
            desk.shares_out = True
        session.commit()
    return either.app


def number(app, name):
    with app.extensions["kb"].database.reading() as session:
        hers = select(Person.id).where(Person.email == f"{name}@desk.example")
        return session.scalar(hers)


def duty(visitor, app, name, **given):
    form = {"away_from": "", "away_until": "", "daily_cap": ""} | given
    reply = visitor.post(f"/desk/desks/bf/duty/{number(app, name)}", form)
    assert reply.status_code == 303


def given_to(app, **asked):
    """Ask; give the name of who got it."""
    many = len(rows(app, Question))
    sent(asker(app, many + 1), **({"words": f"How deep are pits? ({many})"} | asked))
    with app.extensions["kb"].database.reading() as session:
        person = session.get(Person, newest(app).given_to or 0)
        return person.email.partition("@")[0] if person else None


@pytest.mark.thorough
def test_who_has_the_fewest_gets_it_and_only_she_is_told(app):
    at(app, "bf", name="issa")
    at(app, "bf", name="awa")
    got = [given_to(app) for _each in range(4)]
    assert sorted(got[:2]) == sorted(got[2:]) == ["awa", "issa"]
    told = [x.recipient for x in rows(app, Letter) if x.purpose == "question-waits"]
    assert told == [f"{name}@desk.example" for name in got]


def test_answered_ones_weigh_nothing(app):
    issa, awa = at(app, "bf", name="issa"), at(app, "bf", name="awa")
    first = given_to(app)
    who = {"issa": issa, "awa": awa}
    assert given_to(app) != first
    for question in rows(app, Question):
        if question.given_to == number(app, first):
            reply = who[first].post(f"/desk/questions/{question.id}/answer", ANSWER)
            assert reply.status_code == 303
    assert given_to(app) == first


@pytest.mark.thorough
def test_whoever_is_away_or_had_enough_or_does_not_take_such_gets_none(app):
    issa, awa = at(app, "bf", name="issa"), at(app, "bf", name="awa")
    today = datetime.now(UTC).date()
    duty(issa, app, "issa", away_from=str(today - timedelta(days=1)))
    assert [given_to(app), given_to(app)] == ["awa", "awa"]
    duty(issa, app, "issa", daily_cap="0")
    assert given_to(app) == "awa"
    duty(issa, app, "issa", languages="fr")
    duty(awa, app, "awa", languages="en")
    assert [given_to(app), given_to(app)] == ["issa", "issa"]
    duty(issa, app, "issa", themes="rice")
    assert given_to(app, theme="rice") == "issa"
    assert given_to(app, theme="grazing") is None


@pytest.mark.thorough
def test_a_desk_that_does_not_want_it_gives_to_nobody(app):
    chief = staff(app, "administrator")
    at(app, "bf", name="issa")
    page = chief.get("/desk/desks/bf").text
    assert 'name="shares_out"' in page
    form = {"zone": "Africa/Ouagadougou", "languages": ["fr", "en"]}
    assert chief.post("/desk/desks/bf", form).status_code == 303
    assert given_to(app) is None
    form |= {"shares_out": "yes"}
    assert chief.post("/desk/desks/bf", form).status_code == 303
    assert given_to(app) == "issa"


def test_another_desk_gives_it_to_one_of_its_own(app):
    issa = at(app, "bf", name="issa")
    at(app, "africa", name="ama")
    assert given_to(app) == "issa"
    where = f"/desk/questions/{newest(app).id}"
    form = {"to": "africa", "reason": "We know no trials on such soils."}
    assert issa.post(f"{where}/refer", form).status_code == 303
    assert newest(app).given_to == number(app, "ama")


@pytest.mark.thorough
def test_a_coordinator_gives_it_to_somebody_or_back_to_all(app):
    issa = at(app, "bf", name="issa")
    at(app, "bf", name="awa")
    lead = at(app, "bf", "coordinator", name="lead")
    given_to(app)
    where = f"/desk/questions/{newest(app).id}"
    assert lead.post(f"{where}/give", {"person": number(app, "awa")}).status_code == 303
    assert newest(app).given_to == number(app, "awa")
    assert "It was given to awa." in issa.get(where).text
    assert "How deep" not in issa.get("/desk/questions?mine=yes").text
    assert "How deep" in issa.get("/desk/questions").text
    assert lead.post(f"{where}/give", {"person": ""}).status_code == 303
    assert newest(app).given_to is None
    for wrong in ("999", "x", str(number(app, "administrator") or 0)):
        assert lead.post(f"{where}/give", {"person": wrong}).status_code == 422
    assert issa.post(f"{where}/give", {"person": ""}).status_code == 403


def test_whoever_leaves_has_none_any_more(app):
    issa = at(app, "bf", name="issa")
    assert given_to(app) == "issa"
    issa.post("/account/delete", {"word": "delete", "password": "cow under blue rain"})
    with app.extensions["kb"].database.writing() as session:
        from_belongings = session.get(Person, number(app, "issa") or 0)
        assert from_belongings is None
    assert newest(app).given_to is None


def test_advertising_is_given_to_nobody(app):
    at(app, "bf", name="issa")
    words = "Cheap pills http://a.example http://b.example http://c.example"
    assert given_to(app, words=words) is None
