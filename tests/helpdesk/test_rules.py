"""Every role takes every step at the helpdesk, or is refused; rule and list agree."""

from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import select

from kb.helpdesk.question_tables import Question
from kb.helpdesk.rules import HELPDESK, RULES, open_to, question_thing
from kb.people.models import Role, ScopeKind
from tests.helpdesk.house import desk, world
from tests.test_access import THING, assert_takes, person

ALL = set(RULES.table)
MAY = {
    "contributor": set(),
    "translator": set(),
    "reviewer": set(),
    "editor": set(),
    "expert": {"see a question", "answer a question"},
    "coordinator": ALL,
    "jury": set(),
    "steward": set(),
    "administrator": ALL,
}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_within_its_scope_and_no_other(role, step):
    assert_takes(RULES, step, role, step in MAY[role])


def test_every_role_is_in_the_table_and_strangers_may_nothing():
    assert set(MAY) == set(Role)
    assert {role for role in Role if MAY[role]} == HELPDESK
    for step in ALL:
        assert not RULES.may(None, step, THING)
        assert not RULES.may(person(), step, THING)


SCOPES = [
    (ScopeKind.EVERYWHERE, ""),
    (ScopeKind.REGION, "BF"),
    (ScopeKind.REGION, "sahel"),
    (ScopeKind.REGION, "142"),
    (ScopeKind.LANGUAGE, "fr"),
    (ScopeKind.LANGUAGE, "und"),
    (ScopeKind.DESK, "bf"),
    (ScopeKind.DESK, "africa"),
    (ScopeKind.KIND, "answer"),
]


@pytest.mark.parametrize("step", [step for step in ALL if "question" in step])
def test_what_is_listed_is_what_may_be_opened(session, step):
    world(session)
    desk(session, "africa", "002")
    desk(session, "bf", "BF", parent="africa")
    now = datetime.now(UTC)
    for country, language, (at, contact) in product(
        ("", "BF", "IN"),
        ("fr", "en"),
        ((None, None), ("bf", None), ("africa", None), ("africa", "bf")),
    ):
        question = Question(
            code=f"{country}-{language}-{at}-{contact}", at=now, changed=now, words="?",
            language=language, reader="en", country=country, place="", contact="",
            desk_code=at, contact_code=contact,
        )  # fmt: skip
        session.add(question)
    session.flush()
    every = session.scalars(select(Question)).all()
    things = [(one, question_thing(session, one)) for one in every]
    for role, scope in product(Role, SCOPES):
        someone = person((role, *scope))
        listed = set(session.scalars(select(Question).where(open_to(someone, step))))
        allowed = {one for one, thing in things if RULES.may(someone, step, thing)}
        assert listed == allowed, (role, scope)
    assert not session.scalars(select(Question).where(open_to(None, step))).all()
