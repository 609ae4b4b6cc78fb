"""Two houses for the tests, on each database: one with the real seeds, one empty.

The seeded house is filled once and only read. The empty house is emptied after every
test. Both are real: real migrations, real SQLite and PostgreSQL, real Whoosh.
"""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text

from kb.app import create_app
from kb.database import Base
from kb.entrance.request import Office
from kb.exchange.seeds import sow
from kb.kinds import KINDS
from kb.migrations.apply import upgrade
from kb.search.upkeep import rebuild
from kb.settings import Settings, shipped
from tests import postgres

DATABASES = ("sqlite", "postgresql")


def missing(what: str, install: str) -> None:
    """Skip for want of a program; where nothing may be skipped, fail instead."""
    said = f"no {what} on this machine; to run this test: {install}"
    if os.environ.get("KB_TEST_NOTHING_SKIPPED"):
        pytest.fail(said)
    pytest.skip(said)


@dataclass
class House:
    """One installation under test."""

    settings: Settings

    @cached_property
    def app(self) -> Flask:
        app = create_app(self.settings)
        app.config["TESTING"] = False
        return app

    @property
    def office(self) -> Office:
        return self.app.extensions["kb"]

    def built(self) -> "House":
        upgrade(self.office.database.engine)
        return self

    def seeded(self) -> "House":
        with self.office.database.writing() as session:
            sow(session, shipped("seeds"), KINDS)
            rebuild(session, self.office.index)
            session.commit()
        return self

    def emptied(self) -> None:
        with self.office.database.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
            session.commit()
        self.office.index.refill([])


class Houses:
    """Builds each house when it is first asked for."""

    def __init__(self, folder, stack):
        self._folder, self._stack, self._built = folder, stack, {}

    @cached_property
    def _postgres(self):
        if postgres.programs() is None:
            missing("PostgreSQL", postgres.NEEDED)
        return self._stack.enter_context(postgres.running())

    def url(self, database, name):
        if database == "sqlite":
            return f"sqlite:///{self._folder / name}.sqlite"
        main = create_engine(
            self._postgres.format(name="postgres"), isolation_level="AUTOCOMMIT"
        )
        with main.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        main.dispose()
        return self._postgres.format(name=name)

    def house(self, database, name, search):
        key = (database, name)
        if key not in self._built:
            settings = Settings(
                home=str(self._folder / f"{database}-{name}"),
                database=self.url(database, name),
                search=search,
                secret_key="for tests",
            )
            house = House(settings).built()
            self._built[key] = house.seeded() if name == "seeded" else house
            self._stack.callback(house.office.database.engine.dispose)
        return self._built[key]


@pytest.fixture(scope="session")
def houses(tmp_path_factory):
    with ExitStack() as stack:
        yield Houses(tmp_path_factory.mktemp("houses"), stack)


@pytest.fixture(params=DATABASES)
def database(request):
    return request.param


@pytest.fixture
def seeded(houses, database, tmp_path_factory):
    """The house with the real seeds; not to be changed."""
    whoosh = f"whoosh:{tmp_path_factory.getbasetemp() / 'index'}"
    return houses.house(
        database, "seeded", whoosh if database == "sqlite" else "memory:"
    )


@pytest.fixture
def empty(houses, database):
    """The house with nothing in it, for a test to fill."""
    house = houses.house(database, "empty", "memory:")
    yield house
    house.emptied()


@pytest.fixture
def session(empty):
    with empty.office.database.writing() as session:
        yield session


@pytest.fixture
def client(seeded):
    """A browser without scripts in the seeded house."""
    return seeded.app.test_client()


@pytest.fixture
def queries(seeded):
    """The statements that read from the seeded house while a test runs."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    engine = seeded.office.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
