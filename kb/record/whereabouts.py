"""Where records come from: their sites, and the land they are for, as places.

Read once and kept by whoever opened the installation; a reader's own place is then
compared with all of them at a stroke.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kb.record.lookups import is_public
from kb.record.models import Record, Relation, Site, Tag
from kb.regions.atlas import Point
from kb.regions.candidates import Candidates
from kb.regions.likeness import Band, Facet, Likeness, band
from kb.regions.limits import Broken, HardLimit, limits_met
from kb.regions.places import Place, Provenance
from kb.regions.said import Maps, mapped
from kb.regions.suitability import Suited

SAID_ONLY = 0.75
"""What fitting the land a record names counts, beside 1 for a place it was tried in."""

LEAST_COVERAGE = 0.15
"""Below this nothing is said of a place; the least of the bands of likeness."""

FACET_OF = {"climate": Facet.CLIMATE, "soil": Facet.SOIL, "land_use": Facet.LAND_USE}
"""Scheme of a tag → the facet in which it says what a record is for."""


@dataclass(frozen=True)
class Spot:
    """A site of a record, as a place."""

    record_id: int
    name: str
    country: str
    place: Place
    told_in: str = ""
    """Ref of the record that tells of it, where that is another: a story that uses a
    practice is a place where the practice was tried."""


@dataclass(frozen=True)
class Match:
    """How a record stands to a reader's place."""

    likeness: Likeness
    spot: Spot | None
    """The site that is most like it; none if the record only says that it fits."""
    broken: tuple[Broken[HardLimit], ...] = ()
    """Hard limits that the place does not keep: they exclude, whatever is alike."""

    @property
    def band(self) -> Band:
        """Say it in the words of the screen; what was not tried is never "very"."""
        if self.broken:
            return Band.NONE
        said = band(self.likeness)
        return Band.LIKE if said is Band.VERY_LIKE and self.spot is None else said


@dataclass(frozen=True)
class Whereabouts:
    """All public records by where they were tried and what land they are for."""

    spots: tuple[Spot, ...]
    named: Mapping[int, Mapping[Facet, Sequence[str]]]
    """Record → facet → codes."""
    limits: Mapping[int, Sequence[HardLimit]] = field(default_factory=dict)
    """Record → its hard limits."""

    @cached_property
    def candidates(self) -> Candidates:
        """Give the sites, packed to be compared."""
        return Candidates([spot.place for spot in self.spots])

    @cached_property
    def suited(self) -> Suited:
        """Give what records are for, packed to be compared."""
        return Suited(list(self.named.values()))

    @cached_property
    def sites_of(self) -> Mapping[int, Sequence[int]]:
        """Give the positions of a record's sites in ``spots``."""
        found: dict[int, list[int]] = {}
        for position, spot in enumerate(self.spots):
            found.setdefault(spot.record_id, []).append(position)
        return found

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """Give the row of a record in ``suited``."""
        return {record_id: row for row, record_id in enumerate(self.named)}

    def seen_from(self, place: Place) -> "Nearness":
        """Compare a reader's place with all of them."""
        return Nearness(place, self)


class Nearness:
    """All records as they stand to one place."""

    def __init__(self, place: Place, whereabouts: Whereabouts) -> None:
        self.place, self._all = place, whereabouts
        self._sites = whereabouts.candidates.compare(place)
        self._fitting = whereabouts.suited.fit(place)

    def score(self, record_id: int) -> float | None:
        """Give how well a record stands to the place, 0 to 1; nothing if not known.

        The best of its sites, or a little less than how well the place is of the land
        the record is for; 0 if the place breaks a hard limit.
        """
        if self.broken(record_id):
            return 0.0
        best = max(self.tried(record_id), SAID_ONLY * self._said(record_id))
        return best or None

    def scores(self) -> dict[int, float]:
        """Give how near every record is that says something of places, as `score` does.

        To four decimals, so that the order of two hangs on nothing but what they are;
        -1 for a record whose hard limits the place does not keep.
        """
        whole = self._all
        fits = np.where(
            self._fitting.coverage >= LEAST_COVERAGE, self._fitting.scores, 0
        )
        best = dict(zip(whole.named, (SAID_ONLY * fits).tolist(), strict=True))
        near = np.where(self._sites.coverage >= LEAST_COVERAGE, self._sites.scores, 0)
        for spot, tried in zip(whole.spots, near.tolist(), strict=True):
            best[spot.record_id] = max(best.get(spot.record_id, 0.0), tried)
        found = {record_id: round(score, 4) for record_id, score in best.items()}
        return found | {each: -1.0 for each in whole.limits if self.broken(each)}

    def match(self, record_id: int) -> Match | None:
        """Say how a record stands to the place, and why; nothing if not known."""
        sites = self._all.sites_of.get(record_id, ())
        best = max(sites, key=self._tried, default=None)
        tried = 0.0 if best is None else self._tried(best)
        if best is not None and tried and tried >= SAID_ONLY * self._said(record_id):
            likeness = self._all.candidates.explain(self.place, best)
            return Match(likeness, self._all.spots[best], self.broken(record_id))
        if self._said(record_id):
            likeness = self._fitting.likeness(self._all.row_of[record_id])
            return Match(likeness, None, self.broken(record_id))
        broken = self.broken(record_id)
        return Match(Likeness(0.0, 0.0, {}, ()), None, broken) if broken else None

    def broken(self, record_id: int) -> tuple[Broken[HardLimit], ...]:
        """Give the hard limits of a record that the place does not keep."""
        return limits_met(self.place, self._all.limits.get(record_id, ())).broken

    def tried(self, record_id: int) -> float:
        """Give how like the place the best site of a record is; 0 if none is known."""
        return max(map(self._tried, self._all.sites_of.get(record_id, ())), default=0.0)

    def sites_like(self, record_id: int) -> list[Match]:
        """Give the sites of a record that are at least partly like, the best first."""
        sites = self._all.sites_of.get(record_id, ())
        like = [n for n in sites if self._sites.band(n) is not Band.NONE]
        return [
            Match(self._all.candidates.explain(self.place, n), self._all.spots[n])
            for n in sorted(like, key=self._tried, reverse=True)
        ]

    def _tried(self, site: int) -> float:
        known = self._sites.coverage[site] >= LEAST_COVERAGE
        return float(self._sites.scores[site]) if known else 0.0

    def _said(self, record_id: int) -> float:
        row = self._all.row_of.get(record_id)
        if row is None or self._fitting.coverage[row] < LEAST_COVERAGE:
            return 0.0
        return float(self._fitting.scores[row])


def read_whereabouts(
    session: Session,
    maps: Maps,
    limits: Mapping[int, Sequence[HardLimit]] | None = None,
) -> Whereabouts:
    """Read the sites and the named land of all public records, in three queries.

    :param limits: record → its hard limits, as the kinds give them.
    """
    tags = session.execute(
        select(Tag.record_id, Tag.concept_id)
        .join(Record, Record.id == Tag.record_id)
        .where(
            is_public(), or_(*(Tag.concept_id.startswith(f"{s}:") for s in FACET_OF))
        )
    )
    named: dict[int, dict[Facet, list[str]]] = {}
    for record_id, concept_id in tags:
        scheme, _, code = concept_id.partition(":")
        named.setdefault(record_id, {}).setdefault(FACET_OF[scheme], []).append(code)
    sites = session.scalars(
        select(Site)
        .join(Record, Record.id == Site.record_id)
        .where(is_public())
        .order_by(Site.id)
    ).all()
    spots = [_spot(site, named.get(site.record_id, {}), maps) for site in sites]
    spots += _through_stories(session, spots)
    return Whereabouts(tuple(spots), named, limits or {})


def _through_stories(session: Session, spots: Sequence[Spot]) -> list[Spot]:
    """Give the sites of records that use another as sites of that other."""
    used = session.execute(
        select(Relation.from_id, Relation.to_id, Record.ref)
        .join(Record, Record.id == Relation.from_id)
        .where(Relation.kind == "uses", is_public())
        .order_by(Relation.id)
    )
    own: dict[int, list[Spot]] = {}
    for spot in spots:
        own.setdefault(spot.record_id, []).append(spot)
    return [
        replace(spot, record_id=to_id, told_in=ref)
        for from_id, to_id, ref in used
        for spot in own.get(from_id, ())
    ]


def _spot(site: Site, named: Mapping[Facet, Sequence[str]], maps: Maps) -> Spot:
    """Make a place of a site.

    What the site does not say is taken from the maps, else from the land the record is
    for: its soils, and its land use where that is one.
    """
    place = _mapped(site, maps).but(
        Provenance.USER,
        **_known(
            climate=_one(site.climate_id),
            soil=_one(site.soil_id),
            land_use=_code(site.land_use_id),
        ),
    )
    uses, soils = named.get(Facet.LAND_USE, ()), named.get(Facet.SOIL, ())
    if not place.soil and soils:
        place = place.but(Provenance.DERIVED, soil=dict.fromkeys(soils, 1.0))
    if not place.land_use and len(uses) == 1:
        place = place.but(Provenance.DERIVED, land_use=uses[0])
    return Spot(site.record_id, site.place, site.country, place)


def _mapped(site: Site, maps: Maps) -> Place:
    if site.latitude is None or site.longitude is None:
        return Place()
    return mapped(Point(site.latitude, site.longitude), maps)


def _known(**parts: object) -> dict[str, object]:
    return {name: value for name, value in parts.items() if value}


def _one(concept_id: str | None) -> dict[str, float]:
    return {_code(concept_id): 1.0} if concept_id else {}


def _code(concept_id: str | None) -> str:
    return (concept_id or "").partition(":")[2]
