"""How the desks do, counted from questions that were really asked and answered."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from kb.errors import NotValid
from kb.helpdesk.clock_tables import Clock
from kb.helpdesk.question_tables import Question
from kb.helpdesk.report import COLUMNS, nearest_rank, period
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import furnish_desks
from tests.helpdesk.house import at

NOW = datetime.now(UTC)


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def asked(app, *, desk="bf", hours=None, within=14, days_ago=1, **more):
    """Write a question, answered after so many hours of working time, or not yet."""
    at_ = NOW - timedelta(days=days_ago)
    with app.extensions["kb"].database.writing() as session:
        many = session.query(Question).count()
        usual = {
            "code": f"{many:09}", "at": at_, "changed": at_, "words": "How deep?",
            "language": "fr", "reader": "fr", "country": "BF", "place": "",
            "contact": "", "desk_code": desk,
            "state": "waiting" if hours is not None else "open",
        }  # fmt: skip
        question = Question(**(usual | more))
        session.add(question)
        session.flush()
        kept = NOW if hours is not None else None
        session.add(
            Clock(
                question_id=question.id,
                promise="first",
                within=within * 60,
                used=int((hours or 0) * 3600),
                rung=0,
                kept=kept,
                runs_since=None if kept else at_,
                due=None if kept else at_ + timedelta(hours=within),
            )
        )
        session.commit()


def table(visitor, query=""):
    text = visitor.get(f"/desk/questions/report.csv{query}").text
    return {row[0]: row for row in csv.reader(StringIO(text.lstrip("\ufeff")))}


def column(row, name):
    return row[2 + COLUMNS.index(name)]


def test_what_came_in_and_how_long_it_took_by_desk(app):
    for hours in (1, 2, 3, 20):
        asked(app, hours=hours)
    asked(app)  # due since ten hours
    asked(app, within=100)
    asked(app, desk="india", hours=5, country="IN", language="en")
    asked(app, hours=1, days_ago=400)
    asked(app, suspect=True)
    found = table(staff(app, "coordinator"))
    bf = found["bf"]
    said = {name: column(bf, name) for name in COLUMNS}
    assert said["received"] == "6"
    assert said["answered"] == "4"
    assert said["waiting"] == "2"
    assert said["late"] == "2"
    assert (said["first_median"], said["first_p90"]) == ("2.0", "20.0")
    assert said["settled_median"] == ""
    assert column(found["india"], "first_median") == "5.0"
    assert column(found["*"], "received") == "7"


def test_each_sees_what_her_roles_reach(app):
    asked(app)
    asked(app, desk="india", country="IN", language="en")
    assert set(table(at(app, "india"))) == {"desk", "india", "*"}
    assert set(table(staff(app, "expert"))) == {"desk", "india", "bf", "*"}
    nobody = staff(app, "reviewer", name="rana")
    for page in ("report", "report.csv"):
        assert nobody.get(f"/desk/questions/{page}").status_code == 403


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("language", {"fr", "und"}),
        ("theme", {"", "rice"}),
        ("month", {f"{NOW - timedelta(days=1):%Y-%m}"}),
        ("nonsense", {"bf"}),
    ],
)
def test_lines_may_stand_for_languages_themes_or_months(app, by, keys):
    asked(app, theme_id="theme:rice")
    asked(app, language="und")
    visitor = staff(app, "coordinator")
    assert set(table(visitor, f"?by={by}")) - {by, "desk", "*"} == keys
    page = visitor.get(f"/desk/questions/report?by={by}")
    assert page.status_code == 200
    assert page.text.count("<svg width") == len(keys)


def test_a_time_in_which_nobody_asked_says_so(app):
    query = "first=2026-01-01&last=2026-01-31"
    text = staff(app, "coordinator").get(f"/desk/questions/report?{query}").text
    assert "Nobody asked anything in this time." in text


@pytest.mark.parametrize(
    "query",
    ["first=2026-02-30", "first=x", "first=2026-02-01&last=2026-01-01",
     "first=0001-01-01", "last=0001-01-01", "first=1990-01-01&last=2026-01-01"],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(app, query):
    reply = staff(app, "coordinator").get(f"/desk/questions/report?{query}")
    assert reply.status_code in {400, 422}


def test_the_usual_time_is_ninety_days():
    usual = period("", "2026-11-24")
    assert (usual.last - usual.first).days == 89
    with pytest.raises(NotValid):
        period("2026-11-25", "2026-11-24")


def test_ranks():
    values = [float(n) for n in range(1, 11)]
    assert nearest_rank(values, 0.9) == 9
    assert nearest_rank([7.0], 0.9) == 7
    assert nearest_rank([], 0.5) is None
