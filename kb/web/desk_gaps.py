"""The gap list: what is searched for in vain, and of what few practices are known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from flask import Response, request

from kb.desk.asked import Asked, Named, count_asked
from kb.desk.few import FEW, LISTS, Line, Stock
from kb.entrance.kept import catalogue, subjects
from kb.entrance.labels import _
from kb.entrance.request import this_session, this_vocabulary
from kb.errors import NotValid
from kb.language import INTERFACE
from kb.regions.zones import SOILS, ZONES, Zone
from kb.search.gaps import COLUMNS, Gap, row_of, searches, worst
from kb.spreadsheet import Cell, table
from kb.vocabulary.lookups import Entry
from kb.web.desk import as_file, who_oversees
from kb.web.people_page import page, people_pages

pages = people_pages("desk_gaps")

DAYS = (30, 90, 365)
"""How far back one may look; the second is usual, as with ``kb gaps``."""
MOST_SHOWN = 50
"""Rows of one list on the page; the files have all of them."""
FEW_COLUMNS = (
    "list",
    "code",
    "name",
    "zone",
    "zone_name",
    "language",
    "practices",
    "practices_in_any_language",
    "tried_there",
    "asked",
)


@dataclass(frozen=True)
class Overview:
    """What the page and its files are narrowed to, and what there is."""

    language: str
    """Only readers of this one; empty for all."""
    zone: Zone | None
    days: int

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages that are looked at."""
        return (self.language,) if self.language else INTERFACE

    @cached_property
    def searches(self) -> list[Gap]:
        """Read what was searched for, in one query."""
        since = datetime.now(UTC).date() - timedelta(days=self.days)
        return searches(
            this_session(),
            since=since,
            language=self.language,
            zone=self.zone.code if self.zone else "",
        )

    @cached_property
    def in_vain(self) -> list[Gap]:
        """Give the searches after which people went away with nothing."""
        return worst(self.searches)

    @cached_property
    def asked(self) -> Asked:
        """Count the searches by what their words name."""
        thesaurus = subjects().thesaurus
        named = {
            spoken: Named(entries_of(spoken), spoken, thesaurus)
            for spoken in self.languages
        }
        return count_asked(self.searches, named)

    @cached_property
    def stock(self) -> Stock:
        """Give all public practices by what they are on."""
        known = catalogue()
        read_in = {
            number: {language for language, _title in called.titles}
            for number, called in known.called.items()
        }
        return Stock(known.zoned, read_in)

    def few(self, scheme: str) -> list[Line]:
        """Give what few practices are known of in one of the named lists."""
        entries = [one.id for one in this_vocabulary().scheme(scheme)]
        return self.stock.lines(entries, self.asked, self.languages, self.zone)

    @cached_property
    def zones(self) -> list[Line]:
        """Give the zones of which few practices are known."""
        return self.stock.zones(self.asked, self.languages)


def entries_of(language: str) -> list[Entry]:
    """Give the entries of the lists that are looked through, named in a language."""
    return [e for name in LISTS for e in this_vocabulary(language).scheme(name)]


@pages.get("/desk/gaps")
def gaps(lang: str) -> Response:
    """Show what is looked for in vain, and of what there is little."""
    who_oversees()
    narrowed = asked_overview()
    return page(
        "desk/gaps.html",
        narrowed=narrowed,
        lists=[(scheme, narrowed.few(scheme)) for scheme in LISTS],
        zones=ZONES,
        every_zone=narrowed.stock.every_zone(),
        soils=len(SOILS),
        days=DAYS,
        most=MOST_SHOWN,
        few_are=FEW,
        vocabulary=this_vocabulary(),
    )


@pages.get("/desk/gaps/searches.csv")
def searches_file(lang: str) -> Response:
    """Give the searches in vain as a table."""
    who_oversees()
    rows = map(row_of, asked_overview().in_vain)
    return as_file(table(COLUMNS, rows), "searches")


@pages.get("/desk/gaps/few.csv")
def few_file(lang: str) -> Response:
    """Give all that few practices are known of, by zone and language, as a table."""
    who_oversees()
    return as_file(table(FEW_COLUMNS, _rows(asked_overview())), "few")


def asked_overview() -> Overview:
    """Read from the address what an overview is to be narrowed to.

    :raises NotValid: there is no such language, zone or time.
    """
    language, zone = (request.args.get(name, "") for name in ("language", "zone"))
    days = request.args.get("days", "") or str(DAYS[1])
    wrong = {
        "language": language not in {"", *INTERFACE},
        "zone": zone not in {"", *ZONES},
        "days": days not in map(str, DAYS),
    }
    if any(wrong.values()):
        said = [_("There is no such value.")]
        problems = {name: said for name, is_wrong in wrong.items() if is_wrong}
        raise NotValid(_("This page cannot be narrowed so."), problems)
    return Overview(language, ZONES.get(zone), int(days))


def _rows(narrowed: Overview) -> Iterator[list[Cell]]:
    """Give themes, uses of the land and zones as a whole: everywhere, then by zone."""
    ids = ["", *(one.id for one in entries_of(narrowed.languages[0]))]
    zones: list[Zone | None] = [narrowed.zone]
    if narrowed.zone is None:
        zones += narrowed.stock.every_zone()
    for zone in zones:
        lines = narrowed.stock.lines(
            ids if zone else ids[1:], narrowed.asked, narrowed.languages, zone
        )
        where = [zone.code, str(zone.words)] if zone else ["", ""]
        yield from _cells(lines, where, narrowed.languages)


def _cells(
    lines: Iterable[Line], where: list[str], languages: Iterable[str]
) -> Iterator[list[Cell]]:
    names = this_vocabulary()
    for line in lines:
        scheme, _colon, code = line.entry.partition(":")
        what = [scheme or "zone", code, names.name(line.entry), *where]
        for language in filter(line.is_few, languages):
            known = [line.practices[language], line.in_any, line.tried]
            yield [*what, language, *known, line.asked[language]]
