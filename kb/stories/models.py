"""Tables of success stories."""

from collections.abc import Iterable, Mapping

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

    @property
    def figures(self) -> Mapping[str, Iterable[int]]:
        """Give the years from its beginning to its end, as far as they are known.

        Of a story without an end only the first year: nobody said how long it went on.
        """
        known = [year for year in (self.began, self.ended) if year is not None]
        return {"year": range(min(known), max(known) + 1)} if known else {}
