"""How the desks do, and who is missing there, as pages and as tables."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, request

from kb.entrance.desks import fresh_desks
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, this_vocabulary
from kb.helpdesk.manning import ASKED_DAYS, Manned, manning
from kb.helpdesk.report import (
    COLUMNS,
    PARTED_BY,
    Fact,
    Line,
    Period,
    facts,
    line,
    lines,
    period,
)
from kb.helpdesk.rules import require_helpdesk
from kb.language import _
from kb.spreadsheet import table
from kb.web.desk import as_file
from kb.web.formats import language_name
from kb.web.people_page import page, people_pages

pages = people_pages("helpdesk_report")


@pages.get("/desk/questions/report")
def report(lang: str) -> Response:
    """Show what came in and how long askers waited."""
    within, by, found = _asked()
    counted = [(_named(by, one.key), one) for one in lines(found, by)]
    return page(
        "helpdesk/report.html",
        period=within,
        by=by,
        parted_by=list(PARTED_BY),
        lines=counted,
        total=line("", found),
        most=max((one.received for _name, one in counted), default=0),
    )


@pages.get("/desk/questions/report.csv")
def as_table(lang: str) -> Response:
    """Give the same for a spreadsheet; times are hours of working time."""
    within, by, found = _asked()
    rows = [_row(one.key, _named(by, one.key), one) for one in lines(found, by)]
    rows.append(_row("*", str(_("All")), line("", found)))
    written = table([by, "name", *COLUMNS], rows)
    return as_file(written, f"questions-{within.first}-{within.last}")


@pages.get("/desk/questions/nobody")
def nobody(lang: str) -> Response:
    """Show the languages and themes for which nobody is on duty, desk by desk."""
    return page(
        "helpdesk/nobody.html",
        rows=[(_named("desk", one.desk), one) for one in _manned()],
        days=ASKED_DAYS,
        vocabulary=this_vocabulary(),
    )


@pages.get("/desk/questions/nobody.csv")
def nobody_as_table(lang: str) -> Response:
    """Give how many are on duty for each desk, language and theme."""
    rows: list[list[str | int]] = [
        [one.desk, _named("desk", one.desk), one.language, theme, many,
         one.asked.get(theme, 0)]
        for one in _manned()
        for theme, many in one.people.items()
    ]  # fmt: skip
    heads = ["desk", "name", "language", "theme", "on_duty", f"asked_{ASKED_DAYS}_days"]
    return as_file(table(heads, rows), "nobody-on-duty")


def _manned() -> list[Manned]:
    require_helpdesk(a_person())
    themes = [entry.code for entry in this_vocabulary().scheme("theme")]
    return manning(this_session(), fresh_desks(), themes, datetime.now(UTC))


def _asked() -> tuple[Period, str, list[Fact]]:
    person = a_person()
    require_helpdesk(person)
    within = period(*(request.args.get(n, "")[:10] for n in ("first", "last")))
    by = request.args.get("by", "")
    found = facts(this_session(), person, within)
    return within, by if by in PARTED_BY else "desk", found


def _row(key: str, name: str, one: Line) -> Sequence[Any]:
    figures = [getattr(one, column) for column in COLUMNS]
    return [key, name, *(round(x, 1) if isinstance(x, float) else x for x in figures)]


def _named(by: str, key: str) -> str:
    """Name what a line stands for."""
    if by == "desk":
        desk = fresh_desks().by_code.get(key)
        return desk.name(this_language()) if desk else str(_("no desk yet"))
    if by == "language":
        return language_name(key) if key != "und" else str(_("another language"))
    if by == "theme":
        return this_vocabulary().name(f"theme:{key}") if key else str(_("no theme"))
    return key
