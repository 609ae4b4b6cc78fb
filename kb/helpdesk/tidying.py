"""Forgetting addresses, phones and mails of askers when they serve nobody any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.question_tables import Question
from kb.helpdesk.text_tables import TextIn
from kb.sms import receipts
from kb.sms.tables import Phone

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
    _forget_phones(session, old)
    receipts.tidy(session)


def _forget_phones(session: Session, old: datetime) -> None:
    """Forget numbers and what they wrote; one that said stop stays to be left alone."""
    going_on = select(Question.phone_id).where(
        Question.phone_id.is_not(None), Question.changed >= old
    )
    quiet = Phone.heard < old, Phone.id.not_in(going_on)
    gone = select(Phone.id).where(*quiet, Phone.stopped.is_(None))
    leaves = update(Question).where(Question.phone_id.in_(gone))
    session.execute(leaves.values(phone_id=None))
    session.execute(delete(Phone).where(*quiet, Phone.stopped.is_(None)))
    silent = TextIn.phone_id.is_(None) | TextIn.phone_id.in_(
        select(Phone.id).where(*quiet)
    )
    session.execute(delete(TextIn).where(TextIn.at < old, silent))
