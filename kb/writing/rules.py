"""Who may do what with a draft. `kb.writing.lookups.visible_to` is "read" for lists."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import access
from kb.access import (
    Rules,
    Thing,
    around,
    did_not_write_it,
    is_administrator,
    is_editor,
    is_reviewer,
    signed_in,
    wrote_it,
)
from kb.people.models import Person, Role, ScopeKind
from kb.record.kind import Kind
from kb.writing.models import Draft, DraftCountry, State
from kb.writing.versions import Document

WITH_AUTHOR = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
WITH_REVIEWER = frozenset({State.SUBMITTED, State.IN_REVIEW})
HANDED_IN = WITH_REVIEWER | {
    State.CHANGES_REQUESTED,
    State.PUBLISHED,
    State.TURNED_DOWN,
}
"""States in which reviewers see a draft; until then it is its author's alone."""
REVIEWING = frozenset({Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class DraftThing(Thing):
    """A draft, as far as the rules ask."""

    state: str = State.DRAFT


def is_with_author(person: Person | None, thing: Thing) -> bool:
    """Hold while the author is at work."""
    return _state(thing) in WITH_AUTHOR


def is_with_reviewer(person: Person | None, thing: Thing) -> bool:
    """Hold from handing in until a reviewer has decided."""
    return _state(thing) in WITH_REVIEWER


def was_handed_in(person: Person | None, thing: Thing) -> bool:
    """Hold for what reviewers may see."""
    return _state(thing) in HANDED_IN


def is_open(person: Person | None, thing: Thing) -> bool:
    """Hold until it is published, taken back or turned down."""
    return _state(thing) in WITH_AUTHOR | WITH_REVIEWER


_REVIEWED_BY = [
    [is_reviewer, did_not_write_it, is_with_reviewer],
    [is_editor, did_not_write_it, is_with_reviewer],
    [is_administrator, did_not_write_it, is_with_reviewer],
]
RULES = Rules(
    {
        "begin": [[signed_in]],
        "read": [
            [wrote_it],
            [is_reviewer, was_handed_in],
            [is_editor, was_handed_in],
            [is_administrator, was_handed_in],
        ],
        "write": [[wrote_it, is_with_author], *_REVIEWED_BY],
        "submit": [[wrote_it, is_with_author]],
        "take back": [[wrote_it, is_with_reviewer]],
        "throw away": [[wrote_it, is_open]],
        "review": _REVIEWED_BY,
        "publish": [
            [is_editor, did_not_write_it, is_with_reviewer],
            [is_administrator, did_not_write_it, is_with_reviewer],
        ],
    }
)
"""Nobody publishes what she wrote herself: a second pair of eyes has to see it."""


def thing_of_draft(session: Session, draft: Draft) -> DraftThing:
    """Give what the rules ask of a draft: it belongs to the countries of its sites."""
    countries = select(DraftCountry.country).where(DraftCountry.draft_id == draft.id)
    return DraftThing(
        regions=around(session, session.scalars(countries).all()),
        languages=frozenset({draft.language}),
        kind=draft.kind,
        author_id=draft.owner_id,
        state=draft.state,
    )


def thing_to_begin(
    session: Session, kind: Kind, document: Document, language: str
) -> Thing:
    """Give what the rules ask of something that is about to be begun."""
    sites = document.get("facts", {}).get("sites", [])
    countries = {str(site.get("country", ""))[:2].upper() for site in sites} - {""}
    return Thing(
        regions=around(session, sorted(countries)),
        languages=frozenset({language}),
        kind=kind.name,
    )


def may_begin(person: Person | None, kind: Kind) -> bool:
    """Say whether a person may begin one of a kind, for some place or language."""
    scopes = [(one.scope_kind, one.scope) for one in access.counting(person)]
    return any(
        access.RULES.may(person, kind.begun_by, _within(kind, *scope))
        for scope in [("", ""), *scopes]
    )


def _within(kind: Kind, scope_kind: str, scope: str) -> Thing:
    one = frozenset({scope})
    return Thing(
        regions=one if scope_kind == ScopeKind.REGION else frozenset(),
        languages=one if scope_kind == ScopeKind.LANGUAGE else frozenset(),
        kind=kind.name,
    )


def _state(thing: Thing) -> str:
    return thing.state if isinstance(thing, DraftThing) else ""
