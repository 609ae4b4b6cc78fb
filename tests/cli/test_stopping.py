"""The worker is told to stop at any moment, also amid a statement."""

import os
import signal

import pytest
from sqlalchemy import Integer, TypeDecorator, bindparam, create_engine, select

from kb.cli.worker import Stopping, _stop


class Stopped(TypeDecorator):
    """A number; somebody stops the program while it is bound."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value, dialect):
        os.kill(os.getpid(), signal.SIGTERM)
        return value


@pytest.fixture
def listening():
    before = signal.signal(signal.SIGTERM, _stop)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_stop_while_values_are_bound_is_no_fault_of_the_statement(listening):
    binding = select(bindparam("number", 1, Stopped()))
    with create_engine("sqlite://").connect() as connection, pytest.raises(Stopping):
        connection.execute(binding)
