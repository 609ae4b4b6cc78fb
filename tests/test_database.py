"""The settings that keep an SQLite file whole, read back from a pooled connection."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from kb.database import HeldSession, Moment, Watch, open_database
from kb.settings import ROOT


@pytest.fixture
def opened(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    yield opened
    opened.engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 5000),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
    ],
)
def test_sqlite_is_set_up(opened, pragma, value):
    with opened.reading() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_watch_says_when_somebody_else_wrote(opened):
    watch = Watch(opened.engine)
    with opened.writing() as session:
        assert [watch.stirred(), watch.stirred()] == [True, False]
        session.execute(text("CREATE TABLE n (v INTEGER)"))
        assert not watch.stirred()
        session.commit()
    assert [watch.stirred(), watch.stirred()] == [True, False]
    with opened.reading() as session:
        session.execute(text("SELECT v FROM n"))
    assert not watch.stirred()
    watch.close()


def test_no_edit_is_lost_when_two_writers_meet(opened):
    with opened.writing() as session:
        session.execute(text("CREATE TABLE n (v INTEGER)"))
        session.execute(text("INSERT INTO n VALUES (0)"))
        session.commit()

    def add():
        for _ in range(25):
            with opened.writing() as session:
                now = session.scalar(text("SELECT v FROM n"))
                session.execute(text("UPDATE n SET v = :v"), {"v": now + 1})
                session.commit()

    writers = [threading.Thread(target=add) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with opened.reading() as session:
        assert session.scalar(text("SELECT v FROM n")) == 100


def test_a_moment_is_kept_in_utc_and_never_guessed():
    moment = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=3)))
    assert Moment().process_bind_param(moment, None).hour == 9
    assert Moment().process_result_value(datetime(2026, 1, 1), None).tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 1, 1), None)


@pytest.mark.thorough
def test_garbage_collection_cannot_crash_a_session_that_closes(opened):
    script = ROOT / "tests" / "dying_objects.py"
    command = [sys.executable, str(script)]
    said = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=600
    )
    assert (said.returncode, said.stdout) == (0, "alive\n"), said.stderr
    for make in (opened.reading, opened.writing):
        assert isinstance(make(), HeldSession)
