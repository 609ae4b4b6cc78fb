"""Tables of the desks: where each stands, when it works, who is on duty, the rules."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base, Moment
from kb.people.models import Person
from kb.regions.models import Region

A_DAY = 24 * 60
"""Minutes of a day."""
WITHIN = {
    "first_within": 14 * 60,
    "next_within": 14 * 60,
    "settled_within": 70 * 60,
}
"""What a desk promises → minutes of working time where it says nothing else: two days
of seven hours, and ten."""


class Desk(Base):
    """A helpdesk for one region: a function, whoever fills it."""

    __tablename__ = "desk"

    code: Mapped[str] = mapped_column(primary_key=True)
    """As roles name it in their scope; never changes."""
    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("desk.code"))
    """The desk it turns to."""
    languages: Mapped[str]
    """Codes with a blank between: what it can read and answer in."""
    themes: Mapped[str]
    """Codes with a blank between; empty if it takes all themes."""
    zone: Mapped[str]
    """Name of its time zone in the list of IANA, such as ``Africa/Niamey``."""
    first_within: Mapped[int]
    next_within: Mapped[int]
    settled_within: Mapped[int]
    """Minutes of working time within which askers may expect a first answer, another,
    and an end."""
    shares_out: Mapped[bool]
    """Each question is given to one of its experts."""
    changed: Mapped[datetime] = mapped_column(Moment)

    names: Mapped[list["DeskName"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="DeskName.language"
    )
    hours: Mapped[list["DeskHours"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="DeskHours.weekday, DeskHours.opens",
    )
    holidays: Mapped[list["DeskHoliday"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="DeskHoliday.day"
    )


class DeskName(Base):
    """What a desk is called in one language of the interface."""

    __tablename__ = "desk_name"

    desk_code: Mapped[str] = mapped_column(
        ForeignKey(Desk.code, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class DeskHours(Base):
    """A time in which a desk works, in its own zone; a day may have several."""

    __tablename__ = "desk_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_of_seven"),
        CheckConstraint(
            f"0 <= opens AND opens < closes AND closes <= {A_DAY}", name="in_one_day"
        ),
    )

    desk_code: Mapped[str] = mapped_column(
        ForeignKey(Desk.code, ondelete="CASCADE"), primary_key=True
    )
    weekday: Mapped[int] = mapped_column(primary_key=True)
    """Monday is 0."""
    opens: Mapped[int] = mapped_column(primary_key=True)
    closes: Mapped[int]
    """Minutes after midnight, as `opens`."""


class DeskHoliday(Base):
    """A day on which a desk does not work."""

    __tablename__ = "desk_holiday"

    desk_code: Mapped[str] = mapped_column(
        ForeignKey(Desk.code, ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]


class DeskDuty(Base):
    """When somebody with a role at a desk is away, and how much she takes in a day."""

    __tablename__ = "desk_duty"
    __table_args__ = (CheckConstraint("daily_cap >= 0", name="cap_not_negative"),)

    desk_code: Mapped[str] = mapped_column(
        ForeignKey(Desk.code, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id), primary_key=True, index=True
    )
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    """The last day away."""
    daily_cap: Mapped[int | None]
    """Questions a day at most; nothing if she said no number."""
    languages: Mapped[str] = mapped_column(default="")
    themes: Mapped[str] = mapped_column(default="")
    """Codes with a blank between: what she may be given; all if empty."""


class DeskRule(Base):
    """One rule for questions: where, in which language, about what → to which desk."""

    __tablename__ = "desk_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    """The first rule that fits counts."""
    region_code: Mapped[str | None] = mapped_column(ForeignKey(Region.code))
    language: Mapped[str]
    """Empty for any."""
    theme: Mapped[str]
    """Code of the theme; empty for any."""
    desk_code: Mapped[str] = mapped_column(ForeignKey(Desk.code, ondelete="CASCADE"))
