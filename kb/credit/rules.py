"""Who may say who made a record, and who sees how it is used."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import access
from kb.access import (
    Rules,
    Thing,
    is_administrator,
    is_coordinator,
    is_editor,
    signed_in,
    wrote_it,
)
from kb.credit.models import Contribution
from kb.people.models import Person
from kb.record.models import Record


@dataclass(frozen=True)
class Credited(Thing):
    """A record, with the people who have accounts and a share in it."""

    people: frozenset[int] = frozenset()


def has_a_share(person: Person | None, thing: Thing) -> bool:
    """Hold for whoever is credited, named or not."""
    if person is None or not isinstance(thing, Credited):
        return False
    return signed_in(person, thing) and person.id in thing.people


RULES = Rules(
    {
        "say who made it": [[wrote_it], [is_editor], [is_administrator]],
        "see its use": [
            [wrote_it],
            [has_a_share],
            [is_editor],
            [is_coordinator],
            [is_administrator],
        ],
    }
)


def credited(session: Session, record: Record) -> Credited:
    """Give what the rules ask of a record."""
    shares = select(Contribution.person_id).where(
        Contribution.record_id == record.id, Contribution.person_id.is_not(None)
    )
    people = frozenset(n for n in session.scalars(shares) if n is not None)
    return Credited(**vars(access.thing_of(session, record)), people=people)
