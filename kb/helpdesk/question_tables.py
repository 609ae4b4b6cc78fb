"""Tables of questions: private, each read by the asker and those who may answer it.

What is said to the asker (`Message`) and what experts note for each other (`Note`) are
two tables, so that no mistake can send a note.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.helpdesk.desk_tables import Desk
from kb.people.models import Person
from kb.record.models import Record
from kb.sms.tables import Phone
from kb.vocabulary.models import Concept


class State(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """Ours."""
    WAITING = "waiting"
    """The asker's: there is an answer."""
    RESOLVED = "resolved"


class Question(Base):
    """What somebody asks, where and about what."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_on_earth"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_on_earth"),
        Index("ix_question_queue", "state", "suspect", "changed", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """To be read aloud; it opens nothing (`kb.helpdesk.ticket`)."""
    at: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment, index=True)
    words: Mapped[str]
    language: Mapped[str]
    """That the words are in."""
    reader: Mapped[str]
    """Language of the pages and messages she gets."""
    country: Mapped[str]
    """ISO 3166-1 alpha-2; empty if she did not say."""
    place: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    """To a tenth of a degree, never closer."""
    land_use_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    theme_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    contact: Mapped[str]
    """Her address for e-mail; empty if she gave none, or it was forgotten."""
    phone_id: Mapped[int | None] = mapped_column(ForeignKey(Phone.id), index=True)
    """The phone she asked from, if she did; no page shows its number."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """The asker, if she was signed in."""
    state: Mapped[str] = mapped_column(default=State.OPEN)
    desk_code: Mapped[str | None] = mapped_column(ForeignKey(Desk.code), index=True)
    """Nothing while no desk could be found: then it lies in the queue of all."""
    contact_code: Mapped[str | None] = mapped_column(ForeignKey(Desk.code), index=True)
    """The desk that keeps the contact while another has the question."""
    asked_again: Mapped[int] = mapped_column(default=0)
    """How often she said, after an answer, that she still needs help."""
    due: Mapped[datetime | None] = mapped_column(Moment)
    """What its clocks say is due first; nothing while it is the asker's turn."""
    resumes: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """Until when it was put off; nothing if it was not."""
    because: Mapped[str] = mapped_column(default="")
    """Why it lies there, as `kb.helpdesk.routing.Reason` writes it."""
    suspect: Mapped[bool] = mapped_column(default=False)
    """It looks like advertising; a person decides."""
    given_to: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """The expert whose turn it is; nothing if it is for all at the desk."""
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("question.id"), index=True
    )
    """The question of another asker that asks the same; it follows nothing itself."""
    goes_on_id: Mapped[int | None] = mapped_column(
        ForeignKey("question.id"), index=True
    )
    """The question of the same asker in which this one goes on; its links open that."""
    came_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("question.id"), index=True
    )
    """The question of the same asker of which this is a part."""

    shown: Mapped[list["Shown"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    messages: Mapped[list["Message"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Message.at, Message.id",
    )


class PrivateLink(Base):
    """A link that opens one question to whoever has it."""

    __tablename__ = "question_link"

    digest: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    mailed: Mapped[bool] = mapped_column(default=False)
    """It went to her address, so whoever has it reads what comes there."""


class Shown(Base):
    """A record that was offered before the question was sent."""

    __tablename__ = "question_shown"

    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    was_read: Mapped[bool]
    """She says that she read it and that it was not enough."""


class Message(Base):
    """Words between the asker and the desk; both see them."""

    __tablename__ = "question_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    from_asker: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who answered; not shown to the asker."""
    words: Mapped[str]
    language: Mapped[str]
    own_experience: Mapped[bool]
    """The answer rests, in part at least, on the expert's own experience."""

    cites: Mapped[list["Cite"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Cite(Base):
    """A record that an answer rests on."""

    __tablename__ = "question_cite"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )


class Remark:
    """What somebody wrote about a question; no table of its own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    words: Mapped[str]


class Note(Remark, Base):
    """What experts write for each other; it reaches no asker and no message."""

    __tablename__ = "question_note"
