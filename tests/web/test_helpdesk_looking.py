"""Answers whose records changed wait for somebody to look at them again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from kb.helpdesk.look_tables import Look
from kb.helpdesk.question_tables import Message
from kb.outbox import Letter
from kb.people.models import Person
from kb.record.models import Record, Relation, Source, Status
from kb.record.schemas import Known
from kb.worker import tell_shaken
from kb.writing.models import Version, Withdrawal
from tests import make
from tests.feedback.house import furnish
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import rows
from tests.web.test_helpdesk_queue import ANSWER

FLAG = "Answers to look at again"


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


@pytest.fixture
def expert(app):
    return at(app, "bf")


@pytest.fixture
def where(app, expert):
    """Give the address of a question whose answer cites P-1."""
    sent(asker(app))
    where = f"/desk/questions/{newest(app).id}"
    assert expert.post(f"{where}/answer", ANSWER).status_code == 303
    return where


def happens(app, significance="meaning", *, days=0, ref="P-1"):
    """Publish another version of a record, so many days from now."""
    with app.extensions["kb"].database.writing() as session:
        record = session.scalars(select(Record).where(Record.ref == ref)).one()
        last = len(session.scalars(select(Version)).all())
        version = Version(
            record_id=record.id, number=last + 1, document={}, at=later(days),
            significance=significance, note="Pits are wider now",
        )  # fmt: skip
        session.add(version)
        session.commit()


def goes(app):
    with app.extensions["kb"].database.writing() as session:
        record = session.scalars(select(Record).where(Record.ref == "P-1")).one()
        record.status = Status.WITHDRAWN
        by = session.scalars(select(Person.id)).first()
        said = "It did harm on slopes"
        session.add(Withdrawal(record_id=record.id, reason=said, by_id=by, at=later()))
        session.commit()


def later(days=0):
    return datetime.now(UTC) + timedelta(days=days)


@pytest.mark.parametrize(
    ("significance", "days", "ref", "flagged"),
    [
        ("meaning", 0, "P-1", True),
        ("wording", 0, "P-1", False),
        ("typing", 0, "P-1", False),
        ("", 0, "P-1", False),
        ("meaning", -1, "P-1", False),
        ("meaning", 0, "S-1", False),
    ],
)
def test_an_answer_is_flagged_when_what_it_rests_on_means_something_else(
    app, expert, where, significance, days, ref, flagged
):
    happens(app, significance, days=days, ref=ref)
    assert (FLAG in expert.get("/desk/questions").text) == flagged
    page = expert.get(where).text
    assert ("P-1 changed in meaning" in page) == flagged
    assert ("Pits are wider now" in page) == flagged


def test_other_desks_do_not_see_it(app, expert, where):
    happens(app)
    other = at(app, "india")
    assert FLAG not in other.get("/desk/questions").text
    assert other.post(f"{where}/looked").status_code == 404
    assert rows(app, Look) == []


def test_a_withdrawn_record_is_named_with_the_reason(app, expert, where):
    happens(app)
    goes(app)
    page = expert.get(where).text
    assert "P-1 was withdrawn" in page
    assert "It did harm on slopes" in page
    assert "changed in meaning" not in page


@pytest.mark.parametrize(
    ("significance", "days", "status", "flagged"),
    [
        ("", 0, Status.PUBLISHED, True),
        ("meaning", 0, Status.PUBLISHED, True),
        ("wording", 0, Status.PUBLISHED, False),
        ("", -1, Status.PUBLISHED, False),
        ("", 0, Status.WITHDRAWN, False),
    ],
)
def test_what_a_newer_record_took_the_place_of_is_flagged(
    app, expert, where, significance, days, status, flagged
):
    with app.extensions["kb"].database.writing() as session:
        study = session.scalar(select(Source)).id
        known = Known(codes=make.CODES, sources={"study": study})
        newer = make.record(session, known, "newer", "guideline", number=9)
        newer.status = status
        old = session.scalar(select(Record.id).where(Record.ref == "P-1"))
        session.add(Relation(from_id=newer.id, to_id=old, kind="supersedes"))
        session.commit()
    happens(app, significance, days=days, ref="G-9")
    page = expert.get(where).text
    assert ("P-1 is an older edition now; G-9 took its place" in page) == flagged
    assert (FLAG in expert.get("/desk/questions").text) == flagged
    if flagged:
        assert expert.post(f"{where}/looked").status_code == 303
        assert "older edition" not in expert.get(where).text


@pytest.mark.thorough
def test_who_looked_says_that_it_is_still_right_until_it_changes_again(
    app, expert, where
):
    expert.post(f"{where}/looked", {"why": "too early"})
    assert rows(app, Look) == []
    happens(app)
    long = expert.post(f"{where}/looked", {"why": "x" * 2001})
    assert long.status_code == 422
    for _twice in range(2):
        reply = expert.post(f"{where}/looked", {"why": "The distance stays"})
        assert reply.status_code == 303
    assert len(rows(app, Look)) == 1
    assert FLAG not in expert.get("/desk/questions").text
    assert "The distance stays" in expert.get(where).text
    happens(app, days=1)
    assert FLAG in expert.get("/desk/questions").text


def test_to_answer_again_settles_it_too(app, expert, where):
    happens(app)
    again = ANSWER | {"words": "A metre each way, it turned out."}
    assert expert.post(f"{where}/answer", again).status_code == 303
    assert FLAG not in expert.get("/desk/questions").text


def told(app):
    return [
        row.recipient for row in rows(app, Letter) if row.purpose == "answer-shaken"
    ]


def tell(app):
    return tell_shaken(app.extensions["kb"].database.writing, "https://h.example")


def test_who_answered_is_told_once_for_each_change(app, where):
    assert tell(app) == 0
    happens(app)
    assert [tell(app), tell(app)] == [1, 0]
    assert told(app) == ["expert-bf@desk.example"]
    happens(app, days=1)
    assert [tell(app), tell(app)] == [1, 0]
    goes(app)
    assert len(told(app)) == 2


def test_nobody_is_told_of_what_was_looked_at_or_means_the_same(app, expert, where):
    happens(app, "wording")
    assert tell(app) == 0
    happens(app)
    assert expert.post(f"{where}/looked", {"why": "It is."}).status_code == 303
    assert tell(app) == 0


def test_if_who_answered_is_gone_those_at_the_desk_are_told(app, where):
    at(app, "bf", name="Another")
    happens(app)
    with app.extensions["kb"].database.writing() as session:
        session.execute(update(Message).values(by_id=None))
        session.commit()
    assert tell(app) >= 1
    assert "another@desk.example" in " ".join(told(app)).lower()


def test_the_queue_shows_nothing_else_if_asked(app, expert, where):
    happens(app)
    assert FLAG in expert.get("/desk/questions?look=yes").text
    assert "Only those given to me" not in expert.get("/desk/questions?look=yes").text
