"""Receipts in any order: what is known of a part only grows."""

from itertools import permutations

import pytest
from sqlalchemy import select

from kb.outbox import Letter, LetterState, NotSent
from kb.sms.outgoing import Limits, claim_text, is_not_sent, is_sent, put_text
from kb.sms.phones import held_phone
from kb.sms.receipts import after, receipt
from kb.sms.tables import EarlyReceipt, PartState, TextPart

ANY_TIME = Limits(0, 0, 1000)
AFTER = [
    ("waiting", "sent", "sent"),
    ("waiting", "failed", "failed"),
    ("waiting", "delivered", "delivered"),
    ("sent", "sent", "sent"),
    ("sent", "delivered", "delivered"),
    ("sent", "failed", "failed"),
    ("failed", "sent", "failed"),
    ("failed", "failed", "failed"),
    ("failed", "delivered", "delivered"),
    ("delivered", "sent", "delivered"),
    ("delivered", "failed", "delivered"),
    ("delivered", "delivered", "delivered"),
]
"""Known, said, then known."""


@pytest.mark.parametrize(("known", "said", "then"), AFTER)
def test_what_is_known_never_goes_back(known, said, then):
    assert after(known, said) == then


@pytest.mark.parametrize("order", list(permutations(["sent", "failed", "delivered"])))
def test_in_whatever_order_they_come_the_end_is_the_same(order):
    known = PartState.WAITING
    for said in order:
        known = after(known, said)
    assert known == "delivered"


@pytest.fixture
def text(session):
    phone = held_phone(session, "+22670123456")
    put_text(session, phone, "question-answered", "a" * 200, language="en")
    return session.scalars(select(Letter)).one()


def states(session):
    rows = session.scalars(select(TextPart).order_by(TextPart.position))
    return [row.state for row in rows]


def test_each_part_has_its_row_and_its_receipt(session, text):
    assert claim_text(session, ANY_TIME) is not None
    is_sent(session, text.id, ["g1", "g2"])
    receipt(session, "g2", PartState.DELIVERED)
    assert states(session) == ["sent", "delivered"]
    assert text.state == LetterState.SENT
    receipt(session, "g1", PartState.FAILED)
    assert states(session) == ["failed", "delivered"]
    assert text.state == LetterState.FAILED
    receipt(session, "g1", PartState.DELIVERED)
    assert text.state == LetterState.SENT
    assert text.text == "", "what it said is forgotten"


def test_our_own_reference_or_one_name_means_all_parts(session, text):
    claim_text(session, ANY_TIME)
    is_sent(session, text.id, ["only"])
    receipt(session, "only", PartState.DELIVERED)
    assert states(session) == ["delivered", "delivered"]
    receipt(session, text.message_id, PartState.FAILED)
    assert states(session) == ["delivered", "delivered"]


def test_a_receipt_may_come_before_the_answer_of_the_gateway(session, text):
    claim_text(session, ANY_TIME)
    assert not receipt(session, "g1", PartState.DELIVERED)
    assert not receipt(session, "g1", PartState.SENT)
    is_sent(session, text.id, ["g1", "g2"])
    assert states(session) == ["delivered", "sent"]
    assert session.scalars(select(EarlyReceipt)).all() == []


def test_what_a_receipt_says_was_sent_is_not_sent_again(session, text):
    """The gateway took it, but its answer was lost on the way."""
    claim_text(session, ANY_TIME)
    receipt(session, text.message_id, PartState.DELIVERED)
    is_not_sent(session, text.id, NotSent("timed out"))
    assert states(session) == ["delivered", "delivered"]
    assert text.state == LetterState.SENT
