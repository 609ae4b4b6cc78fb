"""Who looks at institutions before they are listed, and takes out what does harm."""

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from kb.access import Rules, Thing, around, is_administrator, is_coordinator
from kb.directory.models import Listing
from kb.people.models import Person, RoleGrant, ScopeKind
from kb.regions.tree import inside

RULES = Rules({"check a listing": [[is_coordinator], [is_administrator]]})


def listing_thing(session: Session, listing: Listing) -> Thing:
    """Give what the rules ask of a listing: where it is."""
    return Thing(regions=around(session, [listing.country] if listing.country else []))


def open_to(person: Person | None) -> ColumnElement[bool]:
    """Give "she may check it" as a condition on listings."""
    grants = RULES.granting(person, "check a listing")
    return or_(false(), *map(_covered, grants))


def _covered(given: RoleGrant) -> ColumnElement[bool]:
    within: dict[str, ColumnElement[bool]] = {
        ScopeKind.EVERYWHERE: true(),
        ScopeKind.REGION: Listing.country.in_(inside(given.scope)),
    }
    return within.get(given.scope_kind, false())
