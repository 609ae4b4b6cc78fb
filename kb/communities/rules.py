"""Who may do what with the knowledge of a community, and the same for lists."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.access import Rules, Thing, counting, is_steward, signed_in
from kb.communities.models import Cover, Holding, Member
from kb.communities.season import in_force
from kb.people.models import Person, Role, ScopeKind
from kb.record.lookups import this_day


@dataclass(frozen=True)
class Held(Thing):
    """Knowledge of a community, as far as the rules ask."""

    members: frozenset[int] = frozenset()
    """Numbers of the people who are members."""
    agreed: bool = True
    """Whether there is consent to tell it to anybody but stewards."""


def is_member(person: Person | None, thing: Thing) -> bool:
    """Hold for members of its community."""
    known = person is not None and person.id in getattr(thing, "members", ())
    return known and signed_in(person, thing)


def is_agreed(person: Person | None, thing: Thing) -> bool:
    """Hold while consent for its text is in force."""
    return isinstance(thing, Held) and thing.agreed


RULES = Rules(
    {
        "enter": [[is_member], [is_steward]],
        "read": [[is_member, is_agreed], [is_steward]],
        "look after": [[is_steward]],
    }
)
"""Whoever runs the installation names stewards, and does not read what they keep."""


def held(session: Session, holding: Holding) -> Held:
    """Give what the rules ask of a holding; consents and community must be loaded."""
    joined = select(Member.person_id).where(
        Member.community_id == holding.community_id, Member.joined.is_not(None)
    )
    covered = (one.covers.split() for one in in_force(holding.consents, this_day()))
    return Held(
        community=holding.community.key,
        members=frozenset(session.scalars(joined)),
        agreed=any(Cover.TEXT in parts for parts in covered),
    )


def stewarded(person: Person | None) -> list[str]:
    """Give the keys of the communities a person is a steward of."""
    return [
        one.scope
        for one in counting(person)
        if one.role == Role.STEWARD and one.scope_kind == ScopeKind.COMMUNITY
    ]
