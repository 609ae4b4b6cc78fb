"""What a region lies in, and the nearest of these that has something.

Near is what comes first in this order: the region itself, the districts around it, its
country, its subregion, the named regions it belongs to (those with fewer countries
first, then those with fewer members), its continent, the world. A named region holds a
place if the place, or anything of the tree that the place lies in, is a member of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    CTE,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased, selectinload
from sqlalchemy.sql.base import ExecutableOption

from kb.errors import NotFound
from kb.folding import fold
from kb.language import _, chain, country_name
from kb.regions.models import Region, RegionKind, RegionMember

NEARNESS = {
    RegionKind.DISTRICT.value: 1,
    RegionKind.COUNTRY.value: 2,
    RegionKind.SUBREGION.value: 3,
    RegionKind.NAMED.value: 4,
    RegionKind.CONTINENT.value: 5,
    RegionKind.WORLD.value: 6,
}
DEEPEST = 12
"""Steps up the tree before giving up; there are at most seven."""


@dataclass(frozen=True)
class Part:
    """A region inside another, as a list to choose from shows it."""

    code: str
    name: str


def get_region(session: Session, code: str) -> Region:
    """Give a region with its names.

    :raises NotFound: no region has this code.
    """
    wanted = select(Region).where(Region.code == code).options(_with_names())
    region = session.scalar(wanted)
    if region is None:
        raise NotFound(_("There is no such region."), code=code)
    return region


def ancestors(session: Session, code: str) -> list[Region]:
    """Give a region and all that hold it, nearest first; nothing for a strange code.

    Two queries, however deep the region lies.
    """
    return list(session.scalars(_nearest_first(), {"asked": [code]}))


def holding(session: Session, codes: Collection[str]) -> frozenset[str]:
    """Give the codes of regions and of all that hold them, in one query."""
    if not codes:
        return frozenset()
    return frozenset(session.scalars(_held_by(), {"asked": list(codes)}))


def regions_of_country(session: Session, iso2: str) -> list[Region]:
    """Give the regions that hold a country, nearest first, without the country."""
    return [region for region in ancestors(session, iso2) if region.code != iso2]


def parts_of(session: Session, code: str, language: str) -> list[Part]:
    """Give the next smaller parts of the tree inside a region, by name."""
    inside = select(Region).where(
        Region.parent_code == code, Region.kind != RegionKind.NAMED
    )
    found = session.scalars(inside.options(_with_names()))
    return by_name([Part(one.code, name_of(one, language)) for one in found])


def countries(session: Session, language: str) -> list[Part]:
    """Give all countries and territories, by name."""
    wanted = select(Region).where(Region.kind == RegionKind.COUNTRY)
    found = session.scalars(wanted.options(_with_names()))
    return by_name([Part(one.code, name_of(one, language)) for one in found])


def name_of(region: Region, language: str) -> str:
    """Name a region in the reader's language, else in English.

    Countries, subregions and continents have names in every language of CLDR. A
    district goes by its own name, but for readers in whose language it has another.
    """
    own = {name.language: name.name for name in region.names}
    if region.kind == RegionKind.DISTRICT:
        return own.get(language, region.name)
    for spoken in chain(language, language):
        named = own.get(spoken) or country_name(region.code, in_language=spoken)
        if named != region.code:
            return named
    return region.name


def inside(code: str) -> Select[str]:
    """Select the codes of a region and of all that lies whole in it."""
    members = select(RegionMember.member_code).where(RegionMember.region_code == code)
    top = select(Region.code).where((Region.code == code) | Region.code.in_(members))
    down = top.cte(recursive=True)  # unnamed: a statement may hold several
    part = aliased(Region)
    below = select(part.code).where(part.parent_code == down.c.code)
    return select(down.union(below).c.code)


def by_name(parts: Sequence[Part]) -> list[Part]:
    """Put parts in the order of their names, accents aside."""
    return sorted(parts, key=lambda part: (fold(part.name), part.code))


def _with_names() -> ExecutableOption:
    return selectinload(Region.names)


@cache
def _nearest_first() -> Select[Region]:
    """Select the regions ``:asked`` and what holds it, nearest first."""
    around, size = _around(), _sizes()
    nearness = case(
        (around.c.depth == 0, 0), else_=case(NEARNESS, value=Region.kind, else_=9)
    )
    return (
        select(Region)
        .join(around, around.c.code == Region.code)
        .outerjoin(size, size.c.region_code == Region.code)
        .order_by(
            nearness,
            around.c.depth,
            func.coalesce(size.c.countries, 0),
            func.coalesce(size.c.members, 0),
            Region.code,
        )
        .options(_with_names())
    )


@cache
def _held_by() -> Select[str]:
    return select(_around().c.code).distinct()


def _around() -> CTE:
    """Give codes and steps up of a region, what it lies in, and the named ones."""
    up = (
        select(Region.code, Region.parent_code, literal(0).label("depth"))
        .where(Region.code.in_(bindparam("asked", expanding=True)))
        .cte("up", recursive=True)
    )
    outer = aliased(Region)
    up = up.union_all(
        select(outer.code, outer.parent_code, up.c.depth + 1).where(
            outer.code == up.c.parent_code, up.c.depth < DEEPEST
        )
    )
    named = select(RegionMember.region_code, literal(DEEPEST)).where(
        RegionMember.member_code == up.c.code
    )
    return union(select(up.c.code, up.c.depth), named).cte("around")


def _sizes() -> Subquery:
    """Count the countries and the members of each named region."""
    country = func.substr(RegionMember.member_code, 1, 2)
    return (
        select(
            RegionMember.region_code,
            func.count(country.distinct()).label("countries"),
            func.count().label("members"),
        )
        .group_by(RegionMember.region_code)
        .subquery("size")
    )
