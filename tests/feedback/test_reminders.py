"""Reports past their clock: editors in scope are told, once a day at most."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.feedback.models import Report
from kb.outbox import Letter
from kb.people.models import Pace, Role, ScopeKind
from kb.worker import remind_overdue
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, change, rows
from tests.web.test_feedback import DANGER, send

SITE = "https://humus.example/"
PAST = datetime.now(UTC) - timedelta(days=3)


@pytest.fixture
def house(either):
    furnish(either.app)
    staff(either.app, Role.EDITOR, ScopeKind.REGION, "BF", name="near")
    staff(either.app, Role.EDITOR, ScopeKind.REGION, "ML", name="far")
    staff(either.app, Role.REVIEWER)
    send(Visitor(either.app), "report", **DANGER)
    change(either.app, Report, due=PAST)
    return either


def remind(house, site=SITE):
    return remind_overdue(house.office.database.writing, site)


def letters(house):
    return [one for one in rows(house.app, Letter) if one.purpose == "reports-overdue"]


def test_the_editor_whose_it_is_is_told_once_a_day(house):
    assert [remind(house), remind(house)] == [1, 0]
    (letter,) = letters(house)
    (report,) = rows(house.app, Report)
    assert letter.recipient == "near@desk.example"
    assert letter.subject == "1 report should be settled by now"
    assert "Danger, P-1: 3 days over its time" in letter.text
    assert f"{SITE}en/desk/reports/{report.id}" in letter.text
    assert report.words not in letter.text
    with house.office.database.writing() as session:
        for row in session.scalars(select(Pace)):
            session.delete(row)
        session.commit()
    assert remind(house) == 1


@pytest.mark.parametrize(
    "fine",
    [
        {"due": datetime.now(UTC) + timedelta(hours=1)},
        {"state": "settled"},
        {"suspect": True},
    ],
)
def test_of_what_is_settled_in_time_or_spam_nothing_is_said(house, fine):
    change(house.app, Report, **fine)
    assert remind(house) == 0


def test_a_place_without_address_writes_to_nobody(house):
    assert remind(house, "") == 0
    assert letters(house) == []


@pytest.mark.thorough
def test_many_are_counted_and_the_first_named(house):
    for number in range(21):
        said = DANGER | {"words": f"The pits fill with water, {number}."}
        send(Visitor(house.app, from_=f"192.0.2.{number}"), "report", **said)
    change(house.app, Report, due=PAST)
    assert remind(house) == 1
    (letter,) = letters(house)
    assert letter.text.count("Danger, P-1") == 20
    assert "… and 2 more." in letter.text
