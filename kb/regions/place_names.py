"""Regions to choose one of: all but the districts, by kind and name."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.regions.models import Region, RegionKind
from kb.regions.tree import Part, by_name, name_of


def places_to_choose(session: Session, language: str, more: str = "") -> list[Part]:
    """Give the larger regions by name, then the countries by name.

    :param more: code of a district that is to be among them.
    """
    wanted = (Region.kind != RegionKind.DISTRICT) | (Region.code == more)
    found = session.scalars(
        select(Region).where(wanted).options(selectinload(Region.names))
    ).all()
    small = {RegionKind.COUNTRY, RegionKind.DISTRICT}
    parts: dict[bool, list[Part]] = {False: [], True: []}
    for one in found:
        parts[one.kind in small].append(Part(one.code, name_of(one, language)))
    return by_name(parts[False]) + by_name(parts[True])
