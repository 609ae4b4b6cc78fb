"""Tables of what is looked at again after what an answer rests on had changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question, Remark
from kb.record.models import Record


class Look(Remark, Base):
    """That somebody looked, and found what was answered still right.

    Her words say why, for the other experts; they may be empty.
    """

    __tablename__ = "question_look"


class Shaken(Base):
    """That those who answered were told of a change of a record they cited."""

    __tablename__ = "question_shaken"

    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    changed: Mapped[datetime] = mapped_column(Moment)
    """The last change they were told of."""
