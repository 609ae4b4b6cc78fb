"""Throwing away what was kept of people and serves nobody any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from kb.people.models import (
    ApiToken,
    Link,
    Pace,
    PasswordHash,
    Person,
    RoleGrant,
    SignedIn,
)
from kb.people.sessions import LONGEST

KEEP = timedelta(days=30)
"""How long what is over is kept, so that its owner sees it in her file."""


def tidy(session: Session) -> None:
    """Throw away sign-ins, links and tokens long over, and accounts never confirmed."""
    now = datetime.now(UTC)
    old = now - KEEP
    session.execute(delete(Pace).where(Pace.due < now))
    session.execute(delete(Link).where(Link.expires < old))
    session.execute(delete(ApiToken).where(ApiToken.expires < old))
    over = or_(SignedIn.revoked < old, SignedIn.created < old - LONGEST)
    session.execute(delete(SignedIn).where(over))
    _never_confirmed(session, old)


def _never_confirmed(session: Session, old: datetime) -> None:
    """Forget who signed up and did not come back; roles given beforehand keep one."""
    given = exists().where(RoleGrant.person_id == Person.id)
    gone = select(Person.id).where(
        Person.confirmed.is_(None),
        Person.disabled.is_(None),
        Person.created < old,
        ~given,
    )
    numbers = session.scalars(gone).all()
    for table in (PasswordHash, Link, SignedIn):
        session.execute(delete(table).where(table.person_id.in_(numbers)))
    session.execute(delete(Person).where(Person.id.in_(numbers)))
