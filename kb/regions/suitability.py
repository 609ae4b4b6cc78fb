"""How well the land a record says it is for fits a place.

A record that was tried nowhere in particular still names climates, soils and land uses.
What counts is how much of the place is of a kind it names; a kind it says nothing about
is left out, so that it lowers the coverage and not the score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.language import _
from kb.regions.axes import AXES, axes_likeness
from kb.regions.land_use import LAND_USES, land_use_alike
from kb.regions.likeness import Degree, Facet, Likeness, Reason, degree
from kb.regions.places import Place
from kb.regions.similarity import FACET_WEIGHT, FLOOR, score_of
from kb.regions.soil import BEHAVIOUR, shares_like

Floats = NDArray[np.float64]

NAMED = {
    Facet.CLIMATE: tuple(AXES),
    Facet.SOIL: tuple(BEHAVIOUR),
    Facet.LAND_USE: tuple(LAND_USES),
}
"""The kinds that can be named, facet by facet, in the order of the arrays."""

SHARPNESS = 4
"""How quickly the share of a class falls with its distance, where only axes are known;
the same as for soils known by their behaviour. Judged."""

WORDS: Mapping[Facet, tuple[object, object]] = {
    Facet.CLIMATE: (_("named for your climate"), _("named for another climate")),
    Facet.SOIL: (_("named for soils like yours"), _("named for other soils")),
    Facet.LAND_USE: (_("named for your land use"), _("named for another land use")),
}
"""What is said where it fits, and where it does not."""


@dataclass(frozen=True)
class Fitting:
    """What came of holding all records against one place, in their order."""

    scores: Floats
    coverage: Floats
    facets: Mapping[Facet, Floats]
    """Share of the place that is of a named kind; not a number where none is named."""

    def likeness(self, index: int) -> Likeness:
        """Say of one record how well it fits, and why."""
        known = {
            facet: float(values[index])
            for facet, values in self.facets.items()
            if not np.isnan(values[index])
        }
        reasons = tuple(_reason(facet, value) for facet, value in known.items())
        return Likeness(score_of(known), float(self.coverage[index]), known, reasons)


class Suited:
    """What records say they are for, packed into arrays; in the order given."""

    def __init__(self, named: Sequence[Mapping[Facet, Iterable[str]]]) -> None:
        """Pack.

        :param named: for each record the codes it names of each facet.
        """
        self._named = {
            facet: np.array(
                [[code in set(one.get(facet, ())) for code in codes] for one in named],
                dtype=float,
            ).reshape(len(named), len(codes))
            for facet, codes in NAMED.items()
        }

    def fit(self, place: Place) -> Fitting:
        """Hold all records against a place."""
        facets = {f: _fit(m, kinds_of(place)[f], f) for f, m in self._named.items()}
        known = {f: ~np.isnan(values) for f, values in facets.items()}
        coverage = sum(FACET_WEIGHT[f] * here for f, here in known.items())
        logs = sum(
            FACET_WEIGHT[f]
            * np.log(FLOOR[f] + (1 - FLOOR[f]) * np.nan_to_num(v, nan=1))
            for f, v in facets.items()
        )
        total = np.asarray(coverage, dtype=float)
        mean = np.divide(logs, total, out=np.full_like(total, -np.inf), where=total > 0)
        return Fitting(np.exp(mean), total, facets)


def _log(facet: Facet, values: Floats) -> Floats:
    known = np.nan_to_num(values, nan=1.0)
    logs: Floats = np.log(FLOOR[facet] + (1 - FLOOR[facet]) * known)
    return logs


def kinds_of(place: Place) -> dict[Facet, Mapping[str, float]]:
    """Give of each facet how much of the place is of each kind, 0 to 1.

    Where only axes or a behaviour are known, the kinds that come near them.
    """
    climate: Mapping[str, float] = place.climate or _classes_near(place)
    soil: Mapping[str, float] = place.soil
    if not soil and place.behaviour is not None:
        soil = shares_like(place.behaviour)
    use = (
        {code: land_use_alike(place.land_use, code) for code in LAND_USES}
        if (place.land_use)
        else {}
    )
    return {Facet.CLIMATE: climate, Facet.SOIL: soil, Facet.LAND_USE: use}


def _classes_near(place: Place) -> dict[str, float]:
    heat, wetness, rain = place.axes
    if heat is None or wetness is None:
        return {}
    near = {
        code: axes_likeness(axes, heat, wetness, rain) ** SHARPNESS
        for code, axes in AXES.items()
    }
    total = sum(near.values())
    return {code: value / total for code, value in near.items() if value}


def _fit(named: Floats, kinds: Mapping[str, float], facet: Facet) -> Floats:
    """Give the share of a place that each record names.

    Shares of climate and soil add up; of several land uses the nearest counts.
    """
    has_any = named.any(axis=1)
    if not kinds:
        return np.full(len(named), np.nan)
    values = named * np.array([kinds.get(code, 0.0) for code in NAMED[facet]])
    fits = values.max(axis=1) if facet is Facet.LAND_USE else values.sum(axis=1)
    return np.where(has_any, fits, np.nan)


def _reason(facet: Facet, value: float) -> Reason:
    how = degree(value)
    words = WORDS[facet][how in {Degree.PARTLY, Degree.DIFFERENT}]
    return Reason(facet, facet.value, how, words)
