"""Giving roles and taking them back."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people import log
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.regions.tree import get_region

STAFF = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
"""Roles that can do harm: who has one must use the second factor."""
_CODE = re.compile(r"[a-z][a-z0-9_-]{1,40}")


def held(person: Person) -> Sequence[RoleGrant]:
    """Give the roles a person has now; her grants must be loaded."""
    return [grant for grant in person.grants if grant.revoked is None]


def needs_second_factor(person: Person) -> bool:
    """Say whether a person has a role that asks for the second factor."""
    return any(grant.role in STAFF for grant in held(person))


def grant(
    session: Session, person: Person, role: Role, *, by: str,
    scope_kind: ScopeKind = ScopeKind.EVERYWHERE, scope: str = "",
) -> RoleGrant:  # fmt: skip
    """Give a person a role, everywhere or within a scope.

    :raises NotValid: the scope is none.
    :raises Conflict: she has it already, or her account is disabled.
    """
    _check_scope(session, role, scope_kind, scope)
    if person.disabled:
        raise Conflict(_("This account is disabled."))
    same = [g for g in held(person) if _told(g) == (role, scope_kind, scope)]
    if same:
        raise Conflict(_("This role is held already."))
    given = RoleGrant(
        person_id=person.id,
        role=role,
        scope_kind=scope_kind,
        scope=scope,
        granted_by=by,
        granted=datetime.now(UTC),
    )
    person.grants.append(given)
    log.write(session, "granted", person, by=by, note=in_words(given))
    return given


def revoke(session: Session, person: Person, grant_id: int, *, by: str) -> None:
    """Take a role back; it counts no more from the next request on.

    :raises NotFound: she holds no such role.
    :raises Conflict: she is the last administrator.
    """
    given = next((g for g in held(person) if g.id == grant_id), None)
    if given is None:
        raise NotFound(_("This role is not held."))
    if given.role == Role.ADMINISTRATOR:
        keep_one_administrator(session, person)
    given.revoked = datetime.now(UTC)
    log.write(session, "revoked", person, by=by, note=in_words(given))


def revoke_all(session: Session, person: Person, *, by: str) -> None:
    """Take all roles back from somebody who leaves."""
    for given in held(person):
        given.revoked = datetime.now(UTC)
        log.write(session, "revoked", person, by=by, note=in_words(given))


def keep_one_administrator(session: Session, person: Person) -> None:
    """Refuse to lose the last administrator, also to two who leave at once.

    :raises Conflict: nobody else could give roles any more.
    """
    rows = session.execute(
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.revoked.is_(None),
            Person.disabled.is_(None),
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    )
    administrators = {person_id for (person_id,) in rows}
    if administrators == {person.id}:
        raise Conflict(_("This is the last administrator. Name another one first."))


def in_words(given: RoleGrant) -> str:
    """Write a role with its scope, such as ``editor region:BF``."""
    if given.scope_kind == ScopeKind.EVERYWHERE:
        return given.role
    return f"{given.role} {given.scope_kind}:{given.scope}"


def _told(given: RoleGrant) -> tuple[str, str, str]:
    return given.role, given.scope_kind, given.scope


def _check_scope(session: Session, role: Role, kind: ScopeKind, scope: str) -> None:
    if (role == Role.STEWARD) != (kind == ScopeKind.COMMUNITY):
        said = _("Stewards are for one community, and nobody else is.")
        raise NotValid(said, {"scope": [scope]})
    if kind == ScopeKind.REGION:
        get_region(session, scope[:40])
        return
    bare = kind == ScopeKind.EVERYWHERE
    if bare != (scope == "") or not (bare or _CODE.fullmatch(scope)):
        raise NotValid(_("This scope cannot be read."), {"scope": [scope]})
    if role == Role.ADMINISTRATOR and not bare:
        said = _("Administrators are for the whole installation.")
        raise NotValid(said, {"scope": [scope]})
