"""What people agreed to: which words, when, and when they took it back.

Lines are added and never changed. `WORDINGS` holds the words as they are shown where
somebody agrees; whoever changes what they mean gives them another day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import _
from kb.people.models import Consent, Person


class Matter(StrEnum):
    """What somebody may agree to."""

    ACCOUNT = "account"
    NAMED = "named"
    CERTIFICATE = "certificate"
    LISTED = "listed"


@dataclass(frozen=True)
class Wording:
    """The words somebody agrees to."""

    since: str
    """The day since which they read so: the version that the log names."""
    words: Any


WORDINGS: Mapping[Matter, Wording] = {
    Matter.ACCOUNT: Wording(
        "2026-11-23",
        _(
            "By signing up you agree that we keep your name, your address for e-mail"
            " and what you do with your account, as the privacy page says."
        ),
    ),
    Matter.NAMED: Wording(
        "2026-11-23",
        _(
            "All can read this name beside what you wrote, reviewed or translated, and"
            " in citations. If you leave it empty you are not named. You can change it"
            " at any time."
        ),
    ),
    Matter.CERTIFICATE: Wording(
        "2026-11-23",
        _(
            "Whoever has the address of a certificate can read your name on it and the"
            " records you choose, and nothing else. You can take it back at any time."
        ),
    ),
    Matter.LISTED: Wording(
        "2026-11-24",
        _(
            "All can read this in the directory, also programs. Your address for e-mail"
            " is shown only if you want that; else we send on what people write. You"
            " can take it back at any time."
        ),
    ),
}


@dataclass(frozen=True)
class Agreed:
    """One consent from the day it was given."""

    matter: str
    wording: str
    at: datetime
    withdrawn: datetime | None = None


def note(session: Session, person: Person, matter: Matter, *, given: bool) -> None:
    """Write down that somebody agreed, or took it back.

    Saying the same again adds no line, unless the words have changed since.
    """
    wording, last = WORDINGS[matter].since, _last(session, person, matter)
    known = last is not None and last.given
    if known == given and (not given or (last and last.wording == wording)):
        return
    line = Consent(
        person_id=person.id,
        matter=matter,
        wording=wording,
        given=given,
        at=datetime.now(UTC),
    )
    session.add(line)
    session.flush()


def agreed(session: Session, person: Person) -> Sequence[Agreed]:
    """Give what somebody agreed to, oldest first, and when she took it back."""
    lines = select(Consent).where(Consent.person_id == person.id).order_by(Consent.id)
    found: list[Agreed] = []
    for line in session.scalars(lines):
        if line.given:
            found.append(Agreed(line.matter, line.wording, line.at))
            continue
        found = [
            Agreed(one.matter, one.wording, one.at, line.at)
            if one.matter == line.matter and one.withdrawn is None
            else one
            for one in found
        ]
    return found


def _last(session: Session, person: Person, matter: Matter) -> Consent | None:
    lines = select(Consent).where(
        Consent.person_id == person.id, Consent.matter == matter
    )
    return session.scalar(lines.order_by(Consent.id.desc()).limit(1))
