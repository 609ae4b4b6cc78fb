"""Telling authors, reviewers and editors what is due: one message, once for each day.

A message lists all that is due for her. Whoever got one lately is left in peace; what
came due meanwhile stands in the next.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from kb import outbox
from kb.assessing.clock import this_day
from kb.assessing.due import days_of, due_by
from kb.assessing.models import Reminder
from kb.language import best_of, offered
from kb.people.models import Person, Role, RoleGrant
from kb.people.pace import NO_WAIT, Allowed, keep_pace
from kb.record.lookups import is_public, titled
from kb.record.models import Record

EACH = Allowed(1, timedelta(hours=20))
"""At most one message a day to one person."""
MOST_NAMED = 20
"""Records named in one message; it says how many there are."""
REMINDED = (Role.REVIEWER, Role.EDITOR)


def remind_due(session: Session, *, site: str) -> int:
    """Write to whom something is due that she was not told of; give how many are told.

    :param site: where addresses of this installation begin.
    """
    _forget_old(session)
    today = this_day()
    return sum(_remind(session, one, today, site) for one in _concerned(session, today))


def _remind(session: Session, person: Person, today: date, site: str) -> bool:
    if not _untold(session, person, today):
        return False
    if keep_pace(session, f"assessing {person.id}", EACH) != NO_WAIT:
        return False
    days = _untold(session, person, today)  # again: another worker may have been here
    if not days:
        return False
    _write_to(session, person, days, site)
    now = datetime.now(UTC)
    session.add_all(
        Reminder(record_id=number, person_id=person.id, due_on=day, at=now)
        for number, day in days.items()
    )
    session.flush()
    return True


def _untold(session: Session, person: Person, today: date) -> dict[int, date]:
    told = exists().where(
        Reminder.record_id == Record.id,
        Reminder.person_id == person.id,
        Reminder.due_on == Record.review_due_on,
    )
    return days_of(session, due_by(person, today, REMINDED).where(~told))


def _write_to(
    session: Session, person: Person, days: Mapping[int, date], site: str
) -> None:
    spoken = offered(person.language)
    page = f"{site.rstrip('/')}/{spoken}"
    first = list(days)[:MOST_NAMED]
    records = titled(session, first, spoken)
    outbox.put(
        session,
        "review-due",
        to=person.email or "",
        language=spoken,
        name=person.name,
        count=len(days),
        records=[(_title(records[n], spoken), f"{page}/{records[n].ref}")
                 for n in first if n in records],
        desk=f"{page}/desk/assessments",
    )  # fmt: skip


def _title(record: Record, language: str) -> str:
    titles = {text.language: text.title for text in record.texts}
    return titles[best_of(titles, reader=language, source=record.source_language)]


def _concerned(session: Session, today: date) -> Sequence[Person]:
    """Give all who have a role that may be reminded, or wrote something that is due."""
    holding = select(RoleGrant.person_id).where(
        RoleGrant.role.in_(REMINDED), RoleGrant.revoked.is_(None)
    )
    wrote = select(Record.author_id).where(
        is_public(), Record.review_due_on <= today, Record.author_id.is_not(None)
    )
    people = session.scalars(
        select(Person)
        .where(or_(Person.id.in_(holding), Person.id.in_(wrote)))
        .order_by(Person.id)
        .options(selectinload(Person.grants), selectinload(Person.factor))
    )
    return [one for one in people if one.active and one.email]


def _forget_old(session: Session) -> None:
    """Forget who was told of a day that is none any more: it was assessed."""
    stands = exists().where(
        Record.id == Reminder.record_id, Record.review_due_on == Reminder.due_on
    )
    session.execute(
        delete(Reminder).where(~stands).execution_options(synchronize_session=False)
    )
