"""The worker killed at any moment: index readable, nothing it had done with is lost."""

import os
import signal
from random import Random
from time import sleep

import pytest
from sqlalchemy import update

from kb import journal
from kb.database import Base, open_database
from kb.record.models import Text
from kb.search.document import Query
from kb.search.documents import Records
from kb.search.drift import Drift, compare
from kb.search.open import open_index
from kb.worker import rebuild_all, run_once
from tests.conftest import often
from tests.make import record, vocabularies, words
from tests.search.test_whoosh_folder import Busy

ROUNDS = often(8, 60)
RECORDS = 5


@pytest.fixture
def place(tmp_path):
    """Give the addresses of a database with a few records and of their index."""
    database = open_database(f"sqlite:///{tmp_path / 'kb.sqlite'}")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        known = vocabularies(session)
        for n in range(RECORDS):
            french = words(f"Numéro {n}", state="draft")
            texts = {"en": words(f"Number {n}"), "fr": french}
            record(session, known, f"r{n}", number=n + 1, texts=texts)
        session.commit()
    index = open_index(f"whoosh:{tmp_path / 'index'}")
    rebuild_all(database, index)
    yield database, index
    database.engine.dispose()


def publish(database, number, title):
    with database.writing() as session:
        named = update(Text).where(Text.record_id == number, Text.language == "en")
        session.execute(named.values(title=title))
        said = {"kind": "practice", "record_id": number, "by": "a test"}
        journal.write(session, "changed", **said)
        session.commit()


@pytest.mark.thorough
def test_a_worker_killed_at_any_moment_loses_nothing(place, tmp_path):
    database, index = place
    chance, published = Random(3), 0
    for _ in range(ROUNDS):
        database.engine.dispose()
        child = os.fork()
        if not child:
            work_until_killed(tmp_path)
        for _ in range(chance.randrange(4)):
            published += 1
            publish(database, chance.randrange(RECORDS) + 1, f"word{published}")
            sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        reader = open_index(f"whoosh:{tmp_path / 'index'}")
        assert reader.find(Query()).total == RECORDS
        assert (
            compare(Records(database.reading), reader) == Drift()
        )  # but for what waits
    run_once(database, index)
    assert index.held().keys() == set(range(1, RECORDS + 1))
    assert compare(Records(database.reading), index) == Drift()


@pytest.mark.thorough
def test_two_workers_at_once_lose_nothing(place, tmp_path):
    database, index = place

    def worker():
        run_once(database, open_index(f"whoosh:{tmp_path / 'index'}"))

    with Busy(worker, worker) as busy:
        for n in range(2 * ROUNDS):
            publish(database, n % RECORDS + 1, f"word{n}")
            sleep(0.005)
    assert busy.wrong == []
    run_once(database, index)
    assert compare(Records(database.reading), index) == Drift()


def work_until_killed(folder):
    database = open_database(f"sqlite:///{folder / 'kb.sqlite'}")
    index = open_index(f"whoosh:{folder / 'index'}")
    while True:
        for _ in range(3):
            run_once(database, index)
        rebuild_all(database, index)
