"""Finding a place by its name: in any script, with slips, in one file of its own.

Places are numbered by population and spellings by their form, so that what is larger
has the lower number and what begins alike stands together. The file is opened for each
look-up: nothing is held between two, and a new file is read from the next one on.
"""

import json
import re
import sqlite3
import struct
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from kb.errors import Unavailable
from kb.language import FALLBACK, _, country_name
from kb.regions.boxes import Box, around
from kb.regions.sealed import seal_of
from kb.regions.spelling import LONGEST, slips, slips_allowed, spelled, unhurt
from kb.settings import shipped

FILE, FORMAT = "gazetteer.sqlite", 2
"""The format rises when tables, shelves or pieces change."""
SEAL, AT_ONCE = slice(68, 72), 1 << 20
"""Where a file holds its checksum, in bytes that SQLite leaves to programs."""
SHELF = 32
"""Pieces of a row: so many counts, then the spellings that have the first, and so on.

A row for each of 203,156 pieces would take half a second more to write.
"""
SHORTEST_BEGINNING = 3
"""Letters that must be given before names that begin with them are shown."""
AFTER = re.compile("[,;(/\u060c\u061b\u3001\uff0c]")
"""What stands between a place and the country or district it is in."""
FIRST_OTHER = "\u0370"
"""Signs before this one are Latin; Greek is the first other script."""
FIRST_UNSPACED = "\u0e00"
"""From here on are scripts of which two signs say as much as a Latin word."""
CUT = 4 * LONGEST
"""Signs of what was typed that are looked at."""
BEYOND = "\U0010ffff"
"""Stands after every other sign."""
WHOLE_DISTRICT = 50
"""Places looked at when one of a district is wanted, which is sought among them."""

DAMAGED = (sqlite3.Error, UnicodeDecodeError, LookupError, TypeError, struct.error)
"""What reading a file with flipped bits ends in: rows missing, no text, no number."""
SPELLING = "SELECT form, written, place, others FROM spelling"
Row = tuple[str, str | None, int, bytes | None]
"""A spelling: its form, as it is written if that is lost, its places by population."""


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant, with what tells it from others of its name."""

    name: str
    country: str
    """ISO 3166-1 code."""
    district: str
    """Name of the district; empty where it is not known."""
    latitude: float
    longitude: float
    """Degrees, WGS 84."""
    population: int
    region: str
    """Code of the smallest known region of the tree: ``BF-10``, else ``BF``."""
    found_as: str = ""
    """Its name in the script that was asked in, where that is not the Latin one."""


@dataclass(frozen=True)
class Gazetteer:
    """The gazetteer that `build_gazetteer` wrote into a folder."""

    folder: Path

    def candidates(
        self,
        words: str,
        language: str | None = None,
        country: str | None = None,
        limit: int = 8,
    ) -> list[Candidate]:
        """Give the places that may be meant, likeliest first; none if nothing is like.

        The very name comes before names that begin so, these before names with one
        slip, these before two slips (only where the very name is not there); of the
        same kind the more populous first. What follows a comma is taken for country
        or district, if it names one.

        :param language: in which a country is named after the comma, beside English.
        :param country: ISO 3166-1 code; only places there are given.
        :raises Unavailable: the file is missing or damaged.
        """
        name, _comma, where = (AFTER.sub(",", words[:CUT]) + ",").partition(",")
        if not spelled(name) or limit < 1:
            return []
        try:
            with closing(self._opened()) as connection:
                look_up = _LookUp(connection, spelled(name), limit)
                return look_up.found(spelled(where), language, country)
        except DAMAGED as refused:
            raise _unusable(str(refused)) from refused

    def within(
        self, south: float, north: float, west: float, east: float, limit: int
    ) -> list[Candidate]:
        """Give the places in a part of the world, the most populous first.

        :param east: degrees, more than 180 where it lies beyond the 180th meridian.
        :raises Unavailable: the file is missing or damaged.
        """
        try:
            with closing(self._opened()) as connection:
                return _LookUp(connection, "", limit).within(south, north, west, east)
        except sqlite3.Error as refused:
            raise _unusable(str(refused)) from refused

    def box_of(self, region: str) -> Box | None:
        """Give the box around the places of a district; nothing if none is known.

        :param region: code of the district, such as ``BF-10``.
        :raises Unavailable: the file is missing or damaged.
        """
        wanted = (
            "SELECT longitude, latitude, longitude, latitude FROM place"
            " JOIN district ON district.id = place.district WHERE region = ?"
        )
        try:
            with closing(self._opened()) as connection:
                return around(connection.execute(wanted, (region,)))
        except sqlite3.Error as refused:
            raise _unusable(str(refused)) from refused

    def about(self) -> dict[str, str]:
        """Give source, licence and citation, which pages that show places name.

        :raises Unavailable: the file is missing or damaged.
        """
        said = self._said()
        return {name: said.get(name, "") for name in ("source", "licence", "citation")}

    def is_built(self, listed: Path | None = None) -> bool:
        """Say whether the file is there, whole and made from the list that is here.

        Some 30 ms: the whole file is held against its checksum.
        """
        try:
            stamp = self._said().get("stamp")
        except Unavailable:
            return False
        same = stamp == seal_of(listed or shipped_list())
        return same and _is_whole(self.folder / FILE)

    def _said(self) -> dict[str, str]:
        """Give all that the file says about itself."""
        try:
            with closing(self._opened()) as connection:
                wanted = "SELECT name, said FROM about"
                return dict(connection.execute(wanted).fetchall())
        except DAMAGED as refused:
            raise _unusable(str(refused)) from refused

    def _opened(self) -> sqlite3.Connection:
        path = (self.folder / FILE).resolve()
        if not path.is_file():
            raise _unusable(f"there is no {FILE}")
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            connection.close()
            raise _unusable("another format")
        return connection


def shipped_list() -> Path:
    """Give the list of places that comes with the program."""
    return shipped("seeds") / "regions" / "places.map"


def checksum(path: Path) -> bytes:
    """Give the CRC-32 of a file but for the four bytes that hold it, low byte first."""
    with path.open("rb") as held:
        part = held.read(AT_ONCE)
        found = crc32(part[: SEAL.start] + part[SEAL.stop :])
        while part := held.read(AT_ONCE):
            found = crc32(part, found)
    return found.to_bytes(4, "little")


def _is_whole(path: Path) -> bool:
    with path.open("rb") as held:
        return held.read(SEAL.stop)[SEAL] == checksum(path)


@dataclass(frozen=True)
class _LookUp:
    """One name looked up in the open file."""

    connection: sqlite3.Connection
    asked: str
    limit: int

    def found(
        self, where: str, language: str | None, country: str | None
    ) -> list[Candidate]:
        """Give the candidates, those in ``where`` only or first if it is known."""
        named = self._country_named(where, language) if where else None
        if named and country in {None, named}:
            within = self._described(self._matches(named, self.limit))
            if within:
                return within
        if not where or named:
            return self._described(self._matches(country, self.limit))
        many = self._described(self._matches(country, WHOLE_DISTRICT))
        many.sort(key=lambda place: not spelled(place.district).startswith(where))
        return many[: self.limit]

    def within(
        self, south: float, north: float, west: float, east: float
    ) -> list[Candidate]:
        """Give the places in a box, the most populous first."""
        rows = self.connection.execute(
            "SELECT id FROM place WHERE latitude BETWEEN ? AND ?"
            " AND (longitude BETWEEN ? AND ? OR longitude + 360 BETWEEN ? AND ?)"
            " ORDER BY id LIMIT ?",
            (south, north, west, east, west, east, self.limit),
        )
        return self._described({number: "" for (number,) in rows})

    def _country_named(self, where: str, language: str | None) -> str | None:
        (codes,) = self.connection.execute(
            "SELECT said FROM about WHERE name = 'countries'"
        ).fetchone()
        return _country_codes(codes, language or FALLBACK).get(where)

    def _matches(self, country: str | None, limit: int) -> dict[int, str]:
        """Give the numbers of places, likeliest first, with how each was found."""
        only = self._in_country(country) if country else None
        found: dict[int, str] = {}
        very = self._very_name()
        _add(found, very, only, limit)
        if len(found) < limit:
            _add(found, self._beginnings(None if only else limit), only, limit)
        if len(found) < limit:
            for rows in self._misspelt(1 if very else 2):
                _add(found, rows, only, limit)
        return found

    def _in_country(self, country: str) -> set[int]:
        wanted = "SELECT id FROM place WHERE country = ?"
        return {number for (number,) in self.connection.execute(wanted, (country,))}

    def _very_name(self) -> list[Row]:
        position = self._position(self.asked)
        rows = self._rows("id = ?", position + 1)
        return [row for row in rows if row[0] == self.asked]

    def _beginnings(self, limit: int | None) -> list[Row]:
        if len(self.asked) < SHORTEST_BEGINNING and self.asked[0] < FIRST_UNSPACED:
            return []
        first, last = self._position(self.asked), self._position(self.asked + BEYOND)
        within = "id BETWEEN ? AND ? ORDER BY place LIMIT ?"
        return self._rows(within, first + 1, last, limit or -1)

    def _misspelt(self, most: int) -> list[list[Row]]:
        """Give the spellings with one slip, then those with two, up to ``most``."""
        found: list[list[Row]] = [[] for _slips in range(most)]
        chosen = json.dumps(list(self._sharing_a_piece()))
        for row in self._rows("id IN (SELECT value FROM json_each(?))", chosen):
            counted = slips(self.asked, row[0], min(most, slips_allowed(len(row[0]))))
            if 0 < counted <= min(most, slips_allowed(len(row[0]))):
                found[counted - 1].append(row)
        return found

    def _sharing_a_piece(self) -> set[int]:
        """Give the numbers of the spellings that may have a piece of what was asked."""
        wanted = [divmod(piece, SHELF) for piece in unhurt(self.asked)]
        rows = self.connection.execute(
            "SELECT id, pieces FROM shelf WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list({shelf for shelf, _place in wanted})),),
        )
        shelves = {number: unpacked(pieces) for number, pieces in rows}
        return {
            spelling
            for shelf, place in wanted
            for spelling in on_shelf(shelves[shelf], place)
        }

    def _rows(self, where: str, *values: object) -> list[Row]:
        return self.connection.execute(f"{SPELLING} WHERE {where}", values).fetchall()

    def _position(self, form: str) -> int:
        """Give how many spellings stand before a form."""
        (count,) = self.connection.execute("SELECT max(id) FROM spelling").fetchone()
        return bisect_left(range(count), form, key=self._form)

    def _form(self, position: int) -> str:
        wanted = "SELECT form FROM spelling WHERE id = ?"
        (form,) = self.connection.execute(wanted, (position + 1,)).fetchone()
        return str(form)

    def _described(self, matches: Mapping[int, str]) -> list[Candidate]:
        """Read what is known of these places, in the same order."""
        rows = self.connection.execute(
            "SELECT place.id, coalesce(region, ''), place.name, country,"
            " coalesce(district.name, ''), latitude, longitude, population"
            " FROM place LEFT JOIN district ON district.id = place.district"
            " WHERE place.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(matches)),),
        )
        known = {
            number: Candidate(
                name=name,
                country=country,
                district=district,
                latitude=latitude,
                longitude=longitude,
                population=population,
                region=region or country,
                found_as=matches[number],
            )
            for (
                number,
                region,
                name,
                country,
                district,
                latitude,
                longitude,
                population,
            ) in rows
        }
        return [known[number] for number in matches]


def _add(
    found: dict[int, str], rows: Sequence[Row], only: set[int] | None, limit: int
) -> None:
    """Add the places of these spellings, the most populous first, up to ``limit``."""
    places = sorted(
        (number, _as_written(form, written))
        for form, written, place, others in rows
        for number in (place, *unpacked(others or b""))
        if only is None or number in only
    )
    for number, written in places:
        if len(found) < limit:
            found.setdefault(number, written)


def _as_written(form: str, written: str | None) -> str:
    """Give a spelling in another script as people write it; nothing for a Latin one."""
    return "" if form[0] < FIRST_OTHER else written or form.title()


def unpacked(pack: bytes) -> tuple[int, ...]:
    """Give the numbers that were packed, four bytes each, low byte first."""
    return struct.unpack(f"<{len(pack) // 4}I", pack)


def on_shelf(shelf: tuple[int, ...], place: int) -> tuple[int, ...]:
    """Give the spellings that have the piece which stands there on the shelf."""
    first = SHELF + sum(shelf[:place])
    return shelf[first : first + shelf[place]]


@lru_cache(maxsize=16)
def _country_codes(codes: str, language: str) -> dict[str, str]:
    """Give the spelled name of each country, in a language and English → its code."""
    return {
        spelled(country_name(code, in_language=spoken)): code
        for spoken in (FALLBACK, language)
        for code in codes.split()
    } | {code.lower(): code for code in codes.split()}


def _unusable(why: str) -> Unavailable:
    said = _("The list of places cannot be read. To mend it: kb regions build")
    return Unavailable(said, why=why)
