"""The yearly clock on pages: what is due, the short form, the report."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb import access
from kb.assessing import history
from kb.assessing.clock import AHEAD, GRACE, this_day
from kb.assessing.due import queue
from kb.assessing.given import LONGEST_LINE, THEN, VERDICTS, AssessmentSchema, Seen
from kb.assessing.models import Assessment, Then
from kb.assessing.report import COLUMNS, Line, report, years
from kb.assessing.rules import ASSESSING, REPORTING, RULES, has_role
from kb.assessing.service import assess
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, KbError, NotFound, NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.kinds import BY_PLURAL, KINDS
from kb.language import _
from kb.people.given import checked
from kb.people.models import Person
from kb.record.lookups import by_ref, is_told
from kb.record.models import Record
from kb.spreadsheet import table
from kb.web.desk import as_file
from kb.web.feedback_page import ABOUT, record_named, spoken_languages
from kb.web.formats import country
from kb.web.people_page import page
from kb.web.records import code_in
from kb.web.write_page import status_of, writing_pages

pages = writing_pages("assessing")
FORM = "assessing/assess.html"


@pages.get("/desk/assessments")
def desk(lang: str) -> Response:
    """Show what is due, as far as her roles reach."""
    person = a_person()
    return page(
        "assessing/desk.html",
        queue=queue(this_session(), person, lang),
        plurals={kind.name: kind.plural for kind in KINDS.values()},
        grace=GRACE,
        ahead=AHEAD,
        verdicts=VERDICTS,
        reports=has_role(person, REPORTING),
        at_desk=has_role(person, ASSESSING),
    )


@pages.get(f"{ABOUT}/assess")
def form(lang: str, plural: str, ref: str) -> Response:
    """Show the short form beside what users said, and what was said before.

    Whoever wrote it is shown the same without the form: somebody else assesses it.
    """
    person = a_person()
    record = record_named(plural, ref)
    RULES.require(person, "see what is due", access.thing_of(this_session(), record))
    return _form(this_session(), record, person, given={"name": person.name})


@pages.post(f"{ABOUT}/assess")
def keep(lang: str, plural: str, ref: str) -> Reply:
    """Keep an assessment, and lead to what follows from it."""
    session, person = writing_session(), a_person()
    record = _record(session, plural, ref)
    RULES.require(person, "assess", access.thing_of(session, record))
    try:
        seen = _seen()
        given = checked(AssessmentSchema(), request.form)
        row = assess(session, record, given, seen, by=person)
    except (NotValid, Conflict, NotFound) as refused:
        session.rollback()
        return _again(plural, ref, refused)
    to = _next(record, row)
    session.commit()
    return redirect(to, code=303)


@pages.get("/desk/assessments/report")
def by_country(lang: str) -> Response:
    """Show how far the assessment has come."""
    session, person = this_session(), a_person()
    found = report(session, person, _year())
    return page(
        "assessing/report.html",
        report=found,
        lines=_in_order(found.lines),
        subregions=_in_order(found.subregions),
        years=years(session),
        columns=COLUMNS,
    )


@pages.get("/desk/assessments/report.csv")
def as_table(lang: str) -> Response:
    """Give the same for a spreadsheet; countries, then subregions, by code and name."""
    found = report(this_session(), a_person(), _year())
    rows = []
    each = *_in_order(found.lines), *_in_order(found.subregions), found.total
    for line in each:
        whole = line is found.total
        code, name = ("*", str(_("All"))) if whole else (line.country, _named(line))
        figures = [getattr(line, column) for column in COLUMNS]
        rows.append([found.year, code, name, *figures])
    written = table(["year", "country", "name", *COLUMNS], rows)
    return as_file(written, f"assessments-{found.year}")


def _form(
    session: Session, record: Record, person: Person, *, status: int = 200, **said: Any
) -> Response:
    before = history.all_of(session, record.id)
    hidden = {
        "once": token_hex(16),
        "version": history.version_of(session, record.id),
        "last": before[0].id if before else 0,
    }
    thing = access.thing_of(session, record)
    may_withdraw = access.RULES.may(person, "withdraw", thing)
    follows = {x: y for x, y in THEN.items() if may_withdraw or x != Then.WITHDRAW}
    usual = {
        "record": record,
        "titled": by_ref(session, [record.ref], this_language()).get(record.ref),
        "plural": KINDS[record.kind].plural,
        "hidden": hidden,
        "before": before,
        "assesses": RULES.may(person, "assess", thing),
        "notes": RULES.may(person, "read notes", thing),
        "counts": history.counts_of(session, record.id),
        "verdicts": VERDICTS,
        "then": follows,
        "longest_line": LONGEST_LINE,
        "spoken_languages": spoken_languages(),
    }
    return page(FORM, status, **(usual | said))


def _again(plural: str, ref: str, refused: KbError) -> Response:
    """Show the form with all that was typed, as nothing was kept.

    What happened meanwhile stands beside it: whoever sends it again has seen that.
    """
    session, person = writing_session(), a_person()
    record = _record(session, plural, ref)
    typed = {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}
    problems = getattr(refused, "problems", {})
    return _form(
        session, record, person, status=status_of(refused), given=typed,
        problems=problems, message="" if problems else str(refused),
    )  # fmt: skip


def _record(session: Session, plural: str, ref: str) -> Record:
    """Give a record, also one withdrawn since its form was opened."""
    code, kind = code_in(ref), BY_PLURAL[plural].name
    named = select(Record).where(Record.ref == code, Record.kind == kind, is_told())
    record = session.scalar(named)
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=code))
    return record


def _seen() -> Seen:
    seen = Seen.read(request.form)
    if seen is None:
        raise Conflict(
            _("This page was open for too long. Please open it again and repeat it.")
        )
    return seen


def _next(record: Record, row: Assessment) -> str:
    if row.then == Then.WITHDRAW:
        return url_for("review.last_question", ref=record.ref)
    if row.draft_id is not None:
        return url_for("write.one", number=row.draft_id)
    plural = KINDS[record.kind].plural
    return url_for("records.one", plural=plural, ref=record.ref)


def _year() -> int:
    """Give the year that is asked for; this one if none is.

    :raises NotValid: it is none.
    """
    asked = request.args.get("year", "")
    if not asked:
        return this_day().year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked)):
        said = str(_("Please write a year with four digits."))
        raise NotValid(said, {"year": [said]})
    return int(asked)


def _in_order(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (not line.country, _named(line)))


def _named(line: Line) -> str:
    return country(line.country) if line.country else str(_("no country named"))
