"""Rasters made for a test."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

from kb.regions.datasets import Credit
from kb.regions.load import Given, load
from kb.regions.runs import RunGrid

CREDIT = Credit("A map", "CC BY 4.0", "Someone 2020", "2020")


def globe(value=0, *, size=10.0, dtype="uint8"):
    """Give the pixels of a whole globe, all alike."""
    return np.full((round(180 / size), round(360 / size)), value, dtype)


def write(
    path: Path,
    pixels,
    *,
    west=-180.0,
    north=90.0,
    size=None,
    south_up=False,
    crs="EPSG:4326",
    **more,
):
    """Write a GeoTIFF; the first row of pixels is the northernmost, whatever comes."""
    height, width = pixels.shape
    size = size or 360 / width
    place = Affine(size, 0, west, 0, -size, north)
    if south_up:
        place = Affine(size, 0, west, 0, size, north - height * size)
        pixels = pixels[::-1]
    kept = {"count": 1, "dtype": pixels.dtype, "driver": "GTiff"}
    kept |= {"crs": crs, "transform": place, "width": width, "height": height}
    with rasterio.open(path, "w", **kept, **more) as out:
        out.write(pixels, 1)
    return path


def loaded(folder: Path, kind: str, path: Path, legend: str, **more) -> RunGrid:
    """Load it, with a credit."""
    return load(folder, Given(kind, path, legend, **more), CREDIT)
