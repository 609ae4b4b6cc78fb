"""The three axes of a climate: how hot, how wet, and when the rain falls."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Rain(StrEnum):
    """The season in which most rain falls."""

    SUMMER = "summer"
    WINTER = "winter"
    ALL_YEAR = "all_year"
    UNMARKED = "unmarked"
    """Deserts, steppes and ice: the climate class does not say."""


@dataclass(frozen=True)
class Axes:
    """Heat from 0 (ice) to 6 (tropical), wetness from 0 (desert) to 4 (always wet)."""

    heat: float
    wetness: float
    rain: Rain


HEAT_LIMIT, WETNESS_LIMIT = 3.0, 2.5
"""Steps on the axis beyond which nothing can be carried over from one to the other."""

AXIS_WEIGHT = {"temperature": 0.4, "moisture": 0.4, "rain": 0.2}
"""What each axis counts. Expert guesses, like all weights and limits here."""

_SEASONS = {
    "f": Rain.ALL_YEAR,
    "w": Rain.SUMMER,
    "s": Rain.WINTER,
    "-": Rain.UNMARKED,
}

_TABLE = """
Af 6.0 4.0 f    Am 6.0 3.5 w    As 6.0 2.0 s    Aw 6.0 2.3 w
BWh 5.3 0.0 -   BWk 3.4 0.0 -   BSh 5.5 1.0 -   BSk 3.3 1.0 -
Csa 4.4 1.7 s   Csb 3.8 2.0 s   Csc 2.8 2.0 s
Cwa 5.0 2.5 w   Cwb 4.3 2.6 w   Cwc 2.9 2.4 w
Cfa 4.5 3.0 f   Cfb 3.6 3.2 f   Cfc 2.7 3.6 f
Dsa 3.3 1.7 s   Dsb 2.9 1.9 s   Dsc 1.9 2.2 s   Dsd 1.5 2.0 s
Dwa 3.0 2.2 w   Dwb 2.5 2.2 w   Dwc 1.7 2.3 w   Dwd 1.3 2.2 w
Dfa 3.0 2.7 f   Dfb 2.7 2.9 f   Dfc 1.9 3.0 f   Dfd 1.3 2.5 f
ET 1.0 3.0 -    EF 0.0 3.0 -
"""


def _read(table: str) -> Mapping[str, Axes]:
    cells = iter(table.split())
    rows = zip(cells, cells, cells, cells, strict=True)
    return MappingProxyType(
        {code: Axes(float(t), float(m), _SEASONS[r]) for code, t, m, r in rows}
    )


AXES: Mapping[str, Axes] = _read(_TABLE)
"""The axes of the 31 Köppen-Geiger classes (As apart from Aw); judged by experts."""

_RAIN_ALIKE = {Rain.UNMARKED: 0.8, Rain.ALL_YEAR: 0.6}
_OPPOSITE = 0.2


def mean_axes(climate: Mapping[str, float]) -> Axes:
    """Give the axes of a climate known by its shares of classes.

    Heat and wetness are means by share; rain falls when it does over the most land,
    and of two that are level the one named first in `Rain`.

    :param climate: Köppen-Geiger class to share; the shares sum to 1.
    """
    falls = {
        rain: sum(s for code, s in climate.items() if AXES[code].rain is rain)
        for rain in Rain
    }
    return Axes(
        sum(share * AXES[code].heat for code, share in climate.items()),
        sum(share * AXES[code].wetness for code, share in climate.items()),
        max(falls, key=falls.__getitem__),
    )


def heat_alike(a: float, b: float) -> float:
    """Say how alike two places are in heat, 0 to 1."""
    return max(0.0, 1 - abs(a - b) / HEAT_LIMIT)


def wetness_alike(a: float, b: float) -> float:
    """Say how alike two places are in wetness, 0 to 1."""
    return max(0.0, 1 - abs(a - b) / WETNESS_LIMIT)


def rain_alike(a: Rain, b: Rain) -> float:
    """Say how alike two rain seasons are, 0 to 1; never 0, for it is no veto."""
    if a is b:
        return 1.0
    return next((v for r, v in _RAIN_ALIKE.items() if r in {a, b}), _OPPOSITE)


def climate_certainty(climate: Mapping[str, float]) -> float:
    """Say how much the shares tell of any one field there: 1 for one class alone.

    It is how alike a field is on average to the mean that stands for all of them.
    """
    mean = mean_axes(climate)
    return sum(
        share * axes_likeness(AXES[code], mean.heat, mean.wetness, mean.rain)
        for code, share in climate.items()
    )


def axes_likeness(one: Axes, heat: float, wetness: float, rain: Rain | None) -> float:
    """Say how alike a climate is to one known by its axes, 0 to 1.

    :param rain: the rain season; where it is not known it takes nothing off.
    """
    by_heat: float = heat_alike(one.heat, heat) ** AXIS_WEIGHT["temperature"]
    by_wetness: float = wetness_alike(one.wetness, wetness) ** AXIS_WEIGHT["moisture"]
    if rain is None:
        return by_heat * by_wetness
    by_rain: float = rain_alike(one.rain, rain) ** AXIS_WEIGHT["rain"]
    return by_heat * by_wetness * by_rain
