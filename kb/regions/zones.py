"""Zones: named cells of heat, growing season and soil, to see what is known where.

For browsing and for seeing gaps alone. Records are ranked by continuous likeness, so
that nobody falls off the edge of a cell. The use of the land is no part of a zone; it
narrows what is shown of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb.language import _
from kb.regions.axes import AXES
from kb.regions.climate import agroclimates, climates
from kb.regions.places import Place, Provenance
from kb.regions.soil import FAMILIES, FAMILY, GROUPS, family_shares, shares_like


class Heat(StrEnum):
    """Five bands of the axis of heat (`kb.regions.axes`), from 6 to 0 (ice)."""

    HOT = "hot"
    WARM = "warm"
    MILD = "mild"
    COOL = "cool"
    COLD = "cold"


class Season(StrEnum):
    """The agro-climates of WOCAT: on how many days a year plants can grow."""

    ARID = "arid"
    SEMI_ARID = "semi_arid"
    SUB_HUMID = "sub_humid"
    HUMID = "humid"


HEAT_LIMITS = {Heat.COLD: 2.2, Heat.COOL: 3.15, Heat.MILD: 4.05, Heat.WARM: 4.75}
"""Where each band ends; what is hotter than all is hot. They lie in the gaps between
the classes: cold ends after Dfc (1.9), cool after Dfa (3.0), mild after Csb (3.8), warm
after Cfa (4.5). The answers about frost (6, 4.5, 3, 1) are hot, warm, cool and cold."""

WETNESS_LIMITS = {Season.ARID: 0.5, Season.SEMI_ARID: 1.65, Season.SUB_HUMID: 2.8}
"""Where each season ends on the axis of wetness, for places of which only the axes are
known: half way between the answers to how many months are wet (0, 1, 2.3, 3.3)."""

NAMED_FROM = 0.3
"""Share of a climate's land from which a record that names the climate is for an
agro-climate: a first and a second one (65 and 35), not a third (17.5)."""

LIKELY = 1 / 3
"""Share from which a site may stand for a family of soils: three families at most, and
none where its record names soils of all kinds."""

SOILS = tuple(family for family in FAMILIES if family != "other")
"""Nine families. Soils made by people, or frozen, are of no zone."""

HEAT_WORDS: Mapping[Heat, object] = {
    Heat.COLD: _("cold"),
    Heat.COOL: _("cool, with a long winter"),
    Heat.MILD: _("mild"),
    Heat.WARM: _("warm"),
    Heat.HOT: _("hot"),
}
SEASON_WORDS: Mapping[Season, object] = {
    Season.ARID: _("arid"),
    Season.SEMI_ARID: _("semi-arid"),
    Season.SUB_HUMID: _("sub-humid"),
    Season.HUMID: _("humid"),
}
SOIL_WORDS: Mapping[str, object] = {
    "cracking": _("clay soils that crack"),
    "dark": _("dark, rich soils"),
    "ordinary": _("brown, loamy soils"),
    "peat": _("peat soils"),
    "salty": _("salty soils"),
    "sandy": _("sandy soils"),
    "thin": _("thin or stony soils"),
    "weathered": _("red or yellow, deep, poor soils"),
    "wet": _("wet soils"),
}


@dataclass(frozen=True)
class Climate:
    """The climate of a zone."""

    heat: Heat
    season: Season

    @property
    def words(self) -> object:
        """Name it, for the reader of this request."""
        heat, season = HEAT_WORDS[self.heat], SEASON_WORDS[self.season]
        return _("%(heat)s, %(season)s", heat=heat, season=season)


@dataclass(frozen=True)
class Zone:
    """One cell."""

    climate: Climate
    soil: str
    """A family of soils that behave alike (`kb.regions.soil`)."""

    @property
    def code(self) -> str:
        """Its name in addresses, such as ``hot-semi_arid-sandy``; it never changes."""
        return f"{self.climate.heat}-{self.climate.season}-{self.soil}"

    @property
    def words(self) -> object:
        """Name it, for the reader of this request."""
        soil = SOIL_WORDS[self.soil]
        return _("%(climate)s: %(soil)s", climate=self.climate.words, soil=soil)


CLIMATES = tuple(Climate(heat, season) for heat in Heat for season in Season)
ZONES: Mapping[str, Zone] = {
    zone.code: zone
    for zone in (Zone(climate, soil) for climate in CLIMATES for soil in SOILS)
}
"""All 180 by code, from hot to cold and from arid to humid."""


def heat_band(heat: float) -> Heat:
    """Give the band of a figure on the axis of heat."""
    return next((b for b, end in HEAT_LIMITS.items() if heat < end), Heat.HOT)


def zone_of(place: Place) -> Zone | None:
    """Give the zone a place most likely lies in; nothing if too little is known.

    Nothing as well on ice and tundra, and on soils made by people or frozen.
    """
    climate, soil = climate_of(place), next(iter(_soils_of(place)), "")
    return Zone(climate, soil) if climate and soil in SOILS else None


def climate_of(place: Place) -> Climate | None:
    """Give the climate of the zones a place may lie in; nothing if not known."""
    heat, wetness, _rain = place.axes
    said = place.wetness is not None or not place.climate
    if heat is None:
        return None
    if said:
        return None if wetness is None else Climate(heat_band(heat), _season(wetness))
    likeliest = next(iter(agroclimates(place.climate)), None)
    return Climate(heat_band(heat), Season(likeliest)) if likeliest else None


def zones_tried(place: Place) -> frozenset[Zone]:
    """Give the zones that what was tried in a place tells of.

    One climate, as in `zone_of`; of soils each that it is likely to be, for of a site
    often no more is known than which soils its record names.
    """
    climate, soils = climate_of(place), _soils_of(place)
    likely = {n for n, share in soils.items() if share >= LIKELY and n in SOILS}
    return frozenset(Zone(climate, soil) for soil in likely) if climate else frozenset()


def zones_named(codes: Iterable[str], groups: Iterable[str]) -> frozenset[Zone]:
    """Give the zones of all named climates with all named soils.

    :param codes: Köppen-Geiger classes.
    :param groups: groups of WRB.
    """
    soils = {FAMILY[group] for group in groups} & set(SOILS)
    found = {climate for code in codes for climate in climates_within(code)}
    return frozenset(Zone(climate, soil) for climate in found for soil in soils)


@lru_cache(maxsize=len(AXES))
def climates_within(code: str) -> tuple[Climate, ...]:
    """Give the climates of zones that land of a Köppen-Geiger class is in."""
    heat = heat_band(AXES[code].heat)
    shares = climates()[code].agroclimate
    return tuple(
        Climate(heat, Season(name))
        for name, share in shares.items()
        if share >= NAMED_FROM
    )


def on_earth() -> list[Climate]:
    """Give the climates that some Köppen-Geiger class has; the others are rare."""
    found = {climate for code in AXES for climate in climates_within(code)}
    return [climate for climate in CLIMATES if climate in found]


def classes_of(zone: Zone) -> tuple[list[str], list[str]]:
    """Give the Köppen-Geiger classes and the groups of WRB that a zone holds."""
    classes = [code for code in AXES if zone.climate in climates_within(code)]
    return classes, [group for group in GROUPS if FAMILY[group] == zone.soil]


def typical(zone: Zone) -> Place | None:
    """Give a place that stands for a zone; nothing if no class has its climate."""
    classes, groups = classes_of(zone)
    if not classes:
        return None
    shares = {
        code: climates()[code].agroclimate[zone.climate.season] for code in classes
    }
    return Place().but(
        Provenance.DERIVED, climate=shares, soil=dict.fromkeys(groups, 1.0)
    )


def _season(wetness: float) -> Season:
    ends = WETNESS_LIMITS.items()
    return next((season for season, end in ends if wetness < end), Season.HUMID)


def _soils_of(place: Place) -> dict[str, float]:
    soil = place.soil
    if not soil and place.behaviour is not None:
        soil = shares_like(place.behaviour)
    return family_shares(soil)
