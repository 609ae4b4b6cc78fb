"""The table of the ways that questions took from desk to desk; their askers see it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.question_tables import Question
from kb.people.models import Person


class Because(StrEnum):
    """Why a question went on."""

    REFERRED = "referred"
    """The desk that had it asks another, and says why."""
    ASKED_AGAIN = "asked-again"
    """Its asker still needs help, not for the first time."""
    LATE = "late"
    """Nobody answered in time."""
    PUT_OFF = "put-off"
    """The same desk waits for something, and says for what."""
    ALIKE = "alike"
    """Somebody else asked the same; it waits for that answer."""
    UNLIKE = "unlike"
    """It waits for an answer of its own after all."""
    JOINED = "joined"
    """A later question of the same asker was put to it; the words say which."""
    PARTED = "parted"
    """A part of it became a question of its own; the words say which."""
    GIVEN = "given"
    """Somebody gave it to the desk it belongs to."""


class Pass(Base):
    """That a question went from one desk to another, or waits at the same one."""

    __tablename__ = "question_pass"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey(Question.id, ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    from_code: Mapped[str | None] = mapped_column(ForeignKey(Desk.code))
    """Nothing where it lay with no desk."""
    to_code: Mapped[str] = mapped_column(ForeignKey(Desk.code))
    because: Mapped[str]
    words: Mapped[str]
    """What the desk says of it, for the asker; empty but where it was referred."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who passed it on; not shown to the asker."""
