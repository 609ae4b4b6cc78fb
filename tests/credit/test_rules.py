"""Every role says who made a record, or sees its use, or is refused."""

from itertools import product

import pytest

from kb.credit.rules import RULES, Credited
from kb.people.models import Role, ScopeKind
from tests.test_access import NOW, THING, assert_takes, person

MAY = {role: set() for role in Role} | {
    Role.EDITOR: set(RULES.table),
    Role.COORDINATOR: {"see its use"},
    Role.ADMINISTRATOR: set(RULES.table),
}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_within_its_scope_and_no_other(role, step):
    assert_takes(RULES, step, role, step in MAY[role])


def test_whoever_wrote_it_takes_each_step_and_whoever_had_a_share_sees_its_use():
    wrote, shared = Credited(author_id=1), Credited(people=frozenset({1}))
    for step in RULES.table:
        assert RULES.may(person(), step, wrote)
        assert RULES.may(person(), step, shared) == (step == "see its use")
        for thing in (wrote, shared):
            assert not RULES.may(person(disabled=NOW), step, thing)
            assert not RULES.may(None, step, thing)
        assert not RULES.may(person(number=2), step, shared)
        assert not RULES.may(person(number=2), step, THING)


def test_roles_that_need_the_second_factor_count_with_it_alone():
    for role, step in product(("editor", "administrator"), RULES.table):
        lacking = person((role, ScopeKind.EVERYWHERE, ""), factor=False)
        assert not RULES.may(lacking, step, THING)
