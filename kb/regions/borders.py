"""Which country a point is in, from rings around areas; standard library only.

The rings are those of country-coder, an ISC-licensed package whose makers draw them to
be small: close on land, rough at sea, where they take in coastal waters. An *area* is a
country, or a part of one that lies apart, such as the Azores.
"""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.language import _
from kb.regions.sealed import Sealed, little, read_sealed, unusable, write_sealed

KIND = "borders"
PER_DEGREE = 100_000
"""Steps of a degree in which corners are kept: a metre or less."""
SEAM = 179.98
"""The rings leave a gap along the 180th meridian; from here on its west side counts."""
STRETCH = 32
"""Corners that are looked at or passed over together; 32 was the quickest of 16-128."""


class Area(NamedTuple):
    """A country or a part of one.

    ``code`` is its ISO 3166-1 alpha-2 code, or its English name where it has none;
    ``country`` is the code of the country or territory it belongs to, or nothing.
    """

    code: str
    country: str


class Ring(NamedTuple):
    """A closed line around an area, or around a hole in it.

    Corners in steps of 1/100,000 degree; the last is the first again.
    """

    area: Area
    xs: "array[int]"
    ys: "array[int]"


_Stretch = tuple[int, int, int, "array[int]", "array[int]"]
"""Neighbouring corners: southernmost, northernmost and easternmost, and the corners."""

_Outline = tuple[Area, int, int, int, int, list[_Stretch]]
"""A ring: its area, west, east, south, north end, and its stretches.

Plain tuples, because Python takes them apart twice as fast as named ones.
"""


class Borders:
    """All rings, ready to be asked."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        self.rings = rings
        self._outlines = [_outline(ring) for ring in rings]

    def area_at(self, latitude: float, longitude: float) -> Area | None:
        """Give the area a point is in; nothing on the high sea.

        :param latitude: degrees, -90 to 90.
        :param longitude: degrees, -180 to below 180.
        """
        found = self._ringed(latitude, longitude)
        if found is None and abs(longitude) > SEAM:
            return self._ringed(latitude, SEAM)
        return found

    def spans_of(self, country: str, latitude: float) -> list[tuple[float, float]]:
        """Give where a parallel runs through a country, from west to east, in degrees.

        :param country: the ISO 3166-1 code; coastal waters are taken in.
        """
        y = latitude * PER_DEGREE
        crossings = sorted(
            x / PER_DEGREE
            for area, _west, _east, south, north, stretches in self._outlines
            if area.country == country and south <= y <= north
            for x in _crossings(stretches, y)
        )
        return list(zip(crossings[::2], crossings[1::2], strict=True))

    def reach_of(self, country: str) -> tuple[float, float] | None:
        """Give how far south and north a country lies, in degrees."""
        ends = [(o[3], o[4]) for o in self._outlines if o[0].country == country]
        if not ends:
            return None
        south, north = min(s for s, _n in ends), max(n for _s, n in ends)
        return south / PER_DEGREE, north / PER_DEGREE

    def _ringed(self, latitude: float, longitude: float) -> Area | None:
        x, y = longitude * PER_DEGREE, latitude * PER_DEGREE
        inside: set[Area] = set()
        for area, west, east, south, north, stretches in self._outlines:
            if west <= x <= east and south <= y <= north and _around(stretches, x, y):
                inside ^= {area}
        return min(inside, default=None)


def _around(stretches: list[_Stretch], x: float, y: float) -> bool:
    """Say whether a line eastwards from the point crosses the ring an odd time."""
    odd = False
    for south, north, east, xs, ys in stretches:
        if not (south <= y <= north and x <= east):
            continue
        x1, y1 = xs[0], ys[0]
        for x2, y2 in zip(xs, ys, strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
            x1, y1 = x2, y2
    return odd


def _crossings(stretches: list[_Stretch], y: float) -> Iterator[float]:
    """Give where a parallel crosses a ring."""
    for south, north, _east, xs, ys in stretches:
        if not south <= y <= north:
            continue
        x1, y1 = xs[0], ys[0]
        for x2, y2 in zip(xs, ys, strict=True):
            if (y1 > y) != (y2 > y):
                yield (x2 - x1) * (y - y1) / (y2 - y1) + x1
            x1, y1 = x2, y2


def _outline(ring: Ring) -> _Outline:
    area, xs, ys = ring
    stretches = list(_stretches(xs, ys))
    south, north = min(s[0] for s in stretches), max(s[1] for s in stretches)
    return area, min(xs), max(xs), south, north, stretches


def _stretches(xs: "array[int]", ys: "array[int]") -> Iterator[_Stretch]:
    """Cut a ring; each stretch begins with the corner the one before ended with."""
    for first in range(0, len(xs) - 1, STRETCH):
        some_xs = xs[first : first + STRETCH + 1]
        some_ys = ys[first : first + STRETCH + 1]
        yield min(some_ys), max(some_ys), max(some_xs), some_xs, some_ys


def write_borders(path: Path, rings: Sequence[Ring], about: dict[str, str]) -> None:
    """Write rings to a file, whole or not at all.

    :param about: dataset, version, licence, citation: kept in the file's header.
    """
    header = {"about": about, "areas": [[*r.area, len(r.xs)] for r in rings]}
    corners = array("i")
    for ring in rings:
        corners += ring.xs + ring.ys
    write_sealed(path, KIND, header, little(corners).tobytes())


def read_borders(path: Path, *, mend: str) -> Borders:
    """Read rings from a file.

    :param mend: what to do if it cannot be used, for the message.
    :raises Unavailable: it is missing, foreign, of another version or damaged.
    """
    sealed = read_sealed(path, KIND, mend=mend)
    try:
        return Borders(list(_rings(sealed)))
    except (KeyError, TypeError, ValueError) as refused:
        raise unusable(path, _("its parts do not fit together"), mend) from refused


def _rings(sealed: Sealed) -> Iterator[Ring]:
    corners, first = little(array("i", sealed.body)), 0
    for code, country, count in sealed.header["areas"]:
        middle, end = first + count, first + 2 * count
        yield Ring(Area(code, country), corners[first:middle], corners[middle:end])
        first = end
