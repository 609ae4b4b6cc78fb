"""Phones: how each is found, held, stopped and forgotten."""

from datetime import UTC, datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.outbox import Letter, LetterState
from kb.sms.numbers import country_of, zone_of
from kb.sms.tables import Phone

SMS = "sms"
"""The way of letters to phones."""


def held_phone(session: Session, number: str) -> Phone:
    """Give a phone, written down if it is new; what else it says waits until then."""
    found = _held(session, number)
    if found is not None:
        return found
    country = country_of(number)
    row = Phone(
        phone=number, country=country, zone=zone_of(country), heard=datetime.now(UTC)
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        pass  # its other message was quicker by an instant
    return session.scalars(_wanted(number)).one()


def known_phone(session: Session, number: str) -> Phone | None:
    """Give a phone that wrote before."""
    return session.scalar(select(Phone).where(Phone.phone == number))


def stop_phone(session: Session, phone: Phone) -> None:
    """Send it nothing more; what waits for it is thrown away."""
    phone.stopped = phone.stopped or datetime.now(UTC)
    waits = Letter.state == LetterState.WAITING
    hers = Letter.recipient == phone.phone
    session.execute(delete(Letter).where(waits, hers, Letter.channel == SMS))
    session.flush()


def _held(session: Session, number: str) -> Phone | None:
    return session.scalar(_wanted(number))


def _wanted(number: str) -> Select[Phone]:
    wanted = select(Phone).where(Phone.phone == number)
    return wanted.with_for_update().execution_options(populate_existing=True)
