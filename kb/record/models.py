"""Tables of records: one row each here, and what hangs on it."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base
from kb.people.models import Person
from kb.vocabulary.models import Concept

WHO_BENEFITS = "who_benefits"
"""What a record tells that names who gains from it, by the list ``benefits``."""


class Status(StrEnum):
    """The steps in the life of a record."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Telling(StrEnum):
    """What the community says whose knowledge a record is; see `kb.communities`."""

    FREE = "free"
    """It is nobody's in particular."""
    OPEN = "open"
    UNPICTURED = "unpictured"
    """It may be told, but not its pictures."""
    KEPT = "kept"


class TextState(StrEnum):
    """How far the words of one language can be trusted."""

    SOURCE = "source"
    DRAFT = "draft"
    MACHINE_DRAFTED = "machine-drafted"
    REVIEWED = "reviewed"
    STALE = "stale"


class Source(Base):
    """A study, report or page that records cite."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    citation: Mapped[str]
    year: Mapped[int | None]
    doi: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    also: Mapped[str | None]
    """Another key that records cite it by: the one it had when it came from a person,
    before seeds brought it too."""
    read_on_copy: Mapped[bool] = mapped_column(default=False)
    """The page read was a copy or a summary, not the publisher's own."""


class Record(Base):
    """A piece of knowledge; each kind joins its own table to this one."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The name it has in seed and exchange files; never changes."""
    status: Mapped[str] = mapped_column(default=Status.DRAFT, index=True)
    telling: Mapped[str] = mapped_column(default=Telling.FREE)
    told_from: Mapped[date | None]
    """The first day on which it may be told; nothing if that is past or never was."""
    told_until: Mapped[date | None] = mapped_column(index=True)
    """The last day on which it may be told, in UTC; nothing for no end."""
    source_language: Mapped[str] = mapped_column(default="en")
    published_on: Mapped[date | None]
    review_due_on: Mapped[date | None]
    assessed_on: Mapped[date | None]
    """When somebody last said whether it is still true."""
    licence: Mapped[str] = mapped_column(default="CC BY 4.0")
    credit: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    """Who wrote it here, and still has an account."""
    provenance: Mapped[str] = mapped_column(default="")
    """Where the record came from, for example ``seeds``."""
    fingerprint: Mapped[str] = mapped_column(default="")
    """Digest of what was last taken in; the same content is not taken in twice."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {
        "polymorphic_on": "kind",
        "polymorphic_identity": "record",
        "version_id_col": version,
    }

    texts: Mapped[list["Text"]] = relationship(
        back_populates="record", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    tags: Mapped[list["Tag"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    names: Mapped[list["LocalName"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="LocalName.id"
    )
    sites: Mapped[list["Site"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Site.id"
    )
    effects: Mapped[list["Effect"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Effect.id"
    )
    relations: Mapped[list["Relation"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        foreign_keys="Relation.from_id",
        order_by="Relation.id",
    )
    citations: Mapped[list["Citation"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    FIGURES_FROM: ClassVar[tuple[str, ...]] = ()
    """Relationships of its kind that `figures` and `tells` are made from."""

    @property
    def figures(self) -> Mapping[str, Iterable[int]]:
        """Give what it can be found by in figures: range → whole numbers."""
        return {}

    @property
    def tells(self) -> Iterable[str]:
        """Name what it says beyond its words, such as who does the work."""
        return (WHO_BENEFITS,) if self.codes("benefits") else ()

    def codes(self, scheme: str) -> list[str]:
        """Give the ids of its tags from one list, such as ``land_use``."""
        return [
            t.concept_id for t in self.tags if t.concept_id.startswith(f"{scheme}:")
        ]


class Text(Base):
    """A record's words in one language."""

    __tablename__ = "text"
    __table_args__ = (UniqueConstraint("record_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    language: Mapped[str]
    state: Mapped[str]
    apart: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Fields whose state is not that of the whole: field → state."""
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    slug: Mapped[str]

    record: Mapped[Record] = relationship(back_populates="texts", lazy="raise_on_sql")
    parts: Mapped[list["Part"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Part(Base):
    """Named words of a text: a section (``how``), ``step:3`` or ``effect:<key>``.

    ``drawing:<code>`` says what a drawing shows, ``label:<code>-<label>`` stands in it.

    Everything of a record that is translated is a part, a title or a summary; all the
    rest is the same in every language.
    """

    __tablename__ = "part"

    text_id: Mapped[int] = mapped_column(
        ForeignKey(Text.id, ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]


class FieldMark(Base):
    """How far the words of one field in one language can be trusted, and by whom.

    Rows follow the version that is published; `kb.record.marks` says what they mean.
    """

    __tablename__ = "field_mark"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    behind: Mapped[str] = mapped_column(default="")
    source_hash: Mapped[str]
    source_version: Mapped[int]
    words_hash: Mapped[str]
    """Digest of the words: while it stays, who translated them stays."""
    translator_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    __table_args__ = (Index(None, "language", "state"),)


class Tag(Base):
    """A concept that a record is filed under."""

    __tablename__ = "tag"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    concept_id: Mapped[str] = mapped_column(
        ForeignKey(Concept.id), primary_key=True, index=True
    )


class LocalName(Base):
    """What people somewhere call it."""

    __tablename__ = "local_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    language: Mapped[str]
    country: Mapped[str] = mapped_column(default="")


class Site(Base):
    """A place where something was done; the point is only as exact as it says."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_on_earth"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_on_earth"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    place: Mapped[str]
    country: Mapped[str] = mapped_column(default="", index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision_km: Mapped[float | None]
    climate_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    soil_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    land_use_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    told_in: Mapped[str] = mapped_column(default="")
    """Report of a user who tried it there: stays when the record is taken in anew."""


class Effect(Base):
    """One measured result, with its unit, its conditions and its source."""

    __tablename__ = "effect"
    __table_args__ = (
        UniqueConstraint("record_id", "key"),
        CheckConstraint("low <= high", name="low_before_high"),
        CheckConstraint("depth_from_cm <= depth_to_cm", name="depth_in_order"),
        CheckConstraint(
            "value IS NOT NULL OR low IS NOT NULL OR baseline IS NOT NULL"
            " OR after_value IS NOT NULL",
            name="has_a_figure",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    key: Mapped[str]
    indicator_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    unit_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    spread: Mapped[str] = mapped_column(default="")
    """What low and high are: ``interval``, ``sd``, ``se`` or ``range``."""
    bound: Mapped[str] = mapped_column(default="")
    """``at_least`` or ``at_most`` where the source gives only a limit."""
    about: Mapped[bool] = mapped_column(default=False)
    baseline: Mapped[float | None]
    after_value: Mapped[float | None]
    years: Mapped[float | None]
    depth_from_cm: Mapped[float | None]
    depth_to_cm: Mapped[float | None]
    n: Mapped[int | None]
    counted_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    comparator_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    method_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    evidence_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    disputed: Mapped[bool] = mapped_column(default=False)
    wider: Mapped[bool] = mapped_column(default=False)
    """Measured for a wider group, or a baseline: no evidence for this very record."""
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id), index=True)
    told_in: Mapped[str] = mapped_column(default="")
    """Report of somebody who tried it: it stays when the record is taken in anew."""

    source: Mapped[Source] = relationship(lazy="raise_on_sql")


class Relation(Base):
    """How one record stands to another: goes with, comes before, uses, cites."""

    __tablename__ = "relation"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]

    other: Mapped[Record] = relationship(foreign_keys=[to_id], lazy="raise_on_sql")


class Citation(Base):
    """A source that a record rests on, beside those of its effects."""

    __tablename__ = "citation"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id), primary_key=True)

    source: Mapped[Source] = relationship(lazy="raise_on_sql")
