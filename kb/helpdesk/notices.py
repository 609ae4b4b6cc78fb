"""Telling those who can answer that a question waits; what it says stays here."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import outbox
from kb.helpdesk.desk_service import at_desk
from kb.helpdesk.desks import away_on, get_desk, today_at
from kb.helpdesk.pace import NOTICE
from kb.helpdesk.question_tables import Question
from kb.helpdesk.ticket import spoken
from kb.language import offered
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.people.pace import NO_WAIT, keep_pace

WAITS = "question-waits"
MOST_TOLD = 10
"""So many people at most get a message about one question."""


def tell_desk(session: Session, question: Question, site: str) -> int:
    """Write to those at its desk who are there today; give how many are told.

    If it was given to one of them, only she is told.

    A question that no desk could take is told to coordinators and administrators of the
    whole. Whoever was told often today is left in peace: the queue shows all of it.

    :param site: where addresses of this installation begin; without it none is written.
    """
    if question.desk_code is None:
        return tell(session, question, over_all(session), WAITS, site)
    there = at_desk_today(session, question)
    hers = [person for person in there if person.id == question.given_to]
    return tell(session, question, hers or there, WAITS, site)


def tell(
    session: Session,
    question: Question,
    people: Sequence[Person],
    event: str,
    site: str,
    *,
    day: str = "",
    path: str = "",
) -> int:
    """Write to people about a question, `MOST_TOLD` at most; give how many are told.

    :param event: name of the message; it gets code and page.
    :param day: when the time is over, where the message speaks of that.
    :param path: of the page after the language, if it is not that of the question.
    """
    told, path = 0, path or f"desk/questions/{question.id}"
    reached = [person for person in people if person.active and person.email]
    for person in reached[:MOST_TOLD] if site else []:
        if keep_pace(session, f"desk notice {person.id}", NOTICE) == NO_WAIT:
            language = offered(person.language)
            page = f"{site.rstrip('/')}/{language}/{path}"
            outbox.put(
                session, event, to=person.email or "", language=language,
                code=spoken(question.code), page=page, day=day,
            )  # fmt: skip
            told += 1
    return told


def at_desk_today(session: Session, question: Question) -> Sequence[Person]:
    """Give those at its desk who are not away; nobody if it lies with none."""
    if question.desk_code is None:
        return []
    today = today_at(get_desk(session, question.desk_code).zone, datetime.now(UTC))
    there = at_desk(session, question.desk_code)
    return [person for person, duty in there if not away_on(today, duty)]


def over_all(session: Session) -> Sequence[Person]:
    """Give the coordinators and administrators whose role has no limit."""
    whole = (Role.COORDINATOR, Role.ADMINISTRATOR)
    return session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role.in_(whole),
            RoleGrant.scope_kind == ScopeKind.EVERYWHERE,
            RoleGrant.revoked.is_(None),
        )
        .order_by(Person.id)
        .distinct()
    ).all()
