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
    is_steward,
    signed_in,
    wrote_it,
)
from kb.communities.lookups import in_hands
from kb.people.models import Person, Role, ScopeKind
from kb.record.kind import Kind
from kb.record.lookups import is_told
from kb.record.models import Record
from kb.writing.models import Draft, DraftCountry, State
from kb.writing.versions import Document

WITH_AUTHOR = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
WITH_REVIEWER = frozenset({State.SUBMITTED, State.IN_REVIEW})
WAITS = WITH_REVIEWER | {State.CHANGES_REQUESTED}
HANDED_IN = WAITS | {State.PUBLISHED, State.TURNED_DOWN}
"""States in which reviewers see a draft; until then it is its author's alone."""
REVIEWING = frozenset({Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class DraftThing(Thing):
    """A draft, as far as the rules ask."""

    state: str = State.DRAFT
    told: bool = True
    """Whether no community keeps back what it became."""


def is_with_author(person: Person | None, thing: Thing) -> bool:
    """Hold while the author is at work."""
    return _state(thing) in WITH_AUTHOR


def is_with_reviewer(person: Person | None, thing: Thing) -> bool:
    """Hold from handing in until a reviewer has decided."""
    return _state(thing) in WITH_REVIEWER


def was_handed_in(person: Person | None, thing: Thing) -> bool:
    """Hold for what reviewers may see."""
    return _state(thing) in HANDED_IN


def may_be_told(person: Person | None, thing: Thing) -> bool:
    """Hold while reviewers have to see it, and for what no community keeps back."""
    waits = _state(thing) in WAITS
    return waits or (isinstance(thing, DraftThing) and thing.told)


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
            [is_reviewer, was_handed_in, may_be_told],
            [is_editor, was_handed_in, may_be_told],
            [is_administrator, was_handed_in, may_be_told],
            [is_steward, was_handed_in],
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
    holding = in_hands(session, draft.holding_id, draft.record_id)
    told = select(Record.id).where(Record.id == draft.record_id, is_told())
    return DraftThing(
        regions=around(session, session.scalars(countries).all()),
        languages=frozenset({draft.language}),
        kind=draft.kind,
        author_id=draft.owner_id,
        state=draft.state,
        community=holding.community.key if holding else "",
        told=holding is None or session.scalar(told) is not None,
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
