"""Uses are added up by month and language; of nobody, and of records that stay."""

from collections import Counter
from datetime import date

import pytest

from kb.credit.models import RecordUse
from kb.credit.use import (
    MONTHS,
    Line,
    line_of,
    months_until,
    this_month,
    totals,
    used,
    write,
)
from tests import make

OLD = months_until(this_month(), MONTHS + 1)[0]


@pytest.fixture
def number(session):
    return make.record(session, make.vocabularies(session), "zai").id


def test_what_is_counted_adds_up(session, number):
    for _each in range(2):
        counts = {
            line_of(number, "en"): Counter(views=2, opened=1),
            line_of(number, "fr"): Counter(shown=3),
            Line(number, OLD, "fr"): Counter(views=9),
        }
        write(session, counts)
    found = used(session, number, [(this_month(), "sw"), (OLD, "sw")])
    assert list(found.by_month) == months_until(this_month())
    total = {"views": 4, "opened": 2, "shown": 6, "tried": 1}
    assert +found.total == total == +found.by_month[this_month()]
    assert +found.by_language["fr"] == {"shown": 6}
    assert set(found.by_language) == {"en", "fr", "sw"}
    assert +totals(session, [number])[number] == {"views": 4, "opened": 2, "shown": 6}


def test_of_a_record_that_is_gone_nothing_is_kept_and_the_rest_is(session, number):
    write(
        session,
        {
            line_of(number + 1, "en"): Counter(views=1),
            line_of(number, "en"): Counter(views=1),
        },
    )
    assert [row.record_id for row in session.query(RecordUse)] == [number]


def test_what_nobody_used_is_a_row_of_noughts(session, number):
    found = used(session, number)
    assert len(found.by_month) == MONTHS
    assert not +found.total
    assert totals(session, []) == {}


@pytest.mark.parametrize("month", range(1, 13))
def test_the_months_follow_each_other_over_the_year(month):
    last = date(2026, month, 1)
    months = months_until(last)
    assert (len(months), months[-1]) == (MONTHS, last)
    assert months[0] == (date(2025, month + 1, 1) if month < 12 else date(2026, 1, 1))
