"""Tables of the workbench."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.record.models import Record
from kb.writing.models import Penned


class Rendering(Base):
    """What a field is to say in a language, until it is accepted.

    A language may be a regional one, such as ``fr-NE``, that says some fields only.
    """

    __tablename__ = "rendering"
    __table_args__ = (UniqueConstraint("record_id", "language", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    language: Mapped[str]
    field: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    """`kb.record.marks.Work`."""
    small: Mapped[bool] = mapped_column(default=False)
    """It mends a word and does not bring the field up to date with its source."""
    source_hash: Mapped[str]
    source_version: Mapped[int]
    """Number of the version whose source it was translated from."""
    translator_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    note: Mapped[str] = mapped_column(default="")
    """Why it was sent back."""
    changed: Mapped[datetime] = mapped_column(Moment)

    translator: Mapped[Person] = relationship(lazy="raise_on_sql")


class RenderingStep(Base):
    """One step in the life of a rendering, with its words; rows are added only."""

    __tablename__ = "rendering_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    field: Mapped[str]
    what: Mapped[str]
    words: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Suggested(Base):
    """Words for a field from somebody without a role for it, until decided on."""

    __tablename__ = "suggested"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    field: Mapped[str]
    words: Mapped[str]
    source_hash: Mapped[str]
    source_version: Mapped[int]
    state: Mapped[str] = mapped_column(default="waits")
    """``waits``, ``taken`` or ``refused``."""
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[datetime] = mapped_column(Moment)

    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class TranslationComment(Base):
    """What somebody says of a field in a language to the others who work on it."""

    __tablename__ = "translation_comment"
    __table_args__ = (Index(None, "record_id", "language", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    language: Mapped[str]
    field: Mapped[str]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    settled: Mapped[datetime | None] = mapped_column(Moment)
    """When somebody said that it is seen to."""

    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class Invitation(Base):
    """A link by which volunteers come to the team of a language."""

    __tablename__ = "translator_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    """The role that who follows it gets in this language; empty for none: she only
    suggests."""
    digest: Mapped[str] = mapped_column(unique=True)
    """Of the secret in the link, which is not kept."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    made: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    most: Mapped[int]
    """How many people may follow it."""
    used: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[datetime | None] = mapped_column(Moment)

    made_by: Mapped[Person] = relationship(lazy="raise_on_sql")


class TranslationPen(Penned, Base):
    """Who translates a record into a language at the moment; see `kb.writing.pen`."""

    __tablename__ = "translation_pen"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)


class MemorySource(Base):
    """What a field or a sentence says in its own language; kept to be found again."""

    __tablename__ = "memory_source"
    __table_args__ = (UniqueConstraint("record_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"))
    language: Mapped[str]
    field: Mapped[str]
    words: Mapped[str]


class MemoryUnit(Base):
    """How a source was translated into one language, as published."""

    __tablename__ = "memory_unit"

    source_id: Mapped[int] = mapped_column(
        ForeignKey(MemorySource.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    state: Mapped[str]
    """``reviewed`` or ``machine-drafted``."""


class MemoryBand(Base):
    """A number that sources that are alike mostly share; see `memory`."""

    __tablename__ = "memory_band"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """Made of the language, too."""
    source_id: Mapped[int] = mapped_column(
        ForeignKey(MemorySource.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class MemoryLevel(Base):
    """Up to which version what a record says is in the memory."""

    __tablename__ = "memory_level"

    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int]


class TranslationDay(Base):
    """How many fields of public records were in a state in one language on a day.

    Numbers alone: nothing here says who translates.
    """

    __tablename__ = "translation_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    """In UTC."""
    language: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    """`kb.record.marks.FieldState`."""
    fields: Mapped[int]
