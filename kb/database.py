"""Where records are kept: the base class, column types and sessions."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SQLITE_SETTINGS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "busy_timeout": "5000",
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "cache_size": "-500",
}
"""Half a megabyte of pages for each connection: the system keeps the file in memory
once for all of them."""


class Base(DeclarativeBase):
    """Base of every table; constraint names are fixed so migrations can drop them."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; a naive datetime is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Store as UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Read back as UTC (SQLite forgets the zone)."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class HeldSession(Session):
    """A session whose objects live until it is closed.

    Objects that point at each other (a record and its texts) die in garbage collection,
    which on CPython 3.11 may start while the session lets go of that very object; both
    then free the same memory and the process crashes. Whoever holds the object while
    the session lets go cannot meet it. `tests/dying_objects.py` crashes without this.
    """

    def close(self) -> None:
        """Let go of everything, then let it die."""
        held = list(self.identity_map.values())
        super().close()
        del held


@dataclass(frozen=True)
class Database:
    """One database, opened: makers of sessions that read and of sessions that write.

    On SQLite a writing session takes the write lock when it begins (BEGIN IMMEDIATE),
    so that what it read cannot change under it; a reading session never waits.
    """

    engine: Engine
    reading: sessionmaker[Session]
    writing: sessionmaker[Session]
    of_one_moment: sessionmaker[Session]
    """Reading, however long it takes, what stood when it began. SQLite does so anyway;
    on PostgreSQL what others change meanwhile would be read half."""


class Watch:
    """Says at next to no cost whether somebody may have written since it last said so.

    SQLite counts the commits of other connections: to ask for the number takes a tenth
    of a millisecond and no lock, so it can be asked many times a second on a small
    machine. Of another database the answer is always yes: the asker has to look.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._last: int | None = None

    def stirred(self) -> bool:
        """Say whether to look; yes the first time.

        :raises sqlalchemy.exc.DatabaseError: the database cannot be opened.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        if self._connection is None:
            self._connection = self._engine.connect()
        number = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        self._connection.rollback()
        last, self._last = self._last, int(number)
        return last != self._last

    def close(self) -> None:
        """Let go of the connection that is kept for asking."""
        if self._connection is not None:
            self._connection.close()


def open_database(url: str, info: Mapping[Any, object] | None = None) -> Database:
    """Open the database at ``url``; nothing is created and nothing is asked yet.

    :param info: what every session is to carry (`Session.info`).
    """
    engine = create_engine(url, hide_parameters=True)  # an error may end in a log
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
    writer = engine.execution_options(writes=True)
    still = engine
    if engine.dialect.name == "postgresql":
        still = engine.execution_options(isolation_level="REPEATABLE READ")
    return Database(
        engine,
        reading=_sessions(engine, info),
        writing=_sessions(writer, info),
        of_one_moment=_sessions(still, info),
    )


def _sessions(
    engine: Engine, info: Mapping[Any, object] | None
) -> sessionmaker[Session]:
    return sessionmaker(
        engine, class_=HeldSession, expire_on_commit=False, info=dict(info or {})
    )


def _set_up_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in SQLITE_SETTINGS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin_on_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
