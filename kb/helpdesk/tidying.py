"""Forgetting the addresses of askers when they serve nobody any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from kb.helpdesk.question_tables import Question

CONTACT_DAYS = 180
"""How long an address is kept after the last that happened to its question."""


def tidy(session: Session) -> None:
    """Forget them; the questions stay, to be opened by their links."""
    old = datetime.now(UTC) - timedelta(days=CONTACT_DAYS)
    quiet = update(Question).where(Question.changed < old, Question.contact != "")
    session.execute(quiet.values(contact=""))
