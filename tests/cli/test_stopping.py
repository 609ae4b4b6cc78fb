"""The worker is told to stop at any moment, also amid a statement."""

import os
import signal

import pytest
from sqlalchemy import Integer, TypeDecorator, bindparam, create_engine, event, select

from kb.cli.office import Desk
from kb.cli.worker import Bell, Stopping, work
from kb.migrations.apply import upgrade
from kb.settings import Settings


class Stopped(TypeDecorator):
    """A number; somebody stops the program while it is bound."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value, dialect):
        os.kill(os.getpid(), signal.SIGTERM)
        return value


class LastWords:
    """Somebody stops the program while this is thrown away: what is raised is lost."""

    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def listening():
    ways = signal.SIGTERM, signal.SIGINT
    before = [signal.signal(way, Bell().ring) for way in ways]
    yield
    for way, handler in zip(ways, before, strict=True):
        signal.signal(way, handler)


def test_a_stop_while_values_are_bound_is_no_fault_of_the_statement(listening):
    binding = select(bindparam("number", 1, Stopped()))
    with create_engine("sqlite://").connect() as connection, pytest.raises(Stopping):
        connection.execute(binding)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_that_is_lost_while_something_dies_is_obeyed(listening, tmp_path):
    desk = Desk(Settings(home=str(tmp_path), secret_key="for tests only, long"))
    upgrade(desk.database.engine)
    waiting = [LastWords()]
    event.listen(
        desk.database.engine, "before_cursor_execute", lambda *_: waiting.clear()
    )
    work(desk, every=0.01)
    assert not waiting
    desk.database.engine.dispose()
