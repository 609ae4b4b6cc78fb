"""The table of the directory."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.people.models import Person


class ListingState(StrEnum):
    """Whether it is shown."""

    WAITING = "waiting"
    LISTED = "listed"


class Listing(Base):
    """A person or an institution in the directory."""

    __tablename__ = "listing"
    __table_args__ = (
        CheckConstraint(
            "person_id IS NOT NULL OR digest IS NOT NULL", name="has_an_owner"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), unique=True)
    """Whose it is; nothing for an institution without an account."""
    digest: Mapped[str | None] = mapped_column(unique=True)
    """Of the secret in the link that takes it back, where there is no account."""
    kind: Mapped[str]
    """``person`` or ``institution``."""
    state: Mapped[str] = mapped_column(index=True)
    made: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str]
    about: Mapped[str]
    language: Mapped[str]
    """That the words are in, and messages to it."""
    country: Mapped[str] = mapped_column(index=True)
    """ISO 3166-1 alpha-2; empty if it is for everywhere."""
    languages: Mapped[list[str]] = mapped_column(JSON)
    themes: Mapped[list[str]] = mapped_column(JSON)
    """Codes."""
    website: Mapped[str]
    email: Mapped[str]
    shows_email: Mapped[bool]
    wording: Mapped[str]
    """The version of the words that were agreed to."""
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """The coordinator who let it in."""
