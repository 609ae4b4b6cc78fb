"""Who may do what with what users say: a table that reads as sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.access import (
    Rules,
    Thing,
    around,
    did_not_write_it,
    is_administrator,
    is_editor,
    is_expert,
    is_reviewer,
    thing_of,
    wrote_it,
)
from kb.errors import NotAllowed
from kb.feedback.models import Said
from kb.language import _
from kb.people.models import Person, Role
from kb.people.roles import held
from kb.record.models import Record, Site

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


def open_to(
    session: Session, person: Person | None, step: str, records: Iterable[Record]
) -> set[int]:
    """Give the numbers of those records that a person may take a step on.

    One query for all their sites, and one for each country these are in.
    """
    each = {record.id: record for record in records}
    sites = select(Site.record_id, Site.country).distinct()
    found: dict[int, set[str]] = {}
    for number, country in session.execute(sites.where(Site.record_id.in_(each))):
        found.setdefault(number, set()).add(country)
    lies_in = {
        country: around(session, [country])
        for country in set().union(*found.values()) - {""}
    }
    return {
        number
        for number, record in each.items()
        if RULES.may(person, step, _thing(record, found.get(number, ()), lies_in))
    }


def _thing(
    record: Record, countries: Iterable[str], lies_in: Mapping[str, frozenset[str]]
) -> Thing:
    regions = (lies_in.get(country, frozenset()) for country in countries)
    return Thing(
        regions=frozenset().union(*regions),
        languages=frozenset({record.source_language}),
        kind=record.kind,
    )


def require_desk(person: Person) -> None:
    """Refuse the desk to whoever has no role that anything there is for.

    What she sees of it is decided record by record.

    :raises NotAllowed: she has none.
    """
    if not any(given.role in DESK for given in held(person)):
        raise NotAllowed(_("You may not do this."), step="see the desk")
