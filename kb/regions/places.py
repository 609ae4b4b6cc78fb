"""A place: all that may be known of a piece of land, and where each part is known from.

Every part may be missing. Nothing here says where the place is: a point is never kept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from math import fsum, isfinite
from types import MappingProxyType

from kb.errors import NotValid
from kb.language import _
from kb.regions.axes import AXES, Axes, Rain, climate_certainty, mean_axes
from kb.regions.land_use import LAND_USES
from kb.regions.soil import BEHAVIOUR, Behaviour, expected, soil_certainty


class Provenance(StrEnum):
    """Where a part of a place is known from."""

    MAP = "map"
    USER = "user"
    ADMIN_RASTER = "admin-raster"
    DERIVED = "derived"


PROVENANCE_WORDS = {
    Provenance.MAP: _("from a map of the world"),
    Provenance.USER: _("as you said"),
    Provenance.ADMIN_RASTER: _("from a map of this region"),
    Provenance.DERIVED: _("worked out from the rest"),
}

RANGES = {
    "heat": (0, 6),
    "wetness": (0, 4),
    "mat_c": (-70, 60),
    "map_mm": (0, 15_000),
    "ai": (0, 50),
    "seasonality": (0, 400),
    "ph": (0, 14),
    "clay_percent": (0, 100),
    "soc_percent": (0, 100),
    "altitude_m": (-500, 9000),
    "slope_percent": (0, 1000),
}
"""What can be on Earth; a figure outside is refused as a slip of the pen."""


@dataclass(frozen=True)
class Place:
    """What is known of one place; what is not known is empty, never 0.

    :raises NotValid: a figure that cannot be, a share below 0, a code that is not
        known, or a provenance of what is not known.
    """

    climate: Mapping[str, float] = field(default_factory=dict)
    """Köppen-Geiger class to share of the land around; made to sum to 1."""
    heat: float | None = None
    """0 (ice) to 6 (tropical), where a person said it; goes before the climate."""
    wetness: float | None = None
    """0 (desert) to 4 (wet all year), where a person said it."""
    rain: Rain | None = None
    soil: Mapping[str, float] = field(default_factory=dict)
    """WRB group to share; made to sum to 1."""
    behaviour: Behaviour | None = None
    """What the soil does, where that is known better than its groups."""
    land_use: str = ""
    """A code of the vocabulary ``land_use``."""
    mat_c: float | None = None
    """Mean annual temperature, °C."""
    map_mm: float | None = None
    """Mean annual precipitation, mm."""
    ai: float | None = None
    """Aridity index: yearly precipitation by potential evapotranspiration."""
    seasonality: float | None = None
    """Coefficient of variation of the monthly rain, percent."""
    ph: float | None = None
    """Of the topsoil, in water."""
    clay_percent: float | None = None
    """Of the topsoil."""
    soc_percent: float | None = None
    """Soil organic carbon of the topsoil, percent by weight."""
    altitude_m: float | None = None
    slope_percent: float | None = None
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    """Name of the part to where it is known from."""

    def __post_init__(self) -> None:
        problems = {name: [str(said)] for name, said in self._problems().items()}
        if problems:
            raise NotValid(_("This place cannot be right."), problems)
        for name in ("climate", "soil"):
            shares = MappingProxyType(_whole(getattr(self, name)))
            object.__setattr__(self, name, shares)
        object.__setattr__(self, "provenance", MappingProxyType({**self.provenance}))

    @classmethod
    def known(cls, by: Provenance, **parts: object) -> "Place":
        """Make a place whose parts are all known from the same source."""
        return cls().but(by, **parts)

    def but(self, by: Provenance, **parts: object) -> "Place":
        """Give this place with some parts put right; it stays as it is itself.

        A climate that is given takes away axes that were said before, and a soil takes
        away the behaviour, unless these are given with it.
        """
        if "climate" in parts:
            parts = {"heat": None, "wetness": None, "rain": None} | parts
        if "soil" in parts:
            parts = {"behaviour": None} | parts
        told = {name: by for name, value in parts.items() if _is_known(value)}
        kept = {n: p for n, p in self.provenance.items() if n not in parts}
        return replace(self, **parts, provenance=kept | told)  # type: ignore[arg-type]

    @cached_property
    def axes(self) -> tuple[float | None, float | None, Rain | None]:
        """Heat, wetness and rain season: as said, else from the climate."""
        mean: Axes | None = mean_axes(self.climate) if self.climate else None
        if mean is None:
            return self.heat, self.wetness, self.rain
        return (
            mean.heat if self.heat is None else self.heat,
            mean.wetness if self.wetness is None else self.wetness,
            self.rain or mean.rain,
        )

    @cached_property
    def soil_behaviour(self) -> Behaviour | None:
        """What the soil does: as given, else expected from its shares."""
        if self.behaviour is None and self.soil:
            return expected(self.soil)
        return self.behaviour

    @cached_property
    def climate_certainty(self) -> float:
        """How much the climate tells of one field, 0 to 1; axes that were said, 1."""
        if not self.climate or None not in (self.heat, self.wetness):
            return 1.0
        return climate_certainty(self.climate)

    @cached_property
    def soil_certainty(self) -> float:
        """How much the soil tells of one field, 0 to 1."""
        if self.behaviour is not None or not self.soil:
            return 1.0
        return soil_certainty(self.soil)

    def _problems(self) -> dict[str, object]:
        found: dict[str, object] = {
            name: _("is not possible")
            for name, (low, high) in RANGES.items()
            if not _possible(getattr(self, name), low, high)
        }
        for name, known in (("climate", AXES), ("soil", BEHAVIOUR)):
            if not _are_shares(getattr(self, name), known):
                found[name] = _("these are no shares of known classes")
        if self.behaviour and not _in_unit(vars(self.behaviour).values()):
            found["behaviour"] = _("is not possible")
        if self.land_use and self.land_use not in LAND_USES:
            found["land_use"] = _("there is no such land use")
        if not all(
            n in _NAMES and _is_known(getattr(self, n)) for n in self.provenance
        ):
            found["provenance"] = _("tells where something is from that is not known")
        return found


_NAMES = {part.name for part in fields(Place)} - {"provenance"}


def _is_known(value: object) -> bool:
    return value is not None and value not in ("", {})


def _possible(value: float | None, low: float, high: float) -> bool:
    return value is None or (isfinite(value) and low <= value <= high)


def _in_unit(values: Collection[float]) -> bool:
    return all(isfinite(value) and 0 <= value <= 1 for value in values)


def _are_shares(shares: Mapping[str, float], known: Collection[str]) -> bool:
    if not all(isfinite(share) and share >= 0 for share in shares.values()):
        return False
    return set(shares) <= set(known) and (not shares or fsum(shares.values()) > 0)


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    total = fsum(shares.values())
    return {code: share / total for code, share in shares.items() if share}
