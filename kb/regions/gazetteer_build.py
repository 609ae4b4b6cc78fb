"""Making the gazetteer from the list of places that comes with the program."""

import os
import sqlite3
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from kb.errors import Unavailable
from kb.language import _
from kb.regions.atlas import REINSTALL
from kb.regions.columns import NUMBER
from kb.regions.gazetteer import FILE, FORMAT, SEAL, SHELF, checksum, shipped_list
from kb.regions.place_list import STEPS, PlaceList, read_places
from kb.regions.sealed import little, seal_of
from kb.regions.spelling import packs_of_pieces

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
CREATE TABLE shelf (id INTEGER PRIMARY KEY, pieces BLOB NOT NULL);
"""
"""Places are numbered by population, spellings in the order of their forms."""
DISTRICT = "INSERT INTO district VALUES (?, ?, ?)"
PLACE = "INSERT INTO place VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?)"
SPELLING = "INSERT INTO spelling VALUES (NULL, ?, nullif(?, ''), ?, nullif(?, ''))"
"""Texts and numbers are handed over twice as fast as ``None``; hence ``nullif``."""


def build_gazetteer(folder: Path, listed: Path | None = None) -> int:
    """Write the gazetteer into ``folder``; give how many places it holds.

    The file is put in the place of the old one when it is whole. Takes some two seconds
    and 120 MB of memory.

    :param listed: the list of places, if not the one that comes with the program.
    :raises Unavailable: the list is missing or damaged, or the disk is full.
    """
    listed = listed or shipped_list()
    places, about = read_places(listed, mend=REINSTALL)
    about = about | {"stamp": seal_of(listed)}
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")
    os.close(handle)
    try:
        _write(Path(name), places, about)
        Path(name).chmod(0o644)
        Path(name).replace(folder / FILE)
    except sqlite3.Error as refused:
        said = _("The list of places cannot be written: %(why)s", why=str(refused))
        raise Unavailable(said) from refused
    finally:
        Path(name).unlink(missing_ok=True)
    return len(places.names)


def _write(path: Path, places: PlaceList, about: dict[str, str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        connection.executescript(f"PRAGMA user_version={FORMAT}; {TABLES} BEGIN;")
        _fill(connection, places, about)
        connection.execute("CREATE INDEX by_country ON place (country)")
        connection.execute("COMMIT")
    seal = checksum(path)
    with path.open("r+b") as held:
        held.seek(SEAL.start)
        held.write(seal)


def _fill(
    connection: sqlite3.Connection, places: PlaceList, about: dict[str, str]
) -> None:
    insert = connection.executemany
    about = about | {"countries": " ".join(sorted(set(places.countries)))}
    insert("INSERT INTO about VALUES (?, ?)", about.items())
    insert(DISTRICT, zip(count(1), places.district_names, places.district_regions))
    insert(PLACE, _places(places))
    insert(SPELLING, _spellings(places))
    insert("INSERT INTO shelf VALUES (?, ?)", enumerate(_shelves(places.forms)))


def _places(places: PlaceList) -> Iterator[tuple[object, ...]]:
    return zip(
        count(1),
        places.names,
        places.countries,
        places.districts,
        ((north - 90 * STEPS) / STEPS for north in places.norths),
        ((east - 180 * STEPS) / STEPS for east in places.easts),
        places.populations,
    )


def _spellings(places: PlaceList) -> Iterator[tuple[object, ...]]:
    return zip(
        places.forms, places.written, places.firsts, _others(places), strict=True
    )


def _others(places: PlaceList) -> list[bytes | str]:
    """Give for each spelling its other places, packed; nothing where there is one."""
    packs: list[bytes | str] = [""] * len(places.forms)
    whole, first = little(places.others).tobytes(), 0
    for spelling, many in enumerate(places.counts):
        if many:
            packs[spelling] = whole[first : first + 4 * many]
            first += 4 * many
    return packs


def _shelves(forms: list[str]) -> Iterator[bytes]:
    """Give the shelves of pieces, each packed."""
    packs = packs_of_pieces(forms)
    for first in range(0, len(packs), SHELF):
        some = packs[first : first + SHELF]
        counts = array(NUMBER, (len(pack) // 4 for pack in some))
        yield little(counts).tobytes() + b"".join(some)
