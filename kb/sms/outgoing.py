"""Texts that go out: by the outbox, in parts, by day, so many a day and no more.

The worker claims one, hands it to the gateway and says how that went. If it is ended
between handing over and saying so, the text goes once more under the same reference,
so that the gateway can tell; `TextPart.unsure` says which.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb import outbox
from kb.outbox import Letter, LetterState, NotSent
from kb.sms.parts import alphabet, parts
from kb.sms.phones import SMS, stop_phone
from kb.sms.receipts import early, settle_letter
from kb.sms.tables import PartState, Phone, TextPart

STOPPED = "text-stopped"
"""The one text that goes to a phone that said stop: that it was heard."""
AWAKE = timedelta(minutes=15)
"""Whoever wrote so short a time ago is not asleep."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """When nobody is written to, and how much goes to one phone."""

    quiet_from: int = 21
    quiet_until: int = 7
    """Hours of the clock where the phone is; the same twice is never quiet."""
    most_a_day: int = 20
    """Parts within a day to one phone."""


@dataclass(frozen=True)
class Handed:
    """A text as a gateway gets it."""

    to: str
    text: str
    reference: str
    """The same whenever it is tried again."""
    language: str


class TextSender(Protocol):
    """What hands texts over."""

    def send(self, text: Handed) -> list[str]:
        """Hand one over; give what its parts are called there, or none.

        :raises NotSent: it could not be handed over.
        """


class WantsNothing(NotSent):
    """The gateway says that the number wants nothing more from us."""


def put_text(
    session: Session, phone: Phone, purpose: str, text: str, *, language: str,
    thread: str = "", useful_for: timedelta | None = None,
) -> bool:  # fmt: skip
    """Write a text to be sent when the work is committed; say whether it is.

    Nothing is written to a phone that said stop, but that this was heard.
    """
    if phone.stopped is not None and purpose != STOPPED:
        return False
    now = datetime.now(UTC)
    letter = Letter(
        message_id=secrets.token_hex(16), purpose=purpose, recipient=phone.phone,
        language=language, subject="", text=text, thread=thread, channel=SMS,
        written=now, next_try=now,
        useful_until=None if useful_for is None else now + useful_for,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    written = alphabet(text)
    session.add_all(
        TextPart(letter_id=letter.id, position=n, phone_id=phone.id, alphabet=written)
        for n, _part in enumerate(parts(text), 1)
    )
    session.flush()
    return True


def claim_text(
    session: Session, limits: Limits, *, to: str = ""
) -> tuple[Letter, Handed] | None:
    """Take the text that is due longest and may go now; give nothing if none is.

    :param to: the number whose text, if not anybody's.
    """
    while (letter := outbox.claim(session, SMS, to=to)) is not None:
        rows = parts_of(session, letter)
        phone = session.get(Phone, rows[0].phone_id) if rows else None
        over = phone is None or (phone.stopped and letter.purpose != STOPPED)
        if phone is None or over or outbox.is_late(letter):
            outbox.settle(session, letter, LetterState.LATE)
        elif (later := _not_before(session, phone, letter, limits)) is not None:
            letter.next_try, letter.tries = later, letter.tries - 1
        else:
            for row in rows:
                row.unsure += row.under_way
                row.under_way = True
            session.flush()
            return letter, Handed(
                letter.recipient, letter.text, letter.message_id, letter.language
            )
        session.flush()
    return None


def is_sent(session: Session, letter_id: int, gateway_ids: Sequence[str]) -> None:
    """Say that the gateway has it, and what it calls its parts.

    :param gateway_ids: one for each part, or one for all; none if it says none.
    """
    letter = session.get_one(Letter, letter_id)
    rows = parts_of(session, letter)
    each = len(gateway_ids) == len(rows)
    for n, row in enumerate(rows):
        row.under_way, row.sent = False, datetime.now(UTC)
        row.gateway_id = gateway_ids[n if each else 0] if gateway_ids else ""
        if row.state == PartState.WAITING:
            row.state = PartState.SENT
    session.flush()
    settle_letter(session, letter)
    early(session, [row.gateway_id for row in rows if row.gateway_id])


def is_not_sent(session: Session, letter_id: int, refused: NotSent) -> None:
    """Say that it could not be handed over: it is tried again, or stays as failed."""
    letter = session.get_one(Letter, letter_id)
    if letter.state != LetterState.WAITING:
        return  # a receipt came meanwhile: the gateway has it after all
    rows = parts_of(session, letter)
    outbox.put_off(session, letter, refused)
    for row in rows:
        row.under_way = False
        if letter.state == LetterState.FAILED:
            row.state = PartState.FAILED
    if isinstance(refused, WantsNothing) and rows:
        stop_phone(session, session.get_one(Phone, rows[0].phone_id))
    session.flush()


def parts_of(session: Session, letter: Letter) -> Sequence[TextPart]:
    """Give the parts of a text in their order."""
    hers = select(TextPart).where(TextPart.letter_id == letter.id)
    return session.scalars(hers.order_by(TextPart.position)).all()


def parts_about(session: Session, thread: str) -> Sequence[TextPart]:
    """Give the parts of all texts that belong to a thread, in their order."""
    wanted = select(TextPart).join(Letter, Letter.id == TextPart.letter_id)
    hers = wanted.where(Letter.thread == thread, Letter.channel == SMS)
    ordered = hers.order_by(TextPart.letter_id, TextPart.position)
    return session.scalars(ordered).all()


def _not_before(
    session: Session, phone: Phone, letter: Letter, limits: Limits
) -> datetime | None:
    """Give until when a text has to wait; nothing if it may go."""
    if letter.purpose == STOPPED:
        return None
    now = datetime.now(UTC)
    sent = select(TextPart.sent).where(
        TextPart.phone_id == phone.id, TextPart.sent > now - A_DAY
    )
    counted = select(func.count(), func.min(sent.subquery().c.sent))
    many, first = session.execute(counted).one()
    if many >= limits.most_a_day:
        return _moment(first) + A_DAY
    if phone.heard > now - AWAKE:
        return None
    return end_of_quiet(now, phone.zone, limits)


def _moment(found: datetime) -> datetime:
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def end_of_quiet(now: datetime, zone: str, limits: Limits) -> datetime | None:
    """Give when quiet hours end; nothing if it is none of them."""
    here = now.astimezone(ZoneInfo(zone or "UTC"))
    start, end = limits.quiet_from, limits.quiet_until
    over_night = start > end
    late, soon = here.hour >= start, here.hour < end
    if not ((late or soon) if over_night else (late and soon)):
        return None
    morning = here.replace(hour=end % 24, minute=0, second=0, microsecond=0, fold=0)
    if morning <= here:
        morning = (here + A_DAY).replace(hour=end % 24, minute=0, second=0,
            microsecond=0)  # fmt: skip
    return morning.astimezone(UTC)
