"""Who may do what with the yearly clock, as sentences and as conditions on records."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, or_

from kb.access import (
    Rules,
    counting,
    covered,
    did_not_write_it,
    is_administrator,
    is_editor,
    is_reviewer,
    wrote_it,
)
from kb.people.models import Person, Role
from kb.record.models import Record

ASSESSING = frozenset({Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR})
REPORTING = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
RULES = Rules(
    {
        "see what is due": [[wrote_it], [is_reviewer], [is_editor], [is_administrator]],
        "assess": [
            [is_reviewer, did_not_write_it],
            [is_editor, did_not_write_it],
            [is_administrator, did_not_write_it],
        ],
        "read notes": [[is_reviewer], [is_editor], [is_administrator]],
        "see the report": [[is_editor], [is_administrator]],
    }
)
"""Nobody assesses what she wrote herself: whoever may review it does."""


def has_role(person: Person, among: Collection[str]) -> bool:
    """Say whether a person has one of these roles, wherever it counts."""
    return any(given.role in among for given in counting(person))


def sees_due(person: Person, among: Collection[str] = ASSESSING) -> ColumnElement[bool]:
    """Give "see what is due" as a condition on many records.

    :param among: the roles that count, if not all that assess.
    """
    if not person.active:
        return false()
    return or_(Record.author_id == person.id, within(person, among))


def within(person: Person, among: Collection[str]) -> ColumnElement[bool]:
    """Give "one of her roles among these covers it" as a condition on many records."""
    return covered(one for one in counting(person) if one.role in among)
