"""Messages to be sent, written in the same transaction as the work they tell of.

The worker claims one at a time, sends it and says how that went. A crash between
sending and saying so sends it once more, under the same ``Message-ID``.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.database import Base, Moment
from kb.stopping import TOPICS, Stop, digest_of, is_dead, is_stopped
from kb.wording import worded

BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480, 480, 480))
"""How long to wait after each try; after the tenth, a day and a half on, none comes."""
LEASE = timedelta(minutes=10)
"""How long a claimed message is left alone; sending takes less, or failed."""
MAIL = "mail"
KEEP, NEWS = timedelta(days=30), timedelta(days=7)
"""How long a settled message is kept, and how long one that failed is news."""


class LetterState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    LATE = "late"


class Letter(Base):
    """One message to one person. Its text goes when it was sent: it may hold a link."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    recipient: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    """What it belongs to, such as ``q12``; whoever answers it is led there."""
    answers: Mapped[str] = mapped_column(default="")
    """The name that a mail carried to which this is the answer."""
    channel: Mapped[str] = mapped_column(default=MAIL)
    """By which way it goes."""
    state: Mapped[str] = mapped_column(default=LetterState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    written: Mapped[datetime] = mapped_column(Moment)
    next_try: Mapped[datetime] = mapped_column(Moment, index=True)
    useful_until: Mapped[datetime | None] = mapped_column(Moment)
    """After this moment it is not sent any more: its link would not work."""
    last_error: Mapped[str] = mapped_column(default="")


class NotSent(Exception):  # noqa: N818
    """A message could not be sent.

    ``for_good``: trying again is of no use. ``dead``: nor is anything else sent there.
    """

    def __init__(self, why: str, *, for_good: bool = False, dead: bool = False) -> None:
        super().__init__(why)
        self.for_good, self.dead = for_good, dead


class Sender(Protocol):
    """What brings messages out of the house."""

    def send(self, letter: Letter) -> None:
        """Send it.

        :raises NotSent: it could not be sent.
        """


def put(
    session: Session,
    purpose: str,
    *,
    to: str,
    language: str,
    useful_for: timedelta | None = None,
    thread: str = "",
    answers: str = "",
    **facts: object,
) -> None:
    """Write a message to be sent when the work is committed.

    Nothing is written to whoever wants no more messages like it, or where mail comes
    back from.

    :param thread: what it belongs to, and ``answers`` the mail to which it is one.
    """
    if is_stopped(session, purpose, to):
        return
    subject, text = worded(purpose, "mail", language, **facts)
    now = datetime.now(UTC)
    letter = Letter(
        message_id=secrets.token_hex(16),
        purpose=purpose,
        recipient=to,
        language=language,
        subject=subject,
        text=text,
        thread=thread,
        answers=answers,
        written=now,
        next_try=now,
        useful_until=None if useful_for is None else now + useful_for,
    )
    session.add(letter)
    session.flush()


def claim(session: Session, channel: str = MAIL, *, to: str = "") -> Letter | None:
    """Take the message that is due longest, for `LEASE`; give nothing if none is.

    :param channel: the way it goes; each has a sender of its own.
    :param to: whose message, if not anybody's.
    """
    now = datetime.now(UTC)
    letter = session.scalar(
        select(Letter)
        .where(Letter.state == LetterState.WAITING, Letter.next_try <= now)
        .where(Letter.channel == channel, *([Letter.recipient == to] if to else []))
        .order_by(Letter.next_try, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if letter is not None:
        letter.tries += 1
        letter.next_try = now + LEASE
        session.flush()
    return letter


def is_late(letter: Letter) -> bool:
    """Say whether a message would come too late to be of use."""
    until = letter.useful_until
    return until is not None and until <= datetime.now(UTC)


def settle(session: Session, letter: Letter, state: LetterState) -> None:
    """Say that nothing more is to be done; what it said is forgotten."""
    kept = session.merge(letter)
    kept.state, kept.text = state, ""
    session.flush()


def put_off(session: Session, letter: Letter, refused: NotSent) -> None:
    """Say that it could not be sent: it is tried again, or stays as failed."""
    kept = session.merge(letter)
    kept.last_error = " ".join(str(refused).split())[:300]
    if refused.for_good or kept.tries > len(BACK_OFF):
        kept.state, kept.text = LetterState.FAILED, ""
    else:
        kept.next_try = datetime.now(UTC) + BACK_OFF[kept.tries - 1]
    session.flush()
    if refused.dead:
        is_dead(session, kept.recipient)
        forget_waiting(session, kept.recipient)


def standing(session: Session) -> Mapping[str, int]:
    """Count the messages in each state."""
    counted = select(Letter.state, func.count()).group_by(Letter.state)
    return dict(session.execute(counted).all())


def last_error(session: Session) -> str:
    """Give why the newest message that waits after a try, or failed lately, did."""
    lately = datetime.now(UTC) - NEWS
    failed = and_(Letter.state == LetterState.FAILED, Letter.written > lately)
    newest = (
        select(Letter.last_error)
        .where(or_(Letter.state == LetterState.WAITING, failed))
        .where(Letter.last_error != "")
        .order_by(Letter.id.desc())
    )
    return session.scalar(newest.limit(1)) or ""


def forget(session: Session, recipient: str, *, purposes: Sequence[str] = ()) -> None:
    """Throw away what was or is to be sent to an address, all or for some purposes."""
    gone = delete(Letter).where(Letter.recipient == recipient)
    if purposes:
        gone = gone.where(Letter.purpose.in_(purposes))
    session.execute(gone)


def forget_waiting(session: Session, recipient: str) -> None:
    """Throw away what still waits for an address from which mail comes back."""
    waits = Letter.state == LetterState.WAITING
    session.execute(delete(Letter).where(waits, Letter.recipient == recipient))


def recipient_of(session: Session, message_id: str) -> str:
    """Give to whom a message went; nothing once that was thrown away."""
    wanted = select(Letter.recipient).where(Letter.message_id == message_id)
    return session.scalar(wanted) or ""


def forget_stopped(session: Session, wanted: Stop) -> None:
    """Throw away what still waits for whoever wants no more of it."""
    waits = select(Letter).where(
        Letter.state == LetterState.WAITING, Letter.purpose.in_(TOPICS[wanted.topic])
    )
    for letter in session.scalars(waits):
        if digest_of(letter.recipient) == wanted.digest:
            session.delete(letter)


def tidy(session: Session) -> None:
    """Throw away what was settled long ago."""
    old = datetime.now(UTC) - KEEP
    settled = Letter.state != LetterState.WAITING
    session.execute(delete(Letter).where(settled, Letter.written < old))
