"""When readers are told, and that taking a record in anew does not turn the clock."""

from datetime import date, timedelta

import pytest

from kb.assessing.clock import GRACE, not_assessed_since
from kb.record.models import Record
from tests import make

DUE, BORN = date(2027, 1, 31), date(2026, 1, 31)
LATE = DUE + GRACE + timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "assessed", "today", "since"),
    [
        (DUE, None, DUE, None),
        (DUE, None, DUE + GRACE, None),
        (DUE, None, LATE, BORN),
        (DUE, date(2026, 5, 1), LATE, date(2026, 5, 1)),
        (
            DUE,
            DUE + timedelta(days=3),
            LATE,
            None,
        ),  # partly true: a change is on its way
        (None, None, LATE, None),
    ],
)
def test_readers_are_told_when_the_grace_is_over(due, assessed, today, since):
    record = Record(published_on=BORN, review_due_on=due, assessed_on=assessed)
    assert not_assessed_since(record, today) == since


def test_what_comes_in_anew_keeps_the_later_day(session):
    known = make.vocabularies(session)
    first = make.record(session, known, "zai", number=1, published="2026-01-31")
    assert first.review_due_on == DUE
    first.review_due_on, first.assessed_on = date(2028, 2, 1), date(2027, 2, 1)
    session.flush()
    again = make.record(session, known, "zai", number=1, published="2026-01-31")
    assert (again.review_due_on, again.assessed_on) == (
        date(2028, 2, 1),
        date(2027, 2, 1),
    )
    newer = make.record(session, known, "zai", number=1, published="2027-06-01")
    assert newer.review_due_on == date(2028, 6, 1)
