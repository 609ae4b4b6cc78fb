"""Who may do what with what users say: a table that reads as sentences."""

from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from kb.access import (
    Rules,
    Thing,
    covered,
    did_not_write_it,
    is_administrator,
    is_editor,
    is_expert,
    is_reviewer,
    thing_of,
    wrote_it,
)
from kb.errors import NotAllowed
from kb.feedback.models import Report, Said, Tried
from kb.language import _
from kb.people.models import Person, Role
from kb.people.roles import held
from kb.record.models import Record

RULES = Rules(
    {
        "see reports": [[is_editor], [is_reviewer], [is_administrator]],
        "settle a report": [[is_editor], [is_administrator]],
        "see held comments": [[is_editor], [is_administrator]],
        "judge a comment": [
            [is_editor, did_not_write_it],
            [is_administrator, did_not_write_it],
        ],
        "see held trials": [
            [is_expert],
            [is_reviewer],
            [is_editor],
            [is_administrator],
        ],
        "check a trial": [
            [is_expert, did_not_write_it],
            [is_reviewer, did_not_write_it],
            [is_editor, did_not_write_it],
            [is_administrator, did_not_write_it],
        ],
        "answer a comment": [[wrote_it], [is_expert], [is_editor], [is_administrator]],
    }
)
"""Steps on what a person wrote herself; ``answer a comment`` is on her record."""


DESK = frozenset({Role.EDITOR, Role.REVIEWER, Role.EXPERT, Role.ADMINISTRATOR})
"""Roles that something at the desk is for."""


def said_of(session: Session, record: Record, said: Said) -> Thing:
    """Give what the rules ask of something said: its record, and whose words it is."""
    return replace(thing_of(session, record), author_id=said.person_id)


def may(session: Session, row: Report | Tried, step: str, *, by: Person) -> bool:
    """Say whether a person may take a step on something said; its record is loaded."""
    return RULES.may(by, step, said_of(session, row.record, row))


def open_to(person: Person | None, step: str) -> ColumnElement[bool]:
    """Give "she may take this step" as a condition on records, one she wrote or not."""
    return covered(RULES.granting(person, step))


def require_desk(person: Person) -> None:
    """Refuse the desk to whoever has no role that anything there is for.

    What she sees of it is decided record by record.

    :raises NotAllowed: she has none.
    """
    if not any(given.role in DESK for given in held(person)):
        raise NotAllowed(_("You may not do this."), step="see the desk")
