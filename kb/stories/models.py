"""Tables of success stories."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.record.models import Record


class Story(Record):
    """What was done in one place over some years; its results are effects."""

    __tablename__ = "story"
    __mapper_args__ = {"polymorphic_identity": "story"}
    __table_args__ = (CheckConstraint("began <= ended", name="years_in_order"),)

    id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    began: Mapped[int | None]
    ended: Mapped[int | None]
