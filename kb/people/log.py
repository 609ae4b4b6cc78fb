"""The log of what was done with rights: written with the act, never changed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import event, select
from sqlalchemy.orm import Mapper, Session

from kb.people.models import Person, PrivilegedAct


def write(
    session: Session, what: str, person: Person, *, by: str = "", note: str = ""
) -> None:
    """Add a line about a person.

    :param by: who did it; herself if nobody is named.
    """
    line = PrivilegedAct(
        at=datetime.now(UTC),
        what=what,
        done_by=by or called(person),
        person_id=person.id,
        note=note,
    )
    session.add(line)
    session.flush()


def called(person: Person) -> str:
    """Give how the log calls a person, also after the account is gone."""
    return f"person {person.id}"


def lines(
    session: Session, *, limit: int = 100, before: int | None = None
) -> Sequence[PrivilegedAct]:
    """Give the newest lines, newest first.

    :param before: number of a line, for those that are older.
    """
    newest = select(PrivilegedAct).order_by(PrivilegedAct.id.desc()).limit(limit)
    if before is not None:
        newest = newest.where(PrivilegedAct.id < before)
    return session.scalars(newest).all()


@event.listens_for(PrivilegedAct, "before_update")
@event.listens_for(PrivilegedAct, "before_delete")
def _refuse(mapper: Mapper[PrivilegedAct], _connection: object, line: object) -> None:
    """Hold that lines are only added; whoever tries else has made a mistake.

    :raises TypeError: always.
    """
    raise TypeError(f"a line of {mapper.local_table} is never changed: {line!r}")
