"""Tables of the helpdesk."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.record.models import Record


class Answer(Record):
    """A question and its answer, open to all."""

    __tablename__ = "answer"
    __mapper_args__ = {"polymorphic_identity": "answer"}

    id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
