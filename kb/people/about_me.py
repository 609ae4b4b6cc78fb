"""Everything that is kept about a person, for herself; no secret is among it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from kb.outbox import Letter
from kb.people import log
from kb.people.holding import Holding
from kb.people.models import (
    ApiToken,
    Link,
    PasswordHash,
    Person,
    PrivilegedAct,
    RecoveryCode,
    RoleGrant,
    SecondFactor,
    SignedIn,
)

SHOWN: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "password": (PasswordHash, ("changed",)),
    "second_factor": (SecondFactor, ("confirmed",)),
    "recovery_codes": (RecoveryCode, ("used",)),
    "sign_ins": (SignedIn, ("device", "created", "last_used", "revoked")),
    "links": (Link, ("purpose", "expires", "used")),
    "roles": (
        RoleGrant,
        ("role", "scope_kind", "scope", "granted_by", "granted", "revoked"),
    ),
    "tokens": (
        ApiToken,
        ("name", "scope", "created", "expires", "last_used", "revoked"),
    ),
    "log": (PrivilegedAct, ("at", "what", "done_by", "note")),
}
"""Part → its table, and the columns that are shown, listed by hand."""
PERSON = ("id", "name", "email", "languages", "region_code", "created", "confirmed")
LETTER = ("purpose", "recipient", "language", "subject", "state", "written")


def everything_about(
    session: Session, person: Person, holdings: Sequence[Holding] = ()
) -> dict[str, Any]:
    """Give all that is kept about a person, here and in other rooms, ready for JSON."""
    log.write(session, "exported", person)
    parts: dict[str, Any] = {"person": _row(person, PERSON)}
    for name, (table, columns) in SHOWN.items():
        order = inspect(table).primary_key
        rows = select(table).where(table.person_id == person.id).order_by(*order)
        parts[name] = [_row(row, columns) for row in session.scalars(rows)]
    sent = select(Letter).where(Letter.recipient == person.email).order_by(Letter.id)
    parts["messages"] = [_row(row, LETTER) for row in session.scalars(sent)]
    return parts | {each.name: each.shown(session, person) for each in holdings}


def _row(row: object, columns: tuple[str, ...]) -> dict[str, Any]:
    given = {name: getattr(row, name) for name in columns}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in given.items()
    }
