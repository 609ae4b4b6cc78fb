"""Every role takes every step with a draft in every state, or is refused."""

from itertools import product

import pytest
from sqlalchemy import select

from kb.communities.models import Community, Holding
from kb.people.models import Role, ScopeKind
from kb.record.models import Record, Telling
from kb.regions.models import Region, RegionMember
from kb.writing import lookups
from kb.writing.models import Draft, DraftCountry, State
from kb.writing.rules import RULES, DraftThing, thing_of_draft
from tests.test_access import NOW
from tests.test_access import person as someone
from tests.writing.desk import person

WITH_AUTHOR = {State.DRAFT, State.CHANGES_REQUESTED}
WITH_REVIEWER = {State.SUBMITTED, State.IN_REVIEW}
SEEN = set(State) - {State.DRAFT, State.WITHDRAWN}
REVIEW = {"write": WITH_REVIEWER, "review": WITH_REVIEWER, "read": SEEN}
PUBLISH = REVIEW | {"publish": WITH_REVIEWER}
MAY = {"reviewer": REVIEW, "editor": PUBLISH, "administrator": PUBLISH}
"""Role → step → states in which it may be taken with somebody else's draft."""
AUTHOR = {
    "read": set(State),
    "write": WITH_AUTHOR,
    "submit": WITH_AUTHOR,
    "take back": WITH_REVIEWER,
    "throw away": WITH_AUTHOR | WITH_REVIEWER,
}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_in_the_states_that_allow_them(role, step):
    reviewer = someone((role, ScopeKind.EVERYWHERE, ""))
    author = someone((role, ScopeKind.EVERYWHERE, ""), number=99)
    beyond = someone((role, ScopeKind.LANGUAGE, "sw"))
    for state in State:
        thing = DraftThing(languages=frozenset({"fr"}), author_id=99, state=state)
        always = step == "begin"
        wanted = always or state in MAY.get(role, {}).get(step, ())
        assert RULES.may(reviewer, step, thing) == wanted, state
        assert RULES.may(beyond, step, thing) == always, state
        own = always or state in AUTHOR.get(step, ())
        assert RULES.may(author, step, thing) == own, state


@pytest.mark.parametrize("step", RULES.table)
def test_nobody_and_who_may_not_sign_in_takes_no_step(step):
    gone = someone((Role.EDITOR, ScopeKind.EVERYWHERE, ""), number=99, disabled=NOW)
    for state in State:
        thing = DraftThing(author_id=99, state=state)
        assert not RULES.may(None, step, thing)
        assert not RULES.may(gone, step, thing)


SCOPES = [
    (ScopeKind.EVERYWHERE, ""),
    *((ScopeKind.REGION, code) for code in ("BF", "sahel", "ML", "001", "BF-10", "")),
    *((ScopeKind.LANGUAGE, code) for code in ("en", "fr")),
    *((ScopeKind.KIND, name) for name in ("practice", "story")),
    (ScopeKind.DESK, "west"),
    (ScopeKind.COMMUNITY, "elders"),
    (ScopeKind.COMMUNITY, "others"),
]


@pytest.fixture
def drafts(session, either):
    """Drafts of each state, kind, language and country, by two authors."""
    regions = [("001", "world", None), ("BF", "country", "001")]
    regions += [("BF-10", "district", "BF"), ("ML", "country", "001")]
    regions += [("sahel", "named", "001")]
    for code, kind, parent in regions:
        session.add(
            Region(code=code, kind=kind, name=code, parent_code=parent, source="x")
        )
        session.flush()
    session.add(RegionMember(region_code="sahel", member_code="BF"))
    authors = [person(session, "Awa"), person(session, "Ali")]
    ways = product(authors, State, ("practice", "answer"), ("fr", "sw"))
    for author, state, kind, language in ways:
        for country in ("BF", "XX", ""):
            add(session, author, country, state=state, kind=kind, language=language)
    elders = Community(key="elders", founded=NOW)
    session.add(elders)
    session.flush()
    for state, telling in product(State, (None, *Telling)):
        add_held(session, authors[0], elders, state, telling)
    return authors


def add_held(session, author, community, state, telling):
    """Write a draft of a community's knowledge down, and what it became, if it did."""
    number = None
    if telling is not None:
        ref = f"P-{state}-{telling}"
        record = Record(ref=ref, key=ref, kind="record", status="published")
        record.telling = telling
        session.add(record)
        session.flush()
        number = record.id
    holding = Holding(
        community_id=community.id, record_id=number, title="x", entered=NOW
    )
    session.add(holding)
    session.flush()
    said = {"kind": "practice", "language": "fr", "state": state}
    hand = {"holding_id": holding.id} if telling != "open" else {}
    add(session, author, "BF", record_id=number, **hand, **said)


def add(session, author, country, **said):
    draft = Draft(owner_id=author.id, document={}, created=NOW, changed=NOW, **said)
    session.add(draft)
    session.flush()
    if country:
        session.add(DraftCountry(draft_id=draft.id, country=country))


@pytest.mark.thorough
def test_the_list_and_the_rule_agree_for_every_role_and_scope(session, drafts):
    every = session.scalars(select(Draft)).all()
    things = {draft.id: thing_of_draft(session, draft) for draft in every}
    people = [None, *drafts, person(session, "Idle"), person(session, "Two", *TWO)]
    people.append(person(session, "Both", *COUNTRIES))
    people += [
        person(session, f"{role}{number}{factor}", (role, *scope), factor=factor)
        for role in Role
        for factor in (True, False)
        for number, scope in enumerate(SCOPES)
        if factor or scope == SCOPES[0]
    ]
    for reader in people:
        seen = select(Draft.id).where(lookups.visible_to(reader))
        allowed = {n for n, thing in things.items() if RULES.may(reader, "read", thing)}
        assert set(session.scalars(seen)) == allowed, reader and reader.name


COUNTRIES = [("reviewer", ScopeKind.REGION, code) for code in ("sahel", "ML")]
TWO = [("reviewer", ScopeKind.REGION, "BF"), ("reviewer", ScopeKind.LANGUAGE, "sw")]


def test_reviewers_are_told_who_may_review_it(session, drafts):
    local = person(session, "Lea", ("reviewer", ScopeKind.REGION, "sahel"))
    person(session, "Far", ("reviewer", ScopeKind.REGION, "ML"))
    person(session, "Asleep", "editor", factor=False)
    awake = person(session, "Eva", "editor")
    add(session, awake, "BF", state=State.SUBMITTED, kind="practice", language="fr")
    draft = session.scalars(select(Draft).order_by(Draft.id.desc())).first()
    assert lookups.reviewers_of(session, draft) == [local]
