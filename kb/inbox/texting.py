"""Taking in what a gateway posts: a text becomes words of a talk, or a question.

Whose number it is counts for no more than this: what comes from a number goes into
questions that were asked from that number, and what is told to it is told of these.
A text that says nothing known becomes a question: a person reads it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotValid
from kb.helpdesk.desks import Desks
from kb.helpdesk.text_tables import TextBecame, TextIn
from kb.inbox.talking import Heard, hear, hear_service
from kb.language import _
from kb.sms.gateway import Gateway, value_at
from kb.sms.numbers import is_service, normal
from kb.sms.phones import held_phone, stop_phone
from kb.sms.posted import fields_in, require_gateway
from kb.sms.receipts import receipt
from kb.sms.tables import PartState, Phone, TextPart

AGAIN = timedelta(seconds=10)
"""Without a name the same text within this time is the same delivered again."""
LONGEST_NAME = 200


class Door(StrEnum):
    """What a gateway tells of, each at an address of its own."""

    RECEIVE = "receive"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    STOPPED = "stopped"
    STATUS = "status"
    """One of the four before; a field says which."""


@dataclass(frozen=True)
class Posted:
    """What a gateway posted."""

    door: Door
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes


def take_post(
    session: Session, posted: Posted, gateway: Gateway, desks: Desks, site: str
) -> None:
    """Take in what a gateway posted.

    :raises NotAllowed: the gateway did not sign it just now.
    :raises Conflict: the very same came before.
    :raises NotValid: a field is missing or cannot be read.
    """
    require_gateway(session, gateway, posted.headers, posted.body)
    said = fields_in(posted.body, posted.headers.get("content-type", ""))
    if posted.door == Door.RECEIVE:
        _receive(session, said, gateway, desks, site)
    else:
        _receipt(session, posted.door, said, gateway)


def _receive(
    session: Session, said: Any, gateway: Gateway, desks: Desks, site: str  # noqa: ANN401
) -> None:  # fmt: skip
    sender = _needed(said, gateway.receive["from"], "from").strip()
    name = value_at(said, gateway.receive["id"])[:LONGEST_NAME]
    text = _storable(value_at(said, gateway.receive["text"]))
    if is_service(sender):
        row = _written_down(session, name, None, sender[:40], text)
        if row is not None:
            hear_service(session, row, desks, gateway.language, site)
        return
    number = normal(sender, gateway.country)
    phone = held_phone(session, number)
    row = _written_down(session, name, phone, "", text)
    if row is None:
        return
    if number in gateway.numbers:
        row.became = TextBecame.ECHO
        return
    hear(session, Heard(phone, row, gateway.language, desks, site))


def _written_down(
    session: Session, name: str, phone: Phone | None, service: str, text: str
) -> TextIn | None:
    """Write a text down; give nothing if it was here before."""
    now, whose = datetime.now(UTC), phone.phone if phone else service
    if not name:
        just = select(TextIn.id).where(
            TextIn.phone_id == (phone.id if phone else None), TextIn.text == text,
            TextIn.service == service, TextIn.at > now - AGAIN,
        )  # fmt: skip
        if session.scalar(just.limit(1)) is not None:
            return None
    key = name or f"{now.isoformat()} {text}"
    digest = hashlib.sha256(f"{whose}\n{key}".encode()).hexdigest()
    if session.scalar(select(TextIn.id).where(TextIn.digest == digest)) is not None:
        return None
    row = TextIn(
        digest=digest, at=now, phone_id=phone.id if phone else None, service=service,
        text=text, became=TextBecame.QUESTION,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _receipt(session: Session, door: Door, said: Any, gateway: Gateway) -> None:  # noqa: ANN401
    state = door.value
    if door == Door.STATUS:
        named = value_at(said, gateway.receipt["status"]).casefold()
        state = gateway.statuses.get(named, named)
    if state == Door.STOPPED:
        _stopped(session, said, gateway)
    elif state in {*PartState} - {PartState.WAITING}:
        name = _needed(said, gateway.receipt["id"], "id")[:LONGEST_NAME]
        receipt(session, name, PartState(state))


def _stopped(session: Session, said: Any, gateway: Gateway) -> None:  # noqa: ANN401
    """Stop a number that the gateway names, or that of a text that it names."""
    sender = value_at(said, gateway.receipt["from"])
    if sender and not is_service(sender):
        stop_phone(session, held_phone(session, normal(sender, gateway.country)))
        return
    name = _needed(said, gateway.receipt["id"], "id")[:LONGEST_NAME]
    wanted = select(Phone).join(TextPart).where(TextPart.gateway_id == name)
    phone = session.scalar(wanted.limit(1))
    if phone is not None:
        stop_phone(session, phone)


def _needed(said: Any, name: str, field: str) -> str:  # noqa: ANN401
    found = value_at(said, name)
    if not found.strip():
        why = str(_("The field %(name)s is missing.", name=name))
        raise NotValid(why, {field: [why]})
    return found


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
