"""Tables of credit."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.record.models import Record


class Share(StrEnum):
    """What somebody did for a record; who is cited comes in this order."""

    AUTHOR = "author"
    LAND_USER = "land_user"
    COMPILER = "compiler"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"


class Naming(Base):
    """How a person with an account wishes to be named; not at all until she says so."""

    __tablename__ = "naming"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    name: Mapped[str]
    """Empty: she does not wish to be named."""
    orcid: Mapped[str] = mapped_column(default="")


class Contribution(Base):
    """Somebody's share in a record."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("record_id", "role", "language", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    """Of a translation; empty of all other shares."""
    position: Mapped[int]
    """Order within the record."""
    name: Mapped[str] = mapped_column(default="")
    """As she wishes it; empty where she is not named."""
    orcid: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Whose it is, if she has an account: then she decides on the name."""
    first_on: Mapped[date]
    last_on: Mapped[date]
    times: Mapped[int] = mapped_column(default=1)
    """Versions she wrote, reviewed or translated."""

    record: Mapped[Record] = relationship(lazy="raise_on_sql")


class RecordUse(Base):
    """How often a record was used in one month by readers of one language.

    Numbers alone: nothing here says who, where or on which day.
    """

    __tablename__ = "record_use"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    language: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    """Times that it stood among the results of a search."""
    opened: Mapped[int] = mapped_column(default=0)
    """Views that came from results of a search."""
    handouts: Mapped[int] = mapped_column(default=0)
    """Times that somebody came by the code that printed pages bear."""


class Certificate(Base):
    """A page that shows a person's contributions, as she chose, to who has its link."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    token: Mapped[str] = mapped_column(unique=True)
    """256 random bits. Kept as they are, so that she can print it again: they open
    nothing but what she made public by them."""
    name: Mapped[str]
    made: Mapped[datetime] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)

    lines: Mapped[list["CertificateLine"]] = relationship(lazy="raise_on_sql")


class CertificateLine(Base):
    """A contribution that a certificate shows."""

    __tablename__ = "certificate_line"

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey(Certificate.id, ondelete="CASCADE"), primary_key=True
    )
    contribution_id: Mapped[int] = mapped_column(
        ForeignKey(Contribution.id, ondelete="CASCADE"), primary_key=True
    )

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")
