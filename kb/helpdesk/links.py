"""Private links: each opens one question to whoever has it; only a digest is kept."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.errors import NotFound
from kb.helpdesk.question_tables import Message, PrivateLink, Question
from kb.language import _
from kb.people.secrets import digest, new_secret


def new_link(session: Session, question: Question, secret: str = "") -> str:
    """Make a link to a question beside those it has, and give its secret."""
    secret = secret or new_secret()
    session.add(PrivateLink(digest=digest(secret), question_id=question.id))
    session.flush()
    return secret


def by_link(session: Session, secret: str, *, hold: bool = False) -> Question:
    """Give the question that a link opens, with all that was said.

    :param hold: whether others who write to it wait until this work is done.
    :raises NotFound: it opens none.
    """
    found = known_by_link(session, secret)
    if found is None:
        raise NotFound(_("This link opens no question."))
    if hold:
        own = select(Question.id).where(Question.id == found.id)
        session.execute(own.with_for_update())
    return found


def known_by_link(session: Session, secret: str) -> Question | None:
    """Give the question that a link opens, or nothing."""
    said = selectinload(Question.messages).selectinload(Message.cites)
    return session.scalar(
        select(Question)
        .join(PrivateLink, PrivateLink.question_id == Question.id)
        .where(PrivateLink.digest == digest(secret))
        .options(said)
    )
