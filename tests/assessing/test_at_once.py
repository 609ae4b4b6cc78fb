"""Several workers, several hands: what comes at once is done once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kb.assessing.given import Seen
from kb.assessing.history import version_of
from kb.assessing.models import Assessment
from kb.assessing.service import assess
from kb.errors import Conflict
from kb.outbox import Letter
from kb.people.accounts import by_email
from kb.people.models import Role
from kb.record.models import Record
from kb.worker import remind_due
from kb.writing.models import Draft
from tests.assessing.house import PARTLY, due_house
from tests.feedback.house import staff
from tests.people.visitor import rows

AT_ONCE = 4


@pytest.fixture
def house(empty):
    due_house(empty.app)
    staff(empty.app, Role.EDITOR)
    return empty


def together(work):
    with ThreadPoolExecutor(AT_ONCE) as hands:
        return [one.result() for one in [hands.submit(work, n) for n in range(AT_ONCE)]]


def test_workers_that_run_at_once_send_one_message(house):
    writing = house.office.database.writing
    told = together(lambda _n: remind_due(writing, "https://humus.example"))
    assert sum(told) == 1
    assert len(rows(house.app, Letter)) == 1


@pytest.mark.parametrize("same", [True, False])
def test_forms_that_come_at_once_are_one_assessment(house, same):
    given = dict.fromkeys(("evidence", "users", "note"), "") | PARTLY

    def send(number):
        with house.office.database.writing() as session:
            record = session.scalars(select(Record).where(Record.ref == "P-1")).one()
            by = by_email(session, "editor@desk.example")
            once = f"{0 if same else number:032x}"
            seen = Seen(once, version_of(session, record.id), 0)
            try:
                kept = assess(session, record, given, seen, by=by).id
            except Conflict:
                return None
            session.commit()
            return kept

    kept = together(send)
    assert len(rows(house.app, Assessment)) == len(rows(house.app, Draft)) == 1
    assert kept.count(None) == (0 if same else AT_ONCE - 1)
    assert len({number for number in kept if number}) == 1
