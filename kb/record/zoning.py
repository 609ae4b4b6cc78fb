"""What is known of each zone: tried there, named for such land, measured there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.record.filed import Filed
from kb.record.models import Effect
from kb.record.whereabouts import LEAST_COVERAGE, Spot, Whereabouts
from kb.regions.pooling import LEAST_SIMILARITY, Found, Pooled, pool, value_of
from kb.regions.zones import (
    Climate,
    Zone,
    climate_of,
    typical,
    zones_named,
    zones_tried,
)

NOT_POOLED = frozenset(
    f"indicator:{name}"
    for name in (
        "adoption",
        "area",
        "carbon_credits",
        "cost",
        "design",
        "other",
        "people",
        "sediment",
        "time_to_effect",
        "works_built",
    )
)
"""Of these a mean says nothing: how large something was built, how many took part."""

UNCOMPARED = (None, "comparator:none")
"""What was not compared with anything tells of a state and not of an effect."""

LEAST_POOLED = 2
"""One result alone is no range."""


@dataclass(frozen=True)
class Within:
    """The records of one zone, by number."""

    tried: Mapping[int, tuple[Spot, ...]]
    """Those tried there, with the sites."""
    named: tuple[int, ...]
    """Those that say they are for such land and were not tried there."""

    def __len__(self) -> int:
        return len(self.tried) + len(self.named)

    @property
    def all(self) -> tuple[int, ...]:
        """Give all of them."""
        return (*self.tried, *self.named)


_Sites = dict[int, list[Spot]]
"""Records by number, with sites of theirs."""


def _add(sites: _Sites, spot: Spot) -> None:
    sites.setdefault(spot.record_id, []).append(spot)


class Zoned:
    """All public records by zone."""

    def __init__(self, filed: Mapping[int, Filed], whereabouts: Whereabouts) -> None:
        self._filed, self._where = filed, whereabouts
        self._named: dict[Zone, list[int]] = {}
        for record_id, one in filed.items():
            codes, groups = (one.codes.get(name, ()) for name in ("climate", "soil"))
            for zone in zones_named(codes, groups):
                self._named.setdefault(zone, []).append(record_id)
        self._tried: dict[Zone, _Sites] = {}
        self._in_climate: dict[Climate, _Sites] = {}
        for spot in whereabouts.spots:
            for zone in zones_tried(spot.place):
                _add(self._tried.setdefault(zone, {}), spot)
            climate = climate_of(spot.place)
            if climate is not None:
                _add(self._in_climate.setdefault(climate, {}), spot)

    def within(self, zone: Zone, land_use: str = "") -> Within:
        """Give the records of a zone.

        :param land_use: a code, to leave out those that are for other uses alone.
        """
        tried = self._for_use(self._tried.get(zone, {}), land_use)
        named = (
            record_id
            for record_id in self._named.get(zone, ())
            if record_id not in tried
            and (not land_use or land_use in self.uses(record_id))
        )
        return Within(tried, tuple(named))

    def in_climate(
        self, climate: Climate, land_use: str = ""
    ) -> Mapping[int, tuple[Spot, ...]]:
        """Give the records that were tried in a climate, on whatever soil."""
        return self._for_use(self._in_climate.get(climate, {}), land_use)

    def climates(self) -> set[Climate]:
        """Give the climates of which something is known."""
        return {*(zone.climate for zone in self._named), *self._in_climate}

    def _for_use(self, sites: _Sites, land_use: str) -> dict[int, tuple[Spot, ...]]:
        return {
            record_id: tuple(spots)
            for record_id, spots in sites.items()
            if not land_use or land_use in self.uses(record_id)
        }

    def uses(self, record_id: int) -> set[str]:
        """Give the uses of land that a record is for or was tried on."""
        spots = self._where.spots
        sites = self._where.sites_of.get(record_id, ())
        on_sites = {spots[n].place.land_use for n in sites} - {""}
        return on_sites | set(self._of(record_id, "land_use"))

    def purposes(self, record_id: int) -> set[str]:
        """Give the problems that a record is for."""
        return set(self._of(record_id, "purpose"))

    def themes(self, record_id: int) -> set[str]:
        """Give the themes that a record is about."""
        return set(self._of(record_id, "theme"))

    def kind(self, record_id: int) -> str:
        """Give the kind of a record."""
        return self._filed[record_id].kind

    def _of(self, record_id: int, scheme: str) -> Collection[str]:
        filed = self._filed.get(record_id)
        return filed.codes.get(scheme, ()) if filed else ()

    def alike(self, zone: Zone, record_ids: Iterable[int]) -> dict[int, float]:
        """Say how like a zone the best site is of each record that has any, 0 to 1."""
        place = typical(zone)
        if place is None:
            return {}
        compared = self._where.candidates.compare(place)
        scores = np.where(compared.coverage >= LEAST_COVERAGE, compared.scores, 0.0)
        return {
            record_id: float(max(scores[site] for site in sites))
            for record_id in record_ids
            if (sites := self._where.sites_of.get(record_id))
        }


@dataclass(frozen=True)
class Outcome:
    """What came of one practice in places like a zone."""

    record_id: int
    pooled: Pooled


def outcomes(
    session: Session, zoned: Zoned, zone: Zone, record_ids: Iterable[int]
) -> list[Outcome]:
    """Pool what was measured of practices in places like a zone, in one query.

    :param record_ids: the records of the zone; only practices are pooled.
    """
    practices = [n for n in record_ids if zoned.kind(n) == "practice"]
    near = {
        record_id: score
        for record_id, score in zoned.alike(zone, practices).items()
        if score >= LEAST_SIMILARITY
    }
    effects = session.scalars(
        select(Effect)
        .where(Effect.record_id.in_(near), Effect.indicator_id.not_in(NOT_POOLED))
        .order_by(Effect.record_id, Effect.id)
    )
    together: dict[tuple[int, str, str], list[Found]] = {}
    for effect in effects:
        if value_of(effect) is not None and effect.comparator_id not in UNCOMPARED:
            key = effect.record_id, effect.indicator_id, effect.unit_id
            found = Found(effect, near[effect.record_id])
            together.setdefault(key, []).append(found)
    return [
        Outcome(record_id, pooled)
        for (record_id, _indicator, _unit), found in together.items()
        if len(found) >= LEAST_POOLED and (pooled := pool(found))
    ]
