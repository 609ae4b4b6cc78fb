"""Throwing away certificates that their owners took back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb.credit.models import Certificate

KEEP = timedelta(days=30)
"""How long one that was taken back is kept, so that its owner sees it in her file."""


def tidy(session: Session) -> None:
    """Throw them away; on every database their lines go with them."""
    old = datetime.now(UTC) - KEEP
    session.execute(delete(Certificate).where(Certificate.revoked < old))
