"""Tables of texts that came from phones, and of how far each talk is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question
from kb.sms.tables import Phone


class TextBecame(StrEnum):
    """What came of a text."""

    QUESTION = "question"
    WORDS = "words"
    """More words in the question that its phone talks about."""
    PLACE = "place"
    """The answer to where her land is."""
    KEYWORD = "keyword"
    UNHEARD = "unheard"
    """It belongs to a question in which nothing more can be said."""
    ECHO = "echo"
    """It came from our own number."""


class TextIn(Base):
    """A text that came in, as it was."""

    __tablename__ = "text_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of what makes it this text; delivered again, it has the same."""
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    phone_id: Mapped[int | None] = mapped_column(
        ForeignKey(Phone.id, ondelete="CASCADE"), index=True
    )
    """Nothing where a service sent it, which is no telephone."""
    service: Mapped[str]
    """What such a sender calls itself."""
    text: Mapped[str]
    became: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )


class Step(StrEnum):
    """What a talk waits for."""

    NOTHING = ""
    WHERE = "where"
    """Where her land is; the code of the question comes after that."""


class Talk(Base):
    """What a phone talks about, and what is left to be read."""

    __tablename__ = "phone_talk"

    phone_id: Mapped[int] = mapped_column(
        ForeignKey(Phone.id, ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey(Question.id, ondelete="SET NULL"), index=True
    )
    step: Mapped[str] = mapped_column(default=Step.NOTHING)
    until: Mapped[datetime] = mapped_column(Moment, index=True)
    """When what it waits for comes no more, and the talk goes on without."""
    rest: Mapped[str] = mapped_column(default="")
    """What was answered and not sent yet: it goes in pieces, by MORE."""
