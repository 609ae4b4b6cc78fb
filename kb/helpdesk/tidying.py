"""Forgetting addresses and mails of askers when they serve nobody any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.question_tables import Question

CONTACT_DAYS = 180
"""How long an address is kept after the last that happened to its question, and mails
as they came."""


def tidy(session: Session) -> None:
    """Forget them; the questions stay, to be opened by their links."""
    old = datetime.now(UTC) - timedelta(days=CONTACT_DAYS)
    quiet = update(Question).where(Question.changed < old, Question.contact != "")
    session.execute(quiet.values(contact=""))
    settled = select(Question.id).where(Question.changed < old)
    over = or_(MailIn.question_id.is_(None), MailIn.question_id.in_(settled))
    session.execute(delete(MailIn).where(MailIn.at < old, over))
