"""Every role takes every step of the clock, or is refused; by rule and by list."""

from itertools import product

import pytest
from sqlalchemy import select

from kb.access import Thing, thing_of
from kb.assessing.rules import ASSESSING, REPORTING, RULES, has_role, sees_due, within
from kb.people.models import Role, ScopeKind
from kb.record.models import Record, Site
from kb.regions.models import Region, RegionMember
from tests import make
from tests.test_access import THING, assert_takes, person
from tests.writing.desk import person as kept_person

ALL = set(RULES.table)
MAY = {role: set() for role in Role} | {
    Role.REVIEWER: ALL - {"see the report"},
    Role.EDITOR: ALL,
    Role.ADMINISTRATOR: ALL,
}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_within_its_scope_and_no_other(role, step):
    assert_takes(RULES, step, role, step in MAY[role])


def test_nobody_assesses_her_own_and_strangers_and_the_unsure_do_nothing():
    everything = [(role, ScopeKind.EVERYWHERE, "") for role in Role]
    own, lacking = Thing(author_id=1), person(everything[3], factor=False)
    for step in RULES.table:
        assert RULES.may(person(*everything), step, own) == (step != "assess")
        assert RULES.may(person(), step, own) == (step == "see what is due")
        assert not RULES.may(person(), step, THING)
        assert not RULES.may(None, step, THING)
        assert not RULES.may(lacking, step, THING)


def test_the_roles_named_beside_the_table_are_those_of_the_table():
    assert {role for role in Role if "assess" in MAY[role]} == ASSESSING
    assert {role for role in Role if "see the report" in MAY[role]} == REPORTING


SCOPES = [
    (ScopeKind.EVERYWHERE, ""),
    *((ScopeKind.REGION, code) for code in ("BF", "sahel", "ML", "BF-10", "")),
    *((ScopeKind.LANGUAGE, code) for code in ("en", "fr")),
    *((ScopeKind.KIND, name) for name in ("practice", "story")),
    (ScopeKind.DESK, "west"),
]


TRIED = (Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR, Role.EXPERT)


@pytest.fixture
def records(session):
    known = make.vocabularies(session)
    for code, kind in (("BF", "country"), ("ML", "country"), ("sahel", "named")):
        session.add(Region(code=code, kind=kind, name=code, source="x"))
    session.add(Region(code="BF-10", kind="district", name="x", source="x",
                       parent_code="BF"))  # fmt: skip
    session.flush()
    session.add(RegionMember(region_code="sahel", member_code="BF"))
    one = make.record(session, known, "one", number=1)
    two = make.record(session, known, "two", "story", number=2)
    make.record(session, known, "three", "answer", number=3)
    session.add_all(
        Site(record_id=record.id, place="x", country=code)
        for record, code in ((one, "BF"), (one, "ML"), (two, "ML"))
    )
    session.flush()
    return session.scalars(select(Record).order_by(Record.id)).all()


@pytest.mark.thorough
def test_lists_agree_with_the_rules_for_each_role_and_scope(session, records):
    everybody = [
        kept_person(session, f"P{n}", (role, *scope))
        for n, (role, scope) in enumerate(product(TRIED, SCOPES))
    ]
    records[1].author_id = everybody[0].id
    session.flush()
    lists = {
        "see what is due": sees_due,
        "see the report": lambda one: within(one, REPORTING),
    }
    things = {record.id: thing_of(session, record) for record in records}
    for one in everybody:
        for step, condition in lists.items():
            listed = set(session.scalars(select(Record.id).where(condition(one))))
            wanted = {n for n, thing in things.items() if RULES.may(one, step, thing)}
            assert listed == wanted, (one.grants[0].role, one.grants[0].scope, step)
        role = one.grants[0].role
        assert has_role(one, ASSESSING) == (role in ASSESSING)
