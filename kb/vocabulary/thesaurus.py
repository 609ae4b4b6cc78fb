"""Tables of the thesaurus: what people talk about, and what they call it.

A concept of the thesaurus is a thing or an activity, such as a cover crop; it has
several *labels* in a language, of which the first is preferred, and stands below
broader concepts. It may mean the same as an entry of the named lists.
"""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.vocabulary.models import Concept

NAMED_IN = ("en", "fr", "es", "pt", "ar", "sw", "hi", "zh", "ru", "bn")
"""Languages in which every concept of the thesaurus has a label."""


class LinkKind(StrEnum):
    """How one concept stands to another."""

    BROADER = "broader"
    """The other is the wider of the two."""
    RELATED = "related"
    """They are often spoken of together; holds both ways."""


class ThesaurusConcept(Base):
    """Something people talk about. Its code never changes."""

    __tablename__ = "thesaurus_concept"

    code: Mapped[str] = mapped_column(primary_key=True)
    meaning: Mapped[str]
    """One plain English sentence."""
    same_as_id: Mapped[str | None] = mapped_column(
        ForeignKey(Concept.id, ondelete="SET NULL"), index=True
    )
    """The entry of the named lists that means exactly this."""
    fingerprint: Mapped[str] = mapped_column(default="")
    """Digest of what was last taken in; the same content is not taken in twice."""
    changed_at: Mapped[datetime] = mapped_column(
        Moment, default=lambda: datetime.now(UTC)
    )


class Label(Base):
    """One of the things that a concept is called in one language."""

    __tablename__ = "thesaurus_label"

    concept_code: Mapped[str] = mapped_column(
        ForeignKey(ThesaurusConcept.code, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """0 for the preferred one."""
    text: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)
    """Another concept is called the same in this language, and that is meant so."""
    reading: Mapped[str] = mapped_column(default="")
    """What search reads in it, see `kb.search.label`; nothing if it has not yet."""


class Link(Base):
    """How one concept of the thesaurus stands to another."""

    __tablename__ = "thesaurus_link"

    from_code: Mapped[str] = mapped_column(
        ForeignKey(ThesaurusConcept.code, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    to_code: Mapped[str] = mapped_column(
        ForeignKey(ThesaurusConcept.code, ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    rank: Mapped[int] = mapped_column(default=0)
    """Its place among the links of this kind."""
