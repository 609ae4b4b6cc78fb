"""Where the pixels of a raster lie on the globe, and in which cells of a layer.

A pixel belongs to the cell of the layer its middle lies in; where pixels are larger
than cells, a cell takes the pixel its own middle lies in. Rows are counted from the
north here, whatever the file does.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.regions.layers import A_DEGREE, HEIGHT, WIDTH

SLACK = 1e-6
"""Part of a pixel or cell by which figures in a file may be off."""

Columns = NDArray[np.intp]


@dataclass(frozen=True)
class Frame:
    """A raster on the globe; all measures in degrees."""

    west: float
    north: float
    across: float
    """Width of a pixel."""
    down: float
    """Height of a pixel."""
    width: int
    height: int

    @property
    def south(self) -> float:
        """The lower edge."""
        return self.north - self.height * self.down

    @property
    def east(self) -> float:
        """The right edge; above 180 where the file counts so."""
        return self.west + self.width * self.across

    def set_right(self) -> "Frame":
        """Give the frame, moved if the middle of a pixel was taken for its corner.

        A map that is 180 degrees high and begins half a pixel from the pole is one.
        """
        if abs(self.height * self.down - 180) > SLACK * self.down:
            return self
        off = (90 - self.north) / self.down
        if abs(abs(off) - 0.5) > SLACK:
            return self
        return replace(self, north=90.0, west=self.west - off * self.across)

    def lies_on_the_globe(self) -> bool:
        """Say whether it does, but for half a pixel that may stand over at a pole."""
        over, beyond = self.down * (0.5 + SLACK), self.across * (1 + SLACK)
        return (
            self.north <= 90 + over
            and self.south >= -90 - over
            and self.west >= -180 - beyond
            and self.east <= 360 + beyond
            and self.east - self.west <= 360 + beyond
        )

    def columns(self) -> tuple[Columns, Columns]:
        """Give pairs of a cell and a column of pixels that lie in each other."""
        if self.across * A_DEGREE <= 1 + SLACK:
            columns = np.arange(self.width)
            middles = (self.west + (columns + 0.5) * self.across + 180) % 360
            cells = (middles * A_DEGREE + SLACK).astype(np.intp) % WIDTH
            return cells, columns
        cells = np.arange(WIDTH)
        east = ((cells + 0.5) / A_DEGREE - 180 - self.west) % 360
        columns = (east / self.across + SLACK).astype(np.intp)
        inside = columns < self.width
        return cells[inside], columns[inside]

    def rows(self) -> list[tuple[int, int]]:
        """Give for each row of cells the rows of pixels in it, from and to before."""
        if self.down * A_DEGREE <= 1 + SLACK:
            middles = self.north - (np.arange(self.height) + 0.5) * self.down
            cells = np.floor((90 - middles) * A_DEGREE + SLACK).clip(0, HEIGHT - 1)
            ends = np.searchsorted(cells, np.arange(HEIGHT + 1))
            return list(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True))
        middles = 90 - (np.arange(HEIGHT) + 0.5) / A_DEGREE
        found = np.floor((self.north - middles) / self.down + SLACK).astype(int)
        return [(y, y + 1) if 0 <= y < self.height else (0, 0) for y in found.tolist()]
