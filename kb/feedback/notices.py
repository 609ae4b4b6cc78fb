"""Who is told that somebody said something of a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb import outbox
from kb.access import is_editor, thing_of
from kb.feedback.models import Said
from kb.feedback.pace import EDITORS_NOTICE
from kb.language import offered
from kb.people.models import Person, Role, RoleGrant
from kb.people.pace import NO_WAIT, keep_pace
from kb.record.models import Record

MOST_TOLD = 10
"""So many editors at most get a message about one thing."""


def tell_editors(
    session: Session, record: Record, event: str, *, site: str, days: int = 0
) -> int:
    """Write to the owner of a record and its editors; give how many are told.

    What was said does not stand in the message, only where to read it. Whoever was told
    often of the same record today is left in peace: the desk shows all of it.

    :param site: where addresses of this installation begin; empty if it has none, then
        nobody is written to.
    """
    if not site:
        return 0
    told = 0
    for person in _concerned(session, record):
        key = f"notice {person.id} {record.id} {event}"
        if keep_pace(session, key, EDITORS_NOTICE) == NO_WAIT:
            to = Reader(person.email or "", person.language)
            write_to(session, to, event, record, site, days=days)
            told += 1
    return told


@dataclass(frozen=True)
class Reader:
    """Somebody a message goes to."""

    address: str
    language: str


@dataclass(frozen=True)
class Link:
    """A link in a message."""

    secret: str
    lives: timedelta


def write_to(
    session: Session, to: Reader, event: str, record: Record, site: str, *,
    days: int = 0, link: Link | None = None,
) -> None:  # fmt: skip
    """Write a message about a record.

    :param days: within how many days something is to be done that the message tells of;
        of a link, how long it works.
    """
    spoken = offered(to.language)
    page = f"{site.rstrip('/')}/{spoken}"
    outbox.put(
        session,
        event,
        to=to.address,
        language=spoken,
        useful_for=link.lives if link else None,
        ref=record.ref,
        days=link.lives.days if link else days,
        desk=f"{page}/desk/feedback",
        record=f"{page}/{record.ref}",
        link=f"{page}/follow-up?token={link.secret}" if link else "",
    )


def _concerned(session: Session, record: Record) -> Sequence[Person]:
    """Give the owner, if there is one, and editors whose scope covers the record."""
    thing = thing_of(session, record)
    editors = session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.EDITOR, RoleGrant.revoked.is_(None))
        .order_by(Person.id)
        .distinct()
        .options(selectinload(Person.grants), selectinload(Person.factor))
    )
    found = [person for person in editors if is_editor(person, thing)]
    owner = session.get(Person, thing.author_id) if thing.author_id else None
    if owner is not None and owner.active and owner not in found:
        found.insert(0, owner)
    return [person for person in found if person.email][:MOST_TOLD]


def answer_writer(
    session: Session, said: Said, event: str, record: Record, site: str
) -> None:
    """Tell whoever said something what became of it, if she left an address."""
    if said.contact and site:
        reader = Reader(said.contact, said.language)
        write_to(session, reader, event, record, site)
