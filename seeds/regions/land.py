"""Make ``land.map`` beside this file from the coasts of Natural Earth.

``npm pack world-atlas@2``, unpack it, then ``python seeds/regions/land.py package``.
The middle scale (1:50 million), corners rounded to a hundredth of a degree; islands of
which fewer than three corners are left so are dropped. What lies across the 180th
meridian is cut in two there, and Antarctica is closed along the pole.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.regions.drawing import LAND_MAP, PER_DEGREE, Ring, cut, ring_of, write_land

HERE = Path(__file__).parent
Corners = list[tuple[float, float]]


def arcs_of(topology: Mapping[str, Any]) -> list[Corners]:
    """Give the arcs of a TopoJSON file in degrees; they are kept as steps."""
    (wide, high), (west, south) = (
        topology["transform"][k] for k in ("scale", "translate")
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        corners = []
        for across, up in arc:
            x, y = x + across, y + up
            corners.append((x * wide + west, y * high + south))
        arcs.append(corners)
    return arcs


def rings_of(topology: Mapping[str, Any]) -> Iterator[Ring]:
    """Give every coast; of arcs that follow each other the shared corner once."""
    arcs = arcs_of(topology)
    for shape in topology["objects"]["land"]["geometries"]:
        for ring in (ring for polygon in shape["arcs"] for ring in polygon):
            corners: Corners = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                corners += arc[1:] if corners else arc
            for part in parts_of(corners):
                rounded = [
                    (round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in part
                ]
                kept = [corner for corner, _same in groupby(rounded)]
                if len(set(kept)) > 2:
                    xs, ys = zip(*kept, strict=True)
                    yield ring_of(
                        [x / PER_DEGREE for x in xs], [y / PER_DEGREE for y in ys]
                    )


def parts_of(corners: Corners) -> Iterator[Corners]:
    """Cut a coast at the 180th meridian, where it jumps from one side to the other."""
    line, turn = [], 0
    for (x, y), (before, _y) in zip(corners, [corners[0], *corners], strict=False):
        turn += 360 * (abs(x - before) > 180) * (-1 if x > before else 1)
        line.append((x + turn, y))
    if turn:
        line += [(line[-1][0], -90.0), (line[0][0], -90.0)]
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in line]
        inside = cut(cut(moved, 0, -180, 1), 0, 180, -1)
        if len({x for x, _y in inside}) > 1:  # no mere line along the meridian
            yield inside


def main(package: Path) -> None:
    """Make the file."""
    made = json.loads((package / "package.json").read_text("utf-8"))
    held = json.loads((package / "land-50m.json").read_text("utf-8"))
    about = {
        "dataset": f"Natural Earth 4.1.0, 1:50m land (world-atlas {made['version']})",
        "licence": "Natural Earth: public domain; world-atlas: ISC",
        "citation": "Natural Earth, https://www.naturalearthdata.com",
    }
    rings = list(rings_of(held))
    write_land(HERE / LAND_MAP, rings, about)
    print(f"{len(rings)} rings, {sum(len(r.xs) for r in rings)} corners")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
