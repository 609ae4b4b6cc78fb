"""Messages that nobody asked for at that moment, and how one click ends them.

A *topic* is what a person ends at once: all messages of its purposes. Each such mail
names an address that does it without signing in (RFC 8058). The address holds no word
of hers, only the topic and a digest of where the mail goes, signed with the key of the
installation; what is kept is that digest.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.database import Base, Moment

FOLLOWING = "following"
"""The topic that ends what somebody follows, instead of being kept."""
TOPICS: Mapping[str, Sequence[str]] = {
    "reminders": ("review-due", "reports-overdue", "consent-ends"),
    "drafts": (
        "draft-submitted",
        "draft-changes",
        "draft-published",
        "draft-turned-down",
        "draft-stopped",
    ),
    "notices": (
        "commented",
        "tried",
        "reported-error",
        "reported-danger",
        "question-waits",
        "question-due",
        "question-late",
        "answer-shaken",
        "answer-to-translate",
    ),
    "replies": ("comment-shown", "tried-checked", "report-settled"),
    "questions": ("question-answered", "question-put-off", "question-published"),
    "seasons": ("follow-up-ask",),
    "translations": ("translation-commented",),
    "invitations": ("community-invited",),
    "directory": ("directory-written",),
    FOLLOWING: ("following-news",),
}
"""Topic → purposes of messages. What somebody asks for at that moment, such as a link
to sign in, or has to know, such as that her password was changed, is in none."""
COMES_BACK = "comes-back"
"""Kept like a topic: mail to the address comes back, so nothing at all goes there."""
_NONE = re.compile(r"5\.(?:1\.[0-46-9]|1\.10|2\.1|4\.4|0\.0)")
TOPIC_OF = {purpose: topic for topic, each in TOPICS.items() for purpose in each}
_TOKEN = re.compile(r"([a-z]{1,20})-([0-9a-f]{64})-([0-9a-f]{64})")


class MailStop(Base):
    """That no more messages on a topic go to an address."""

    __tablename__ = "mail_stop"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """Of the address, which is not kept here."""
    topic: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Stop:
    """What an address in a mail ends, and for whom."""

    topic: str
    digest: str


def digest_of(address: str) -> str:
    """Give what is kept of an address for e-mail."""
    folded = address.strip().casefold()
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Links:
    """Where addresses in mails begin, the key that signs them, who reads answers."""

    site: str = ""
    key: str = ""
    reply_to: str = ""
    """The address that questions may be mailed to; empty if there is none."""

    def to_end(self, purpose: str, recipient: str, language: str) -> str:
        """Give the address that ends messages like one; nothing if none can."""
        topic = TOPIC_OF.get(purpose)
        if topic is None or not (self.site and self.key):
            return ""
        token = token_of(self.key, Stop(topic, digest_of(recipient)))
        return f"{self.site.rstrip('/')}/{language}/mail/stop?token={token}"


NO_LINKS = Links()


def token_of(key: str, stop: Stop) -> str:
    """Give the end of an address, which only this installation can have made."""
    said = f"{stop.topic}-{stop.digest}"
    return f"{said}-{_signed(key, said)}"


def read_token(key: str, token: str) -> Stop | None:
    """Give what the end of an address means; nothing if it is not one of ours."""
    found = _TOKEN.fullmatch(token)
    if found is None or not key:
        return None
    topic, digest, signature = found.groups()
    signed = _signed(key, f"{topic}-{digest}")
    known = topic in TOPICS and hmac.compare_digest(signature, signed)
    return Stop(topic, digest) if known else None


def stop(session: Session, wanted: Stop) -> None:
    """Send no more of it; said twice, or at once by two, it counts once."""
    if wanted.topic in stopped(session, wanted.digest):
        return
    row = MailStop(digest=wanted.digest, topic=wanted.topic, at=datetime.now(UTC))
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)


def resume(session: Session, wanted: Stop) -> None:
    """Send it again from now on."""
    hers = MailStop.digest == wanted.digest
    session.execute(delete(MailStop).where(hers, MailStop.topic == wanted.topic))


def forget(session: Session, address: str) -> None:
    """Forget what an address wanted no more of."""
    hers = MailStop.digest == digest_of(address)
    session.execute(delete(MailStop).where(hers))


def stops_of(session: Session, address: str) -> Sequence[MailStop]:
    """Give what an address wants no more of, in order of topics."""
    hers = select(MailStop).where(
        MailStop.digest == digest_of(address), MailStop.topic.in_(TOPICS)
    )
    return session.scalars(hers.order_by(MailStop.topic)).all()


def stopped(session: Session, digest: str) -> set[str]:
    """Give the topics on which nothing goes to an address any more."""
    return set(session.scalars(select(MailStop.topic).where(MailStop.digest == digest)))


def is_stopped(session: Session, purpose: str, recipient: str) -> bool:
    """Say whether whoever gets a message wants none like it, or cannot get it."""
    over = stopped(session, digest_of(recipient))
    return COMES_BACK in over or TOPIC_OF.get(purpose) in over


def comes_back(session: Session, address: str) -> bool:
    """Say whether mail to an address came back for good."""
    return bool(address) and COMES_BACK in stopped(session, digest_of(address))


def means_none(code: str) -> bool:
    """Say whether an enhanced code (RFC 3463) means an address that takes no mail.

    Others say that the mail is too large or not liked, or the box full: that passes.
    """
    return bool(_NONE.fullmatch(code))


def is_dead(session: Session, address: str) -> None:
    """Send nothing more to an address: its mail server says that it is none."""
    stop(session, Stop(COMES_BACK, digest_of(address)))


def is_alive(session: Session, address: str) -> bool:
    """Send to an address again, as mail came from it; say whether it was dead."""
    dead = comes_back(session, address)
    if dead:
        resume(session, Stop(COMES_BACK, digest_of(address)))
    return dead


def _signed(key: str, said: str) -> str:
    return hmac.digest(key.encode(), f"mail stop:{said}".encode(), "sha256").hex()
