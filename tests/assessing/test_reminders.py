"""One message to each whom it concerns, once for each day it is due."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kb.assessing import reminders
from kb.assessing.clock import this_day
from kb.assessing.models import Reminder
from kb.outbox import Letter
from kb.people.models import Pace, Person, Role, ScopeKind
from kb.record.models import Record
from kb.worker import remind_due, send_due
from tests.assessing.house import YES, assess, due_house
from tests.feedback.house import staff
from tests.people.visitor import add_person, change, rows

SITE = "https://humus.example/"


@pytest.fixture
def house(either):
    due_house(either.app)
    return either


def remind(house, site=SITE):
    return remind_due(house.office.database.writing, site)


def letters(house):
    found = [one for one in rows(house.app, Letter) if one.purpose == "review-due"]
    return {one.recipient: one for one in found}


def a_day_passes(house):
    with house.office.database.writing() as session:
        for row in session.scalars(select(Pace)):
            session.delete(row)
        session.commit()


@pytest.mark.thorough
def test_author_reviewers_and_editors_in_scope_are_told_once(house):
    author = add_person(house.app, "awa@farm.example")
    with house.office.database.writing() as session:
        written = session.scalars(select(Record).where(Record.ref == "P-1")).one()
        written.author_id = author
        session.commit()
    staff(house.app, Role.REVIEWER, ScopeKind.REGION, "BF")
    staff(house.app, Role.EDITOR, ScopeKind.KIND, "story")
    staff(house.app, Role.EDITOR, ScopeKind.REGION, "ML", name="beyond")
    for role in (Role.ADMINISTRATOR, Role.EXPERT, Role.CONTRIBUTOR):
        staff(house.app, role)
    change(house.app, Person, languages="fr")
    assert remind(house) == 3
    told = letters(house)
    assert set(told) == {
        "awa@farm.example",
        "reviewer@desk.example",
        "editor@desk.example",
    }
    assert {one.language for one in told.values()} == {"fr"}
    assert "3 fiches attendent" in told["reviewer@desk.example"].subject
    text = told["awa@farm.example"].text
    assert "https://humus.example/fr/P-1" in text
    assert "https://humus.example/fr/desk/assessments" in text
    assert "S-1" not in text
    assert "S-1" in told["editor@desk.example"].text
    assert remind(house) == 0
    a_day_passes(house)
    assert remind(house) == 0, "once for each day it is due"


def test_a_killed_worker_leaves_nothing_half_done(house):
    staff(house.app, Role.EDITOR)
    with house.office.database.writing() as session:
        assert reminders.remind_due(session, site=SITE) == 1
        session.rollback()
    assert rows(house.app, Reminder) == []
    assert letters(house) == {}
    assert remind(house) == 1
    assert send_due(house.office.database.writing, Nobody()) == 1
    assert remind(house) == 0


class Nobody:
    def send(self, letter):
        """Send it to nobody."""


def test_what_is_not_due_or_not_public_or_answered_reminds_nobody(house):
    editor = staff(house.app, Role.EDITOR)
    assert remind(house, site="") == 0, "no address, no links, no message"
    for values in (
        {"status": "withdrawn"},
        {"status": "published", "review_due_on": this_day() + timedelta(days=1)},
        {"review_due_on": None},
    ):
        change(house.app, Record, **values)
        assert remind(house) == 0
    change(house.app, Record, review_due_on=this_day())
    for path in ("/practices/P-1", "/stories/S-1", "/answers/A-1"):
        assert assess(editor, YES, path=f"{path}/assess").status_code == 303
    assert remind(house) == 0


def test_more_in_a_day_waits_for_the_next_message_and_a_new_day_is_told(house):
    editor = staff(house.app, Role.EDITOR)
    change(house.app, Record, review_due_on=this_day() + timedelta(days=5))
    with house.office.database.writing() as session:
        session.scalars(select(Record)).first().review_due_on = this_day()
        session.commit()
    assert remind(house) == 1
    change(house.app, Record, review_due_on=this_day())
    assert remind(house) == 0, "one message a day"
    a_day_passes(house)
    assert remind(house) == 1
    assert len(rows(house.app, Reminder)) == 3
    assess(editor, YES)
    a_day_passes(house)
    assert remind(house) == 0
    assert len(rows(house.app, Reminder)) == 2, "the day is none any more"


@pytest.mark.parametrize("values", [{"disabled": 1}, {"confirmed": None}])
def test_who_may_not_sign_in_is_told_nothing(house, values):
    editor = staff(house.app, Role.EDITOR)
    when = rows(house.app, Person)[0].created
    change(house.app, Person, **{n: v and when for n, v in values.items()})
    assert remind(house) == 0
    assert editor.email not in letters(house)
