"""The journal: who did what to which record, written with the work itself.

Search, messages and figures do not listen for events. Each reads the lines it
has still to see, after the work was committed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Select, delete, func, insert, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.database import Base, Moment

KEPT_BACK = "kept back"
"""Said of a record that its community lets nobody see any more."""
SEARCH = "search"
"""The reader that keeps the index level, where there is one index for all."""


@dataclass(frozen=True)
class Readers:
    """Who sees every line: of all machines that keep an index, and of this one.

    Sessions carry it, so that whoever writes need not know of machines.
    """

    every: tuple[str, ...] = (SEARCH,)
    own: str = SEARCH


ONE_INDEX = Readers()


def readers_of(machines: Collection[str], own: str) -> Readers:
    """Give the readers of machines that keep an index each; of none, the one of all.

    >>> readers_of(["web1", "web2"], "web2")
    Readers(every=('search@web1', 'search@web2'), own='search@web2')
    """
    if not machines:
        return ONE_INDEX
    return Readers(tuple(f"{SEARCH}@{name}" for name in machines), f"{SEARCH}@{own}")


AT_ONCE = 500
"""Slips named in one statement."""


class JournalLine(Base):
    """One thing that was done to one record."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=lambda: datetime.now(UTC))
    what: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[int] = mapped_column(index=True)
    done_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class JournalDue(Base):
    """A slip: this reader has still to see this line. Thrown away when it has.

    A last-line-read mark would be shorter but loses lines: PostgreSQL may commit
    line 8 before line 7, and a reader that stopped at 8 never sees 7.
    """

    __tablename__ = "journal_due"

    line_id: Mapped[int] = mapped_column(ForeignKey(JournalLine.id), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)


def write(
    session: Session, what: str, *, kind: str, record_id: int, by: str, note: str = ""
) -> None:
    """Add a line; it is kept only if the work is committed.

    :param by: who did it, for example ``kb seed``.
    """
    line = JournalLine(what=what, kind=kind, record_id=record_id, done_by=by, note=note)
    session.add(line)
    session.flush()
    every = readers_in(session).every
    session.add_all(JournalDue(line_id=line.id, reader=reader) for reader in every)


def readers_in(session: Session) -> Readers:
    """Give the readers that a session was opened with."""
    readers: Readers = session.info.get(Readers, ONE_INDEX)
    return readers


def due(session: Session, reader: str, *, limit: int) -> Sequence[JournalLine]:
    """Give the oldest lines ``reader`` has still to see; it says later that it has."""
    return session.scalars(
        select(JournalLine)
        .join(JournalDue, JournalDue.line_id == JournalLine.id)
        .where(JournalDue.reader == reader)
        .order_by(JournalLine.id)
        .limit(limit)
    ).all()


def seen(session: Session, reader: str, line_ids: Collection[int]) -> None:
    """Throw away the slips of ``reader`` for these lines, now that its work is done.

    Slips are named one by one: another line may have been written meanwhile, with a
    lower number even.
    """
    ids = sorted(line_ids)
    for start in range(0, len(ids), AT_ONCE):
        session.execute(
            delete(JournalDue).where(
                JournalDue.reader == reader,
                JournalDue.line_id.in_(ids[start : start + AT_ONCE]),
            )
        )


def is_due(session: Session, reader: str) -> bool:
    """Say whether there is a line that ``reader`` has still to see."""
    return session.scalar(_ids_due(reader).limit(1)) is not None


def ids_due(session: Session, reader: str) -> Sequence[int]:
    """Give the numbers of all lines that ``reader`` has still to see."""
    return session.scalars(_ids_due(reader)).all()


def _ids_due(reader: str) -> Select[int]:
    return select(JournalDue.line_id).where(JournalDue.reader == reader)


def count_due(session: Session, reader: str) -> int:
    """Say how many lines ``reader`` has still to see."""
    slips = select(func.count()).where(JournalDue.reader == reader)
    return session.scalar(slips) or 0


def left_slips(session: Session) -> dict[str, int]:
    """Count the slips of readers that are none any more: of machines taken off."""
    named = select(JournalDue.reader, func.count()).group_by(JournalDue.reader)
    others = named.where(JournalDue.reader.not_in(readers_in(session).every))
    return {row[0]: row[1] for row in session.execute(others)}


def forget_left(session: Session) -> None:
    """Throw away the slips of readers that are none any more."""
    every = readers_in(session).every
    session.execute(delete(JournalDue).where(JournalDue.reader.not_in(every)))


def due_again(session: Session) -> None:
    """Let every reader look at all records again, as at the last that was done to each.

    For what concerns all of them and none in particular, such as another thesaurus.
    """
    for reader in readers_in(session).every:
        _due_again(session, reader)


def _due_again(session: Session, reader: str) -> None:
    last = select(func.max(JournalLine.id)).group_by(JournalLine.record_id)
    waiting = select(JournalDue.line_id).where(JournalDue.reader == reader)
    lines = select(JournalLine.id, literal(reader)).where(
        JournalLine.id.in_(last), JournalLine.id.not_in(waiting)
    )
    session.execute(insert(JournalDue).from_select(["line_id", "reader"], lines))
