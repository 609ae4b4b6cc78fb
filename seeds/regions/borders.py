"""Make ``borders.map`` beside this file from the borders of country-coder.

``npm pack @rapideditor/country-coder``, unpack it, then
``python seeds/regions/borders.py package``. Nothing is left out or moved: each ring of
each polygon is kept, corner by corner, with the code of its area and of the country or
territory that area belongs to.
"""

import json
import sys
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.regions.borders import PER_DEGREE, Area, Ring, write_borders

HERE = Path(__file__).parent
NOT_A_COUNTRY = {"EU", "UN"}


def country_of(about: Mapping[str, Any], official: set[str]) -> str:
    """Give the ISO code a reader expects.

    That of the area itself, else of the territory it is grouped in (Bonaire → BQ), else
    of its country. Codes that ISO merely reserves (FX, IC, AC) are passed over; Kosovo,
    which has no other, keeps XK.
    """
    own = about.get("iso1A2", "")
    if own in official or about.get("isoStatus") == "usrAssn":
        return own
    grouped = [code for code in about.get("groups", []) if code in official]
    return next(iter(grouped), about.get("country", ""))


def rings_of(features: list[dict[str, Any]]) -> Iterator[Ring]:
    """Give every ring, with its area."""
    official = {
        about["iso1A2"]
        for about in (feature["properties"] for feature in features)
        if "iso1A2" in about and "isoStatus" not in about
    } - NOT_A_COUNTRY
    for feature in features:
        about, shape = feature["properties"], feature["geometry"]
        code = about.get("iso1A2") or about["nameEn"]
        area = Area(code, country_of(about, official))
        for polygon in shape["coordinates"] if shape else []:
            for ring in polygon:
                xs, ys = zip(*ring, strict=True)
                yield Ring(area, _corners(xs), _corners(ys))


def _corners(degrees: tuple[float, ...]) -> "array[int]":
    return array("i", (round(value * PER_DEGREE) for value in degrees))


def main(package: Path) -> None:
    """Make the file."""
    made = json.loads((package / "package.json").read_text("utf-8"))
    held = json.loads((package / "src" / "data" / "borders.json").read_text("utf-8"))
    about = {
        "dataset": f"country-coder {made['version']}, src/data/borders.json",
        "licence": "ISC",
        "citation": "country-coder contributors, https://github.com/rapideditor/country-coder",
    }
    rings = list(rings_of(held["features"]))
    write_borders(HERE / "borders.map", rings, about)
    print(f"{len(rings)} rings, {sum(len(r.xs) for r in rings)} corners")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
