"""Tables of guidelines."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.record.models import Record


class Guideline(Record):
    """One edition of a document that somebody else issued."""

    __tablename__ = "guideline"
    __mapper_args__ = {"polymorphic_identity": "guideline"}

    id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    issuer: Mapped[str]
    issued: Mapped[int | None]
    """Year; empty where the document does not show it."""
    edition: Mapped[str] = mapped_column(default="")
    url: Mapped[str]
    """Where the document was found."""
    on_copy: Mapped[bool] = mapped_column(default=False)
    """The page read was a copy or a summary, not the issuer's own."""
    written_in: Mapped[str] = mapped_column(default="")
    """Language of the document, as a code; empty where it is not known."""
    terms: Mapped[str] = mapped_column(default="")
    """Licence of the document itself; empty where it is not known."""
    region: Mapped[str] = mapped_column(default="")
    """Code of the region it is for, ``001`` for the world; empty if not said."""

    @property
    def figures(self) -> Mapping[str, Iterable[int]]:
        """Give the year it was issued in, if that is known."""
        return {"year": [self.issued]} if self.issued is not None else {}
