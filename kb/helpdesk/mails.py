"""Mails about a question, as its desk reads them."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotFound
from kb.helpdesk.mail_tables import MailIn
from kb.helpdesk.question_tables import Question
from kb.language import _


def mails_of(session: Session, question: Question) -> Sequence[MailIn]:
    """Give the mails that came about a question, the first first."""
    hers = select(MailIn).where(MailIn.question_id == question.id)
    return session.scalars(hers.order_by(MailIn.id)).all()


def left_out_of(mail: MailIn) -> list[tuple[str, str]]:
    """Give the names of what came with a mail and was not kept, each with why."""
    return [(name, why) for name, why in json.loads(mail.left_out)]


def whole_mail(session: Session, question: Question, number: int) -> MailIn:
    """Give a mail about a question.

    :raises NotFound: there is none of this number.
    """
    found = session.get(MailIn, number)
    if found is None or found.question_id != question.id:
        raise NotFound(_("There is no such mail."))
    return found
