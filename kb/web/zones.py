"""What is known, and what is missing, by climate and soil."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kb.entrance.address import LANG
from kb.entrance.desks import desks_near
from kb.entrance.kept import catalogue
from kb.entrance.labels import _
from kb.entrance.place import this_place, this_said
from kb.entrance.request import this_language, this_session, this_vocabulary
from kb.errors import NotFound, NotValid
from kb.kinds import KINDS
from kb.record.lookups import titled
from kb.record.models import Record
from kb.record.zoning import Within, Zoned, outcomes
from kb.regions.zones import (
    CLIMATES,
    SOIL_WORDS,
    SOILS,
    ZONES,
    Climate,
    Heat,
    Zone,
    classes_of,
    climate_of,
    on_earth,
    zone_of,
)
from kb.vocabulary.lookups import Entry

pages = Blueprint("zones", __name__, url_prefix=LANG)

MOST_LISTED = 20
"""Records named in one list; the search has all of them."""


@dataclass(frozen=True)
class Row:
    """One climate with what is known of each of its soils."""

    climate: Climate
    tried: int
    """How many records were tried in it, on whatever soil."""
    cells: tuple[tuple[Zone, Within], ...]


@dataclass(frozen=True)
class ForUse:
    """The records of a zone that are for one use of the land."""

    use: Entry
    records: list[int]

    @property
    def listed(self) -> list[int]:
        """Give those that are named on the page."""
        return self.records[:MOST_LISTED]


@pages.get("/zones")
def every(lang: str) -> str:
    """Show how many records there are on each climate and soil, and where none is."""
    zoned, land_use = catalogue().zoned, asked_land_use()
    place = this_place()
    return render_template(
        "zones/every.html",
        rows=_rows(zoned, land_use),
        soils=[(soil, SOIL_WORDS[soil]) for soil in SOILS],
        land_use=land_use,
        vocabulary=this_vocabulary(),
        own=zone_of(place) if place else None,
        own_climate=climate_of(place) if place else None,
    )


@pages.get("/zones/<code>")
def one(lang: str, code: str) -> str:
    """Show what was tried on one climate and soil, what came of it, what is missing.

    :raises NotFound: there is no such zone.
    """
    zone = get_zone(code)
    zoned, land_use, place = catalogue().zoned, asked_land_use(), this_place()
    within = zoned.within(zone, land_use)
    tried = _ordered(zoned, within.tried)[:MOST_LISTED]
    by_use = _by_use(zoned, within, land_use)
    beside = zoned.in_climate(zone.climate, land_use)
    others = _ordered(zoned, beside.keys() - within.tried.keys())[:MOST_LISTED]
    found = outcomes(this_session(), zoned, zone, within.all)
    classes, groups = classes_of(zone)
    own = place is not None and zone_of(place) == zone
    return render_template(
        "zones/one.html",
        zone=zone,
        is_cold=zone.climate.heat is Heat.COLD,
        within=within,
        tried=tried,
        beside=beside,
        others=others,
        by_use=by_use,
        outcomes=found,
        titles=_titles(by_use, [*tried, *others, *(x.record_id for x in found)]),
        uses_missing=[] if land_use else _missing("land_use", zoned.uses, within),
        problems_missing=_missing("purpose", zoned.purposes, within),
        asked={"climate": classes, "soil": groups},
        land_use=land_use,
        vocabulary=this_vocabulary(),
        own=own,
        desks=desks_near(_countries(zoned, zone, own=own)),
    )


def get_zone(code: str) -> Zone:
    """Give a zone by the code in an address.

    :raises NotFound: there is none.
    """
    zone = ZONES.get(code)
    if zone is None:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    return zone


def _countries(zoned: Zoned, zone: Zone, *, own: bool) -> list[str]:
    """Give the countries in which such land is known to lie, the reader's first.

    Those are where something was tried in this climate, whatever its use.
    """
    hers = this_said().country if own else ""
    sites = zoned.in_climate(zone.climate).values()
    known = {spot.country for spots in sites for spot in spots}
    return [code for code in (hers, *sorted(known - {hers})) if code]


def asked_land_use() -> str:
    """Give the use of land in the address that the page is narrowed to, if any.

    :raises NotValid: there is no such use.
    """
    code = request.args.get("land_use", "")
    if code and this_vocabulary().get(f"land_use:{code}") is None:
        problem = {"land_use": [_("There is no such value.")]}
        raise NotValid(_("This page cannot be narrowed so."), problem)
    return code


def _rows(zoned: Zoned, land_use: str) -> list[Row]:
    """Give the climates there are on Earth, and others that records tell of."""
    shown = {*on_earth(), *zoned.climates()}
    return [
        Row(
            climate,
            len(zoned.in_climate(climate, land_use)),
            tuple(
                (zone, zoned.within(zone, land_use))
                for zone in (Zone(climate, soil) for soil in SOILS)
            ),
        )
        for climate in CLIMATES
        if climate in shown
    ]


def _by_use(zoned: Zoned, within: Within, land_use: str) -> list[ForUse]:
    """Give the records that name such land, under each use they are for."""
    found = (
        ForUse(use, _ordered(zoned, (n for n in within.named if use.code in uses[n])))
        for uses in [{n: zoned.uses(n) for n in within.named}]
        for use in this_vocabulary().scheme("land_use")
        if land_use in {"", use.code}
    )
    return [one for one in found if one.records]


def _ordered(zoned: Zoned, record_ids: Iterable[int]) -> list[int]:
    kinds = list(KINDS)
    return sorted(record_ids, key=lambda n: (kinds.index(zoned.kind(n)), n))


def _titles(by_use: Iterable[ForUse], others: Iterable[int]) -> dict[int, Record]:
    """Load the records that the page names, in one query."""
    named = {n for one in by_use for n in one.listed}
    return titled(this_session(), named | set(others), this_language())


def _missing(scheme: str, of: Callable[[int], set[str]], within: Within) -> list[Entry]:
    """Give the entries of a list under which no record of a zone is filed."""
    known = {code for record_id in within.all for code in of(record_id)}
    return [e for e in this_vocabulary().scheme(scheme) if e.code not in known]
