"""Tables of the regions."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.database import Base


class RegionKind(StrEnum):
    """What a region is; all but the named ones form one tree."""

    WORLD = "world"
    CONTINENT = "continent"
    SUBREGION = "subregion"
    COUNTRY = "country"
    DISTRICT = "district"
    NAMED = "named"


class Region(Base):
    """A part of the world.

    Its code can be read and never changes: ``BF`` (ISO 3166-1; Kosovo has the ``XK``
    that users agreed on), ``BF-10`` (ISO 3166-2), ``011`` (UN M49), ``sahel`` (ours).
    A named region is in the smallest part of the tree that holds all its members.
    """

    __tablename__ = "region"
    __table_args__ = (
        CheckConstraint("south BETWEEN -90 AND 90", name="south_on_earth"),
        CheckConstraint("north BETWEEN -90 AND 90", name="north_on_earth"),
        CheckConstraint("south <= north", name="south_before_north"),
        CheckConstraint("west BETWEEN -180 AND 180", name="west_on_earth"),
        CheckConstraint("east BETWEEN -180 AND 180", name="east_on_earth"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    """In English; a district's name is the one it has itself, in Latin letters."""
    parent_code: Mapped[str | None] = mapped_column(
        ForeignKey("region.code"), index=True
    )
    iso2: Mapped[str | None] = mapped_column(unique=True)
    iso3166_2: Mapped[str | None] = mapped_column(unique=True)
    m49: Mapped[str | None] = mapped_column(unique=True)
    west: Mapped[float | None]
    south: Mapped[float | None]
    east: Mapped[float | None]
    north: Mapped[float | None]
    """The box around its towns and villages, degrees; see `kb.regions.boxes`."""
    disclaimer: Mapped[str] = mapped_column(default="")
    """Why the disclaimer of the United Nations is due; empty where it is not."""
    source: Mapped[str]
    """Where code, place in the tree and members come from."""

    names: Mapped[list["RegionName"]] = relationship(lazy="raise_on_sql")


class RegionName(Base):
    """What a region is called in one language, where CLDR's territories lack it."""

    __tablename__ = "region_name"

    region_code: Mapped[str] = mapped_column(
        ForeignKey(Region.code, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class RegionMember(Base):
    """A country or district that belongs to a named region."""

    __tablename__ = "region_member"

    region_code: Mapped[str] = mapped_column(
        ForeignKey(Region.code, ondelete="CASCADE"), primary_key=True
    )
    member_code: Mapped[str] = mapped_column(
        ForeignKey(Region.code), primary_key=True, index=True
    )
