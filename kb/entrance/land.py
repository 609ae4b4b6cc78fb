"""A country or district in place of a point, for whoever says no more."""

from kb.entrance.place import gazetteer
from kb.entrance.request import this_language, this_session
from kb.errors import NotValid, Unavailable
from kb.language import _
from kb.regions.atlas import Point, checked_point
from kb.regions.boxes import Box
from kb.regions.models import Region, RegionKind
from kb.regions.said import Said
from kb.regions.tree import ancestors, get_region, name_of

LEAST_REACH = 0.3
"""Degrees that a district has at least, however few of its places are known."""


def said_of_region(code: str) -> Said:
    """Give the middle of a country or district, and how far it reaches.

    :raises NotFound: there is no such region.
    :raises NotValid: it is larger than a country, or nobody knows where it lies.
    """
    chosen = get_region(this_session(), code)
    around = ancestors(this_session(), chosen.code)
    land = next((r for r in around if r.kind == RegionKind.COUNTRY), None)
    box = _box(chosen) or (_box(land) if land else None)
    if box is None or land is None:
        why = _("Too little is known of it. Please use another way.")
        raise NotValid(why, {"place": [str(why)]})
    middle, reach = _middle(box)
    named = "" if chosen is land else name_of(chosen, this_language())
    return Said(point=middle, reach=reach, name=named, country=land.code)


def _box(region: Region) -> Box | None:
    """Give the box around a region: its own, or that around the places in it."""
    west, south, east, north = region.west, region.south, region.east, region.north
    if (
        west is not None
        and south is not None
        and east is not None
        and north is not None
    ):
        return west, south, east, north
    if region.kind != RegionKind.DISTRICT:
        return None
    try:
        return gazetteer().box_of(region.code)
    except Unavailable:
        return None


def _middle(box: Box) -> tuple[Point, float]:
    """Give the middle of a box, and how far it reaches from there, in degrees."""
    west, south, east, north = box
    across = (east - west) % 360
    middle = checked_point((south + north) / 2, west + across / 2)
    return middle, max(across / 2, (north - south) / 2, LEAST_REACH)
