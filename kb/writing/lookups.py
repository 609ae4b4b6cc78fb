"""Reading drafts: whose they are, who may see them, what was said of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from kb.access import counting
from kb.communities.models import Community, Holding
from kb.communities.rules import stewarded
from kb.errors import NotFound
from kb.language import _
from kb.people.models import Person, RoleGrant, ScopeKind
from kb.record.lookups import is_told
from kb.record.models import Record
from kb.regions.tree import inside
from kb.writing.models import Draft, DraftComment, DraftCountry, DraftStep, State
from kb.writing.rules import (
    HANDED_IN,
    REVIEWING,
    RULES,
    WAITS,
    WITH_REVIEWER,
    thing_of_draft,
)

MOST = 100
"""Drafts in one list."""


def visible_to(person: Person | None) -> ColumnElement[bool]:
    """Give "this person may read it" as a condition on drafts; as the rules say."""
    if person is None or not person.active:
        return false()
    granted = [one for one in counting(person) if one.role in REVIEWING]
    within = or_(false(), *(_covered(one) for one in granted)) & _may_be_told()
    seen = Draft.state.in_(HANDED_IN) & or_(within, _stewarded_by(person))
    return or_(Draft.owner_id == person.id, seen)


def _may_be_told() -> ColumnElement[bool]:
    """Give "reviewers must see it, or no community keeps it back", as a rule does."""
    of_hands = select(Holding.record_id).where(Holding.record_id.is_not(None))
    nobodys = and_(Draft.holding_id.is_(None), Draft.record_id.not_in(of_hands))
    new = and_(Draft.holding_id.is_(None), Draft.record_id.is_(None))
    told = Draft.record_id.in_(select(Record.id).where(is_told()))
    return or_(Draft.state.in_(WAITS), new, nobodys, told)


def _stewarded_by(person: Person) -> ColumnElement[bool]:
    keys = stewarded(person)
    if not keys:
        return false()
    hers = select(Holding).join(Community).where(Community.key.in_(keys)).subquery()
    return or_(
        Draft.holding_id.in_(select(hers.c.id)),
        Draft.record_id.in_(select(hers.c.record_id)),
    )


def _covered(granted: RoleGrant) -> ColumnElement[bool]:
    if granted.scope_kind == ScopeKind.REGION:
        there = DraftCountry.country.in_(inside(granted.scope))
        return Draft.id.in_(select(DraftCountry.draft_id).where(there))
    ways: dict[str, ColumnElement[bool]] = {
        ScopeKind.EVERYWHERE: true(),
        ScopeKind.LANGUAGE: Draft.language == granted.scope,
        ScopeKind.KIND: Draft.kind == granted.scope,
        ScopeKind.DESK: false(),
        ScopeKind.COMMUNITY: false(),
    }
    return ways[granted.scope_kind]


def get_draft(
    session: Session, number: int, *, by: Person, to_write: bool = False
) -> Draft:
    """Give a draft that a person may read.

    :param to_write: whether to keep others from writing it until the work is kept.
    :raises NotFound: there is none, or she may not know that there is.
    """
    wanted = select(Draft).where(Draft.id == number, visible_to(by))
    if to_write:
        wanted = wanted.with_for_update()
    session.scalar(wanted)
    shown = select(Draft).where(Draft.id == number, visible_to(by))
    draft = session.scalar(shown.options(*_with_people()))
    if draft is None:
        raise NotFound(_("There is no such draft."), number=number)
    return draft


def with_owner(session: Session, number: int) -> Draft:
    """Give a draft with its owner, and keep others from writing it meanwhile."""
    session.scalar(select(Draft.id).where(Draft.id == number).with_for_update())
    wanted = select(Draft).where(Draft.id == number).options(joinedload(Draft.owner))
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def my_drafts(session: Session, person: Person) -> Sequence[Draft]:
    """Give the drafts of a person, the one she worked on last first."""
    wanted = select(Draft).where(Draft.owner_id == person.id)
    return session.scalars(
        wanted.order_by(Draft.changed.desc(), Draft.id.desc())
        .limit(MOST)
        .options(*_with_people())
    ).all()


def to_review(session: Session, person: Person) -> Sequence[Draft]:
    """Give what waits for review and a person may review, the longest waiting first."""
    waiting = session.scalars(
        select(Draft)
        .where(*_waiting_for(person))
        .order_by(Draft.changed, Draft.id)
        .limit(MOST)
        .options(*_with_people())
    )
    return waiting.all()


def count_to_review(session: Session, person: Person) -> int:
    """Count what waits for review and a person may review."""
    counted = select(func.count(Draft.id)).where(*_waiting_for(person))
    return session.scalar(counted) or 0


def _waiting_for(person: Person) -> tuple[ColumnElement[bool], ...]:
    waits = Draft.state.in_(WITH_REVIEWER)
    return visible_to(person), waits, Draft.owner_id != person.id


def reviews(person: Person) -> bool:
    """Say whether a person may review anything at all."""
    return any(one.role in REVIEWING for one in counting(person))


def reviewers_of(session: Session, draft: Draft) -> list[Person]:
    """Give who may review a draft, so that they can be told."""
    holding = select(RoleGrant.person_id).where(
        RoleGrant.role.in_(REVIEWING), RoleGrant.revoked.is_(None)
    )
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(holding))
        .options(joinedload(Person.factor), joinedload(Person.grants))
        .order_by(Person.id)
    ).unique()
    thing = thing_of_draft(session, draft)
    return [one for one in people if RULES.may(one, "review", thing)]


def comments_on(session: Session, draft: Draft) -> Sequence[DraftComment]:
    """Give what reviewers said of a draft and is not settled, oldest first."""
    wanted = select(DraftComment).where(
        DraftComment.draft_id == draft.id, DraftComment.settled.is_(None)
    )
    by = joinedload(DraftComment.by)
    return session.scalars(wanted.order_by(DraftComment.id).options(by)).all()


def steps_of(session: Session, draft: Draft) -> Sequence[DraftStep]:
    """Give the steps a draft went through, newest first."""
    wanted = select(DraftStep).where(DraftStep.draft_id == draft.id)
    by = joinedload(DraftStep.by)
    return session.scalars(wanted.order_by(DraftStep.id.desc()).options(by)).all()


def open_on(session: Session, record_id: int, person: Person) -> Draft | None:
    """Give the change of a record that a person is already at work on."""
    closed = (State.PUBLISHED, State.WITHDRAWN, State.TURNED_DOWN)
    return session.scalar(
        select(Draft)
        .where(Draft.record_id == record_id, Draft.owner_id == person.id)
        .where(Draft.state.not_in(closed))
        .order_by(Draft.id.desc())
        .limit(1)
    )


def _with_people() -> tuple[ORMOption, ...]:
    people = (Draft.owner, Draft.reviewer, Draft.locked_by)
    return tuple(joinedload(one) for one in people)
