"""Who does the work and who gains: what public practices say of it, and where not."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from flask import Response

from kb.desk.coverage import COLUMNS, Told, added, read_told
from kb.entrance.kept import Catalogue, catalogue, subjects
from kb.entrance.labels import _, value_label
from kb.entrance.levels import this_levels
from kb.entrance.request import office, this_session, this_vocabulary
from kb.search.levels import greater
from kb.spreadsheet import Cell, table
from kb.web.desk import as_file, who_oversees
from kb.web.people_page import page, people_pages

pages = people_pages("desk_women")


@dataclass(frozen=True)
class Row:
    """Practices on one use of the land or from one region, and what they say."""

    code: str
    name: str
    told: Told


@dataclass(frozen=True)
class Coverage:
    """All public practices and what they say, by use of the land and by region."""

    total: Told
    lists: Mapping[str, list[Row]]


@pages.get("/desk/women")
def women(lang: str) -> Response:
    """Show how many practices say who does the work and who gains."""
    who_oversees()
    return page("desk/women.html", coverage=coverage())


@pages.get("/desk/women.csv")
def women_file(lang: str) -> Response:
    """Give the same as a table."""
    who_oversees()
    found = coverage()
    rows: list[list[Cell]] = [["all", "", "", *astuple(found.total)]]
    for name, listed in found.lists.items():
        rows += ([name, row.code, row.name, *astuple(row.told)] for row in listed)
    return as_file(table(["list", "code", "name", *COLUMNS], rows), "women")


def coverage() -> Coverage:
    """Count what public practices say now."""
    known = catalogue()
    told = _told(known)
    lists = {"land_use": _by_use(told, known), "region": _by_region(told, known)}
    return Coverage(added(told.values()), lists)


def _told(known: Catalogue) -> Mapping[int, Told]:
    """Give what each public practice says; read again only after a change."""
    key = known.change, subjects().thesaurus
    kept = office().kept.get("told")
    if kept is None or kept[0] != key:
        kept = key, read_told(this_session(), key[1])
        office().kept["told"] = kept
    told: Mapping[int, Told] = kept[1]
    return told


def _by_use(told: Mapping[int, Told], known: Catalogue) -> list[Row]:
    """Give a row for each use of the land; of uses that no practice is for, too."""
    of = {number: known.zoned.uses(number) for number in told}
    codes = [entry.code for entry in this_vocabulary().scheme("land_use")]
    return [_row("land_use", code, of, told) for code in codes]


def _by_region(told: Mapping[int, Told], known: Catalogue) -> list[Row]:
    """Give a row for each region of the world that a practice was tried in."""
    above = this_levels().get("region", {})
    of: dict[int, set[str]] = {}
    for spot in known.where.spots:
        if spot.country:
            part = next(iter(greater(spot.country, above)), spot.country)
            of.setdefault(spot.record_id, set()).add(part)
    codes = {code for number in told for code in of.get(number, ())}
    rows = [_row("region", code, of, told) for code in codes]
    rows.sort(key=lambda row: (row.name, row.code))
    nowhere = [one for number, one in told.items() if number not in of]
    return [*rows, Row("", _("not said where"), added(nowhere))] if nowhere else rows


def _row(
    name: str, code: str, of: Mapping[int, Iterable[str]], told: Mapping[int, Told]
) -> Row:
    found = [one for number, one in told.items() if code in of.get(number, ())]
    return Row(code, value_label(name, code), added(found))
