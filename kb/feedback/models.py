"""Tables of what users say."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.pictures.models import Picture
from kb.record.models import Record, Source
from kb.vocabulary.models import Concept


class ReportState(StrEnum):
    """What became of a report."""

    NEW = "new"
    CONFIRMED = "confirmed"
    SETTLED = "settled"


class HeldState(StrEnum):
    """What became of a comment, or of what somebody tried."""

    HELD = "held"
    PASSED = "passed"
    REFUSED = "refused"


class FollowUpState(StrEnum):
    """How far the question after a season has come."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"


class Helpful(Base):
    """One answer to "was this helpful?"."""

    __tablename__ = "helpful"
    __table_args__ = (UniqueConstraint("record_id", "voter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    day: Mapped[date]
    helpful: Mapped[bool]
    reason: Mapped[str]
    """One of `kb.feedback.given.REASONS`; empty if none was given."""
    language: Mapped[str]
    voter: Mapped[str | None]
    """A keyed digest of what only that browser has, so that it answers once; forgotten
    after a while."""


class Said:
    """What all have in common that somebody wrote: when, in which language, who."""

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str]
    name: Mapped[str]
    """As she wants to be called; empty if she did not say."""
    contact: Mapped[str]
    """Address for a message to her, shown to nobody; empty if none, or forgotten."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    state: Mapped[str] = mapped_column(index=True)
    suspect: Mapped[bool] = mapped_column(default=False)
    """It looks like advertising; a person decides."""
    note: Mapped[str] = mapped_column(default="")
    """What was decided, and why."""
    decided: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(default="")
    """``person 7``, as in the log."""


class Report(Said, Base):
    """An error or a danger that somebody saw in a record."""

    __tablename__ = "feedback_report"

    kind: Mapped[str]
    """``danger`` or ``error``."""
    words: Mapped[str]
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    """When it has to be settled."""
    warning: Mapped[str] = mapped_column(default="")
    """What stands on the page of the record until the report is settled."""
    warning_language: Mapped[str] = mapped_column(default="")

    record: Mapped[Record] = relationship(lazy="raise_on_sql")


class Comment(Said, Base):
    """Words to the owner of a record, or an answer to such words."""

    __tablename__ = "feedback_comment"

    words: Mapped[str]
    answers_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback_comment.id", ondelete="CASCADE"), index=True
    )
    """The comment that this one answers."""

    record: Mapped[Record] = relationship(lazy="raise_on_sql")


class Tried(Said, Base):
    """What somebody did on her own land, and what came of it."""

    __tablename__ = "tried"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_on_earth"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_on_earth"),
        CheckConstraint("area_ha > 0", name="some_area"),
    )

    country: Mapped[str]
    place: Mapped[str]
    """District or nearest town; empty if only the country is known."""
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    """To a tenth of a degree, never closer."""
    land_use_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    season_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    year: Mapped[int]
    area_ha: Mapped[float | None]
    done: Mapped[str]
    """What was done, in her words."""
    outcome: Mapped[str]
    """``kept``, ``changed`` or ``stopped``."""
    why: Mapped[str]
    """Why she goes on, changed it or stopped."""
    failed: Mapped[str]
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id))
    """What its results are cited as, once it is checked."""
    picture_id: Mapped[int | None] = mapped_column(
        ForeignKey(Picture.id, ondelete="SET NULL"), index=True
    )
    """The photo that came with it."""

    record: Mapped[Record] = relationship(lazy="raise_on_sql")
    picture: Mapped[Picture | None] = relationship(lazy="raise_on_sql")
    results: Mapped[list["Result"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Result.id"
    )


class Result(Base):
    """One thing that was measured or counted before and after."""

    __tablename__ = "tried_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    tried_id: Mapped[int] = mapped_column(
        ForeignKey(Tried.id, ondelete="CASCADE"), index=True
    )
    indicator_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    unit_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    before: Mapped[float | None]
    after: Mapped[float]
    years: Mapped[float | None]
    plausible: Mapped[bool] = mapped_column(default=True)
    """Whether whoever checked it lets it count."""


class FollowUp(Base):
    """Somebody who wants to be asked after a season how it went."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(index=True)
    """Forgotten as soon as she has answered or wants no question any more."""
    language: Mapped[str]
    begun: Mapped[datetime] = mapped_column(Moment)
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[str] = mapped_column(default=FollowUpState.UNCONFIRMED)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of the secret of the link that works now."""
    expires: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(default="")
    """``considering``, ``planning``, ``did``, ``worked`` or ``failed``."""

    record: Mapped[Record] = relationship(lazy="raise_on_sql")
