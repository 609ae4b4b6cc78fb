"""Errors and dangers that users report: each has a day by which it is settled."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb import journal
from kb.errors import NotFound, NotValid
from kb.feedback.choices import DAYS
from kb.feedback.models import Report, ReportState
from kb.feedback.notices import answer_writer, tell_editors
from kb.feedback.rules import RULES, may, said_of
from kb.feedback.written import (
    decide,
    find,
    looks_like_advertising,
    require_state,
    said_just_now,
    seen_by,
    who,
)
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.record.models import Record


def report(
    session: Session, record: Record, given: Mapping[str, Any], *,
    by: Person | None, site: str,
) -> Report:  # fmt: skip
    """Take in a report and tell the editors; the clock begins to run."""
    kind = given["kind"]
    row = Report(
        **who(given, by),
        record_id=record.id,
        kind=kind,
        words=given["words"],
        state=ReportState.NEW,
        suspect=looks_like_advertising(given["words"]),
        due=datetime.now(UTC) + timedelta(days=DAYS[kind]),
    )
    known = said_just_now(session, row, "words", "kind")
    if known is not None:
        return known
    session.add(row)
    session.flush()
    tell_editors(session, record, f"reported-{kind}", site=site, days=DAYS[kind])
    return row


def listed(session: Session, *, by: Person, settled: bool = False) -> Sequence[Report]:
    """Give the reports a person may see: what is due first, or settled last, first.

    What looks like advertising comes after all others.
    """
    order = (
        (Report.decided.desc(),) if settled else (Report.suspect, Report.due, Report.id)
    )
    is_settled = Report.state == ReportState.SETTLED
    wanted = select(Report).where(is_settled if settled else ~is_settled)
    whole = wanted.order_by(*order).options(joinedload(Report.record))
    return seen_by(session, by, "see reports", Report, whole)


def get_report(session: Session, number: int, *, by: Person) -> Report:
    """Give one report.

    :raises NotFound: there is none, or it is none of hers.
    """
    row = find(session, Report, number)
    if row is None or not may(session, row, "see reports", by=by):
        raise NotFound(_("There is no such report."))
    return row


def confirm(
    session: Session, row: Report, *, by: Person, note: str, warning: str, language: str
) -> None:
    """Say that a report is right; readers can be warned of a danger until then.

    :param warning: one line for the page of the record; empty for none.
    :raises NotAllowed: she may not settle reports on this record.
    :raises Conflict: it is not new any more.
    :raises NotValid: a warning about what is no danger.
    """
    RULES.require(by, "settle a report", said_of(session, row.record, row))
    require_state(row, ReportState.NEW)
    if warning and row.kind != "danger":
        said = _("Only a danger is warned of.")
        raise NotValid(said, {"warning": [str(said)]})
    decide(row, ReportState.CONFIRMED, by=by, note=note)
    row.warning, row.warning_language = warning, language
    _note(session, row, f"{row.kind} confirmed", by)


def settle(session: Session, row: Report, *, by: Person, note: str, site: str) -> None:
    """Say what came of a report; a warning goes, and whoever reported it is told.

    :raises NotAllowed: she may not settle reports on this record.
    :raises Conflict: it is settled already.
    :raises NotValid: it is not said what came of it.
    """
    RULES.require(by, "settle a report", said_of(session, row.record, row))
    require_state(row, ReportState.NEW, ReportState.CONFIRMED)
    if not note:
        said = _("Please say in a few words what came of it.")
        raise NotValid(said, {"note": [str(said)]})
    decide(row, ReportState.SETTLED, by=by, note=note)
    row.warning = ""
    answer_writer(session, row, "report-settled", row.record, site)
    row.contact = ""
    _note(session, row, f"{row.kind} settled", by)


def _note(session: Session, row: Report, what: str, by: Person) -> None:
    """Let the journal know: the page of the record is another now."""
    journal.write(
        session,
        what,
        kind=row.record.kind,
        record_id=row.record_id,
        by=log.called(by),
        note=f"report {row.id}",
    )
