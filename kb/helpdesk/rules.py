"""Who may do what with desks and questions: a table that reads as sentences."""

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from kb.access import (
    NOTHING,
    Rules,
    Thing,
    around,
    counting,
    is_administrator,
    is_coordinator,
    is_expert,
)
from kb.errors import NotAllowed
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.question_tables import Question
from kb.language import _
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.regions.tree import inside

RULES = Rules(
    {
        "change a desk": [[is_coordinator], [is_administrator]],
        "place a desk": [[is_coordinator], [is_administrator]],
        "change the rules": [[is_coordinator], [is_administrator]],
        "see a question": [[is_expert], [is_coordinator], [is_administrator]],
        "answer a question": [[is_expert], [is_coordinator], [is_administrator]],
        "move a question": [[is_coordinator], [is_administrator]],
    }
)
"""To place a desk is to say which region it is for and which desk it turns to; who
coordinates that desk alone may not, or she could draw all questions to herself. The
rules are for all desks, so they are changed by those whose role has no limit."""

HELPDESK = frozenset({Role.EXPERT, Role.COORDINATOR, Role.ADMINISTRATOR})
"""Roles that something here is for."""


def desk_thing(session: Session, desk: Desk) -> Thing:
    """Give what the rules ask of a desk."""
    return Thing(regions=around(session, [desk.region_code]), desk=desk.code)


def place_thing(session: Session, region: str) -> Thing:
    """Give what the rules ask of where a desk is to stand."""
    return Thing(regions=around(session, [region]))


def question_thing(session: Session, question: Question) -> Thing:
    """Give what the rules ask of a question: its place, its language, its desk."""
    return Thing(
        regions=around(session, [question.country] if question.country else []),
        languages=frozenset({question.language}),
        desk=question.desk_code or "",
        contact_desk=question.contact_code,
    )


def open_to(person: Person | None, step: str) -> ColumnElement[bool]:
    """Give "she may take this step" as a condition on questions."""
    return or_(false(), *(_covered(given) for given in RULES.granting(person, step)))


def _covered(given: RoleGrant) -> ColumnElement[bool]:
    within: dict[str, ColumnElement[bool]] = {
        ScopeKind.EVERYWHERE: true(),
        ScopeKind.REGION: Question.country.in_(inside(given.scope)),
        ScopeKind.LANGUAGE: Question.language == given.scope,
        ScopeKind.KIND: false(),
        ScopeKind.DESK: or_(
            Question.desk_code == given.scope, Question.contact_code == given.scope
        ),
    }
    return within[given.scope_kind]


def at_helpdesk(person: Person | None) -> bool:
    """Say whether a person has a role here, whatever its scope."""
    return any(given.role in HELPDESK for given in counting(person))


def require_helpdesk(person: Person) -> None:
    """Refuse the inner pages to whoever has no role here.

    :raises NotAllowed: she has none.
    """
    if not at_helpdesk(person):
        raise NotAllowed(_("You may not do this."), step="see the helpdesk")


def may_change_rules(person: Person) -> bool:
    """Say whether a person may change the rules for all desks."""
    return RULES.may(person, "change the rules", NOTHING)
