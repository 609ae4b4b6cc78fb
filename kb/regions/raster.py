"""Reading a raster: GeoTIFF, ASCII grid and a few more, by rasterio, in strips.

The one module that needs rasterio, the optional extra ``raster``.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from warnings import catch_warnings, simplefilter

import numpy as np
import rasterio
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from kb.errors import NotValid
from kb.language import _
from kb.regions.cells import Mask, Values
from kb.regions.frame import Frame

DRIVERS = ("GTiff", "AAIGrid", "EHdr", "HFA", "ENVI", "RST")
"""What is read: GeoTIFF, ASCII grid, BIL, Imagine, ENVI, Idrisi.

All are files with the values inside; a VRT, which may name any other file, is not.
"""

CACHE_MB = 64
STRIP = 2**23
"""Pixels held at a time, unless one row of the file's own blocks has more."""

logging.getLogger("rasterio").setLevel(logging.CRITICAL)


class Raster:
    """An open raster of one band."""

    def __init__(self, data: rasterio.DatasetReader, frame: Frame) -> None:
        self._data, self.frame = data, frame
        self._is_south_up = data.transform.e > 0
        self._from, self._to = 0, 0
        self._held: tuple[Values, Mask] | None = None

    @property
    def about(self) -> str:
        """What it is like, for the file of the layer."""
        frame = self.frame
        degrees = f"{frame.across:.6g} x {frame.down:.6g}"
        turned = ", south up" if self._is_south_up else ""
        return f"{frame.width} x {frame.height} pixels of {degrees} degrees{turned}"

    @property
    def nodata(self) -> float | None:
        """The value that the file says means nothing."""
        value = self._data.nodata
        return None if value is None else float(value)

    @property
    def stretch(self) -> tuple[float, float]:
        """Factor and summand that the file says its values need; mostly 1 and 0."""
        return float(self._data.scales[0]), float(self._data.offsets[0])

    def rows(self, first: int, end: int) -> tuple[Values, Mask]:
        """Give rows of pixels, counted from the north, and which mean nothing.

        They should be asked for from north to south: a strip is read at a time.

        :raises NotValid: the file is cut short or damaged.
        """
        if self._held is None or first < self._from or end > self._to:
            self._held = None
            self._from, self._to = first, self._until(first, end)
            self._held = self._read(first, self._to)
        values, nothing = self._held
        part = slice(first - self._from, end - self._from)
        return values[part], nothing[part]

    def _until(self, first: int, end: int) -> int:
        block: int = min(self._data.block_shapes[0][0], self.frame.height)
        rows = max(STRIP // self.frame.width // block * block, block)
        aligned = (first // block) * block + rows
        return min(max(aligned, end), self.frame.height)

    def _read(self, first: int, end: int) -> tuple[Values, Mask]:
        top = self.frame.height - end if self._is_south_up else first
        window = Window(0, top, self.frame.width, end - first)
        try:
            found = self._data.read(1, window=window, masked=True)
        except RasterioError as refused:
            raise refusal(_("The file is cut short or damaged.")) from refused
        nothing = np.ma.getmaskarray(found)
        if found.dtype.kind == "f":
            nothing |= np.isnan(found.data)
        step = -1 if self._is_south_up else 1
        return found.data[::step], nothing[::step]


@contextmanager
def opened(path: Path, *, crs: str = "", resampling: str = "mode") -> Iterator[Raster]:
    """Open a raster and see to it that it lies on the globe, in degrees.

    :param crs: what a file that does not say it itself is in: ``EPSG:4326``.
    :param resampling: the method that the advice on warping names.
    :raises NotValid: it is no raster, has several bands, or lies elsewhere.
    """
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB), catch_warnings():
        simplefilter("ignore", NotGeoreferencedWarning)
        with _open(path) as data:
            _check(data, crs, _warp(path, resampling))
            yield Raster(data, _frame(data, _warp(path, resampling)))


def _open(path: Path) -> rasterio.DatasetReader:
    said = _("It is no raster that can be read, such as a GeoTIFF.")
    try:
        data = rasterio.open(path.resolve())
    except RasterioError as refused:
        raise refusal(said) from refused
    if data.driver not in DRIVERS or data.dtypes[0].startswith("complex"):
        data.close()
        raise refusal(said)
    return data


def _check(data: rasterio.DatasetReader, crs: str, mend: str) -> None:
    if data.count != 1:
        said = _(
            "It has %(count)s bands, one is wanted: gdal_translate -b 1 IN OUT",
            count=data.count,
        )
        raise refusal(said)
    if data.crs is None and not crs:
        said = _(
            "It does not say in which coordinates it is. If they are degrees (WGS 84),"
            " say so: --crs EPSG:4326"
        )
        raise refusal(said)
    if data.crs is None:
        return
    if not _in_degrees(data.crs):
        said = _(
            "It is in other coordinates than degrees (%(crs)s). To mend it: %(mend)s",
            crs=data.crs.to_string()[:60],
            mend=mend,
        )
        raise refusal(said)


def _in_degrees(crs: rasterio.CRS) -> bool:
    """Say whether it counts degrees from Greenwich; datums differ by metres only."""
    try:
        unit, factor = crs.units_factor
        told = crs.to_dict()
    except CRSError:
        return False
    in_degrees = unit.lower().startswith("degree") and 0.01 < factor < 0.02
    plain = told.get("proj", "longlat") == "longlat" and not told.get("pm")
    return bool(crs.is_geographic and in_degrees and plain)


def _frame(data: rasterio.DatasetReader, mend: str) -> Frame:
    place = data.transform
    if place.is_identity:
        raise refusal(_("It does not say where on the globe it lies."))
    if place.b or place.d or place.a <= 0:
        said = _("Its rows do not run along parallels. To mend it: %(mend)s", mend=mend)
        raise refusal(said)
    down = abs(place.e)
    north = place.f if place.e < 0 else place.f + data.height * down
    frame = Frame(place.c, north, place.a, down, data.width, data.height).set_right()
    if not frame.lies_on_the_globe():
        said = _(
            "It lies between %(south)s and %(north)s north, %(west)s and %(east)s east:"
            " that is not on the globe in degrees.",
            south=f"{frame.south:g}",
            north=f"{frame.north:g}",
            west=f"{frame.west:g}",
            east=f"{frame.east:g}",
        )
        raise refusal(said)
    return frame


def _warp(path: Path, resampling: str) -> str:
    return (
        "gdalwarp -t_srs EPSG:4326 -te -180 -90 180 90 -tr 0.05 0.05"
        f" -r {resampling} {path.name} warped.tif"
    )


def refusal(said: object) -> NotValid:
    """Say what is wrong with the file."""
    return NotValid(_("This map cannot be loaded."), {"file": [str(said)]})
