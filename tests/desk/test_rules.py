"""Every role takes every step at the desk, whatever its scope, or is refused."""

from itertools import chain

import pytest

from kb.access import NOTHING
from kb.desk.rules import RULES
from kb.people.models import Role, ScopeKind
from tests.test_access import BEYOND, NOW, WITHIN, person

OVERSEE = {"editor", "coordinator", "administrator"}
SCOPES = [
    (kind, value)
    for kind, values in chain(WITHIN.items(), BEYOND.items())
    for value in values
]


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_the_desk_and_some_the_overviews(role):
    for scope in SCOPES:
        one = person((role, *scope))
        assert RULES.may(one, "see the desk", NOTHING)
        assert RULES.may(one, "see the overviews", NOTHING) == (role in OVERSEE)
        administers = role == "administrator" and scope[0] == ScopeKind.EVERYWHERE
        assert RULES.may(one, "see the log", NOTHING) == administers


@pytest.mark.parametrize("step", RULES.table)
def test_who_has_no_role_that_counts_is_refused(step):
    everything = [(role, ScopeKind.EVERYWHERE, "") for role in Role]
    gone, revoked = person(*everything, disabled=NOW), person(*everything)
    for given in revoked.grants:
        given.revoked = NOW
    asleep = [
        person((r, *SCOPES[0]), factor=False) for r in ("editor", "administrator")
    ]
    for one in (None, person(), gone, revoked, *asleep):
        assert not RULES.may(one, step, NOTHING)


def test_each_step_is_tried_here():
    assert set(RULES.table) == {"see the desk", "see the overviews", "see the log"}
