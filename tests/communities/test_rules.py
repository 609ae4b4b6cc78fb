"""Every role tries every step with the knowledge of a community."""

from itertools import product

import pytest

from kb.access import NOTHING
from kb.communities.rules import RULES, Held
from kb.errors import NotAllowed, NotValid
from kb.people import roles
from kb.people.models import Role, ScopeKind
from tests.communities.house import STEWARD, Elders, loaded
from tests.test_access import BEYOND, WITHIN
from tests.test_access import person as someone

THING = Held(community="elders", members=frozenset({7}))
SILENT = Held(community="elders", members=frozenset({7}), agreed=False)
SCOPES = [(k, v) for scopes in (WITHIN, BEYOND) for k, vs in scopes.items() for v in vs]
MINE = (Role.STEWARD, ScopeKind.COMMUNITY, "elders")


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_opens_nothing_but_that_of_its_steward(role, step):
    for kind, value in SCOPES:
        who = someone((role, kind, value))
        assert RULES.may(who, step, THING) == ((role, kind, value) == MINE)
        assert not RULES.may(who, step, Held(community="others"))
        assert not RULES.may(who, step, Held())
        assert not RULES.may(who, step, NOTHING)


def test_members_enter_and_read_while_there_is_consent():
    member = someone(number=7)
    assert {step for step in RULES.table if RULES.may(member, step, THING)} == {
        "enter",
        "read",
    }
    assert {s for s in RULES.table if RULES.may(member, s, SILENT)} == {"enter"}
    assert all(RULES.may(someone(MINE), step, SILENT) for step in RULES.table)


@pytest.mark.parametrize("step", RULES.table)
def test_nobody_and_who_may_not_sign_in_takes_no_step(step):
    assert not RULES.may(None, step, THING)
    gone = someone(MINE, number=7, disabled=someone().confirmed)
    assert not RULES.may(gone, step, THING)
    revoked = someone(MINE)
    revoked.grants[0].revoked = revoked.confirmed
    assert not RULES.may(revoked, step, THING)


@pytest.mark.thorough
def test_stewards_are_for_one_community_and_nobody_else_is(either):
    elders = Elders(either)
    with elders.writing() as session:
        person = loaded(session, STEWARD)
        for role, kind, value in (
            (Role.STEWARD, ScopeKind.EVERYWHERE, ""),
            (Role.STEWARD, ScopeKind.REGION, "BF"),
            (Role.EDITOR, ScopeKind.COMMUNITY, "elders"),
            (Role.STEWARD, ScopeKind.COMMUNITY, "Not a key"),
        ):
            with pytest.raises(NotValid):
                roles.grant(session, person, role, by="x", scope_kind=kind, scope=value)


def test_a_steward_who_is_one_no_more_decides_nothing(elders):
    elders.hold()
    with elders.writing() as session:
        person = loaded(session, STEWARD)
        roles.revoke_all(session, person, by="a test")
        session.commit()
    with pytest.raises(NotAllowed):
        elders.agree()


@pytest.fixture
def elders(either):
    return Elders(either)
