"""The table of who looked at an answer again after what it rests on had changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question
from kb.people.models import Person


class Look(Base):
    """That somebody looked, and found what was answered still right."""

    __tablename__ = "question_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    words: Mapped[str]
    """Why, for the other experts; may be empty."""
