"""The table of searches that people follow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.people.models import Person


class Following(Base):
    """One search that somebody follows."""

    __tablename__ = "following"
    __table_args__ = (UniqueConstraint("person_id", "language", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    language: Mapped[str]
    """In which her words are read, and titles are given."""
    name: Mapped[str]
    """What it is called, in her language: words and filters."""
    page: Mapped[str]
    """The end of its address, ``?q=pits&kind=practice``."""
    words: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    exact: Mapped[bool]
    begun: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[date] = mapped_column(index=True)
    """The first day of which she was not told."""
    secret: Mapped[str] = mapped_column(unique=True)
    """Stands in the links that end it, and can do nothing else; so it is kept as it is,
    and links in old messages work too."""
