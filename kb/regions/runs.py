"""A map of the whole globe as runs: where in each row a new number begins.

Cells are equal in degrees, from the north-west corner (90° N, 180° W) eastwards, then
southwards. The numbers are 0 to 255; the *legend* names those that mean something, and
what it does not name (the sea, no data) counts as nothing. Standard library only.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kb.language import _
from kb.regions.sealed import Sealed, little, read_sealed, unusable, write_sealed

KIND = "runs"
SHORT, LONG = "H", "I"
WIDEST = 65_535
"""Cells in a row, so that two bytes say where a run begins."""

_RUN = re.compile(rb"(.)\1*", re.DOTALL)


@dataclass(frozen=True)
class About:
    """What a map shows and where it comes from; kept in its file, to be shown."""

    dataset: str
    licence: str
    citation: str
    date: str
    """The time the data stand for, or when they were published."""
    made_from: str
    """The file or package it was made from, with version and recipe."""
    legend: Mapping[int, str]
    """Number → code; a number that is not named here means nothing.

    Where the map holds figures, the code is the figure in decimals.
    """
    kind: str = ""
    """The kind of layer (`kb.regions.layer_kinds`), if an administrator loaded it."""
    unit: str = ""
    """What the figures are in, such as °C."""
    sha256: str = ""
    """Of the file it was made from."""
    read_with: str = ""
    """The legend by which the numbers of that file were read."""
    resolution: str = ""
    """The number of pixels of that file, and their size."""


class Row(NamedTuple):
    """One row of cells: the columns where runs begin, first 0, and their numbers."""

    starts: "array[int]"
    values: bytes


def row_of(cells: bytes) -> Row:
    """Give a row of numbers, a byte for each cell, as runs."""
    found = list(_RUN.finditer(cells))
    starts = array(SHORT, (run.start() for run in found))
    return Row(starts, bytes(cells[start] for start in starts))


class RunGrid:
    """The map, ready to be asked."""

    def __init__(
        self,
        about: About,
        width: int,
        counts: "array[int]",
        starts: "array[int]",
        values: bytes,
    ) -> None:
        """Take the runs of all rows, north to south.

        :param width: cells in a row, at most 65,535.
        :param counts: how many runs each row has.
        :raises ValueError: the parts do not fit together.
        """
        if not 0 < width <= WIDEST or not counts or not min(counts):
            raise ValueError("a map has 1 to 65,535 columns, and runs in each row")
        self.about, self.width, self.height = about, width, len(counts)
        self._legend = dict(about.legend)
        self._counts, self._starts, self._values = counts, starts, values
        self._first = array(LONG, accumulate(counts, initial=0))
        if not len(starts) == len(values) == self._first[-1]:
            raise ValueError("every run has a column where it begins and a number")

    @classmethod
    def of_rows(cls, about: About, width: int, rows: Iterable[Row]) -> "RunGrid":
        """Put rows together, north to south.

        :raises ValueError: a row does not begin at column 0.
        """
        counts, starts, values = array(SHORT), array(SHORT), bytearray()
        for row in rows:
            if not row.starts or row.starts[0] != 0:
                raise ValueError("a row begins at column 0")
            counts.append(len(row.starts))
            starts.extend(row.starts)
            values += row.values
        return cls(about, width, counts, starts, bytes(values))

    @property
    def runs(self) -> int:
        """The number of runs, which is what memory and disk grow with."""
        return len(self._values)

    def code_at(self, latitude: float, longitude: float) -> str | None:
        """Give what the legend calls the cell at a point; nothing in the sea.

        :param latitude: degrees, -90 to 90.
        :param longitude: degrees; 190 is -170.
        """
        x, y = self._cell(latitude, longitude)
        first, end = self._first[y], self._first[y + 1]
        number = self._values[bisect_right(self._starts, x, first, end) - 1]
        return self._legend.get(number)

    def shares_at(
        self, latitude: float, longitude: float, *, reach: int
    ) -> dict[str, float]:
        """Give what the cells around a point are, as shares of those with a meaning.

        :param reach: cells to each side; 3 looks at 7 by 7. The window goes on across
            the 180th meridian and ends at the poles.
        :returns: code → share, greatest first; they add up to 1, or there are none.
        """
        counts: dict[int, int] = {}
        x, y = self._cell(latitude, longitude)
        spans = self._spans(x, reach)
        for row in range(max(y - reach, 0), min(y + reach + 1, self.height)):
            for left, right in spans:
                self._count(row, left, right, counts)
        known = {n: cells for n, cells in counts.items() if n in self._legend}
        ranked = sorted(known.items(), key=lambda item: (-item[1], item[0]))
        whole = sum(known.values())
        return {self._legend[number]: cells / whole for number, cells in ranked}

    def spans_of(self, row: int, numbers: Collection[int]) -> list[tuple[int, int]]:
        """Give where in a row one of these numbers stands: columns, end excluded."""
        first, end = self._first[row], self._first[row + 1]
        found: list[tuple[int, int]] = []
        for run in range(first, end):
            if self._values[run] not in numbers:
                continue
            left = self._starts[run]
            right = self._starts[run + 1] if run + 1 < end else self.width
            if found and found[-1][1] == left:
                left = found.pop()[0]
            found.append((left, right))
        return found

    def _cell(self, latitude: float, longitude: float) -> tuple[int, int]:
        x = int((longitude + 180) % 360 * (self.width / 360)) % self.width
        y = int((90 - latitude) * (self.height / 180))
        return x, min(max(y, 0), self.height - 1)

    def _spans(self, x: int, reach: int) -> list[tuple[int, int]]:
        """Give the columns from ``reach`` before to ``reach`` after, end excluded."""
        left, right = x - reach, x + reach + 1
        if right - left >= self.width:
            return [(0, self.width)]
        if left < 0:
            return [(left + self.width, self.width), (0, right)]
        if right > self.width:
            return [(left, self.width), (0, right - self.width)]
        return [(left, right)]

    def _count(self, row: int, left: int, right: int, counts: dict[int, int]) -> None:
        """Add the cells of a row from ``left`` to before ``right``, run by run."""
        first, end = self._first[row], self._first[row + 1]
        run = bisect_right(self._starts, left, first, end)
        while left < right:
            until = min(self._starts[run], right) if run < end else right
            number = self._values[run - 1]
            counts[number] = counts.get(number, 0) + until - left
            left, run = until, run + 1

    def write(self, path: Path) -> None:
        """Write it to a file, whole or not at all."""
        header = {"about": asdict(self.about), "width": self.width}
        header |= {"height": self.height, "runs": self.runs}
        heads = little(self._counts).tobytes() + little(self._starts).tobytes()
        write_sealed(path, KIND, header, heads + self._values)


def read_grid(path: Path, *, mend: str) -> RunGrid:
    """Read a map from its file.

    :param mend: what to do if it cannot be used, for the message.
    :raises Unavailable: it is missing, foreign, of another version or damaged.
    """
    sealed = read_sealed(path, KIND, mend=mend)
    try:
        return _opened(sealed)
    except (KeyError, TypeError, ValueError) as refused:
        raise unusable(path, _("its parts do not fit together"), mend) from refused


def _opened(sealed: Sealed) -> RunGrid:
    header, body = sealed
    about = dict(header["about"])
    about["legend"] = {int(n): code for n, code in about["legend"].items()}
    rows, runs = int(header["height"]), int(header["runs"])
    starts = 2 * rows
    values = starts + 2 * runs
    return RunGrid(
        About(**about),
        int(header["width"]),
        little(array(SHORT, body[:starts])),
        little(array(SHORT, body[starts:values])),
        body[values:],
    )
