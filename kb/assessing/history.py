"""Reading assessments: the last of each record, and all of one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.assessing.models import Assessment
from kb.feedback.models import HeldState, Helpful, Report, ReportState, Tried
from kb.writing.models import Version


@dataclass(frozen=True)
class Assessed:
    """What all may read of an assessment."""

    on: date
    verdict: str
    then: str
    name: str
    line: str
    language: str
    changed_since: bool
    """Whether the record was published anew after it."""
    way: str
    """Whether a form was filled in or a change was published."""


@dataclass(frozen=True)
class Counts:
    """What users said of a record, counted."""

    helpful: int
    unhelpful: int
    tried: int
    """Checked trials."""
    open_reports: int


def for_all(row: Assessment, newest: int) -> Assessed:
    """Give what all may read of an assessment.

    :param newest: number of the version that is published now.
    """
    said = row.verdict, row.then, row.name, row.line, row.language
    changed = newest > row.version
    return Assessed(row.at.date(), *said, changed_since=changed, way=row.way)


def last_of(
    session: Session, record_ids: Collection[int] | None = None
) -> dict[int, Assessment]:
    """Give the last assessment of each record that has one.

    :param record_ids: of these records only.
    """
    newest = select(func.max(Assessment.id)).group_by(Assessment.record_id)
    if record_ids is not None:
        newest = newest.where(Assessment.record_id.in_(record_ids))
    rows = session.scalars(select(Assessment).where(Assessment.id.in_(newest)))
    return {row.record_id: row for row in rows}


def read_assessed(session: Session) -> dict[int, Assessed]:
    """Give what all may read of the last assessment of each record: two queries."""
    newest = newest_versions(session)
    return {n: for_all(row, newest.get(n, 0)) for n, row in last_of(session).items()}


def newest_versions(session: Session) -> dict[int, int]:
    """Give the number of the version published now of each assessed record."""
    assessed = Version.record_id.in_(select(Assessment.record_id))
    numbers = select(Version.record_id, func.max(Version.number)).where(assessed)
    return dict(session.execute(numbers.group_by(Version.record_id)).all())


def all_of(session: Session, record_id: int) -> Sequence[Assessment]:
    """Give the assessments of a record, newest first."""
    rows = select(Assessment).where(Assessment.record_id == record_id)
    return session.scalars(rows.order_by(Assessment.id.desc())).all()


def version_of(session: Session, record_id: int) -> int:
    """Give the number of the version that is published now; 0 if none was kept."""
    numbers = select(func.max(Version.number)).where(Version.record_id == record_id)
    return session.scalar(numbers) or 0


def counts_of(session: Session, record_id: int) -> Counts:
    """Count what users said of a record: one query."""
    said = Helpful.record_id == record_id
    tried = Tried.record_id == record_id, Tried.state == HeldState.PASSED
    waits = Report.record_id == record_id, Report.state != ReportState.SETTLED
    counted = (
        select(func.count(Helpful.id)).where(said, Helpful.helpful.is_(True)),
        select(func.count(Helpful.id)).where(said, Helpful.helpful.is_(False)),
        select(func.count(Tried.id)).where(*tried),
        select(func.count(Report.id)).where(*waits),
    )
    columns = [one.scalar_subquery() for one in counted]
    return Counts(*session.execute(select(*columns)).one())
