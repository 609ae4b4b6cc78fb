"""Private links: each opens one question to whoever has it; only a digest is kept.

Where a question goes on in another of the same asker, its links open that one, and
name those that lie beside it.
"""

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, selectinload

from kb.errors import NotFound
from kb.helpdesk.beside import earlier, opened_beside
from kb.helpdesk.question_tables import Message, PrivateLink, Question
from kb.language import _
from kb.people.secrets import digest, new_secret

SAID = selectinload(Question.messages).selectinload(Message.cites)


def new_link(
    session: Session, question: Question, secret: str = "", *, mailed: bool = False
) -> str:
    """Make a link to a question beside those it has, and give its secret.

    :param mailed: whether it goes to her address and nowhere else.
    """
    secret = secret or new_secret()
    link = PrivateLink(digest=digest(secret), question_id=question.id, mailed=mailed)
    session.add(link)
    session.flush()
    return secret


def by_link(
    session: Session, secret: str, *, of: str = "", hold: bool = False
) -> Question:
    """Give the question that a link opens, with all that was said.

    :param of: code of another one beside it that is wanted.
    :param hold: whether others who write to it wait until this work is done.
    :raises NotFound: it opens none.
    """
    found = _opened(session, secret, of)
    while hold:
        own = select(Question.id).where(Question.id == found.id)
        session.execute(own.with_for_update())
        held, found = found.id, _opened(session, secret, of, fresh=True)
        hold = found.id != held  # it went on in another while we waited
    return found


def known_by_link(
    session: Session, secret: str, *, fresh: bool = False
) -> Question | None:
    """Give the question that a link opens, or nothing.

    :param fresh: whether to read again what was read before.
    """
    opened = (
        select(Question)
        .join(PrivateLink, PrivateLink.question_id == Question.id)
        .where(PrivateLink.digest == digest(secret))
    )
    found = _with_all(session, opened, fresh)
    while found is not None and found.goes_on_id is not None:
        number = found.goes_on_id
        found = _with_all(session, select(Question).where(Question.id == number), fresh)
    return found


def going_on(session: Session, number: int) -> Question | None:
    """Give a question, or the one that it goes on in; others who write to it wait."""
    ahead: int | None = number
    found = None
    while ahead is not None:
        own = select(Question).where(Question.id == ahead)
        session.execute(own.with_only_columns(Question.id).with_for_update())
        found = _with_all(session, own, fresh=True)
        ahead = found.goes_on_id if found is not None else None
    return found


def only_mailed(session: Session, *questions: Question) -> None:
    """Throw away the links to questions that did not go to the address of the asker."""
    each = [one.id for one in questions]
    each += [before.id for one in questions for before in earlier(session, one)]
    others = delete(PrivateLink).where(PrivateLink.question_id.in_(each))
    session.execute(others.where(PrivateLink.mailed.is_(False)))


def _opened(session: Session, secret: str, of: str, *, fresh: bool = False) -> Question:
    found = known_by_link(session, secret, fresh=fresh)
    if found is not None and of:
        near = [one.id for one in opened_beside(session, found) if one.code == of]
        found = _with_all(session, select(Question).where(Question.id.in_(near)), fresh)
    if found is None:
        raise NotFound(_("This link opens no question."))
    return found


def _with_all(
    session: Session, wanted: Select[Question], fresh: bool
) -> Question | None:
    options = {"populate_existing": True} if fresh else {}
    return session.scalar(wanted.options(SAID).execution_options(**options))
