"""What to translate next, and how far a language is by theme, zone and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from flask import Response, request

from kb.access import NOTHING, RULES
from kb.credit.use import reads
from kb.desk.asked import Named
from kb.desk.few import every_zone
from kb.desk.next_best import next_best
from kb.desk.translated import Coverage, Covered
from kb.desk.wanted import Demand, Subjects, wanted
from kb.entrance.kept import catalogue, subjects
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, this_vocabulary
from kb.errors import NotValid
from kb.language import INTERFACE, _
from kb.people.models import Person
from kb.record.lookups import titled
from kb.regions.zones import SOILS, ZONES, Zone
from kb.search.gaps import searches
from kb.spreadsheet import Cell, table
from kb.translating.history import days_of, newest_day, thinned
from kb.translating.listing import Lacking, lacking, standing
from kb.translating.rules import languages_of
from kb.web.bench_page import STATES, asked_language, her_language
from kb.web.desk import as_file
from kb.web.desk_gaps import entries_of
from kb.web.people_page import page, people_pages

pages = people_pages("translate_next")
DAYS = 90
"""How far back demand is looked at, and on to the first day of that month: how often
records are opened is kept by month."""
DRAWN_DAYS = 365
MOST = 25
"""Records that are named as the next."""
MOST_LINES = 15
"""Themes, and zones, on the page; the file has all of them."""
COLUMNS = ("language", "theme", "theme_name", "zone", "zone_name", "records")
WANTED = ("opened", "opened_by_all", "searched_in_vain")


@dataclass(frozen=True)
class Standing:
    """One language as far as a person may translate into it, and what is wanted."""

    person: Person
    into: str
    since: date
    hers: bool
    """She may translate into it; else she sees all records, without figures of use."""

    @cached_property
    def found(self) -> list[Lacking]:
        """Give how the records stand."""
        if self.hers:
            return lacking(this_session(), self.person, self.into)
        return list(standing(this_session(), self.into).values())

    @cached_property
    def demand(self) -> Mapping[int, Demand]:
        """Give how much each is wanted, in two queries."""
        session, known, thesaurus = this_session(), catalogue(), subjects().thesaurus
        about = Subjects(known.called, known.zoned, thesaurus)
        asked = searches(session, since=self.since, language=self.into)
        named = Named(entries_of(self.into), self.into, thesaurus)
        in_vain = about.sought_in_vain(asked, named)
        return wanted(reads(session, self.into, since=self.since), in_vain)

    @cached_property
    def coverage(self) -> Coverage:
        """Give the records by what they are about."""
        return Coverage(self.found, self.demand, catalogue().zoned)


@pages.get("/translate/next")
def what_next(lang: str) -> Response:
    """Name the records that are best translated next, and say why.

    Also to who only suggests.
    """
    person = a_person()
    RULES.require(person, "propose", NOTHING)
    into, own = asked_language(person), languages_of(person, INTERFACE)
    languages = list(dict.fromkeys([*own, *INTERFACE]))
    now = Standing(person, into, _since(), into in own)
    best = next_best(now.found, now.demand)
    shown = best[:MOST]
    numbers = [one.lacking.record_id for one in shown]
    return page(
        "translate/next.html",
        standing=now, languages=languages, shown=shown, total=len(best),
        titles=titled(this_session(), numbers, this_language()), states=STATES,
    )  # fmt: skip


@pages.get("/translate/coverage")
def coverage(lang: str) -> Response:
    """Show how far a language is by theme and zone, and day by day."""
    now, languages = _standing()
    zone, session = _zone(), this_session()
    into, zones = now.into, every_zone(catalogue().zoned)
    first = datetime.now(UTC).date() - timedelta(days=DRAWN_DAYS)
    return page(
        "translate/coverage.html",
        standing=now, languages=languages, zone=zone, states=STATES,
        by_theme=now.coverage.by_theme(_themes(), zone),
        by_zone=[] if zone else now.coverage.by_zone(zones),
        every_zone=zones, soils=len(SOILS), vocabulary=this_vocabulary(),
        days=thinned(days_of(session, into, since=first).get(into, [])),
        most=MOST_LINES,
        newest=newest_day(session),
    )  # fmt: skip


@pages.get("/translate/coverage.csv")
def coverage_file(lang: str) -> Response:
    """Give the whole of a language by theme and zone as a table."""
    now, _languages = _standing()
    names, covered = this_vocabulary(), now.coverage
    rows: list[list[Cell]] = []
    for zone in (None, *every_zone(catalogue().zoned)):
        for line in covered.by_theme(("", *_themes()), zone):
            name = names.name(f"theme:{line.theme}") if line.theme else ""
            where = [zone.code, str(zone.words)] if zone else ["", ""]
            about = [now.into, line.theme, name, *where]
            rows.append([*about, line.records, *_figures(line)])
    header = [*COLUMNS, *STATES, *WANTED]
    return as_file(table(header, rows), f"coverage-{now.into}")


@pages.get("/translate/history.csv")
def history_file(lang: str) -> Response:
    """Give how far every language was on each day as a table."""
    her_language(a_person())
    rows: list[list[Cell]] = [
        [one.day.isoformat(), language, *(one.states.get(x, 0) for x in STATES)]
        for language, days in sorted(days_of(this_session()).items())
        for one in days
    ]
    return as_file(table(["day", "language", *STATES], rows), "translation-history")


def _standing() -> tuple[Standing, list[str]]:
    """Give the language asked for, and those whoever asks may translate into.

    :raises NotAllowed: she may translate into none, or not into this one.
    """
    person = a_person()
    into, languages = her_language(person)
    return Standing(person, into, _since(), hers=True), languages


def _since() -> date:
    return (datetime.now(UTC).date() - timedelta(days=DAYS)).replace(day=1)


def _zone() -> Zone | None:
    """Give the zone asked for; nothing for everywhere.

    :raises NotValid: there is none like it.
    """
    code = request.args.get("zone", "")
    if code and code not in ZONES:
        said = {"zone": [str(_("There is no such value."))]}
        raise NotValid(_("This page cannot be narrowed so."), said)
    return ZONES.get(code)


def _themes() -> list[str]:
    return [entry.code for entry in this_vocabulary().scheme("theme")]


def _figures(line: Covered) -> list[int]:
    demand = line.demand
    states = [line.states.get(state, 0) for state in STATES]
    return [*states, demand.read, demand.read_by_all, demand.in_vain]
