"""Tables of communities, of what they hold and of what they agreed to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.record.models import Record
from kb.regions.models import Region
from kb.vocabulary.models import Concept


class Shown(StrEnum):
    """To whom knowledge may be told, if there is consent."""

    PUBLIC = "public"
    SEASON = "season"
    """To all in some months of the year, else to members."""
    MEMBERS = "members"


class Form(StrEnum):
    """How consent was given."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    MEETING = "meeting"
    RECORDED = "recorded"


class Cover(StrEnum):
    """What a consent is for."""

    TEXT = "text"
    PICTURES = "pictures"
    NAMES = "names"
    PLACE = "place"


class Community(Base):
    """People who hold knowledge together."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What stands in addresses and in the scope of its stewards; never changes."""
    region_code: Mapped[str | None] = mapped_column(ForeignKey(Region.code))
    founded: Mapped[datetime] = mapped_column(Moment)

    names: Mapped[list["CommunityName"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class CommunityName(Base):
    """What a community is called in one language."""

    __tablename__ = "community_name"

    community_id: Mapped[int] = mapped_column(
        ForeignKey(Community.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Member(Base):
    """Somebody a steward asked in; she is a member once she has said yes."""

    __tablename__ = "community_member"
    __table_args__ = (
        UniqueConstraint("community_id", "email"),
        UniqueConstraint("community_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey(Community.id, ondelete="CASCADE")
    )
    email: Mapped[str | None] = mapped_column(index=True)
    """Whom the invitation was sent to; nothing once she has joined."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    asked: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    joined: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person | None] = relationship(
        foreign_keys=[person_id], lazy="raise_on_sql"
    )


class Holding(Base):
    """That a record, or a draft of one, is knowledge of a community."""

    __tablename__ = "holding"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey(Community.id), index=True)
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), unique=True
    )
    """Nothing while it is a draft, and after it was given back."""
    title: Mapped[str]
    """What it was called when it was given to the community."""
    shown: Mapped[str] = mapped_column(default=Shown.MEMBERS)
    months: Mapped[str] = mapped_column(default="")
    """Numbers with a blank between, of the months in which all may be told."""
    entered: Mapped[datetime] = mapped_column(Moment)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    reminded_of: Mapped[date | None]
    """The end of consent that stewards were told of."""

    community: Mapped[Community] = relationship(lazy="raise_on_sql")
    record: Mapped[Record | None] = relationship(lazy="raise_on_sql")
    notices: Mapped[list["Notice"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Notice.concept_id"
    )
    consents: Mapped[list["Agreement"]] = relationship(
        lazy="raise_on_sql", order_by=lambda: Agreement.id
    )


class GivenBack(Base):
    """That a community gave back what it held; its consents stay written down."""

    __tablename__ = "holding_given_back"

    holding_id: Mapped[int] = mapped_column(
        ForeignKey(Holding.id, ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey(Record.id, ondelete="SET NULL")
    )
    """Nothing if it was a draft."""
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    holding: Mapped[Holding] = relationship(lazy="raise_on_sql")


class Notice(Base):
    """A line for whoever uses the knowledge."""

    __tablename__ = "holding_notice"

    holding_id: Mapped[int] = mapped_column(
        ForeignKey(Holding.id, ondelete="CASCADE"), primary_key=True
    )
    concept_id: Mapped[str] = mapped_column(ForeignKey(Concept.id), primary_key=True)


class Agreement(Base):
    """Who agreed to what, and until when; rows are added, never changed."""

    __tablename__ = "community_consent"
    __table_args__ = (CheckConstraint("given_by <> ''", name="given_by_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    holding_id: Mapped[int] = mapped_column(
        ForeignKey(Holding.id, ondelete="CASCADE"), index=True
    )
    given_by: Mapped[str]
    """As they wish to be named; shown to stewards alone."""
    form: Mapped[str]
    covers: Mapped[str]
    """What it is for, with a blank between."""
    given_on: Mapped[date]
    until: Mapped[date | None]
    """The last day; nothing if it has no end."""
    entered: Mapped[datetime] = mapped_column(Moment)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    end: Mapped["ConsentEnd | None"] = relationship(lazy="raise_on_sql")


class ConsentEnd(Base):
    """That a consent was taken back, when and why."""

    __tablename__ = "community_consent_end"

    consent_id: Mapped[int] = mapped_column(
        ForeignKey(Agreement.id, ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
