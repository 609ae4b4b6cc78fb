"""Telling editors of reports past their clock: one message a day at most, with all."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from kb import outbox
from kb.feedback.models import Report, ReportState
from kb.feedback.rules import open_to
from kb.language import offered
from kb.people.models import Person, Role, RoleGrant
from kb.people.pace import NO_WAIT, Allowed, keep_pace
from kb.record.models import Record

EACH = Allowed(1, timedelta(hours=20))
"""At most one message a day to one person."""
MOST_NAMED = 20
"""Reports named in one message; it says how many there are."""
REMINDED = (Role.EDITOR, Role.ADMINISTRATOR)


def remind_overdue(session: Session, *, site: str) -> int:
    """Write to whoever may settle what should be settled by now; give how many.

    What looks like advertising waits without a word.

    :param site: where addresses of this installation begin.
    """
    told = 0
    for person in _editors(session):
        late = _overdue(session, person)
        if late and keep_pace(session, f"overdue {person.id}", EACH) == NO_WAIT:
            _write_to(session, person, late, site)
            told += 1
    return told


def _editors(session: Session) -> Sequence[Person]:
    grants = Person.grants.any(
        RoleGrant.role.in_(REMINDED) & RoleGrant.revoked.is_(None)
    )
    whole = selectinload(Person.grants), selectinload(Person.factor)
    known = session.scalars(select(Person).where(grants).options(*whole))
    return [one for one in known.all() if one.active and one.email]


def _overdue(session: Session, person: Person) -> Sequence[Report]:
    """Give what is late in her scope, the latest first."""
    late = select(Report).join(Record, Record.id == Report.record_id)
    late = late.where(
        Report.state != ReportState.SETTLED,
        Report.due < datetime.now(UTC),
        Report.suspect.is_(False),
        open_to(person, "settle a report"),
    )
    whole = late.order_by(Report.due, Report.id).options(joinedload(Report.record))
    return session.scalars(whole).all()


def _write_to(
    session: Session, person: Person, late: Sequence[Report], site: str
) -> None:
    spoken = offered(person.language)
    page, now = f"{site.rstrip('/')}/{spoken}", datetime.now(UTC)
    outbox.put(
        session,
        "reports-overdue",
        to=person.email or "",
        language=spoken,
        name=person.name,
        count=len(late),
        reports=[
            (
                row.kind,
                row.record.ref,
                (now - row.due).days,
                f"{page}/desk/reports/{row.id}",
            )
            for row in late[:MOST_NAMED]
        ],
        desk=f"{page}/desk/feedback",
    )
