"""Throwing away what was kept of users and serves nobody any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kb.feedback.models import (
    Comment,
    FollowUp,
    FollowUpState,
    HeldState,
    Helpful,
    Report,
    Tried,
)

VOTER_DAYS = 30
"""How long it is known that a browser has answered; its answer stays counted."""
CONTACT_DAYS = 180
"""How long an address for an answer is kept at most, whatever became of the words."""
REFUSED_DAYS = 90
"""How long what was refused is kept, so that a refusal can be looked at again."""


def tidy(session: Session) -> None:
    """Throw it away."""
    now = datetime.now(UTC)
    forgotten = Helpful.day < (now - timedelta(days=VOTER_DAYS)).date()
    session.execute(update(Helpful).where(forgotten).values(voter=None))
    for table in (Report, Comment, Tried):
        old = table.at < now - timedelta(days=CONTACT_DAYS)
        session.execute(
            update(table).where(old, table.contact != "").values(contact="")
        )
    for held in (Comment, Tried):
        long_ago = held.decided < now - timedelta(days=REFUSED_DAYS)
        refused = held.state == HeldState.REFUSED
        session.execute(delete(held).where(refused, long_ago))
    over = FollowUp.expires < now, FollowUp.state != FollowUpState.ANSWERED
    session.execute(delete(FollowUp).where(*over))
