"""Tables of the thesaurus: what people talk about, and what they call it.

A concept of the thesaurus is a thing or an activity, such as a cover crop; it has
several *labels* in a language, of which the first is preferred, and stands below
broader concepts. It may mean the same as an entry of the named lists.
"""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kb.database import Base, Moment
from kb.vocabulary.models import Concept

NAMED_IN = ("en", "fr", "es", "pt", "ar", "sw", "hi", "zh", "ru", "bn")
"""Languages in which every concept of the seeds has a label."""


class LabelState(StrEnum):
    """How far a label or a definition can be relied on."""

    MACHINE_DRAFTED = "machine-drafted"
    """Nobody who speaks the language has looked at it."""
    REVIEWED = "reviewed"
    """Two people agreed on it."""


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
    """What it is, in one plain English sentence: the source of all definitions."""
    definitions: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    """Language → ``text`` and ``state``: what it is, in other languages."""
    exact_match: Mapped[str] = mapped_column(default="")
    """Address of the same concept in another thesaurus, where somebody verified it."""
    same_as_id: Mapped[str | None] = mapped_column(
        ForeignKey(Concept.id, ondelete="SET NULL"), index=True
    )
    """The entry of the named lists that means exactly this."""
    fingerprint: Mapped[str] = mapped_column(default="")
    """Digest of what was last taken in; the same content is not taken in twice."""
    version: Mapped[int] = mapped_column(default=0)
    """How often people changed it; seeds leave it to them from the first time on."""
    merged_into: Mapped[str | None] = mapped_column(
        ForeignKey("thesaurus_concept.code"), index=True
    )
    """The concept that has its labels now; it is none itself any more."""
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
    state: Mapped[str] = mapped_column(default=LabelState.MACHINE_DRAFTED.value)
    place: Mapped[str] = mapped_column(default="")
    """Code of the country or region where they say so; empty if all do who speak it."""
    keep: Mapped[bool] = mapped_column(default=False)
    """Translators leave it as it is."""
    forbidden: Mapped[bool] = mapped_column(default=False)
    """Search understands it, but nobody should write it; never the preferred one."""
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
