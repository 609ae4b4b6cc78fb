"""How far each language was is written down once a day, in numbers alone."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from kb.record.models import Status
from kb.translating.history import Day, days_of, newest_day, note_day, thinned
from kb.translating.listing import lacking, matrix, standing
from kb.translating.models import TranslationDay
from kb.worker import note_translations
from tests.translating.house import COMMENT, HOW, Team

TODAY = date(2026, 11, 24)


@pytest.fixture
def team(session):
    return Team(session)


def test_a_day_is_written_down_once(team):
    session = team.session
    assert note_day(session, ["fr", "es", "en"], TODAY)
    team.hand_in(how=COMMENT)
    assert not note_day(session, ["fr", "es", "en"], TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert note_day(session, ["fr", "es", "en"], tomorrow)
    french = [
        Day(TODAY, {"machine-drafted": 3, "missing": 2}),
        Day(tomorrow, {"machine-drafted": 3, "missing": 1, "in-review": 1}),
    ]
    missing = {"missing": 5}
    assert days_of(session) == {
        "fr": french,
        "es": [Day(TODAY, missing), Day(tomorrow, missing)],
    }
    assert days_of(session, "fr", since=tomorrow) == {"fr": french[1:]}
    assert newest_day(session) == {"fr": french[1], "es": Day(tomorrow, missing)}


def test_only_what_is_public_counts(team):
    team.record.status = Status.WITHDRAWN
    team.session.flush()
    note_day(team.session, ["fr"], TODAY)
    assert team.session.scalars(select(TranslationDay)).all() == []


def test_the_worker_writes_it_down_once_a_day(either):
    database = either.office.database
    with database.writing() as session:
        Team(session)
        session.commit()
    assert note_translations(database.writing)
    assert not note_translations(database.writing)
    with database.reading() as session:
        found = newest_day(session)
    assert found["fr"].states == {"machine-drafted": 3, "missing": 2}
    assert "en" not in found


def test_a_long_history_is_drawn_at_even_steps_to_the_newest():
    days = [Day(TODAY + timedelta(days=n), {}) for n in range(365)]
    drawn = thinned(days)
    assert len(drawn) <= 60
    assert drawn[-1] == days[-1]
    assert {b.day - a.day for a, b in pairwise(drawn)} == {timedelta(days=7)}
    assert thinned(days[:3]) == days[:3]


def test_words_of_the_source_are_counted_by_the_state_of_their_field(team):
    one = standing(team.session, "fr")[team.record.id]
    assert one.states == {"machine-drafted": 3, "missing": 2}
    assert (HOW, one.words["missing"]) == (team.bench().rows["how"].source, 11 + 1)
    assert one.words["machine-drafted"] == 1 + 2 + 3, "Pits; Pits helps; Mark the line"
    assert lacking(team.session, team.editor, "en") == []


def test_the_matrix_says_of_each_field_what_the_bench_says(team):
    team.hand_in(how=COMMENT)
    found = matrix(team.session, team.record, ["en", "fr", "sw"])
    assert set(found) == {"fr", "sw"}
    assert found["fr"] == {n: row.state for n, row in team.bench().rows.items()}
    assert set(found["sw"].values()) == {"missing"}
