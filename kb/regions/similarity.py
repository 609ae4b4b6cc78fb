"""How alike two places are, with the reasons.

Inside a facet likenesses are averaged (Gower); across facets they are multiplied, each
to the power of its weight, so that one bad facet is not made good by the others. Only
climate may veto: the other facets have a floor under them, high enough that a place
with the same climate stays at 0.5 or above whatever else differs. Gaps are measured
against *transfer limits*, beyond which nothing can be carried over, not against the
range of the data as plain Gower does, which would make all places look alike.

All weights, floors and limits are guesses of experts, looked at on eight sites. They
are to be fitted when 30 practices have five sites each (design, section 9).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, log, prod

from kb.regions.axes import AXIS_WEIGHT, heat_alike, rain_alike, wetness_alike
from kb.regions.land_use import land_use_alike
from kb.regions.likeness import Facet, Likeness
from kb.regions.places import Place
from kb.regions.reasons import reasons_for
from kb.regions.soil import behaviour_alike

FACET_WEIGHT = {
    Facet.CLIMATE: 0.45,
    Facet.SOIL: 0.25,
    Facet.LAND_USE: 0.20,
    Facet.TERRAIN: 0.10,
}
"""They sum to 1, which is full coverage."""

FLOOR = {
    Facet.CLIMATE: 0.05,
    Facet.SOIL: 0.35,
    Facet.LAND_USE: 0.35,
    Facet.TERRAIN: 0.50,
}
"""What is left of a facet in which nothing is alike."""


LEAST = 1e-3
"""Below this a ratio is not looked at: no rain is as good as 0.001 mm."""


@dataclass(frozen=True)
class Measure:
    """A figure that may be known of a place."""

    name: str
    facet: Facet
    weight: float
    """Beside 1 for what the facet is mostly known by: axes, behaviour."""
    limit: float
    """Gap at which nothing is alike; of logarithms where ``by_ratio``."""
    by_ratio: bool = False

    def scaled(self, value: float) -> float:
        """Give the figure as gaps in it are measured."""
        return log(max(value, LEAST)) if self.by_ratio else value


MEASURES = (
    Measure("mat_c", Facet.CLIMATE, 0.5, 12),
    Measure("map_mm", Facet.CLIMATE, 0.25, 1.1, by_ratio=True),
    Measure("ai", Facet.CLIMATE, 0.75, 1.4, by_ratio=True),
    Measure("seasonality", Facet.CLIMATE, 0.25, 80),
    Measure("ph", Facet.SOIL, 0.5, 3),
    Measure("clay_percent", Facet.SOIL, 0.5, 50),
    Measure("soc_percent", Facet.SOIL, 0.25, 2, by_ratio=True),
    Measure("altitude_m", Facet.TERRAIN, 0.5, 2500),
    Measure("slope_percent", Facet.TERRAIN, 1, 30),
)
"""Limits in °C, percent, pH and m; ratios of 3 (rain), 4 (aridity) and 7 (carbon).

The aridity index counts three times as much as the rain, because the same rain is
plenty in the cold: Yatenga and the Beauce both have some 640 mm.
"""


@dataclass(frozen=True)
class _Part:
    """One comparison inside a facet; ``sure`` takes off coverage, not likeness."""

    facet: Facet
    weight: float
    value: float
    sure: float = 1.0


def alike(a: Place, b: Place) -> Likeness:
    """Compare two places on all that is known of both.

    The same either way round, but for the reasons, which speak of ``b`` as there. Two
    places of which nothing in common is known have score and coverage 0.
    """
    axes = axes_alike(a, b)
    parts = [*_climate(a, b, axes), *_soil(a, b), *_land_use(a, b), *_figures(a, b)]
    facets, coverage = {}, 0.0
    for facet in Facet:
        mine = [part for part in parts if part.facet is facet]
        if mine:
            weight = sum(part.weight for part in mine)
            facets[facet] = sum(part.weight * part.value for part in mine) / weight
            sure = sum(part.weight * part.sure for part in mine)
            coverage += FACET_WEIGHT[facet] * min(1.0, sure)
    reasons = reasons_for(a, b, axes, facets)
    return Likeness(score_of(facets), coverage, facets, reasons)


def score_of(facets: Mapping[Facet, float]) -> float:
    """Give the weighted geometric mean over the facets that are known; 0 for none."""
    if not facets:
        return 0.0
    total = sum(
        FACET_WEIGHT[facet] * log(FLOOR[facet] + (1 - FLOOR[facet]) * value)
        for facet, value in facets.items()
    )
    return exp(total / sum(FACET_WEIGHT[facet] for facet in facets))


def axes_alike(a: Place, b: Place) -> dict[str, float]:
    """Say how alike two places are in temperature, moisture and rain, if known."""
    heat, wetness, rain = a.axes
    its_heat, its_wetness, its_rain = b.axes
    found = {}
    if heat is not None and its_heat is not None:
        found["temperature"] = heat_alike(heat, its_heat)
    if wetness is not None and its_wetness is not None:
        found["moisture"] = wetness_alike(wetness, its_wetness)
    if rain is not None and its_rain is not None:
        found["rain"] = rain_alike(rain, its_rain)
    return found


def _climate(a: Place, b: Place, axes: Mapping[str, float]) -> Iterator[_Part]:
    if axes:
        weight = sum(AXIS_WEIGHT[name] for name in axes)
        value = prod(v ** (AXIS_WEIGHT[name] / weight) for name, v in axes.items())
        sure = min(a.climate_certainty, b.climate_certainty)
        yield _Part(Facet.CLIMATE, weight, value, sure)


def _soil(a: Place, b: Place) -> Iterator[_Part]:
    mine, its = a.soil_behaviour, b.soil_behaviour
    if mine is not None and its is not None:
        sure = min(a.soil_certainty, b.soil_certainty)
        yield _Part(Facet.SOIL, 1.0, behaviour_alike(mine, its), sure)


def _land_use(a: Place, b: Place) -> Iterator[_Part]:
    if a.land_use and b.land_use:
        yield _Part(Facet.LAND_USE, 1.0, land_use_alike(a.land_use, b.land_use))


def _figures(a: Place, b: Place) -> Iterator[_Part]:
    for measure in MEASURES:
        mine, its = getattr(a, measure.name), getattr(b, measure.name)
        if mine is not None and its is not None:
            gap = abs(measure.scaled(mine) - measure.scaled(its))
            value = max(0.0, 1 - gap / measure.limit)
            yield _Part(measure.facet, measure.weight, value)
