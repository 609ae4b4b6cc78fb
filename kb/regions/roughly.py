"""The climates of land that is only roughly known: a district, or a whole country.

Points all over it are looked up, on parallels that are as far from each other as the
points on each are. That is near enough: the shares serve where a person said no more
than a country.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, fsum, radians

from kb.regions.borders import Borders
from kb.regions.runs import RunGrid

PARALLELS, ON_EACH = 24, 48
"""Parallels that are looked at, and points on the longest of them."""


Here = tuple[float, float]
"""Latitude and longitude, degrees."""


@lru_cache(maxsize=512)
def shares_within(
    climates: RunGrid, borders: Borders, here: Here, reach: float, country: str
) -> dict[str, float]:
    """Give each climate's share of a country's land within reach, greatest first.

    :param reach: degrees to each side of where the land is said to be.
    :param country: ISO 3166-1 code; all land counts where there is none.
    """
    found: dict[str, float] = {}
    for latitude in _parallels(borders, here, reach, country):
        for longitude in _along(borders, latitude, here, reach, country):
            code = climates.code_at(latitude, longitude)
            if code is not None:
                found[code] = found.get(code, 0.0) + cos(radians(latitude))
    whole = fsum(found.values())
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return {code: size / whole for code, size in ranked}


def _parallels(
    borders: Borders, here: Here, reach: float, country: str
) -> Iterator[float]:
    """Give the latitudes to look at: within reach, and within the country."""
    south, north = borders.reach_of(country) or (-90.0, 90.0)
    south = max(south, here[0] - reach)
    north = min(north, here[0] + reach)
    for n in range(PARALLELS):
        yield south + (n + 0.5) * max(north - south, 0.0) / PARALLELS


def _along(
    borders: Borders, latitude: float, here: Here, reach: float, country: str
) -> Iterator[float]:
    """Give the longitudes to look at on a parallel."""
    around = [(-180.0, 180.0)]
    step = min(2 * reach, 360.0) / ON_EACH
    for west, east in borders.spans_of(country, latitude) if country else around:
        for n in range(int((east - west) / step) + 1):
            longitude = west + (n + 0.5) * step
            off = abs((longitude - here[1] + 180) % 360 - 180)
            if longitude < east and off <= reach:
                yield longitude
