"""Tables of proposals and of what was accepted."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.vocabulary.thesaurus import ThesaurusConcept


class ProposalState(StrEnum):
    """What became of a proposal."""

    WAITS = "waits"
    SENT_BACK = "sent-back"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class ConceptProposal(Base):
    """What somebody says a concept should be."""

    __tablename__ = "concept_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    into: Mapped[str] = mapped_column(default="")
    """The concept that it is to be merged into, if that is what is proposed."""
    is_new: Mapped[bool] = mapped_column(default=False)
    """It is a concept that was not there."""
    base: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What stood when it was proposed."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    confirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Languages in which the labels are said to be right as they stand."""
    meant: Mapped[bool] = mapped_column(default=False)
    """Labels that other concepts have, too, are meant so."""
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ProposalState.WAITS.value, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(default="")
    """Why it was sent back."""

    by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=by_id)


class ConceptVersion(Base):
    """A concept as it stood; rows are added only. 0 is what was there before people."""

    __tablename__ = "concept_version"

    code: Mapped[str] = mapped_column(
        ForeignKey(ThesaurusConcept.code, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)

    by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=by_id)
    decided_by: Mapped[Person | None] = relationship(
        lazy="raise_on_sql", foreign_keys=decided_by_id
    )
