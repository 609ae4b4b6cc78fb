"""Throwing away plans that nobody has touched for long."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb.planning.models import Plan

PLAN_DAYS = 730
"""How long a plan is kept after it was changed last: two seasons and what is learnt."""


def tidy(session: Session) -> None:
    """Throw them away."""
    old = datetime.now(UTC) - timedelta(days=PLAN_DAYS)
    session.execute(delete(Plan).where(Plan.changed < old))
