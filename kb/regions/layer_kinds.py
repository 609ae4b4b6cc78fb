"""What an administrator's own maps may be of: classes, or figures with a unit.

A layer of classes keeps codes, one of figures keeps steps of a fixed *scale* that its
file states figure by figure. The *units* are the ways in which rasters write a figure;
which one a raster uses has to be said, for nothing in a file tells °C from tenths.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.regions.climate import climates
from kb.regions.soil import GROUPS, IPCC_SOIL

STEPS = 254
"""From number 1, the lowest figure of a scale, to 255, the highest; 0 is none."""

GROWING_DAYS = {"humid": 270, "sub_humid": 180, "semi_arid": 75, "arid": 0}
"""Agro-climate → the least days a year on which plants can grow (WOCAT, QCAT source).

WOCAT leaves 270 itself open; it counts as humid here, as in GAEZ.
"""


@dataclass(frozen=True)
class Unit:
    """How a raster writes a figure: ``factor`` times the value, and ``more`` added."""

    factor: float
    more: float = 0.0
    is_angle: bool = False
    """Whether the value is the angle of a slope, in degrees; its tangent counts."""


@dataclass(frozen=True)
class ClassLayer:
    """A kind of layer that holds classes."""

    name: str
    mixed: bool = False
    """Whether a cell keeps the shares of its classes, not only the commonest."""

    @property
    def codes(self) -> frozenset[str]:
        """What a legend may name."""
        zones = climates().values()
        known = {
            "soil": GROUPS,
            "climate": climates(),
            "ipcc_zone": {code for zone in zones for code in zone.ipcc},
            "ipcc_soil": IPCC_SOIL.values(),
            "lgp": GROWING_DAYS,
        }
        return frozenset(known[self.name])


@dataclass(frozen=True)
class FigureLayer:
    """A kind of layer that holds figures, from ``low`` to ``high``, in a ``unit``.

    The steps are even for ``power`` 1; for 2 and 3 they are finer towards ``low``, as
    what a farmer notices of rain or slope is a share of it and not an amount.
    """

    name: str
    part: str
    """The part of `kb.regions.places.Place` that it tells."""
    unit: str
    low: float
    high: float
    power: int
    units: Mapping[str, Unit] = field(compare=False)

    def figure(self, number: int) -> float:
        """Give the figure that a number from 1 to 255 stands for, to 4 digits."""
        share = ((number - 1) / STEPS) ** self.power
        return float(f"{self.low + (self.high - self.low) * share:.4g}")

    @property
    def legend(self) -> dict[int, str]:
        """Each number with its figure, written in decimals."""
        return {n: f"{self.figure(n):g}" for n in range(1, STEPS + 2)}


_FIGURES = """
mat      mat_c         °C -67    60 1
map      map_mm        mm   0 15000 2
ai       ai            1    0    50 3
altitude altitude_m    m -500  9000 1
slope    slope_percent %    0  1000 3
ph       ph            pH   0  12.7 1
clay     clay_percent  %    0   100 1
soc      soc_percent   %    0   100 3
"""
"""Name, part of a place, unit, lowest and highest figure, power of the scale.

Half a step is 0.25 °C, 19 m, pH 0.025, 0.2 % clay; 10 mm of 500 mm of rain, 25 mm of
3,000; 0.02 of an aridity index of 0.65; 0.27 of 10 % slope; 0.03 of 1 % carbon.
"""

_UNITS = {
    "mat": {
        "celsius": Unit(1),
        "celsius-x10": Unit(0.1),
        "kelvin": Unit(1, -273.15),
        "kelvin-x10": Unit(0.1, -273.15),
    },
    "map": {"mm": Unit(1), "mm-x10": Unit(0.1)},
    "ai": {"ratio": Unit(1), "ratio-x10000": Unit(0.0001)},
    "altitude": {"metres": Unit(1), "feet": Unit(0.3048)},
    "slope": {"percent": Unit(1), "degrees": Unit(100, is_angle=True)},
    "ph": {"ph": Unit(1), "ph-x10": Unit(0.1)},
    "clay": {"percent": Unit(1), "g-kg": Unit(0.1)},
    "soc": {"percent": Unit(1), "g-kg": Unit(0.1), "dg-kg": Unit(0.01)},
}


def _figure_layer(row: str) -> FigureLayer:
    name, part, unit, low, high, power = row.split()
    unit = "" if unit == "1" else unit
    span = float(low), float(high), int(power)
    return FigureLayer(name, part, unit, *span, MappingProxyType(_UNITS[name]))


CLASS_LAYERS: Mapping[str, ClassLayer] = MappingProxyType(
    {
        name: ClassLayer(name, mixed=name == "soil")
        for name in ("soil", "climate", "ipcc_zone", "lgp", "ipcc_soil")
    }
)
FIGURE_LAYERS: Mapping[str, FigureLayer] = MappingProxyType(
    {
        layer.name: layer
        for layer in map(_figure_layer, filter(None, _FIGURES.split("\n")))
    }
)

LayerKind = ClassLayer | FigureLayer
LAYER_KINDS: Mapping[str, LayerKind] = MappingProxyType(
    {**CLASS_LAYERS, **FIGURE_LAYERS}
)
"""All kinds, by name."""
