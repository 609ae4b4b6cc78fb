"""Drawing the land: coasts as the path of an SVG, for a map that needs no library.

The map is equirectangular: degrees are equally wide and high everywhere, so that a
place on it is found by a rule of three. No borders are drawn, so that no side is taken.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from kb.regions.sealed import little, read_sealed, write_sealed
from kb.regions.tables import Box
from kb.settings import shipped

LAND_MAP, KIND = "land.map", "land"
REINSTALL = "pip install --force-reinstall humus-kb"

PER_DEGREE = 100
"""Steps of a degree in which corners are kept: about a kilometre."""

WORLD = Box(-58, 84, -180, 180)
"""All that people farm, and what makes the rest recognisable; no Antarctica."""

GLOBE = Box()

STEP, LEAST, MARGIN = 10, 80, 6
"""Degrees: of the grid on which views lie, so that few different ones are drawn; the
least width of a view; the least room around what it shows."""

WIDEST_PART = 150
"""Degrees of longitude beyond which the whole world is shown."""

WIDEST, TALLEST = 2.2, 1.2
"""Width of a view by its height, at most and at least."""

KM_PER_DEGREE = 111.2

Point = tuple[float, float]
"""To the right and down, in units of the drawing."""


class Ring(NamedTuple):
    """A coast, closed: corners in steps of 1/100 degree, and what they lie between."""

    box: Box
    xs: "array[int]"
    ys: "array[int]"


@dataclass(frozen=True)
class View:
    """A part of the globe as it is drawn, so many units wide."""

    bounds: Box
    width: int

    @property
    def scale(self) -> float:
        """Units for each degree."""
        return self.width / (self.bounds.east - self.bounds.west)

    @property
    def height(self) -> int:
        """Units from north to south."""
        return round((self.bounds.north - self.bounds.south) * self.scale)

    def at(self, latitude: float, longitude: float) -> Point:
        """Give where a place is drawn."""
        across = (longitude - self.bounds.west) * self.scale
        return across, (self.bounds.north - latitude) * self.scale

    def reach(self, latitude: float, km: float) -> Point:
        """Give how far so many kilometres are drawn, to each side and up or down.

        Towards the poles a degree of longitude is shorter, so it reaches farther; more
        than 80 degrees from the equator it is left at what it is there.
        """
        up = km / KM_PER_DEGREE * self.scale
        return up / cos(radians(min(abs(latitude), 80))), up


def outline(bounds: Box, width: int) -> str:
    """Give the land inside some bounds as path data, in whole units.

    A unit is as fine as it gets: what is smaller is left out.

    :param width: units from the west to the east of the bounds.
    :raises Unavailable: the file with the coasts is missing or damaged.
    """
    return _outline(View(bounds, width))


@lru_cache(maxsize=64)
def _outline(view: View) -> str:
    return "".join(
        _path(corners)
        for ring in _land()
        if _meet(ring.box, view.bounds) and _seen(ring.box, view.scale)
        for corners in [_drawn(ring, view)]
        if len(corners) > 2
    )


def view_of(places: Iterable[tuple[float, float]], width: int) -> View:
    """Give a view that holds all places: a part of the world if they lie together.

    :param places: latitudes and longitudes; of none, the whole world.
    """
    known = list(places)
    if not known:
        return View(WORLD, width)
    ups, acrosses = zip(*known, strict=True)
    west, east = _snapped(min(acrosses) - MARGIN, max(acrosses) + MARGIN)
    south, north = _snapped(min(ups) - MARGIN, max(ups) + MARGIN)
    west, east = _stretched(west, east, max(LEAST, TALLEST * (north - south)))
    south, north = _stretched(south, north, (east - west) / WIDEST)
    if east - west <= WIDEST_PART:
        bounds = Box(*_moved(south, north, 90), *_moved(west, east, 180))
        return View(bounds, width)
    return View(WORLD if all(WORLD.holds(*p) for p in known) else GLOBE, width)


def grouped(points: Sequence[Point], apart: float) -> list[list[int]]:
    """Put points that would touch together; each group in the order given.

    :param apart: how far from the first of a group a point has to be to start another.
    :returns: positions of the points, group by group.
    """
    groups: list[list[int]] = []
    for position, (x, y) in enumerate(points):
        for group in groups:
            first_x, first_y = points[group[0]]
            if (x - first_x) ** 2 + (y - first_y) ** 2 < apart**2:
                group.append(position)
                break
        else:
            groups.append([position])
    return groups


def write_land(path: Path, rings: Sequence[Ring], about: dict[str, str]) -> None:
    """Write coasts to a file, whole or not at all.

    :param about: dataset, version, licence, citation: kept in the file's header.
    """
    gaps = array("i")
    for ring in rings:
        for line in (ring.xs, ring.ys):
            gaps.extend(b - a for a, b in zip([0, *line], line, strict=False))
    header = {"about": about, "corners": [len(ring.xs) for ring in rings]}
    write_sealed(path, KIND, header, little(gaps).tobytes())


def ring_of(xs: Sequence[float], ys: Sequence[float]) -> Ring:
    """Make a ring of its corners, in degrees."""
    across, up = (
        array("h", (round(v * PER_DEGREE) for v in line)) for line in (xs, ys)
    )
    return _ring(across, up)


def _ring(xs: "array[int]", ys: "array[int]") -> Ring:
    corners = min(ys), max(ys), min(xs), max(xs)
    return Ring(Box(*(corner / PER_DEGREE for corner in corners)), xs, ys)


def read_land(path: Path) -> tuple[Ring, ...]:
    """Read coasts from a file.

    :raises Unavailable: it is missing, foreign, of another version or damaged.
    """
    sealed = read_sealed(path, KIND, mend=REINSTALL)
    gaps, first, rings = little(array("i", sealed.body)), 0, []
    for count in sealed.header["corners"]:
        lines = [gaps[start : start + count] for start in (first, first + count)]
        first += 2 * count
        rings.append(_ring(*(array("h", accumulate(line)) for line in lines)))
    return tuple(rings)


@lru_cache(maxsize=1)
def _land() -> tuple[Ring, ...]:
    return read_land(shipped("seeds") / "regions" / LAND_MAP)


def _meet(a: Box, b: Box) -> bool:
    beside = a.east < b.west or b.east < a.west
    return not (beside or a.north < b.south or b.north < a.south)


def _seen(box: Box, scale: float) -> bool:
    return max(box.east - box.west, box.north - box.south) * scale >= 1


def _drawn(ring: Ring, view: View) -> list[tuple[int, int]]:
    """Give the corners of a ring in whole units, cut off at the edges of the view."""
    scale, west, north = view.scale, view.bounds.west, view.bounds.north
    corners: list[Point] = [
        ((x / PER_DEGREE - west) * scale, (north - y / PER_DEGREE) * scale)
        for x, y in zip(ring.xs, ring.ys, strict=True)
    ]
    inside = view.bounds
    if ring.box.west < inside.west or ring.box.east > inside.east:
        corners = cut(corners, 0, 0, 1)
        corners = cut(corners, 0, view.width, -1)
    if ring.box.south < inside.south or ring.box.north > inside.north:
        corners = cut(corners, 1, 0, 1)
        corners = cut(corners, 1, view.height, -1)
    return _thinned([(round(x), round(y)) for x, y in corners])


def cut(corners: list[Point], axis: int, edge: float, side: int) -> list[Point]:
    """Cut a ring off at a straight edge (Sutherland and Hodgman, 1974).

    :param axis: 0 for an edge up and down, 1 for one across.
    :param side: 1 to keep what lies beyond the edge, -1 for what lies before it.
    """
    kept: list[Point] = []
    for a, b in zip([*corners[-1:], *corners[:-1]], corners, strict=True):
        a_in, b_in = (side * (p[axis] - edge) >= 0 for p in (a, b))
        if a_in != b_in:
            part = (edge - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
        if b_in:
            kept.append(b)
    return kept


def _thinned(corners: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out corners that lie on their neighbours or on the line between them."""
    kept: list[tuple[int, int]] = []
    for corner in corners:
        while kept and (
            kept[-1] == corner
            or (len(kept) > 1 and _straight(kept[-2], kept[-1], corner))
        ):
            kept.pop()
        kept.append(corner)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def _path(corners: Sequence[tuple[int, int]]) -> str:
    """Write corners as steps from one to the next, which is half as long."""
    (x, y), *rest = corners
    steps, at = [], (x, y)
    for corner in rest:
        steps.append(f"{corner[0] - at[0]} {corner[1] - at[1]}")
        at = corner
    return f"M{x} {y}l{' '.join(steps)}z".replace(" -", "-")


def _snapped(low: float, high: float) -> tuple[float, float]:
    return low // STEP * STEP, -(-high // STEP) * STEP


def _stretched(low: float, high: float, least: float) -> tuple[float, float]:
    more = max(0.0, least - (high - low)) / 2
    return low - more, high + more


def _moved(low: float, high: float, end: float) -> tuple[float, float]:
    """Move a span to where it lies between an end of the globe and the other."""
    shift = max(0.0, -end - low) + min(0.0, end - high)
    return low + shift, high + shift
