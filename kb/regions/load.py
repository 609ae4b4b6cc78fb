"""Making a layer out of an administrator's raster.

The raster is read in strips; the layer is written at the end, whole or not at all, and
the one that stood there stays until then. Needs rasterio (`kb.regions.raster`).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from kb.language import _
from kb.regions.cells import (
    ClassCells,
    FigureCells,
    Mask,
    Numbers,
    Runs,
    Values,
    row_of_cells,
    runs_of,
)
from kb.regions.datasets import Credit
from kb.regions.layer_kinds import FIGURE_LAYERS, LAYER_KINDS, FigureLayer, LayerKind
from kb.regions.layers import WIDTH, layer_path
from kb.regions.legends import Reading, read_reading
from kb.regions.mixes import numbers_for
from kb.regions.raster import Raster, opened, refusal
from kb.regions.runs import About, Row, RunGrid

Taken = TypeVar("Taken")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Given:
    """What an administrator gave to be loaded."""

    kind: str
    """A name in `kb.regions.layer_kinds.LAYER_KINDS`."""
    path: Path
    legend: str
    """A name, or ``csv:`` and a file."""
    table: Path | None = None
    """Shares of codes in each soil mapping unit, for a raster of such units."""
    crs: str = ""
    """``EPSG:4326`` for a file that does not say its coordinates."""
    nodata: float | None = None
    """A value that means nothing, beside the one the file names."""

    def reading(self) -> Reading:
        """Find out what the values mean; see `kb.regions.legends.read_reading`."""
        return read_reading(LAYER_KINDS[self.kind], self.legend, self.table)

    @property
    def resampling(self) -> str:
        """The method of warping that suits what is loaded."""
        return "average" if self.kind in FIGURE_LAYERS else "mode"


def look_over(given: Given) -> str:
    """Look at everything that can be seen before the pixels are read.

    :returns: what the raster is like, in a line.
    :raises NotValid: legend, table or raster do not fit; see the parts of this work.
    """
    reading = given.reading()
    with _opened(given, reading) as raster:
        return raster.about


def load(
    folder: Path,
    given: Given,
    credit: Credit,
    *,
    each_row: Callable[[int], object] = lambda rows: None,
) -> RunGrid:
    """Make a layer of a raster and put it in the place of the one that stands.

    :param folder: where the maps are.
    :param each_row: called for each of the 3600 rows that is done, with 1.
    :raises NotValid: the raster cannot be read as was said.
    :raises OSError: it cannot be written, such as for want of room.
    """
    reading = given.reading()
    with _opened(given, reading) as raster:
        rows = _Rows(raster, given.nodata, each_row)
        legend, made = _made(LAYER_KINDS[given.kind], reading, rows)
        about = _about(given, credit, reading, raster, legend)
        grid = RunGrid.of_rows(about, WIDTH, made)
    if not rows.with_a_value:
        raise refusal(_("Not one cell gets a value: is it the right legend?"))
    grid.write(layer_path(folder, given.kind))
    return grid


@contextmanager
def _opened(given: Given, reading: Reading) -> Iterator[Raster]:
    how = {"crs": given.crs, "resampling": given.resampling}
    with opened(given.path, **how) as raster:
        tag = raster.nodata
        if tag is not None and tag != given.nodata and reading.means_something(tag):
            said = _(
                "The file says that %(value)s means nothing, the legend gives it a"
                " meaning. If the file is right: --nodata %(value)s",
                value=f"{tag:g}",
            )
            raise refusal(said)
        yield raster


class _Rows:
    """The rows of cells of a raster, made one after another."""

    def __init__(
        self, raster: Raster, nodata: float | None, each_row: Callable[[int], object]
    ) -> None:
        self.raster, self._nodata, self._each_row = raster, nodata, each_row
        self.with_a_value = 0

    def made_by(self, maker: ClassCells | FigureCells) -> Iterator[Numbers]:
        """Give 3600 rows of numbers; a row with the same pixels is not made twice."""
        cells, before = np.zeros(WIDTH, np.uint32), (0, 0)
        for span in self.raster.frame.rows():
            if span != before:
                has_pixels = span[1] > span[0]
                cells = maker.row(*self._pixels(*span)) if has_pixels else cells * 0
            before = span
            self.with_a_value += bool(cells.any())
            self._each_row(1)
            yield cells
        maker.check()

    def _pixels(self, first: int, end: int) -> tuple[Values, Mask]:
        values, nothing = self.raster.rows(first, end)
        if self._nodata is not None:
            nothing |= values == self._nodata
        return values, nothing


def _made(
    kind: LayerKind, reading: Reading, rows: _Rows
) -> tuple[dict[int, str], Iterable[Row]]:
    """Give the legend of the layer, and its rows."""
    pairs = rows.raster.frame.columns()
    if isinstance(kind, FigureLayer):
        stretch = rows.raster.stretch
        figures = FigureCells(reading, kind, pairs, stretch=stretch)
        return kind.legend, _each_once(row_of_cells, rows.made_by(figures))
    codes = sorted(
        {code for meant in (reading.classes or {}).values() for code in meant}
    )
    classes = ClassCells(reading, codes, pairs, mixed=kind.mixed)
    if kind.mixed:
        return _mixed(rows.made_by(classes), codes)
    made = _each_once(row_of_cells, rows.made_by(classes))
    return dict(enumerate(codes, 1)), made


def _mixed(
    rows: Iterable[Numbers], codes: Sequence[str]
) -> tuple[dict[int, str], Iterable[Row]]:
    """Keep all rows as runs of mixes, then give each mix its number."""
    cells = Counter[int]()
    kept = []
    for runs in _each_once(runs_of, rows):
        kept.append(runs)
        lengths = np.diff(runs.starts, append=WIDTH)
        for key, length in zip(runs.numbers.tolist(), lengths.tolist(), strict=True):
            cells[key] += length
    numbers, legend = numbers_for(cells, codes)
    known = np.array(sorted(numbers), np.uint32)
    given = np.array([numbers[key] for key in known.tolist()], np.uint8)

    def row(runs: Runs) -> Row:
        return Runs(runs.starts, given[np.searchsorted(known, runs.numbers)]).row

    return legend, _each_once(row, kept)


def _each_once(make: Callable[[Taken], Made], rows: Iterable[Taken]) -> Iterator[Made]:
    """Make something of each row; a row that comes again is not made again."""
    before: tuple[Taken, Made] | None = None
    for row in rows:
        if before is None or row is not before[0]:
            before = row, make(row)
        yield before[1]


def _about(
    given: Given,
    credit: Credit,
    reading: Reading,
    raster: Raster,
    legend: Mapping[int, str],
) -> About:
    kind = LAYER_KINDS[given.kind]
    with given.path.open("rb") as held:
        sha256 = hashlib.file_digest(held, "sha256").hexdigest()
    return About(
        dataset=credit.dataset,
        licence=credit.licence,
        citation=credit.citation,
        date=credit.date,
        made_from=given.path.name,
        legend=legend,
        kind=given.kind,
        unit=kind.unit if isinstance(kind, FigureLayer) else "",
        sha256=sha256,
        read_with=reading.name,
        resolution=raster.about,
    )
