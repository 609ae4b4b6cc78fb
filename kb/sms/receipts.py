"""What a gateway says became of parts, in whatever order it says so.

What is known only grows: a part that was delivered stays so, whatever comes later.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from kb import outbox
from kb.outbox import Letter, LetterState
from kb.sms.tables import EarlyReceipt, PartState, SeenPost, TextPart

RANK = {
    PartState.WAITING: 0,
    PartState.SENT: 1,
    PartState.FAILED: 2,
    PartState.DELIVERED: 3,
}
"""Gateways try again after they said failed, and send receipts late: what says more
counts. Delivered is the one that cannot be a mistake of theirs."""
KEEP = timedelta(days=2)


def after(state: str, said: str) -> PartState:
    """Give what is known of a part when something more is said.

    >>> after("delivered", "sent"), after("failed", "delivered")
    (<PartState.DELIVERED: 'delivered'>, <PartState.DELIVERED: 'delivered'>)
    """
    was, now = PartState(state), PartState(said)
    return now if RANK[now] > RANK[was] else was


def receipt(session: Session, name: str, said: PartState) -> bool:
    """Take in what became of a part; say whether it is known here.

    :param name: what the gateway calls it, or the reference that we gave the text.
    """
    rows = session.scalars(
        select(TextPart)
        .join(Letter, Letter.id == TextPart.letter_id)
        .where(or_(TextPart.gateway_id == name, Letter.message_id == name))
        .with_for_update(of=TextPart)
    ).all()
    for row in rows:
        row.state = after(row.state, said)
        row.sent = row.sent or datetime.now(UTC)
    session.flush()
    for number in sorted({row.letter_id for row in rows}):
        settle_letter(session, session.get_one(Letter, number))
    if not rows:
        _keep(session, name, said)
    return bool(rows)


def early(session: Session, names: Sequence[str]) -> None:
    """Take in receipts that came before the gateway's answer did."""
    wanted = select(EarlyReceipt).where(EarlyReceipt.gateway_id.in_(names))
    for row in session.scalars(wanted).all():
        receipt(session, row.gateway_id, PartState(row.state))
        session.delete(row)
    session.flush()


def settle_letter(session: Session, letter: Letter) -> None:
    """Say of a text what is known of its parts; it is not sent any more."""
    known = select(TextPart.state).where(TextPart.letter_id == letter.id)
    states = set(session.scalars(known))
    if PartState.WAITING in states:
        return
    failed = PartState.FAILED in states
    state = LetterState.FAILED if failed else LetterState.SENT
    if failed:
        letter.last_error = "the gateway could not deliver it"
    outbox.settle(session, letter, state)


def tidy(session: Session) -> None:
    """Throw away what the gateway posted and nobody needs any more."""
    old = datetime.now(UTC) - KEEP
    for table in (EarlyReceipt, SeenPost):
        session.execute(delete(table).where(table.at < old))


def _keep(session: Session, name: str, said: PartState) -> None:
    row = session.get(EarlyReceipt, name)
    if row is None:
        row = EarlyReceipt(gateway_id=name, state=said, at=datetime.now(UTC))
        session.add(row)
    row.state = after(row.state, said)
    session.flush()
