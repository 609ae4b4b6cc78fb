"""Links sent by mail: each works once, for one purpose, until a newer one is made."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from kb.errors import Conflict
from kb.language import _
from kb.people.models import Link, Person
from kb.people.secrets import digest, new_secret


class Purpose(StrEnum):
    """What a link is for."""

    CONFIRM = "confirm"
    SIGN_IN = "sign-in"
    RESET = "reset"


LIFETIME = {
    Purpose.CONFIRM: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=10),
    Purpose.RESET: timedelta(minutes=10),
}
PAGE = {
    Purpose.CONFIRM: "sign-up/confirm",
    Purpose.SIGN_IN: "sign-in/link",
    Purpose.RESET: "reset/new",
}


def make_link(
    session: Session,
    person: Person,
    purpose: Purpose,
    *,
    lives: timedelta | None = None,
) -> str:
    """Make a link and give its secret; older ones for the same purpose stop working."""
    now, secret = datetime.now(UTC), new_secret()
    cancel_links(session, person, purpose)
    link = Link(
        person_id=person.id,
        digest=digest(secret),
        purpose=purpose,
        expires=now + (lives or LIFETIME[purpose]),
    )
    session.add(link)
    session.flush()
    return secret


def cancel_links(
    session: Session, person: Person, purpose: Purpose | None = None
) -> None:
    """Make the links of a person useless, those for one purpose if one is named."""
    unused = update(Link).where(Link.person_id == person.id, Link.used.is_(None))
    if purpose is not None:
        unused = unused.where(Link.purpose == purpose)
    session.execute(unused.values(used=datetime.now(UTC)))


def use_link(session: Session, secret: str, purpose: Purpose) -> Person:
    """Use a link up, and give whose it was.

    :raises Conflict: it was used, is too old, or never was.
    """
    now = datetime.now(UTC)
    used = session.execute(
        update(Link)
        .where(
            Link.digest == digest(secret),
            Link.purpose == purpose,
            Link.used.is_(None),
            Link.expires > now,
        )
        .values(used=now)
        .returning(Link.person_id)
    ).scalar_one_or_none()
    person = session.scalar(
        select(Person)
        .where(Person.id == used, Person.disabled.is_(None))
        .options(selectinload(Person.factor))
    )
    if person is None:
        raise Conflict(
            _("This link was used already or is too old. Please ask for a new one.")
        )
    return person


def whose_link(session: Session, secret: str, purpose: Purpose) -> Person | None:
    """Give whose a link is without using it up; nothing if it works no more."""
    return session.scalar(
        select(Person)
        .join(Link, Link.person_id == Person.id)
        .where(
            Link.digest == digest(secret),
            Link.purpose == purpose,
            Link.used.is_(None),
            Link.expires > datetime.now(UTC),
        )
    )


def address_of(site: str, language: str, purpose: Purpose, secret: str) -> str:
    """Give the whole address of a link.

    :param site: where the addresses of this installation begin.
    """
    return f"{site.rstrip('/')}/{language}/{PAGE[purpose]}?token={secret}"
