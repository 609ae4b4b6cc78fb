"""Tables of phones, and of the parts in which texts go to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.outbox import Letter


class Phone(Base):
    """A number that wrote to us, or of which the gateway says that it wants nothing."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    """With its country (E.164); no page shows it."""
    country: Mapped[str]
    """ISO 3166-1 alpha-2; empty if the number has none."""
    zone: Mapped[str]
    """Its time zone in the list of IANA: of its country, else of its desk."""
    language: Mapped[str] = mapped_column(default="")
    """That it chose; empty if it never did."""
    hinted: Mapped[str] = mapped_column(default="")
    """The language that its texts seem to be in."""
    heard: Mapped[datetime] = mapped_column(Moment, index=True)
    """When it wrote last."""
    stopped: Mapped[datetime | None] = mapped_column(Moment)
    """Since when it wants nothing more."""


class PartState(StrEnum):
    """What became of a part, as far as is known."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"


class TextPart(Base):
    """One part of a text: what the gateway charges for and sends receipts of."""

    __tablename__ = "text_part"

    letter_id: Mapped[int] = mapped_column(
        ForeignKey(Letter.id, ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    """The first is 1."""
    phone_id: Mapped[int] = mapped_column(
        ForeignKey(Phone.id, ondelete="CASCADE"), index=True
    )
    alphabet: Mapped[str]
    state: Mapped[str] = mapped_column(default=PartState.WAITING)
    gateway_id: Mapped[str] = mapped_column(default="", index=True)
    """What the gateway calls it; empty until it says so."""
    under_way: Mapped[bool] = mapped_column(default=False)
    """It is being handed over now, or the worker ended while it was."""
    unsure: Mapped[int] = mapped_column(default=0)
    """How often the worker ended so: so often it may have gone once more."""
    sent: Mapped[datetime | None] = mapped_column(Moment)


class EarlyReceipt(Base):
    """A receipt that came before we knew what the gateway calls that part."""

    __tablename__ = "early_receipt"

    gateway_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class SeenPost(Base):
    """The signature of what the gateway posted; the same is not taken twice."""

    __tablename__ = "seen_post"

    digest: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
