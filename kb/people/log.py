"""The log of what was done with rights: written with the act, never changed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def lines(session: Session, *, limit: int = 100) -> Sequence[PrivilegedAct]:
    """Give the newest lines, newest first."""
    newest = select(PrivilegedAct).order_by(PrivilegedAct.id.desc()).limit(limit)
    return session.scalars(newest).all()
