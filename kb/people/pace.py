"""How often something may be tried: a few times at once, then slower, never not at all.

Counted in the database, so that all processes count together. Many people may share an
address; after a burst each next try has to wait a little, and then is let through.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.people.models import Pace

NO_WAIT = timedelta(0)
TWICE = timedelta(seconds=20)
"""The same within this time is a button pressed twice."""


@dataclass(frozen=True)
class Allowed:
    """So many tries at once, and one more after each while.

    In a time of n whiles at most ``burst + n`` are let through.
    """

    burst: int
    each: timedelta


SIGN_IN_ACCOUNT = Allowed(5, timedelta(minutes=1))
"""At most 10 in 5 minutes for one account."""
SIGN_IN_ADDRESS = Allowed(10, timedelta(seconds=30))
"""At most 20 in 5 minutes from one address."""
CODE = Allowed(3, timedelta(minutes=2.5))
"""At most 5 codes of the phone in 5 minutes: 1 in 200,000 guesses right."""
LETTER_ACCOUNT = Allowed(3, timedelta(hours=12))
"""At most 5 messages with links to one address in a day."""
LETTER_ADDRESS = Allowed(20, timedelta(minutes=3))
"""At most 40 such messages in an hour from one address."""

FILES = Allowed(30, timedelta(minutes=1))
"""At most 90 files of translations of one person in an hour."""
PICTURE = Allowed(30, timedelta(minutes=1))
"""At most 90 pictures of one person in an hour."""
PICTURE_ADDRESS = Allowed(20, timedelta(minutes=3))
"""At most 40 pictures from one address in an hour, without an account."""


def keep_pace(session: Session, key: str, allowed: Allowed) -> timedelta:
    """Count a try; give how long to wait instead if there were too many."""
    row, now = _row(session, key), datetime.now(UTC)
    due = max(row.due, now)
    wait = due - now - allowed.each * (allowed.burst - 1)
    if wait > NO_WAIT:
        return wait
    row.due = due + allowed.each
    session.flush()
    return NO_WAIT


def give_back(session: Session, key: str, allowed: Allowed) -> None:
    """Take a try back, because it was a good one."""
    row = _row(session, key)
    row.due -= allowed.each
    session.flush()


def _row(session: Session, key: str) -> Pace:
    """Give the row of a key, held for us alone."""
    row = session.get(Pace, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(Pace(key=key, due=datetime.now(UTC)))
    except IntegrityError:
        pass  # somebody else was quicker by an instant
    return session.get_one(Pace, key, with_for_update=True, populate_existing=True)
