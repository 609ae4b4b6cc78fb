"""Tables of answers that the asker cannot read yet, and of those put into her words.

An answer that waits for a translator is no `Message`: no mistake can show it to her.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Message, Question
from kb.people.models import Person


class Untranslated(Base):
    """An answer in a language that its asker does not read; gone once it is sent."""

    __tablename__ = "question_untranslated"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    words: Mapped[str]
    language: Mapped[str]
    into: Mapped[str]
    """The language it is to be in."""
    own_experience: Mapped[bool]
    records: Mapped[str]
    """Numbers of the records it cites, with a blank between."""


class Original(Base):
    """What an expert wrote where the asker reads a translation."""

    __tablename__ = "question_original"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who translated it."""
