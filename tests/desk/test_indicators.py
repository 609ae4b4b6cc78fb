"""Numbers for everybody: right, of nobody, and the same on the page and as JSON."""

from datetime import date

import pytest
from sqlalchemy import event, text

from kb.credit.models import RecordUse
from kb.credit.use import this_month
from kb.desk.indicators import FEWEST, indicators
from kb.record.models import Record, Status
from tests.feedback.house import furnish
from tests.helpdesk.asking import furnish_desks
from tests.helpdesk.test_report import asked
from tests.web.html import get
from tests.web.test_desk import sought


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


def numbers(app):
    return app.test_client().get("/api/v1/indicators").json


def test_records_count_while_they_are_public(app):
    before = numbers(app)
    assert (
        before["records"] == [{"kind": "practice", "records": 1}] or before["records"]
    )
    whole = sum(each["records"] for each in before["records"])
    with app.extensions["kb"].database.writing() as session:
        record = session.query(Record).filter_by(status=Status.PUBLISHED).first()
        record.status = Status.WITHDRAWN
        session.commit()
    after = numbers(app)
    assert sum(each["records"] for each in after["records"]) == whole - 1
    spoken = {each["language"] for each in before["texts"]}
    fewer = sum(each["records"] for each in before["texts"]) - sum(
        each["records"] for each in after["texts"]
    )
    assert 1 <= fewer <= len(spoken)


def used(app, month, **counted):
    with app.extensions["kb"].database.writing() as session:
        first = session.query(Record.id).limit(1).scalar()
        session.add(RecordUse(record_id=first, month=month, language="fr", **counted))
        session.commit()


def test_use_is_that_of_twelve_months(app):
    month = this_month()
    used(app, month, views=7, shown=9)
    used(app, date(month.year - 2, month.month, 1), views=100)
    found = numbers(app)
    assert len(found["use"]) == 12
    assert found["use"][-1]["month"] == f"{month:%Y-%m}"
    assert [each["views"] for each in found["use"]] == [0] * 11 + [7]
    french = {"language": "fr", "views": 7, "shown": 9, "opened": 0, "handouts": 0}
    assert found["use_by_language"] == [french]


def test_questions_are_counted_whoever_asks_and_spam_is_not(app):
    for hours in (1, 2, 3, None):
        asked(app, hours=hours)
    asked(app, suspect=True)
    found = numbers(app)["questions"]
    assert (found["received"], found["answered"], found["waiting"]) == (4, 3, 1)
    assert (found["first_median"], found["first_p90"]) == (2, 3)


def test_a_language_of_few_questions_is_not_told(app):
    for _each in range(FEWEST - 1):
        asked(app, language="sw")
    assert numbers(app)["questions"]["by_language"] == []
    asked(app, language="sw")
    named = [{"language": "sw", "questions": FEWEST}]
    assert numbers(app)["questions"]["by_language"] == named


def test_searches_are_told_by_language_and_zone_without_their_words(app):
    zone = "hot-semi_arid-sandy"
    sought(app, "warts of cassava", FEWEST, zone=zone)
    sought(app, "few of them", FEWEST - 1, language="sw")
    sought(app, "long ago", 50, days=390)
    wanted = {"language": "en", "zone": zone, "times": FEWEST, "in_vain": FEWEST}
    assert numbers(app)["searches"] == [wanted]
    page = get(app.test_client(), "/en/impact")
    assert "sand" in page
    assert "cassava" not in page


def test_seven_queries_however_much_there_is(app):
    seen = []
    database = app.extensions["kb"].database

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    for _each in range(30):
        asked(app)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        event.listen(database.engine, "before_cursor_execute", note)
        assert indicators(session).questions.received == 30
        event.remove(database.engine, "before_cursor_execute", note)
    assert len(seen) == 7


def test_the_page_says_what_is_not_counted(app):
    page = get(app.test_client(), "/en/impact")
    assert "This installation does not count what is read." in page
    assert "This installation does not count searches." in page
