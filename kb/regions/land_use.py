"""Land uses: what kind of work each is, and how near one stands to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class LandUse:
    """A land use as far as it bears on carrying a practice over.

    Intensity from 0 (left alone) to 1 (a garden), woody cover and flooding from 0 to 1.
    """

    group: str
    intensity: float
    woody: float
    flooded: float


LAND_USES: Mapping[str, LandUse] = MappingProxyType(
    {
        "rainfed_annual_smallholder": LandUse("crop", 0.3, 0.1, 0.0),
        "rainfed_annual_mechanised": LandUse("crop", 0.8, 0.0, 0.0),
        "irrigated_annual": LandUse("crop", 0.8, 0.0, 0.2),
        "paddy": LandUse("crop", 0.7, 0.0, 1.0),
        "shifting": LandUse("crop", 0.1, 0.5, 0.0),
        "market_garden": LandUse("crop", 1.0, 0.0, 0.1),
        "perennial_herb": LandUse("perennial", 0.7, 0.2, 0.0),
        "orchard_vine": LandUse("perennial", 0.7, 0.6, 0.0),
        "plantation": LandUse("perennial", 0.8, 0.8, 0.0),
        "agroforestry": LandUse("mixed", 0.3, 0.5, 0.0),
        "crop_livestock": LandUse("mixed", 0.4, 0.1, 0.0),
        "silvopasture": LandUse("mixed", 0.4, 0.4, 0.0),
        "pastoral": LandUse("grazing", 0.1, 0.1, 0.0),
        "ranching": LandUse("grazing", 0.3, 0.1, 0.0),
        "sown_pasture": LandUse("grazing", 0.8, 0.0, 0.0),
        "natural_forest": LandUse("forest", 0.1, 1.0, 0.0),
        "planted_forest": LandUse("forest", 0.5, 1.0, 0.0),
        "wetland": LandUse("wet", 0.1, 0.2, 1.0),
        "urban": LandUse("other", 0.9, 0.1, 0.0),
        "restoration": LandUse("other", 0.2, 0.2, 0.0),
    }
)
"""The codes and groups of the vocabulary ``land_use``; the figures are judgement."""

_NEAR = {
    frozenset({"crop", "mixed"}): 0.75,
    frozenset({"grazing", "mixed"}): 0.70,
    frozenset({"perennial", "mixed"}): 0.60,
    frozenset({"perennial", "forest"}): 0.50,
    frozenset({"crop", "perennial"}): 0.50,
    frozenset({"forest", "mixed"}): 0.40,
}
_FAR = 0.15

USE_GAP = 0.6
"""What the largest gap (intensity, woody cover, flooding) takes off, at most."""


def groups_alike(a: str, b: str) -> float:
    """Say how near two groups of land uses stand, 0.15 to 1; judged by experts."""
    return 1.0 if a == b else _NEAR.get(frozenset({a, b}), _FAR)


def land_use_alike(a: str, b: str) -> float:
    """Say how near two land uses stand, 0 to 1.

    :param a: a code of the vocabulary, such as ``paddy``.
    :raises KeyError: there is no such land use.
    """
    one, other = LAND_USES[a], LAND_USES[b]
    gap = max(
        abs(one.intensity - other.intensity),
        abs(one.woody - other.woody),
        abs(one.flooded - other.flooded),
    )
    return groups_alike(one.group, other.group) * (1 - USE_GAP * gap)
