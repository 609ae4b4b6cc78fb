"""Tables of mails that came in, and of pictures that came with questions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question
from kb.pictures.models import Picture


class Became(StrEnum):
    """What came of a mail."""

    QUESTION = "question"
    WORDS = "words"
    """More words in the question to which it is an answer."""
    UNHEARD = "unheard"
    """It belongs to a question in which nothing more can be said."""
    AUTOMATIC = "automatic"
    """A program wrote it; nobody is told and nothing is answered."""
    BOUNCE = "bounce"
    """A mail server says what became of a mail of ours."""


class MailIn(Base):
    """A mail that came in, as it was: its words in the question may be fewer."""

    __tablename__ = "mail_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of what makes it this mail; delivered again, it has the same."""
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    """When it was taken in."""
    name: Mapped[str]
    """Its Message-ID with its brackets; empty if it has none that can be repeated."""
    sender: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    text: Mapped[str]
    """All of it: what was quoted and signed too."""
    became: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    other_sender: Mapped[bool] = mapped_column(default=False)
    """It answers a mail of ours, but comes from another address."""
    said: Mapped[str] = mapped_column(default="")
    """What a mail server said of ours; empty for any other mail."""
    left_out: Mapped[str] = mapped_column(default="[]")
    """Names of what came with it and was not kept, each with why (JSON)."""


class QuestionPicture(Base):
    """A picture that came with a question; who may see the one sees the other."""

    __tablename__ = "question_picture"

    picture_id: Mapped[int] = mapped_column(
        ForeignKey(Picture.id, ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
