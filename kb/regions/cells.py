"""From the pixels in a row of cells to one number for each cell.

Of classes a cell keeps the commonest, or the shares (`kb.regions.mixes`); of figures it
keeps the mean. Pixels that mean nothing are left out of both: where a cell has one
pixel of land, that pixel speaks for it.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.errors import NotValid
from kb.language import _
from kb.regions.frame import Columns
from kb.regions.layer_kinds import STEPS, FigureLayer, Unit
from kb.regions.layers import WIDTH
from kb.regions.legends import Classes, Reading
from kb.regions.mixes import Weights, keys_of
from kb.regions.runs import SHORT, Row

Values = NDArray[np.generic]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]

TOO_MANY = 1000
"""Unknown values at which the counting ends: it is the wrong file or legend."""
NAMED = 10
"""Unknown values that are named to a person, the commonest first."""


class Runs(NamedTuple):
    """A row as runs: where they begin, and their numbers; neighbours may be alike."""

    starts: NDArray[np.uint16]
    numbers: NDArray[np.unsignedinteger]

    @property
    def row(self) -> Row:
        """The row as a map keeps it; numbers up to 255."""
        numbers = self.numbers.astype(np.uint8)
        return Row(array(SHORT, self.starts.tobytes()), numbers.tobytes())


def runs_of(cells: NDArray[np.unsignedinteger]) -> Runs:
    """Give the runs of a row of numbers."""
    starts = np.concatenate(([0], np.flatnonzero(np.diff(cells)) + 1))
    return Runs(starts.astype(np.uint16), cells[starts])


def row_of_cells(cells: NDArray[np.unsignedinteger]) -> Row:
    """Give one row as runs; the same as `kb.regions.runs.row_of`, sooner."""
    return runs_of(cells).row


class Lookup:
    """Values of a raster → the number of what they mean: 0 is nothing, -1 unknown."""

    def __init__(self, meant: Mapping[int, object], *, rounded: bool = False) -> None:
        self._rounded = rounded
        self._low, self._high = min(meant) - 1, max(meant) + 1
        self._table = np.full(self._high - self._low + 1, -1, np.int32)
        for number, value in enumerate(meant, 1):
            self._table[value - self._low] = number
        self.strangers: Counter[float] = Counter()

    def numbers(self, values: Values, nothing: Mask) -> NDArray[np.int32]:
        """Give the numbers, and count the strangers; they come back as 0.

        :raises NotValid: there are too many different ones.
        """
        whole = np.rint(values) if values.dtype.kind == "f" else values
        near = np.clip(whole.astype(np.float64), self._low, self._high)
        near[nothing] = self._low  # may be no number at all
        found: NDArray[np.int32] = self._table[near.astype(np.int64) - self._low]
        if not self._rounded:
            found[whole != values] = -1
        found[nothing] = 0
        strange = found < 0
        if strange.any():
            self._count(values[strange])
            found[strange] = 0
        return found

    def _count(self, values: Values) -> None:
        kinds, counts = np.unique(values, return_counts=True)
        self.strangers.update(dict(zip(kinds.tolist(), counts.tolist(), strict=True)))
        if len(self.strangers) > TOO_MANY:
            self.check()

    def check(self) -> None:
        """Refuse what the legend does not know.

        :raises NotValid: naming the commonest values, with the number of pixels.
        """
        if not self.strangers:
            return
        named = self.strangers.most_common(NAMED)
        said = _(
            "The legend does not know these values (with their number of pixels):"
            " %(values)s. If they mean nothing: a line for each in a legend of your"
            " own, or --nodata.",
            values=", ".join(f"{value:g} ({count})" for value, count in named)
            + (" …" if len(self.strangers) > NAMED else ""),
        )
        raise NotValid(_("This map cannot be loaded."), {"legend": [str(said)]})


class ClassCells:
    """Makes numbers of the classes in a row of cells."""

    def __init__(
        self,
        reading: Reading,
        codes: Sequence[str],
        pairs: tuple[Columns, Columns],
        *,
        mixed: bool,
    ) -> None:
        """Take what to read.

        :param codes: all codes that may come; number 1 is the first.
        :param pairs: cells and columns of pixels that lie in each other.
        :param mixed: give mixes, not the commonest class.
        """
        classes: Classes = reading.classes or {}
        self._cells, self._columns = pairs
        self._is_alone = len(np.unique(self._cells)) == len(self._cells)
        self._lookup = Lookup(_with_meaning(classes), rounded=reading.rounded)
        self._weights = _weights(classes, codes)
        self._reduce = keys_of if mixed else commonest
        self._one = self._reduce(self._weights)
        self.check = self._lookup.check

    def row(self, values: Values, nothing: Mask) -> Numbers:
        """Give the number of each of the 7200 cells of a row; 0 is nothing."""
        found = self._lookup.numbers(values, nothing)
        if self._is_alone and len(found) == 1:
            cells = np.zeros(WIDTH, np.uint32)
            cells[self._cells] = self._one[found[0, self._columns]]
            return cells
        present = np.flatnonzero(np.bincount(found.ravel()))
        dense = np.zeros(len(self._weights), np.int64)
        dense[present] = np.arange(len(present))
        places = self._cells * len(present) + dense[found[:, self._columns]]
        counts = np.bincount(places.ravel(), minlength=WIDTH * len(present))
        counts = counts.reshape(WIDTH, len(present))
        return self._reduce(counts @ self._weights[present])


def commonest(weights: Weights) -> Numbers:
    """Give the number of the class with most weight; of two alike, the first."""
    numbers = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1) + 1, 0)
    return numbers.astype(np.uint32)


def _with_meaning(classes: Classes) -> Classes:
    """Put first what means something; both kinds are known, neither is strange."""
    return dict(sorted(classes.items(), key=lambda item: not item[1]))


def _weights(classes: Classes, codes: Sequence[str]) -> Weights:
    column = {code: number for number, code in enumerate(codes)}
    weights = np.zeros((len(classes) + 1, len(codes)))
    for row, shares in zip(weights[1:], _with_meaning(classes).values(), strict=True):
        for code, share in shares.items():
            row[column[code]] = share
    return weights


class FigureCells:
    """Makes numbers of the figures in a row of cells."""

    def __init__(
        self,
        reading: Reading,
        layer: FigureLayer,
        pairs: tuple[Columns, Columns],
        *,
        stretch: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        """Take what to read.

        :param stretch: factor and summand that the file itself says its values need.
        """
        self._layer, self._stretch = layer, stretch
        self._cells, self._columns = pairs
        self._unit = reading.unit
        figures = reading.figures or {0: None}
        self._lookup = Lookup(figures)
        self._figures = np.array(
            [np.nan, *(np.nan if f is None else f for f in figures.values())]
        )
        self._wrong, self._least, self._most = 0, np.inf, -np.inf

    def row(self, values: Values, nothing: Mask) -> Numbers:
        """Give the number of the mean in each of the 7200 cells of a row."""
        figures = self._read(values, nothing)
        known = self._looked_at(figures, ~(nothing | np.isnan(figures)))
        kept = known[:, self._columns]
        cells = np.broadcast_to(self._cells, kept.shape)[kept]
        counts = np.bincount(cells, minlength=WIDTH)
        sums = np.bincount(cells, figures[:, self._columns][kept], minlength=WIDTH)
        return self._numbers(sums / np.maximum(counts, 1), counts > 0)

    def _read(self, values: Values, nothing: Mask) -> NDArray[np.float64]:
        if self._unit is None:
            return self._figures[self._lookup.numbers(values, nothing)]
        factor, more = self._stretch
        return in_unit(self._unit, values.astype(np.float64) * factor + more)

    def _looked_at(self, figures: NDArray[np.float64], known: Mask) -> Mask:
        """Note figures that cannot be, and give the others."""
        beyond = (figures < self._layer.low) | (figures > self._layer.high)
        wrong = figures[known & beyond]
        if wrong.size:
            self._wrong += wrong.size
            self._least = min(self._least, wrong.min())
            self._most = max(self._most, wrong.max())
        return known & ~beyond

    def _numbers(self, means: NDArray[np.float64], known: Mask) -> Numbers:
        layer = self._layer
        share = ((means - layer.low) / (layer.high - layer.low)).clip(0, 1)
        steps = np.rint(STEPS * share ** (1 / layer.power)) + 1
        return np.where(known, steps, 0).astype(np.uint32)

    def check(self) -> None:
        """Refuse what the legend does not know, and figures that cannot be.

        :raises NotValid: saying how many there are and how far they go.
        """
        self._lookup.check()
        if not self._wrong:
            return
        said = _(
            "%(count)s pixels lie outside %(low)s to %(high)s %(unit)s: from"
            " %(least)s to %(most)s. Another legend may be right, or --nodata for a"
            " value that means nothing.",
            count=self._wrong,
            low=f"{self._layer.low:g}",
            high=f"{self._layer.high:g}",
            unit=self._layer.unit,
            least=f"{self._least:g}",
            most=f"{self._most:g}",
        )
        raise NotValid(_("This map cannot be loaded."), {"legend": [str(said)]})


def in_unit(unit: Unit, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the figures that values in a unit stand for."""
    if unit.is_angle:
        values = np.tan(np.radians(values))
    return unit.factor * values + unit.more
