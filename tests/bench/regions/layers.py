"""Time and memory of loading a raster of 7200 x 3600 pixels, and of asking its layer.

Run by hand: ``python -m tests.bench.regions.layers``. The peer, in the same run and
like it in a process of its own, is rasterio reading the raster whole. Nothing is
asserted.
"""

import random
import sys
import tempfile
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np
import rasterio

from kb.regions.datasets import Credit
from kb.regions.layers import Layers
from tests.bench.regions.atlas import points, resident_mb, tell, times
from tests.regions.rasters import write

FRESH = get_context("spawn")
CREDIT = Credit("Made up", "CC0")


def patches(chance, *, noise):
    """Give 30 classes in patches of 2 degrees, 30 % sea, some pixels anything."""
    patch = chance.integers(0, 30, (90, 180), dtype="uint8")
    patch[chance.random(patch.shape) < 0.3] = 255
    pixels = patch.repeat(40, 0).repeat(40, 1)
    strange = chance.random(pixels.shape) < noise
    pixels[strange] = chance.integers(0, 30, strange.sum(), dtype="uint8")
    return pixels


def relief(chance):
    """Give altitudes: smooth, with noise of 100 m; the sea has none."""
    north, east = np.mgrid[0:3600, 0:7200]
    metres = 1500 + 1400 * np.sin(north / 170) * np.cos(east / 230)
    metres += chance.normal(0, 100, metres.shape)
    metres[np.sin(north / 400 + east / 500) < -0.4] = -9999
    return metres.astype("int16")


def measured(work, answers):
    """Give the seconds of some work and the highest memory of its process, in MB."""
    begun = perf_counter()
    told = work()
    taken = perf_counter() - begun
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    answers.put((taken, peak, told))


def load_it(folder, kind, path, legend):
    """Load a raster as the command does, the import of rasterio included."""
    load = import_module("kb.regions.load")
    given = load.Given(kind, path, legend)
    return f"{load.load(folder, given, CREDIT).runs} runs"


def read_whole(path):
    """Read it whole, as one would without strips."""
    with rasterio.open(path) as data:
        return f"{data.read(1).nbytes / 2**20:.0f} MB of pixels"


def in_a_fresh_process(work):
    answers = FRESH.Queue()
    process = FRESH.Process(target=measured, args=(work, answers))
    process.start()
    found = answers.get(timeout=600)
    process.join()
    return found


def main():
    chance = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        soil = "soil", "soilgrids-wrb", 255
        made = {
            "patches": (soil, partial(patches, noise=0)),
            "noisy soils": (soil, partial(patches, noise=0.1)),
            "relief": (("altitude", "metres", -9999), relief),
        }
        for what, ((kind, legend, nodata), make) in made.items():
            path = folder / f"{what}.tif"
            write(path, make(chance), nodata=nodata, compress="deflate")
            tell_of(what, folder / what, kind, path, legend)


def tell_of(what, folder, kind, path, legend):
    """Print what loading and asking one raster takes."""
    ours = in_a_fresh_process(partial(load_it, folder, kind, path, legend))
    theirs = in_a_fresh_process(partial(read_whole, path))
    print(f"{what}, {path.stat().st_size / 2**20:.1f} MB")
    for who, (taken, peak, told) in (("load", ours), ("read whole", theirs)):
        print(f"  {who:12}{taken:6.2f} s {peak:6.0f} MB at most, {told}")
    print(
        f"  {ours[0] / theirs[0]:.0f} times the time, {ours[1] / theirs[1]:.1f} memory"
    )
    asked(folder, kind)


def asked(folder, kind):
    """Print what asking the layer takes."""
    layers, before, begun = Layers(folder), resident_mb(), perf_counter()
    size = (folder / "layers" / f"{kind}.map").stat().st_size
    layers.get(kind)
    taken, grown = perf_counter() - begun, resident_mb() - before
    print(
        f"  layer {size / 2**20:.2f} MB, read in {taken * 1e3:.0f} ms, +{grown:.0f} MB"
    )
    many = list(points(5000))
    random.Random(1).shuffle(many)
    where = [(point.latitude, point.longitude) for point in many]
    ask = layers.shares_at if kind == "soil" else layers.code_at
    tell("  " + ask.__name__, times(lambda here: ask(kind, *here), where))


if __name__ == "__main__":
    sys.exit(main())
