"""Tables of the vocabularies."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base


class Concept(Base):
    """One entry of a list. Its id, such as ``land_use:paddy``, can be read."""

    __tablename__ = "concept"

    id: Mapped[str] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    position: Mapped[int]
    group: Mapped[str] = mapped_column(default="")

    names: Mapped[list["ConceptName"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class ConceptName(Base):
    """What an entry is called in one language."""

    __tablename__ = "concept_name"

    concept_id: Mapped[str] = mapped_column(
        ForeignKey(Concept.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    plain: Mapped[str] = mapped_column(default="")


class Shape(Base):
    """The drawing of an entry of the list ``drawing``, without a word in it.

    `kb.vocabulary.shapes` says what it may hold.
    """

    __tablename__ = "shape"

    concept_id: Mapped[str] = mapped_column(
        ForeignKey(Concept.id, ondelete="CASCADE"), primary_key=True
    )
    svg: Mapped[str]
    labels: Mapped[list[str]] = mapped_column(JSON)
    """Names of the places where words stand, in the order of the drawing."""
