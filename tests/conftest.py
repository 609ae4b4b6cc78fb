"""Two houses for the tests, on each database: one with the real seeds, one empty.

The seeded house is filled once, by the command a newcomer runs, and only read; on
PostgreSQL its rows are copied. The empty house is emptied after every test. Both are
real: real migrations, real SQLite and PostgreSQL, real Whoosh.

How much is tried: ``pytest`` alone tries each statement in one case, on SQLite, and
leaves out those marked ``thorough``. Whoever names a file or folder tries all of it;
there a test that only reads the seeded house, or asks for ``either``, runs on one of
the databases, half of them on each. With ``HUMUS_THOROUGH=1``, as in ``.ci/run``, all
cases of all tests run on both, and made-up collections and accidents are tried ten
times as often.
"""

import gc
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from zlib import crc32

import pytest
from flask import Flask
from hypothesis import settings as examples
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, select, text

from kb.app import create_app
from kb.database import Base
from kb.entrance.request import Office
from kb.migrations.apply import upgrade
from kb.people.passwords import Hasher
from kb.settings import ROOT, Settings
from tests import postgres

gc.disable()  # until all tests are collected
IN_MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 * 2**30
COMPILED = ROOT / ".pytest_cache" / "templates"
"""Where templates that one test process compiled are found by all, as modules are."""
QUIET = Settings(secret_key="for tests", count_searches="no", count_use="no")
CHEAP = Hasher(memory_kib=8, passes=1)
"""Passwords are hashed as ever, but it takes no time; one test pays the full price."""
DATABASES = ("sqlite", "postgresql")
TABLES = Base.metadata.sorted_tables
WHETHER_FILLED = select(
    *[table.select().exists().label(table.name) for table in TABLES]
)
THOROUGH = os.environ.get("HUMUS_THOROUGH") == "1"


def often(usually: int, thoroughly: int) -> int:
    """Say how often something is to be tried; ``HUMUS_EXAMPLES`` overrules both."""
    return int(os.environ.get("HUMUS_EXAMPLES", thoroughly if THOROUGH else usually))


examples.register_profile("humus", max_examples=often(25, 100), deadline=None)
examples.load_profile("humus")


def pytest_configure(config):
    """Leave the settings of this machine out; keep what was compiled.

    The tests start some forty processes, and each would compile the house again. They
    wait for no disk where folders can be in memory; those of a good run are removed.
    """
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    for name in [name for name in os.environ if name.startswith("KB_")]:
        del os.environ[name]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def pytest_generate_tests(metafunc):
    """Let a test of a house run on each database that is tried today."""
    if "tried_database" in metafunc.fixturenames:
        one = not THOROUGH and asks_for_all(metafunc.config.args)
        metafunc.parametrize("tried_database", DATABASES[:1] if one else DATABASES)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with what needs no content, for it takes a while to be there; then long."""
    chosen = chosen_of(items, all_asked=asks_for_all(config.args))
    if len(chosen) < len(items):
        kept = set(chosen)
        config.hook.pytest_deselected(items=[x for x in items if x not in kept])
        items[:] = chosen
    items.sort(
        key=lambda item: (
            not {"demo", "seeded"}.isdisjoint(item.fixturenames),
            item.get_closest_marker("long") is None,
        )
    )


def asks_for_all(args):
    """Say whether no file or folder is named."""
    return [Path(each).resolve() for each in args] == [ROOT / "tests"]


def chosen_of(items, *, all_asked):
    """Give the tests that are run today, of those that were collected."""
    if THOROUGH:
        return items
    if not all_asked:
        return [item for item in items if its_turn(item)]
    one_of = {}
    for item in sorted(items, key=lambda item: crc32(item.nodeid.encode())):
        if item.get_closest_marker("thorough") is None and not on_postgresql(item):
            one_of.setdefault(item.nodeid.partition("[")[0], item)
    kept = set(one_of.values())
    return [item for item in items if item in kept]


def params(item):
    """Give what tells one case of a test from another."""
    return item.callspec.params if hasattr(item, "callspec") else {}


def on_postgresql(item):
    """Say whether a test is about the other database."""
    return "postgresql" in map(str, params(item).values())


def its_turn(item):
    """Say whether a test of the seeded house runs on this database today."""
    turns = {"seeded", "either"} & set(item.fixturenames)
    mine = params(item).get("tried_database", params(item).get("database"))
    if not turns or mine is None:
        return True
    test = item.nodeid.replace(mine, "").encode()
    return DATABASES[crc32(test) % len(DATABASES)] == mine


def pytest_collection_finish(session):
    """Look for garbage less often, and not in what will stay to the end."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def missing(what: str, install: str) -> None:
    """Skip for want of a program; where nothing may be skipped, fail instead."""
    said = f"no {what} on this machine; to run this test: {install}"
    if os.environ.get("HUMUS_NOTHING_SKIPPED"):
        pytest.fail(said)
    pytest.skip(said)


@dataclass
class House:
    """One installation under test."""

    settings: Settings

    @cached_property
    def app(self) -> Flask:
        app = create_app(self.settings, hasher=CHEAP)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
        return app

    @property
    def office(self) -> Office:
        return self.app.extensions["kb"]

    @property
    def engine(self) -> Engine:
        return self.office.database.engine

    def emptied(self) -> None:
        with self.office.database.writing() as session:
            filled = session.execute(WHETHER_FILLED).one()
            for table in reversed(TABLES):
                if getattr(filled, table.name):
                    session.execute(table.delete())
            session.commit()
        shutil.rmtree(self.settings.pictures_folder, ignore_errors=True)
        self.office.index.refill([])
        self.office.kept.clear()
        self.office.vocabularies.clear()


class Houses:
    """Builds each house when it is first asked for."""

    def __init__(self, folder: Path, shared: Path, stack: ExitStack) -> None:
        self._folder, self._shared, self._stack = folder, shared, stack
        COMPILED.mkdir(parents=True, exist_ok=True)
        self._built: dict[tuple[str, str], House] = {}

    def begin_the_demo(self) -> None:
        """Type the README's first command, unless another test process has."""
        under_way = self._shared / "demo-under-way"
        try:
            under_way.mkdir()
        except FileExistsError:
            return
        command = [sys.executable, "-m", "tests.cli.first_command"]
        with (under_way / "wrong.txt").open("w") as wrong:
            begun = subprocess.Popen(
                [*command, str(self._shared / "demo")], cwd=ROOT, stderr=wrong
            )
        self._stack.callback(begun.wait)

    @cached_property
    def demo(self) -> Path:
        """What the first command left: home folder, first answer, what it said."""
        folder = self._shared / "demo"
        while not folder.exists():
            time.sleep(0.1)
        assert (folder / "said.txt").exists(), (folder / "wrong.txt").read_text()
        return folder

    @cached_property
    def _postgres(self) -> str:
        if postgres.programs() is None:
            missing("PostgreSQL", postgres.NEEDED)
        return self._stack.enter_context(postgres.running())

    def url(self, database: str, name: str) -> str:
        if database == "sqlite":
            return f"sqlite:///{self._folder / name}.sqlite"
        server = create_engine(
            self._postgres.format(name="postgres"), isolation_level="AUTOCOMMIT"
        )
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        server.dispose()
        return self._postgres.format(name=name)

    def house(self, database: str, name: str) -> House:
        if (database, name) not in self._built:
            house = (
                self._seeded(database) if name == "seeded" else self._empty(database)
            )
            self._built[database, name] = house
            self._stack.callback(house.engine.dispose)
        return self._built[database, name]

    def _empty(self, database: str) -> House:
        url = self.url(database, "empty")
        home = str(self._folder / f"empty-{database}")
        house = House(replace(QUIET, home=home, database=url, search="memory:"))
        upgrade(house.engine)
        return house

    def _seeded(self, database: str) -> House:
        home = self._folder / f"seeded-{database}"
        shutil.copytree(self.demo / "home", home)
        settings = replace(QUIET, home=str(home))
        house = House(settings)
        if database == "sqlite":
            return house
        url = self.url(database, "seeded")
        copy = House(replace(settings, database=url))
        upgrade(copy.engine)
        with house.engine.connect() as old, copy.engine.begin() as new:
            for table in TABLES:
                rows = [dict(row) for row in old.execute(table.select()).mappings()]
                if rows:
                    new.execute(table.insert(), rows)
        house.engine.dispose()
        return copy


@pytest.fixture(scope="session")
def houses(tmp_path_factory, worker_id):
    own = tmp_path_factory.getbasetemp()
    with ExitStack() as stack:
        shared = own if worker_id == "master" else own.parent
        built = Houses(tmp_path_factory.mktemp("houses"), shared, stack)
        built.begin_the_demo()
        yield built


@pytest.fixture(scope="session")
def demo(houses):
    """The folder in which the README's first command was run."""
    return houses.demo


@pytest.fixture
def database(tried_database):
    return tried_database


@pytest.fixture
def seeded(houses, database):
    """The house with the real seeds; not to be changed."""
    return houses.house(database, "seeded")


@pytest.fixture
def empty(houses, database):
    """The house with nothing in it, for a test to fill."""
    house = houses.house(database, "empty")
    yield house
    house.emptied()


@pytest.fixture
def either(empty):
    """The empty house, on one of the databases where either will do."""
    return empty


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

    engine = seeded.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
