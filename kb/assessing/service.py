"""Assessing a record: kept for good, told to readers, and what follows from it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import access, journal
from kb.assessing.given import Seen
from kb.assessing.history import all_of, counts_of, version_of
from kb.assessing.models import Assessment, Then, Verdict
from kb.assessing.rules import RULES
from kb.errors import Conflict
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.record.lookups import is_open
from kb.record.models import Record
from kb.record.service import a_year_after
from kb.writing import lookups as drafts
from kb.writing import service as writing
from kb.writing.versions import newest


def assess(
    session: Session, record: Record, given: Mapping[str, Any], seen: Seen, *,
    by: Person,
) -> Assessment:  # fmt: skip
    """Keep what somebody says of a record that nobody has assessed since she read it.

    "Yes" makes it due a year on. With "partly" or "no" the day stays: a change begins,
    or whoever calls this leads to the withdrawal, which is a step of its own.

    :raises NotAllowed: she may not assess it, or not withdraw it.
    :raises Conflict: it was withdrawn, changed or assessed meanwhile.
    """
    record = _held(session, record)
    RULES.require(by, "assess", access.thing_of(session, record))
    known = _sent_before(session, seen, by)
    if known is not None:
        return known
    if given["then"] == Then.WITHDRAW:
        access.RULES.require(by, "withdraw", access.thing_of(session, record))
    _require_same(session, record, seen)
    row = _row(session, record, given, seen, by)
    session.add(row)
    if row.then == Then.CHANGE:
        row.draft_id = _change(session, record, seen, by)
    set_clock(record, row)
    session.flush()
    journal.write(
        session, "assessed", kind=record.kind, record_id=record.id,
        by=log.called(by), note=row.verdict,
    )  # fmt: skip
    return row


def _held(session: Session, record: Record) -> Record:
    """Give the record as it is now, and keep others from changing it meanwhile."""
    now = select(Record).where(Record.id == record.id).with_for_update(of=Record)
    return session.scalars(now.execution_options(populate_existing=True)).one()


def _sent_before(session: Session, seen: Seen, by: Person) -> Assessment | None:
    sent = select(Assessment).where(Assessment.once == _sign(seen, by))
    return session.scalar(sent)


def _sign(seen: Seen, by: Person) -> str:
    return f"{by.id} {seen.once}"


def _require_same(session: Session, record: Record, seen: Seen) -> None:
    if not is_open(record):
        raise Conflict(_("This record was withdrawn meanwhile."))
    if version_of(session, record.id) != seen.version:
        raise Conflict(
            _("The record was published anew meanwhile. Please read it again.")
        )
    before = next(iter(all_of(session, record.id)), None)
    if (before.id if before else 0) != seen.last:
        raise Conflict(_("Somebody assessed this record meanwhile."))


def _row(
    session: Session, record: Record, given: Mapping[str, Any], seen: Seen, by: Person
) -> Assessment:
    return Assessment(
        **given,
        **asdict(counts_of(session, record.id)),
        record_id=record.id,
        version=seen.version,
        at=datetime.now(UTC),
        due_on=record.review_due_on,
        by_id=by.id,
        once=_sign(seen, by),
    )


def _change(session: Session, record: Record, seen: Seen, by: Person) -> int:
    """Begin a change of the record, or go on with the one she has begun."""
    mine = drafts.open_on(session, record.id, by)
    if mine is not None:
        return mine.id
    last = newest(session, record.id)
    draft = writing.begin_change(
        session, record, last, last.number, by=by, once=seen.once
    )
    return draft.id


def set_clock(record: Record, row: Assessment) -> None:
    """Note the day of an assessment; what is still true is due a year on."""
    day = row.at.date()
    record.assessed_on = day
    if row.verdict == Verdict.YES:
        record.review_due_on = max(record.review_due_on or day, a_year_after(day))
