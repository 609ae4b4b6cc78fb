"""Tables of the yearly clock."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.people.models import Person
from kb.record.models import Record
from kb.writing.models import Draft


class Verdict(StrEnum):
    """Whether a record is still true."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Then(StrEnum):
    """What follows if it is not."""

    NOTHING = ""
    CHANGE = "change"
    WITHDRAW = "withdraw"


class Way(StrEnum):
    """How it was said that a record is true."""

    FORM = "form"
    CHANGE = "change"
    """A change of what it means was reviewed and published."""


class Assessment(Base):
    """One answer; rows are added, never changed but to forget whose they were."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    version: Mapped[int]
    """Number of the version that was read; 0 if none had been kept."""
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    due_on: Mapped[date | None]
    """The day it was due when it was assessed."""
    way: Mapped[str] = mapped_column(default=Way.FORM)
    verdict: Mapped[str]
    then: Mapped[str]
    evidence: Mapped[str]
    """New evidence, in her words; empty for none."""
    users: Mapped[str]
    """What users said that matters, in her words."""
    line: Mapped[str]
    """For all readers."""
    language: Mapped[str]
    note: Mapped[str]
    """For colleagues only."""
    helpful: Mapped[int]
    unhelpful: Mapped[int]
    tried: Mapped[int]
    open_reports: Mapped[int]
    """What users had said by then: counted when it was kept."""
    name: Mapped[str]
    """As she wants to be called; empty if she does not, or has left."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    once: Mapped[str] = mapped_column(unique=True)
    """Sign of the form, so that one sent twice counts once; of a published change the
    number of its draft."""
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey(Draft.id, ondelete="SET NULL")
    )
    """The change that was begun with it, or that it is."""


class Reminder(Base):
    """A person was told that a record is due on a day; she is told of that once."""

    __tablename__ = "assessment_reminder"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id), primary_key=True, index=True
    )
    due_on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
