"""Many places packed once, so that one can be compared with all of them at a stroke.

The only part of the places that needs numpy. It gives what `alike` gives for each pair
of places; reasons are made only for those that are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.regions.axes import (
    AXIS_WEIGHT,
    HEAT_LIMIT,
    WETNESS_LIMIT,
    Rain,
    rain_alike,
)
from kb.regions.land_use import LAND_USES, land_use_alike
from kb.regions.likeness import Band, Facet, Likeness, band_of
from kb.regions.places import Place
from kb.regions.similarity import FACET_WEIGHT, FLOOR, MEASURES, alike
from kb.regions.soil import AXES_OF_SOIL, SOIL_LIMIT

Floats = NDArray[np.float64]

_RAINS, _USES = tuple(Rain), tuple(LAND_USES)
_NAN = float("nan")
_UNKNOWN = [_NAN]
_RAIN_TABLE = np.array(
    [[rain_alike(a, b) for b in _RAINS] + _UNKNOWN for a in _RAINS]
    + [_UNKNOWN * (len(_RAINS) + 1)]
)
_USE_TABLE = np.array(
    [[land_use_alike(a, b) for b in _USES] + _UNKNOWN for a in _USES]
    + [_UNKNOWN * (len(_USES) + 1)]
)
"""Likeness of each pair; the last row and column stand for what is not known."""

_FIGURE_LIMITS = np.array([measure.limit for measure in MEASURES])
_FIGURE_WEIGHTS = np.array([measure.weight for measure in MEASURES])
_FIGURES_OF = {
    facet: np.array([measure.facet is facet for measure in MEASURES]) for facet in Facet
}
_AXIS_WEIGHTS = np.array([AXIS_WEIGHT[n] for n in ("temperature", "moisture", "rain")])


@dataclass(frozen=True)
class Compared:
    """What came of comparing one place with all candidates, in their order."""

    scores: Floats
    coverage: Floats
    climate: NDArray[np.bool_]
    """Whether the climate could be compared."""

    def band(self, index: int) -> Band:
        """Give the band of one candidate, as `kb.regions.likeness.band` would."""
        score, coverage = float(self.scores[index]), float(self.coverage[index])
        return band_of(score, coverage, climate=bool(self.climate[index]))


class Candidates:
    """Places to compare with, packed into arrays; in the order they were given."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = tuple(places)
        self._packed = _Packed(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def compare(self, place: Place) -> Compared:
        """Compare a place with every candidate; no reasons are made."""
        return _compare(_Packed((place,)), self._packed)

    def explain(self, place: Place, index: int) -> Likeness:
        """Give the likeness of one candidate with its reasons."""
        return alike(place, self.places[index])

    def best(self, place: Place, count: int) -> list[tuple[int, Likeness]]:
        """Give the ``count`` candidates most alike, best first, with reasons.

        Of two that are level the better covered goes first, then the one given first.
        """
        compared = self.compare(place)
        order = np.lexsort((-compared.coverage, -compared.scores))
        return [(int(i), self.explain(place, int(i))) for i in order[:count]]


class _Packed:
    """Places as arrays with one row for each place; not a number where not known."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.axes = _array([[_nan(x) for x in p.axes[:2]] for p in places], 2)
        self.rain = _codes(
            [_RAINS.index(p.axes[2]) if p.axes[2] else -1 for p in places]
        )
        self.soil = _array([_behaviour(p) for p in places], len(AXES_OF_SOIL))
        self.use = _codes(
            [_USES.index(p.land_use) if p.land_use else -1 for p in places]
        )
        self.figures = _array([_figures(p) for p in places], len(MEASURES))
        self.climate_sure = np.array([p.climate_certainty for p in places], dtype=float)
        self.soil_sure = np.array([p.soil_certainty for p in places], dtype=float)


def _array(rows: list[list[float]], width: int) -> Floats:
    return np.array(rows, dtype=float).reshape(len(rows), width)


def _codes(codes: list[int]) -> NDArray[np.int64]:
    return np.array(codes, dtype=np.int64)


def _nan(value: float | str | None) -> float:
    return _NAN if value is None else float(value)


def _behaviour(place: Place) -> list[float]:
    known = place.soil_behaviour
    return list(known.numbers()) if known else _UNKNOWN * len(AXES_OF_SOIL)


def _figures(place: Place) -> list[float]:
    values = [getattr(place, measure.name) for measure in MEASURES]
    return [
        _NAN if value is None else measure.scaled(value)
        for measure, value in zip(MEASURES, values, strict=True)
    ]


def _compare(one: _Packed, many: _Packed) -> Compared:
    """Do for all rows what `alike` does for a pair."""
    core = {
        Facet.CLIMATE: _climate(one, many),
        Facet.SOIL: _soil(one, many),
        Facet.LAND_USE: _plain(_USE_TABLE[one.use[0], many.use]),
    }
    figures = np.maximum(0, 1 - np.abs(many.figures - one.figures[0]) / _FIGURE_LIMITS)
    logs = np.zeros(len(many.use))
    weights, coverage = np.zeros_like(logs), np.zeros_like(logs)
    climate = np.zeros(len(many.use), dtype=bool)
    for facet in Facet:
        value, known, sure = _facet(
            core.get(facet), figures[:, _FIGURES_OF[facet]], facet
        )
        here = known > 0
        mean = np.divide(value, known, out=np.ones_like(value), where=here)
        logs += FACET_WEIGHT[facet] * np.log(FLOOR[facet] + (1 - FLOOR[facet]) * mean)
        weights += FACET_WEIGHT[facet] * here
        coverage += FACET_WEIGHT[facet] * np.minimum(1, sure)
        climate |= here & (facet is Facet.CLIMATE)
    any_known = weights > 0
    mean = np.divide(logs, weights, out=np.full_like(logs, -np.inf), where=any_known)
    return Compared(np.exp(mean), coverage, climate)


_Core = tuple[Floats, Floats, Floats]
"""Likeness, weight (0 where not known) and how sure, for each row."""


def _facet(core: _Core | None, figures: Floats, facet: Facet) -> _Core:
    """Add up what is known of a facet: weighted likeness, weight, weight as sure."""
    known = ~np.isnan(figures) * _FIGURE_WEIGHTS[_FIGURES_OF[facet]]
    value = (np.nan_to_num(figures) * known).sum(axis=1)
    weight = known.sum(axis=1)
    if core is None:
        return value, weight, weight
    likeness, of_core, sure = core
    return value + likeness * of_core, weight + of_core, weight + of_core * sure


def _climate(one: _Packed, many: _Packed) -> _Core:
    gaps = np.abs(many.axes - one.axes[0]) / np.array([HEAT_LIMIT, WETNESS_LIMIT])
    rain = _RAIN_TABLE[one.rain[0], many.rain]
    parts = np.column_stack([np.maximum(0, 1 - gaps), rain])
    known = ~np.isnan(parts) * _AXIS_WEIGHTS
    weight = known.sum(axis=1)
    power = known / np.where(weight > 0, weight, 1)[:, None]
    value = np.prod(np.where(np.isnan(parts), 1, parts) ** power, axis=1)
    return value, weight, np.minimum(one.climate_sure[0], many.climate_sure)


def _soil(one: _Packed, many: _Packed) -> _Core:
    gaps = np.abs(many.soil - one.soil[0])
    gap = (gaps.mean(axis=1) + gaps.max(axis=1)) / 2
    value, weight, _sure = _plain(np.maximum(0, 1 - gap / SOIL_LIMIT))
    return value, weight, np.minimum(one.soil_sure[0], many.soil_sure)


def _plain(value: Floats) -> _Core:
    known = (~np.isnan(value)).astype(float)
    return np.nan_to_num(value), known, np.ones_like(known)
