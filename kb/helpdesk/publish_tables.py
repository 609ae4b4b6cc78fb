"""Tables of what an asker lets others read, and of what was made of it.

They point from the question to the public record; nothing points back.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question
from kb.writing.models import Draft


class Consent(Base):
    """That an asker agreed, or took that back; rows are added, never changed."""

    __tablename__ = "question_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    given: Mapped[bool]
    wording: Mapped[str]
    """What she read when she decided."""
    language: Mapped[str]
    """That she read it in."""


class Publication(Base):
    """The draft that was begun from a question, which becomes a public answer."""

    __tablename__ = "question_publication"

    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), primary_key=True
    )
    draft_id: Mapped[int] = mapped_column(
        ForeignKey(Draft.id, ondelete="CASCADE"), unique=True
    )
    asked_back: Mapped[datetime | None] = mapped_column(Moment)
    """When she took her consent back though all could read it already."""
