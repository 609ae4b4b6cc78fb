"""The tables of ``seeds/regions``: small, edited by hand, read when first asked for."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from kb.settings import shipped


class Box(NamedTuple):
    """A part of the globe between two parallels and two meridians, in degrees."""

    south: float = -90
    north: float = 90
    west: float = -180
    east: float = 180

    @classmethod
    def of(cls, written: str) -> "Box":
        """Read ``south north west east``; nothing written is the whole globe."""
        return cls(*(float(degrees) for degrees in written.split()))

    def holds(self, latitude: float, longitude: float) -> bool:
        """Say whether a point is in it."""
        return (
            self.south <= latitude <= self.north and self.west <= longitude <= self.east
        )


def rows(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a CSV file, column → what is written."""
    path = shipped("seeds") / "regions" / name
    with path.open(encoding="utf-8", newline="") as held:
        yield from csv.DictReader(held)


def percentages(written: str) -> dict[str, float]:
    """Read ``Aw 60; BSh 40`` as shares of 1."""
    pairs = (entry.split() for entry in written.split(";") if entry.strip())
    return {code: float(percent) / 100 for code, percent in pairs}
