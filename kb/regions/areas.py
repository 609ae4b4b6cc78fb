"""The climates of a whole region, for whoever names a country and not a place in it."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from kb.errors import NotValid
from kb.language import _
from kb.regions.atlas import Atlas, Point
from kb.regions.boxes import Box
from kb.regions.models import Region, RegionKind

STEPS = 24
"""Points looked at along each side of the box: some 500 in all, 20 to 40 ms once. The
shares are then right to about 2 in 100."""


def climate_of(maps: Atlas, region: Region) -> dict[str, float]:
    """Give the share of each Köppen-Geiger class in a country.

    :raises NotValid: it is no country, or nobody knows where it lies.
    """
    box = (region.west, region.south, region.east, region.north)
    if region.kind != RegionKind.COUNTRY or None in box:
        problem = {"place": [str(_("Only a country can stand for a place."))]}
        raise NotValid(_("This place cannot be right."), problem)
    return climate_within(maps, cast("Box", box), region.code)


@lru_cache(maxsize=300)
def climate_within(maps: Atlas, box: Box, country: str) -> dict[str, float]:
    """Give the share of each Köppen-Geiger class in a box, greatest first.

    :param box: west, south, east, north in degrees.
    :param country: ISO 3166-1 code; only land of this country counts.
    :returns: nothing if no point of the grid is land of the country.
    """
    counted = Counter(
        found
        for point in _grid(box)
        if (found := maps.class_at(point)) and maps.country_at(point) == country
    )
    whole = counted.total()
    return {code: number / whole for code, number in counted.most_common()}


def _grid(box: Box) -> Iterator[Point]:
    """Give points spread evenly; a box may cross the line where the date changes."""
    west, south, east, north = box
    wide = (east - west) % 360
    for row in range(STEPS):
        latitude = south + (north - south) * (row + 0.5) / STEPS
        for column in range(STEPS):
            longitude = west + wide * (column + 0.5) / STEPS
            yield Point(latitude, (longitude + 180) % 360 - 180)
