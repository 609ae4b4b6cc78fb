"""The table of the clocks of questions: what was promised, and how much is used up."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question


class Promise(StrEnum):
    """What an asker may expect within so much working time of the desk."""

    FIRST = "first"
    """A first answer, from when she asks."""
    NEXT = "next"
    """Another, from when she says that she still needs help."""
    SETTLED = "settled"
    """That it is settled; the time in which it is her turn does not count."""


class Clock(Base):
    """How one promise about one question stands."""

    __tablename__ = "question_clock"
    __table_args__ = (
        CheckConstraint("within > 0", name="within_some_time"),
        CheckConstraint("used >= 0", name="used_not_negative"),
    )

    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), primary_key=True
    )
    promise: Mapped[str] = mapped_column(primary_key=True)
    within: Mapped[int]
    """Minutes of working time that were promised."""
    used: Mapped[int]
    """Seconds of working time that had passed when it was last stopped."""
    runs_since: Mapped[datetime | None] = mapped_column(Moment)
    """Nothing while it stands still."""
    due: Mapped[datetime | None] = mapped_column(Moment)
    """When the time is over, if it runs on; nothing while it stands still."""
    rings: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When the next are told; nothing while it stands still, or if all were told."""
    rung: Mapped[int]
    """How many of the levels of `kb.helpdesk.ringing` are behind it."""
    kept: Mapped[datetime | None] = mapped_column(Moment)
    """When the promise was kept, late or in time; nothing before."""
