"""What a reader said about where her land is, short enough for a cookie.

It stays on her device and goes with her requests; nothing of it is stored or logged. A
point is kept to a tenth of a degree (some 10 km), which is all that the maps need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from kb.errors import NotValid
from kb.language import _
from kb.regions import field_key, questions
from kb.regions.asking import check
from kb.regions.atlas import Point, checked_point
from kb.regions.field_key import soil_shares
from kb.regions.land_use import LAND_USES
from kb.regions.places import Place, Provenance
from kb.regions.soil import prior_of

FARTHEST = 90.0
"""Degrees to each side: half of the globe is the least that can be said."""
LONGEST_NAME = 80
LONGEST = 2000
"""Signs of what is kept; anything longer was not written here."""

KEY, SIMPLE = "key-", "ask-"
"""Before the names of the soil key's questions, and of the four simple questions."""


class Maps(Protocol):
    """What must be known of a point; the atlas knows it."""

    def climate_at(self, point: Point) -> dict[str, float]:
        """Give the share of each Köppen-Geiger class around a point."""

    def climate_within(
        self, point: Point, reach: float, country: str
    ) -> dict[str, float]:
        """Give the shares in a country within so many degrees to each side."""

    def soil_at(self, point: Point) -> dict[str, float]:
        """Give the share of each WRB group around a point, where a map was loaded."""

    def figures_at(self, point: Point) -> dict[str, float]:
        """Give what loaded maps say in figures, by the names of `Place`."""


@dataclass(frozen=True)
class Said:
    """What was said; every part may be missing.

    :raises NotValid: an answer, question or land use that does not exist.
    """

    point: Point | None = None
    """To a tenth of a degree."""
    reach: float = 0.0
    """Degrees to each side of the point that the land may lie within; 0 for a spot."""
    name: str = ""
    """What the place is called, as she chose it from the list."""
    country: str = ""
    """ISO 3166-1 alpha-2."""
    land_use: str = ""
    simple: Mapping[str, str] = field(default_factory=dict)
    """Answers to the four questions that need no map; they go before the map."""
    key: Mapping[str, str] = field(default_factory=dict)
    """Answers of the field key."""

    def __post_init__(self) -> None:
        if self.land_use and self.land_use not in LAND_USES:
            problem = {"land_use": [str(_("there is no such land use"))]}
            raise NotValid(_("This place cannot be right."), problem)
        simple = check(self.simple, questions.QUESTIONS)
        key = check(self.key, field_key.QUESTIONS)
        object.__setattr__(self, "simple", MappingProxyType(simple))
        object.__setattr__(self, "key", MappingProxyType(key))
        object.__setattr__(self, "name", " ".join(self.name.split())[:LONGEST_NAME])
        if self.point is not None:
            object.__setattr__(self, "point", coarse(self.point))
        reach = min(max(self.reach, 0.0), FARTHEST) if self.point else 0.0
        object.__setattr__(self, "reach", round(reach, 1))

    def __bool__(self) -> bool:
        return bool(self.point or self.land_use or self.simple or self.key)

    def written(self) -> str:
        """Write it down, to be read with `read`; letters and digits of ASCII only."""
        said = {"name": self.name, "country": self.country, "use": self.land_use}
        if self.point is not None:
            said["at"] = f"{self.point.latitude:g} {self.point.longitude:g}"
        if self.reach:
            said["within"] = f"{self.reach:g}"
        said |= {f"{SIMPLE}{name}": answer for name, answer in self.simple.items()}
        said |= {f"{KEY}{name}": answer for name, answer in self.key.items()}
        return urlencode({name: value for name, value in said.items() if value})


def read(written: str) -> Said:
    """Read what `Said.written` gave.

    :raises NotValid: it was written elsewhere.
    """
    if len(written) > LONGEST:
        raise NotValid(_("This place cannot be right."), {})
    said = dict(parse_qsl(written))
    return Said(
        point=_point(said.get("at", "")),
        reach=_reach(said.get("within", "")),
        name=said.get("name", ""),
        country=said.get("country", "")[:2],
        land_use=said.get("use", ""),
        simple=_answers(said, SIMPLE),
        key=_answers(said, KEY),
    )


def coarse(point: Point) -> Point:
    """Give a point to a tenth of a degree.

    >>> coarse(Point(13.5678, -2.4321))
    Point(latitude=13.6, longitude=-2.4)
    """
    return checked_point(round(point.latitude, 1), round(point.longitude, 1))


def place_of(said: Said, maps: Maps) -> Place:
    """Put together what is known of the place: the map, then what she said of it.

    What she said goes before the map. Where neither tells, it stays unknown.
    """
    place = _mapped(said, maps)
    told = questions.place_from(said.simple)
    axes = {"heat": told.heat, "wetness": told.wetness, "rain": told.rain}
    axes = {name: value for name, value in axes.items() if value is not None}
    place = place.but(Provenance.USER, **axes, land_use=said.land_use)
    prior = prior_of(raster=place.soil) if place.soil else None
    if said.key:
        soil = soil_shares(said.key, place.climate, prior)
        return place.but(Provenance.USER, soil=soil)
    if told.soil:
        simple = questions.SOIL[said.simple["soil"]]
        soil = soil_shares(simple, place.climate, prior)
        return place.but(Provenance.USER, soil=soil)
    return place


def _mapped(said: Said, maps: Maps) -> Place:
    """Give what the maps know of where she says the land is; nothing if nowhere.

    Of land that is only roughly known, soil and figures of its middle tell nothing.
    """
    if said.point is None:
        return Place()
    if not said.reach:
        return mapped(said.point, maps)
    climate = maps.climate_within(said.point, said.reach, said.country)
    return Place.known(Provenance.MAP, climate=climate)


def mapped(point: Point, maps: Maps) -> Place:
    """Give what the maps know: climates of the world, soil and figures as loaded."""
    loaded: dict[str, object] = {**maps.figures_at(point)}
    if soil := maps.soil_at(point):
        loaded["soil"] = soil
    place = Place.known(Provenance.MAP, climate=maps.climate_at(point))
    return place.but(Provenance.ADMIN_RASTER, **loaded)


def without(said: Said, part: str) -> Said:
    """Take one part back: ``point``, ``land_use``, ``simple`` or ``key``.

    :raises NotValid: there is no such part.
    """
    empty: dict[str, dict[str, object]] = {
        "point": {"point": None, "reach": 0.0, "name": "", "country": ""},
        "land_use": {"land_use": ""},
        "simple": {"simple": {}},
        "key": {"key": {}},
    }
    if part not in empty:
        raise NotValid(_("This place cannot be right."), {})
    return replace(said, **empty[part])  # type: ignore[arg-type]


def _point(written: str) -> Point | None:
    if not written:
        return None
    latitude, _space, longitude = written.partition(" ")
    return checked_point(latitude, longitude)


def _reach(written: str) -> float:
    if not written:
        return 0.0
    return abs(checked_point(written, 0).latitude)


def _answers(said: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): answer
        for name, answer in said.items()
        if name.startswith(prefix)
    }
