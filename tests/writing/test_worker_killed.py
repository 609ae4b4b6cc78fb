"""The worker killed while records are published: each of them is there and found."""

import gc
import os
import signal
from random import Random
from time import sleep

import pytest
from sqlalchemy import text

from kb.cli.office import Desk
from kb.cli.worker import work
from kb.migrations.apply import upgrade
from kb.people.models import Role
from kb.record.lookups import by_ref
from kb.search.document import Query
from kb.search.documents import Records
from kb.search.drift import Drift, compare
from kb.search.service import search
from kb.settings import Settings
from kb.worker import rebuild_all, run_once
from tests.conftest import often
from tests.make import vocabularies
from tests.writing.desk import document, person, published

ROUNDS = often(3, 20)
AT_ONCE = 3
"""Records published in a round, at most."""
LATEST_SECONDS = 0.5
"""After so long at the latest the worker is killed."""


@pytest.fixture
def desk(tmp_path):
    """An installation in which one person writes and another publishes."""
    desk = Desk(Settings(home=str(tmp_path), address="https://humus.example"))
    upgrade(desk.database.engine)
    with desk.database.writing() as session:
        vocabularies(session)
        people = person(session, "Awa"), person(session, "Eva", Role.EDITOR)
        session.commit()
    rebuild_all(desk.database, desk.index)
    yield desk, people
    desk.database.engine.dispose()


def publish(desk, people, title):
    """Give the code of what is published, once that is acknowledged."""
    with desk.database.writing() as session:
        author, editor = (session.merge(one, load=True) for one in people)
        record = published(session, author, editor, document(title))
        session.commit()
        return record.ref


def begun_worker(desk):
    """Start the worker as ``kb worker`` does, in a process of its own."""
    desk.database.engine.dispose()
    child = os.fork()
    if not child:
        gc.disable()
        work(Desk(desk.settings), 0.01)
        os._exit(0)
    return child


@pytest.mark.thorough
def test_a_worker_killed_at_any_moment_loses_nothing_that_was_published(desk):
    desk, people = desk
    chance, acknowledged = Random(8), {}
    for _ in range(ROUNDS):
        child = begun_worker(desk)
        for _ in range(chance.randint(1, AT_ONCE)):
            word = f"pit{len(acknowledged)}"
            acknowledged[word] = publish(desk, people, f"Dig {word}")
            sleep(chance.uniform(0, LATEST_SECONDS / AT_ONCE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert len(acknowledged) >= ROUNDS
    run_once(desk.database, desk.index)
    with desk.database.reading() as session:
        there = by_ref(session, list(acknowledged.values()), "en")
        assert there.keys() == set(acknowledged.values())
        for word, ref in acknowledged.items():
            found = search(session, desk.index, Query(f'"{word}"'))
            assert [one.record.ref for one in found.shown] == [ref], word
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert compare(Records(desk.database.reading), desk.index) == Drift()
