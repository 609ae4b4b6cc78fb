"""Everything that is kept about a person, for herself; no secret is among it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from kb.journal import JournalLine
from kb.outbox import Letter
from kb.people import log
from kb.people.belongings import Belongings, rows_of
from kb.people.models import (
    ApiToken,
    Consent,
    Link,
    PasswordHash,
    Person,
    PrivilegedAct,
    RecoveryCode,
    RoleGrant,
    SecondFactor,
    SignedIn,
)
from kb.stopping import stops_of

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
    "consents": (Consent, ("matter", "wording", "given", "at")),
    "log": (PrivilegedAct, ("at", "what", "done_by", "note")),
}
"""Part → its table, and the columns that are shown, listed by hand."""
PERSON = ("id", "name", "email", "languages", "region_code", "created", "confirmed")
DONE = ("at", "what", "kind", "record_id", "note")
LETTER = ("purpose", "recipient", "language", "subject", "state", "written")


def everything_about(
    session: Session, person: Person, rooms: Sequence[Belongings] = ()
) -> dict[str, Any]:
    """Give all that is kept about a person, ready for JSON.

    :param rooms: those above this one that keep something of people.
    """
    log.write(session, "exported", person)
    parts: dict[str, Any] = {"person": rows_of([person], PERSON)[0]}
    for name, (table, columns) in SHOWN.items():
        order = inspect(table).primary_key
        rows = select(table).where(table.person_id == person.id).order_by(*order)
        parts[name] = rows_of(session.scalars(rows), columns)
    sent = select(Letter).where(Letter.recipient == person.email).order_by(Letter.id)
    parts["messages"] = rows_of(session.scalars(sent), LETTER)
    stops = stops_of(session, person.email or "")
    parts["mail_stops"] = rows_of(stops, ("topic", "at"))
    done = select(JournalLine).where(JournalLine.done_by == log.called(person))
    parts["journal"] = rows_of(session.scalars(done.order_by(JournalLine.id)), DONE)
    others = {room.name: room.shown(session, person) for room in rooms}
    return {name: plain(part) for name, part in (parts | others).items()}


def plain(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """Give a value as JSON can hold it: days and times as ISO 8601 writes them."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
