"""Asking after a season how it went, by a link that needs no account.

Who leaves an address confirms it first. When it is time the worker sends one message
with one link; with her answer, or a word that she wants no question, the address goes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from kb import outbox
from kb.errors import Conflict
from kb.feedback.choices import WAITS
from kb.feedback.models import FollowUp, FollowUpState
from kb.feedback.notices import Link, Reader, write_to
from kb.language import _
from kb.people.secrets import digest, new_secret
from kb.record.lookups import is_open
from kb.record.models import Record

CONFIRM_WITHIN, ANSWER_WITHIN = timedelta(days=3), timedelta(days=60)
"""How long the two links work."""
OPEN = (FollowUpState.UNCONFIRMED, FollowUpState.WAITING, FollowUpState.ASKED)
"""As long as it is in one of these, its address is kept."""
CONFIRM, ASK = "follow-up-confirm", "follow-up-ask"
AT_ONCE = 50
"""Questions sent in one pass of the worker."""


def ask_later(
    session: Session,
    record: Record,
    given: Mapping[str, str],
    *,
    language: str,
    site: str,
) -> None:
    """Keep an address until the season is over; first a link goes there to confirm it.

    Whoever asks twice about the same record gets one question.
    """
    now, secret = datetime.now(UTC), new_secret()
    again = delete(FollowUp).where(
        FollowUp.record_id == record.id,
        FollowUp.address == given["address"],
        FollowUp.state == FollowUpState.UNCONFIRMED,
    )
    session.execute(again)
    row = FollowUp(
        record_id=record.id,
        address=given["address"],
        language=language,
        begun=now,
        due=now + WAITS[given["wait"]],
        state=FollowUpState.UNCONFIRMED,
        digest=digest(secret),
        expires=now + CONFIRM_WITHIN,
    )
    session.add(row)
    session.flush()
    link = Link(secret, CONFIRM_WITHIN)
    write_to(session, _reader(row), CONFIRM, record, site, link=link)


def confirm(session: Session, secret: str) -> FollowUp:
    """Take the address as hers who opened the link; a second time changes nothing.

    :raises Conflict: the link works no more.
    """
    row = _by_secret(session, secret, FollowUpState.UNCONFIRMED, FollowUpState.WAITING)
    row.state, row.expires = FollowUpState.WAITING, row.due + ANSWER_WITHIN
    _only_one(session, row)
    return row


def _only_one(session: Session, row: FollowUp) -> None:
    session.execute(
        delete(FollowUp).where(
            FollowUp.record_id == row.record_id,
            FollowUp.address == row.address,
            FollowUp.state == FollowUpState.WAITING,
            FollowUp.id != row.id,
        )
    )


def ask_due(session: Session, *, site: str) -> int:
    """Send the questions that are due, none of a record that is gone; give how many."""
    now = datetime.now(UTC)
    rows = session.scalars(
        select(FollowUp)
        .where(FollowUp.state == FollowUpState.WAITING, FollowUp.due <= now)
        .order_by(FollowUp.due)
        .limit(AT_ONCE)
        .options(joinedload(FollowUp.record))
        .with_for_update(skip_locked=True, of=FollowUp)
    ).all()
    for row in rows:
        if is_open(row.record):
            secret = new_secret()
            row.digest, row.expires = digest(secret), now + ANSWER_WITHIN
            row.state = FollowUpState.ASKED
            link = Link(secret, ANSWER_WITHIN)
            write_to(session, _reader(row), ASK, row.record, site, link=link)
        else:
            session.delete(row)
    session.flush()
    return len(rows)


def known(session: Session, secret: str) -> FollowUp:
    """Give what a link is about, without using it up.

    :raises Conflict: the link works no more.
    """
    return _by_secret(session, secret, *OPEN)


def answer(session: Session, secret: str, said: str) -> FollowUp:
    """Take in how it went; the link works no more and the address is forgotten.

    :raises Conflict: the link works no more.
    """
    row = _by_secret(session, secret, FollowUpState.ASKED)
    row.answer, row.state = said, FollowUpState.ANSWERED
    _forget_letters(session, row)
    row.address, row.digest = "", f"answered {row.id}"
    session.flush()
    return row


def stop(session: Session, secret: str) -> None:
    """Forget an address whose owner wants no question.

    :raises Conflict: the link works no more.
    """
    row = _by_secret(session, secret, *OPEN)
    _forget_letters(session, row)
    session.delete(row)
    session.flush()


def answers(session: Session, record_id: int) -> dict[str, int]:
    """Count what was answered about a record."""
    counted = (
        select(FollowUp.answer, func.count())
        .where(FollowUp.record_id == record_id, FollowUp.answer != "")
        .group_by(FollowUp.answer)
    )
    return dict(session.execute(counted).all())


def _by_secret(session: Session, secret: str, *states: str) -> FollowUp:
    row = session.scalar(
        select(FollowUp)
        .where(
            FollowUp.digest == digest(secret),
            FollowUp.state.in_(states),
            FollowUp.expires > datetime.now(UTC),
        )
        .options(joinedload(FollowUp.record))
        .with_for_update(of=FollowUp)
    )
    if row is None:
        raise Conflict(_("This link was used already or is too old."))
    return row


def _forget_letters(session: Session, row: FollowUp) -> None:
    """Forget that we wrote there; only of these questions, not of her account."""
    outbox.forget(session, row.address, purposes=(CONFIRM, ASK))


def _reader(row: FollowUp) -> Reader:
    return Reader(row.address, row.language)
