"""Where nobody is on duty, for which language and theme."""

import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from kb.helpdesk.desk_tables import DeskDuty
from kb.helpdesk.question_tables import Question
from kb.people.models import Person
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import furnish_desks
from tests.helpdesk.house import at

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def duty(app, desk="bf", **said):
    """Have an expert at a desk who says when she is away and what she takes."""
    expert = at(app, desk)
    with app.extensions["kb"].database.writing() as session:
        person = session.query(Person).filter_by(name=f"expert-{desk}").one()
        session.add(DeskDuty(desk_code=desk, person_id=person.id, **said))
        session.commit()
    return expert


def asked(app, theme="rice", language="fr", *, days_ago=1, **more):
    with app.extensions["kb"].database.writing() as session:
        moment = NOW - timedelta(days=days_ago)
        usual = {
            "code": f"{session.query(Question).count():09}", "at": moment,
            "changed": moment, "words": "How deep?", "language": language,
            "reader": "fr", "country": "BF", "place": "", "contact": "",
            "desk_code": "bf", "state": "open", "theme_id": f"theme:{theme}",
        }  # fmt: skip
        session.add(Question(**(usual | more)))
        session.commit()


def table(visitor):
    """Give desk, language, theme → how many are on duty, how many asked."""
    text = visitor.get("/desk/questions/nobody.csv").text
    rows = list(csv.reader(StringIO(text.lstrip("\ufeff"))))[1:]
    return {(r[0], r[2], r[3]): (int(r[4]), int(r[5])) for r in rows}


@dataclass
class Case:
    """What an expert says, and for what she then counts."""

    said: dict
    counts: set = field(default_factory=set)


ALL = {("fr", "rice"), ("fr", "grazing"), ("en", "rice"), ("en", "grazing")}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "case",
    [
        Case({}, ALL),
        Case({"languages": "fr"}, {("fr", "rice"), ("fr", "grazing")}),
        Case({"themes": "rice"}, {("fr", "rice"), ("en", "rice")}),
        Case({"languages": "en", "themes": "grazing"}, {("en", "grazing")}),
        Case({"away_from": TODAY - timedelta(2), "away_until": TODAY + timedelta(2)}),
        Case({"away_from": TODAY + timedelta(5)}, ALL),
        Case({"daily_cap": 0}),
    ],
    ids=lambda case: str(case.said),
)
def test_an_expert_counts_for_what_she_takes_while_she_is_there(app, case):
    found = table(duty(app, **case.said))
    there = {key[1:] for key, (many, _asked) in found.items() if many}
    assert there == case.counts
    assert {key[0] for key in found} == {"africa", "bf", "india"}
    assert {key[1:] for key in found if key[0] == "bf"} == ALL


def test_what_was_asked_and_nobody_takes_stands_first(app):
    expert = duty(app, themes="grazing")
    asked(app)
    asked(app)
    asked(app, "grazing")
    asked(app, days_ago=200)
    asked(app, suspect=True)
    assert table(expert)["bf", "fr", "rice"] == (0, 2)
    assert table(expert)["bf", "fr", "grazing"] == (1, 1)
    page = expert.get("/desk/questions/nobody").text
    first = page.split("<tbody>")[1].split("</tr>")[0]
    assert "Desk bf" in first
    assert "(2)" in first
    assert "grazing" not in first


def test_a_language_that_was_asked_but_is_not_offered_is_a_gap(app):
    expert = duty(app)
    asked(app, language="sw")
    asked(app, language="und")
    found = table(expert)
    assert found["bf", "sw", "rice"] == (0, 1)
    assert not any(language == "und" for _desk, language, _theme in found)
    page = expert.get("/desk/questions/nobody").text
    assert "not offered, but asked" in page


def test_whoever_takes_a_language_that_is_not_offered_counts(app):
    expert = duty(app, languages="sw")
    asked(app, language="sw")
    assert table(expert)["bf", "sw", "rice"] == (1, 1)


def test_only_the_helpdesk_sees_it(app):
    other = staff(app, "reviewer", name="rana")
    for page in ("nobody", "nobody.csv"):
        assert other.get(f"/desk/questions/{page}").status_code == 403
