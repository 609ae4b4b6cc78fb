"""The 31 Köppen-Geiger climates, and what follows from them.

Heat, wetness and the season of the rain stand in `kb.regions.axes`. The tables here
stand in ``seeds/regions``, with a README that gives the source of each column:
``climates.csv`` (IPCC zones, agro-climates) and ``islands.csv`` (climates of land that
is too small for the map).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.regions.borders import Area
from kb.regions.tables import Box, percentages, rows

SURE = 0.70
"""Share from which a zone is taken as decided.

Below it no carbon factor should be taken from the zone without telling the person.
"""

MONSOON = (Box(20, 27, 74, 86.5), Box(16, 29, -110, -97))
"""Central India; north and west Mexico.

There the map says "dry summer", because April to June is the driest time, although the
rain falls in the summer monsoon. Elsewhere (Tamil Nadu, Kenya, north-east Brazil) it is
right and stays.
"""

SUMMER_RAIN = {"As": "Aw", "Csa": "Cwa", "Csb": "Cwb", "Csc": "Cwc"}
"""What a class is in truth where the rain falls in summer."""


@dataclass(frozen=True)
class Climate:
    """One class.

    Where it is ``cold_limited``, cold and not drought ends the growing season. ``ipcc``
    and ``agroclimate`` are shares of its land; what is missing to 1 is in other zones.
    """

    code: str
    cold_limited: bool
    ipcc: Mapping[str, float]
    agroclimate: Mapping[str, float]


@dataclass(frozen=True)
class Island:
    """The climates of land that the map leaves out.

    ``area`` is the code of an area or country of the borders, ``box`` a part of it.
    """

    area: str
    box: Box
    climates: Mapping[str, float]
    source: str


@lru_cache(maxsize=1)
def climates() -> Mapping[str, Climate]:
    """Read all classes, by code."""
    return {row["code"]: _climate(row) for row in rows("climates.csv")}


@lru_cache(maxsize=1)
def islands() -> tuple[Island, ...]:
    """Read the table of islands; of several rows that fit, the first holds."""
    return tuple(_island(row) for row in rows("islands.csv"))


def island_shares(
    area: Area | None, latitude: float, longitude: float
) -> dict[str, float]:
    """Give the climates of land the map leaves out; none if the table has none."""
    if area is None:
        return {}
    for island in islands():
        if island.area in area and island.box.holds(latitude, longitude):
            return dict(island.climates)
    return {}


def ipcc_shares(climate_shares: Mapping[str, float]) -> dict[str, float]:
    """Give the IPCC climate zones a place may be in, likeliest first.

    :param climate_shares: code → share, as the atlas gives them.
    :returns: code → share of the land of these climates that is in the zone. They add
        up to a little less than 1: zones under 4 % of a climate are left out.

    The zone depends on frost, evaporation and altitude as well, which climates do not
    tell: the first zone is right on 57 % of the land, the first two on 84 %, the first
    three on 93 %. Show them all; only `decided` may speak of one.
    """
    return _mixed(
        {code: climates()[code].ipcc for code in climate_shares}, climate_shares
    )


def agroclimates(climate_shares: Mapping[str, float]) -> dict[str, float]:
    """Give the agro-climates (as WOCAT has them) of a place, likeliest first.

    They say how many days a year plants can grow: humid more than 270, sub-humid 180 to
    269, semi-arid 75 to 179, arid less. Days that are too cold count as well, so a cold
    wet place may be semi-arid: see `cold_limited`.

    :returns: code → share; ice and tundra have none. Editors' judgement from moisture
        limits, not checked against a map of growing seasons.
    """
    return _mixed(
        {code: climates()[code].agroclimate for code in climate_shares}, climate_shares
    )


def decided(shares: Mapping[str, float]) -> str | None:
    """Give the one zone that holds at least `SURE` of the land, if any does."""
    first = max(shares, key=shares.__getitem__, default=None)
    return first if first is not None and shares[first] >= SURE else None


def cold_limited(climate_shares: Mapping[str, float]) -> float:
    """Give the share of a place where cold, not drought, ends the growing season."""
    return sum(
        share for code, share in climate_shares.items() if climates()[code].cold_limited
    )


def _mixed(
    zones: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]
) -> dict[str, float]:
    """Add up the zones of each climate by its weight, greatest first."""
    found: dict[str, float] = {}
    for code, weight in weights.items():
        for zone, share in zones[code].items():
            found[zone] = found.get(zone, 0.0) + weight * share
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _climate(row: Mapping[str, str]) -> Climate:
    return Climate(
        code=row["code"],
        cold_limited=bool(row["cold_limited"]),
        ipcc=percentages(row["ipcc"]),
        agroclimate=percentages(row["agroclimate"]),
    )


def _island(row: Mapping[str, str]) -> Island:
    return Island(
        area=row["area"],
        box=Box.of(row["box"]),
        climates=percentages(row["climates"]),
        source=row["source"],
    )
