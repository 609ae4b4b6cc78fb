"""Tables of pictures."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.record.models import Record

TRIED, ASKED = "tried", "asked"
"""Where a picture stands that came with what somebody tried, or asked."""


class State(StrEnum):
    """Who is shown a picture."""

    DRAFTED = "drafted"
    """It waits with a draft: whoever may read that sees it (`kb.writing.pictured`)."""
    ASKED = "asked"
    """It came with a question: who may see that sees it (`kb.helpdesk.pictured`)."""
    HELD = "held"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


APART = (State.DRAFTED, State.ASKED)
"""What belongs to no record, and to something of which other rules say who sees it."""


class Consent(StrEnum):
    """What those who are pictured agreed to."""

    NOBODY = "nobody"
    """Nobody can be recognised."""
    GIVEN = "given"


class Picture(Base):
    """One picture; its files are named by the digest, never by what a person said."""

    __tablename__ = "picture"
    __table_args__ = (
        CheckConstraint(
            "consent = 'nobody' OR (consent_by <> '' AND consent_for <> '')",
            name="consent_is_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    """Nothing until it is attached."""
    place: Mapped[str]
    """Where it stands in the record: ``card``, ``step:3``, ``drawing`` or ``tried``."""
    position: Mapped[int]
    """Its turn among the pictures of the record."""
    digest: Mapped[str] = mapped_column(index=True)
    credit: Mapped[str]
    licence: Mapped[str]
    consent: Mapped[str]
    consent_by: Mapped[str] = mapped_column(default="")
    """Who agreed."""
    consent_for: Mapped[str] = mapped_column(default="")
    """Who is pictured."""
    consent_until: Mapped[date | None]
    """The last day on which it may be shown; nothing for no end."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who sent it; nothing if she has no account."""
    sent: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(default=State.HELD)
    since: Mapped[datetime] = mapped_column(Moment)
    """When it came into its state."""

    record: Mapped[Record | None] = relationship(lazy="raise_on_sql")
    words: Mapped[list["PictureWords"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PictureWords.language",
    )
    sizes: Mapped[list["PictureSize"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PictureSize.width",
    )

    def size(self, name: str) -> "PictureSize":
        """Give one of its sizes."""
        return next(size for size in self.sizes if size.name == name)


class PictureWords(Base):
    """What is to be seen, for those who cannot see it, and what it tells."""

    __tablename__ = "picture_words"

    picture_id: Mapped[int] = mapped_column(
        ForeignKey(Picture.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    alt: Mapped[str]
    caption: Mapped[str]


class PictureSize(Base):
    """What a picture measures in one size, pixels, and what its files weigh, bytes."""

    __tablename__ = "picture_size"

    picture_id: Mapped[int] = mapped_column(
        ForeignKey(Picture.id, ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    webp_bytes: Mapped[int]
    jpg_bytes: Mapped[int]
