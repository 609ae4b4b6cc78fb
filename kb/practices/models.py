"""Tables of practices."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base
from kb.record.models import Record, Source
from kb.vocabulary.models import Concept

WORK_BY_SEX = "work_by_sex"
"""What a practice tells that says how much of the work women do, or men."""


class Practice(Record):
    """A way of working the land, described once and translated."""

    __tablename__ = "practice"
    __mapper_args__ = {"polymorphic_identity": "practice"}

    id: Mapped[int] = mapped_column(
        ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True
    )

    steps: Mapped[list["Step"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Step.number"
    )
    limits: Mapped[list["Limit"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Limit.id"
    )
    costs: Mapped[list["Cost"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Cost.id"
    )
    work: Mapped[list["Work"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Work.id"
    )

    FIGURES_FROM: ClassVar[tuple[str, ...]] = ("costs", "work")

    @property
    def figures(self) -> Mapping[str, Iterable[int]]:
        """Give what it costs to begin with, US dollars per hectare.

        Only where all of it is given in dollars: money of different currencies cannot
        be compared. The dollars are those of the year that the source gives.
        """
        begun = [cost for cost in self.costs if cost.phase == "establish"]
        if not begun or any(cost.currency != "USD" for cost in begun):
            return {}
        return {"cost_usd": [round(sum(c.quantity * c.unit_cost for c in begun))]}

    @property
    def tells(self) -> Iterable[str]:
        """Say whether the work of women and men is told apart."""
        told = any({w.women_days, w.men_days} != {None} for w in self.work)
        return (*super().tells, *([WORK_BY_SEX] if told else []))


class Step(Base):
    """When one of at most nine steps is taken; its words are the part ``step:n``."""

    __tablename__ = "step"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 9", name="at_most_nine"),)

    practice_id: Mapped[int] = mapped_column(
        ForeignKey(Practice.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    season_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    weeks: Mapped[int | None]
    """Weeks after the season point, negative before it; empty when not said."""
    icon_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    """Which small drawing says without words what is done; one of ``step_icon``."""


class Limit(Base):
    """Where a practice does not work; its words are the part ``limit:<key>``."""

    __tablename__ = "hard_limit"
    __table_args__ = (UniqueConstraint("practice_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(
        ForeignKey(Practice.id, ondelete="CASCADE")
    )
    key: Mapped[str]
    limit_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    at_least: Mapped[float | None]
    at_most: Mapped[float | None]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey(Concept.id))
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id))

    source: Mapped[Source | None] = relationship(lazy="raise_on_sql")


class Cost(Base):
    """What one item costs per hectare; its words are the part ``cost:<key>``."""

    __tablename__ = "cost"
    __table_args__ = (
        UniqueConstraint("practice_id", "key"),
        CheckConstraint("unit_cost >= 0", name="not_negative"),
        CheckConstraint("length(currency) = 3", name="currency_iso_4217"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(
        ForeignKey(Practice.id, ondelete="CASCADE")
    )
    key: Mapped[str]
    phase: Mapped[str]
    quantity: Mapped[float]
    unit_id: Mapped[str] = mapped_column(ForeignKey(Concept.id))
    unit_cost: Mapped[float]
    currency: Mapped[str]
    year: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id))

    source: Mapped[Source] = relationship(lazy="raise_on_sql")


class Work(Base):
    """Person-days per hectare, by sex where that is known."""

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(
        ForeignKey(Practice.id, ondelete="CASCADE"), index=True
    )
    phase: Mapped[str]
    women_days: Mapped[float | None]
    men_days: Mapped[float | None]
    days: Mapped[float | None]
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id))

    source: Mapped[Source] = relationship(lazy="raise_on_sql")
