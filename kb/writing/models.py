"""Tables of what is written and of what was published."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from kb.communities.models import Holding
from kb.database import Base, Moment
from kb.people.models import Person
from kb.pictures.models import Picture
from kb.record.models import Record


class Significance(StrEnum):
    """How much a published change matters to those who translate."""

    TYPING = "typing"
    WORDING = "wording"
    MEANING = "meaning"


class State(StrEnum):
    """The steps in the life of a draft."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    CHANGES_REQUESTED = "changes-requested"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    TURNED_DOWN = "turned-down"


class Version(Base):
    """A record as it was published; rows are added, never changed."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    number: Mapped[int]
    """Counts from 1 within the record."""
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    significance: Mapped[str] = mapped_column(default="")
    """Empty where nobody said, as of seeds."""
    note: Mapped[str] = mapped_column(default="")
    doubts_note: Mapped[str] = mapped_column(default="")
    """Why a reviewer vouched for claims that were flagged."""
    came_by: Mapped[str] = mapped_column(default="")
    """The program that took it in, if no person published it."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[datetime] = mapped_column(Moment)

    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class Withdrawal(Base):
    """Why a record is not shown any more, and what to read in its place."""

    __tablename__ = "withdrawal"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str]
    replaced_by_id: Mapped[int | None] = mapped_column(
        ForeignKey(Record.id, ondelete="SET NULL")
    )
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Moment)


class Penned:
    """What one person at a time writes; see `kb.writing.pen`."""

    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    locked_until: Mapped[datetime | None] = mapped_column(Moment)

    @declared_attr
    def locked_by(cls) -> Mapped[Person | None]:  # noqa: N805
        """Give who has the pen."""
        key: Any = cls.locked_by_id
        return relationship(foreign_keys=[key], lazy="raise_on_sql")


class Draft(Penned, Base):
    """A document somebody works on: a new record, or a change of one."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("owner_id", "once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    holding_id: Mapped[int | None] = mapped_column(
        ForeignKey(Holding.id, ondelete="SET NULL"), index=True
    )
    """Set where it is knowledge of a community."""
    based_on: Mapped[int] = mapped_column(default=0)
    """Number of the version it began from; 0 for a new record."""
    language: Mapped[str]
    """Language of the words that are written: the source of the record."""
    owner_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(default=State.DRAFT, index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the saves; a form says which one it shows."""
    once: Mapped[str | None]
    """Sign of the form it was begun with, so that sending it twice begins one."""
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)

    owner: Mapped[Person] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    reviewer: Mapped[Person | None] = relationship(
        foreign_keys=[reviewer_id], lazy="raise_on_sql"
    )


class DraftCountry(Base):
    """A country of the sites of a draft: who reviews there may see it."""

    __tablename__ = "draft_country"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), primary_key=True
    )
    country: Mapped[str] = mapped_column(primary_key=True)


class DraftPicture(Base):
    """A picture that waits with a draft; the row goes when either is over."""

    __tablename__ = "draft_picture"

    picture_id: Mapped[int] = mapped_column(
        ForeignKey(Picture.id, ondelete="CASCADE"), primary_key=True
    )
    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), index=True
    )


class DraftSave(Base):
    """A draft as it stood after one save."""

    __tablename__ = "draft_save"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Moment)


class DraftStep(Base):
    """One step in the life of a draft, and who took it; rows are added only."""

    __tablename__ = "draft_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), index=True
    )
    what: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)

    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class DraftComment(Base):
    """What a reviewer says of one field of a draft, or of all of it."""

    __tablename__ = "draft_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    field: Mapped[str]
    """Path of the field, such as ``texts.en.how``; empty for the whole."""
    words: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    settled: Mapped[datetime | None] = mapped_column(Moment)
    """When the author handed it in again after the comment."""

    by: Mapped[Person] = relationship(lazy="raise_on_sql")
