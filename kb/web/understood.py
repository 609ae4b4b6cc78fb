"""What was understood of a reader's land, as a page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians

from babel.numbers import format_percent

from kb.entrance.labels import _
from kb.entrance.place import atlas, gazetteer, this_place, this_said
from kb.entrance.request import this_language, this_vocabulary
from kb.errors import Unavailable
from kb.language import country_name, direction
from kb.regions.atlas import Point
from kb.regions.by_figures import FIGURES
from kb.regions.climate import agroclimates, cold_limited, decided, ipcc_shares
from kb.regions.climate_words import climate_sure_words, climate_words, rain_words
from kb.regions.places import PROVENANCE_WORDS, Place
from kb.regions.said import Said
from kb.regions.soil_words import soil_words, sure_words

Shares = Mapping[str, float]
A_DEGREE_KM = 111
"""Of latitude, everywhere; of longitude at the equator."""
A_SPOT_KM = 10
"""How near a point is known that is kept to a tenth of a degree."""
NEAR_DEGREES = 0.6
"""Within which the nearest town is named."""
LEAST_SHARE = 0.04
"""Zones below it are left out; the tables they come from leave them out as well."""


@dataclass(frozen=True)
class Zone:
    """A zone that the land may be in."""

    name: str
    share: str
    decided: bool


@dataclass(frozen=True)
class Understood:
    """Each part in the reader's words; what is not known is empty."""

    said: Said
    where: str
    how_near: str
    disputed: bool
    climate: list[str]
    climate_from: str
    soil: list[str]
    land_use: str
    ipcc: list[Zone]
    agroclimate: list[Zone]
    by_figures: bool
    """Whether figures of the place ruled zones out."""
    cold: str
    """The share of the land where cold ends the growing season; empty if none."""


def understood() -> Understood | None:
    """Say what was understood; nothing if nothing was said."""
    said, place = this_said(), this_place()
    if place is None:
        return None
    cold = cold_limited(place.climate)
    ipcc, agroclimate = _zone_shares(said, place)
    return Understood(
        said=said,
        where=where_words(said),
        how_near=_how_near(said),
        disputed=_disputed(said),
        climate=_lines(climate_words(place), rain_words(place)),
        climate_from=_climate_from(place),
        soil=_lines(soil_words(place.soil), sure_words(place.soil))
        if place.soil
        else [],
        land_use=this_vocabulary().name(f"land_use:{said.land_use}")
        if said.land_use
        else "",
        ipcc=_zones("ipcc_zone", ipcc),
        agroclimate=_zones("agroclimate", agroclimate),
        by_figures=any(getattr(place, name) is not None for name in FIGURES),
        cold=_percent(cold) if cold >= LEAST_SHARE else "",
    )


def where_words(said: Said) -> str:
    """Name the place: as she chose it, else by the nearest town; with its country."""
    if said.point is None:
        return ""
    country = named_country(said.country)
    near = "" if said.name or said.reach else nearest_town(said.point)
    name = isolated(said.name)
    if near:
        name = _("near %(town)s", town=isolated(near))
    if name and country and country not in name:
        return _("%(place)s, %(country)s", place=name, country=country)
    return name or country or _("a place on the map")


def isolated(name: str) -> str:
    """Keep a name in another direction of writing from turning what stands around it.

    Only where the page is written from right to left: most names are in Latin letters.
    """
    if not name or direction(this_language()) == "ltr":
        return name
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


def named_country(code: str) -> str:
    """Name a country in the reader's language; nothing where no code is known."""
    return country_name(code, in_language=this_language()) if code else ""


def nearest_town(point: Point) -> str:
    """Name the town nearest to a point, if one is near."""
    up, across = point.latitude, point.longitude
    wide = NEAR_DEGREES / max(cos(radians(up)), 0.1)
    box = (up - NEAR_DEGREES, up + NEAR_DEGREES, across - wide, across + wide)
    try:
        towns = gazetteer().within(*box, limit=60)
    except Unavailable:
        return ""
    narrow = cos(radians(up))
    near = min(
        towns,
        key=lambda town: hypot(
            town.latitude - up,
            ((town.longitude - across + 180) % 360 - 180) * narrow,
        ),
        default=None,
    )
    return near.name if near else ""


def _how_near(said: Said) -> str:
    if said.point is None:
        return ""
    km = round(said.reach * A_DEGREE_KM / 10) * 10 if said.reach else A_SPOT_KM
    return _("Known to about %(km)s km.", km=km)


def _disputed(said: Said) -> bool:
    if said.point is None:
        return False
    try:
        return atlas().disputed_at(said.point)
    except Unavailable:
        return False


def _lines(*said: object) -> list[str]:
    return [str(line) for line in said if line is not None]


def _climate_from(place: Place) -> str:
    """Say how sure the climate is, and from where it is known."""
    sure = climate_sure_words(place)
    if sure is None:
        return ""
    asked = {"climate", "heat", "wetness", "rain"}
    ways = dict.fromkeys(
        str(PROVENANCE_WORDS[by])
        for part, by in place.provenance.items()
        if part in asked
    )
    return f"{sure} ({'; '.join(ways)})"


def _zone_shares(said: Said, place: Place) -> tuple[Shares, Shares]:
    """Give the IPCC zones and agro-climates: as loaded for a spot, else worked out."""
    if said.point is not None and not said.reach:
        try:
            maps = atlas()
            return maps.ipcc_at(said.point), maps.agroclimate_at(said.point)
        except Unavailable:
            return {}, {}
    return ipcc_shares(place.climate), agroclimates(place.climate)


def _zones(scheme: str, shares: Shares) -> list[Zone]:
    sure, vocabulary = decided(shares), this_vocabulary()
    return [
        Zone(vocabulary.name(f"{scheme}:{code}"), _percent(share), code == sure)
        for code, share in shares.items()
        if share >= LEAST_SHARE
    ]


def _percent(share: float) -> str:
    return format_percent(share, format="#,##0%", locale=this_language())
