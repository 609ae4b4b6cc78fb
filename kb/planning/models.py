"""Tables of plans."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.helpdesk.question_tables import Question
from kb.people.models import Person
from kb.record.models import Record
from kb.vocabulary.models import Concept


class Plan(Base):
    """What somebody wants to do, where and what for."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("area_ha > 0", name="area_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """Of the secret in its link; the secret itself is not kept."""
    made: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment, index=True)
    said: Mapped[str]
    """The land, as `kb.regions.said.Said` writes it: to a tenth of a degree."""
    country: Mapped[str]
    place: Mapped[str]
    land_use_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    theme_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    goals: Mapped[list[str]] = mapped_column(JSON)
    """Concepts of the list ``purpose``."""
    area_ha: Mapped[float | None]
    notes: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    """Who made it, if she was signed in."""
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey(Question.id, ondelete="SET NULL"), index=True
    )
    """The question with which it was handed to a desk."""

    practices: Mapped[list["PlanPractice"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="PlanPractice.position",
    )


class PlanPractice(Base):
    """A practice that was chosen for a plan."""

    __tablename__ = "plan_practice"

    plan_id: Mapped[int] = mapped_column(
        ForeignKey(Plan.id, ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
