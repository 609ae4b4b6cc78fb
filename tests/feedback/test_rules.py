"""Every role takes every step on what users say, or is refused; by rule and by HTTP."""

from itertools import product

import pytest
from sqlalchemy import select

from kb.access import Thing
from kb.feedback.models import Comment, Report, Tried
from kb.feedback.rules import DESK, RULES, open_to
from kb.people.accounts import by_email
from kb.people.models import Role, ScopeKind
from kb.record.models import Record
from tests.feedback.house import furnish, staff
from tests.people.visitor import Visitor, change, give, rows
from tests.test_access import THING, assert_takes, person
from tests.web.test_feedback import send
from tests.web.test_feedback_tried import TOLD

ALL = set(RULES.table)
MAY = {
    "contributor": set(),
    "translator": set(),
    "reviewer": {"see reports", "see held trials", "check a trial"},
    "editor": ALL,
    "expert": {"see held trials", "check a trial", "answer a comment"},
    "coordinator": set(),
    "jury": set(),
    "steward": set(),
    "administrator": ALL,
}
OWN_IS_REFUSED = {"judge a comment", "check a trial"}


@pytest.mark.parametrize(("role", "step"), list(product(Role, RULES.table)))
def test_a_role_takes_its_steps_within_its_scope_and_no_other(role, step):
    assert_takes(RULES, step, role, step in MAY[role])


@pytest.mark.parametrize("step", RULES.table)
def test_nobody_decides_on_her_own_words_and_strangers_decide_on_none(step):
    everything = [(role, ScopeKind.EVERYWHERE, "") for role in Role]
    own = Thing(author_id=1)
    assert RULES.may(person(*everything), step, own) == (step not in OWN_IS_REFUSED)
    assert not RULES.may(None, step, THING)
    assert not RULES.may(person(), step, THING)
    lacking = person(("editor", ScopeKind.EVERYWHERE, ""), factor=False)
    assert not RULES.may(lacking, step, THING)


def test_every_role_is_in_the_table_and_the_desk_is_for_who_may_do_something():
    assert set(MAY) == set(Role)
    assert {role for role in Role if MAY[role]} == DESK


STEPS = {
    # thing: states → what is sent, the step it needs, and in which states it goes
    "reports": {
        "confirm": ("settle a report", {"new"}, {}),
        "settle": ("settle a report", {"new", "confirmed"}, {"note": "Mended"}),
    },
    "comments": {
        "pass": ("judge a comment", {"held"}, {}),
        "refuse": ("judge a comment", {"held", "passed"}, {"note": "No"}),
        "answer": (
            "answer a comment",
            {"passed"},
            {"words": "As a hand", "language": "en"},
        ),
    },
    "trials": {
        "check": ("check a trial", {"held"}, {"note": ""}),
        "refuse": ("check a trial", {"held", "passed"}, {"refusal": "No"}),
    },
}
TABLES = {"reports": Report, "comments": Comment, "trials": Tried}
STATES = {
    "reports": ("new", "confirmed", "settled"),
    "comments": ("held", "passed", "refused"),
    "trials": ("held", "refused"),  # a trial that counts is tried with its evidence
}
SEES = {
    "reports": "see reports",
    "comments": "see held comments",
    "trials": "see held trials",
}


def sees(role, what, state):
    answers = what == "comments" and state == "passed"
    return (answers and "answer a comment" in MAY[role]) or (
        SEES[what] in MAY[role] and (not answers)
    )


def expected(role, what, step, state):
    needs, states, _given = STEPS[what][step]
    if not sees(role, what, state):
        return 404
    if needs not in MAY[role]:
        return 403
    return 303 if state in states else 409


@pytest.fixture
def said(either):
    furnish(either.app)
    visitor = Visitor(either.app)
    send(visitor, "tried", **TOLD)
    send(visitor, "report", kind="error", words="Wrong depth", language="en")
    send(visitor, "comment", words="How deep?", language="en")
    return either


@pytest.mark.thorough
def test_http_says_what_the_table_says_for_each_role_step_and_state(said):
    tried = 0
    numbers = {what: rows(said.app, table)[0].id for what, table in TABLES.items()}
    elsewhere = DESK | {Role.STEWARD}
    others = [(r, ScopeKind.EVERYWHERE, "") for r in Role if r not in elsewhere]
    for role in (*sorted(DESK), others[0][0]):
        who = staff(said.app, role)
        if role not in DESK:  # one who has all roles that nothing here is for
            give(said.app, who.email, *others[1:])
        opened = who.get("/desk/feedback").status_code
        assert opened == (200 if role in DESK else 403), role
        for what, steps in STEPS.items():
            page = f"/desk/{what}/{numbers[what]}"
            for state in STATES[what]:
                change(said.app, TABLES[what], state=state)
                looked = who.get(page).status_code
                assert looked == (200 if sees(role, what, state) else 404)
                for step in steps:
                    takes(said.app, who, role, what, step, state, page)
                    tried += 1
    assert tried == (len(DESK) + 1) * (2 * 3 + 3 * 3 + 2 * 2)


def takes(app, who, role, what, step, state, page):
    reply = who.post(f"{page}/{step}", STEPS[what][step][2], token_from="/account")
    wanted = expected(role, what, step, state)
    assert reply.status_code == wanted, (role, what, step, state)
    if wanted != 303:
        assert {row.state for row in rows(app, TABLES[what])} == {state}
        return
    if step == "check":
        who.post(f"{page}/refuse", {"refusal": "x"}, token_from="/account")
    change(app, TABLES[what], state=state)


@pytest.mark.thorough
def test_beyond_her_scope_an_editor_sees_and_does_nothing(said):
    for value, kind, sees_it in [
        ("ML", ScopeKind.REGION, False),
        ("BF", ScopeKind.REGION, True),
        ("fr", ScopeKind.LANGUAGE, False),
        ("story", ScopeKind.KIND, False),
        ("practice", ScopeKind.KIND, True),
    ]:
        who = staff(said.app, Role.EDITOR, kind, value, name=f"e{value.lower()}")
        desk = who.get("/desk/feedback").text
        for what, table in TABLES.items():
            page = f"/desk/{what}/{rows(said.app, table)[0].id}"
            assert (page in desk) == sees_it, (value, what)
            assert (who.get(page).status_code == 200) == sees_it
            step = next(iter(STEPS[what]))
            if not sees_it:
                reply = who.post(f"{page}/{step}", token_from="/account")
                assert reply.status_code == 404


@pytest.mark.thorough
def test_the_list_and_the_rule_agree_for_each_role(said):
    for role in Role:
        staff(said.app, role, ScopeKind.REGION, "BF")
    with said.office.database.reading() as session:
        every = set(session.scalars(select(Record.id)))
        for role in Role:
            one = by_email(session, f"{role}@desk.example")
            for step in ("see reports", "see held comments", "see held trials"):
                listed = session.scalars(select(Record.id).where(open_to(one, step)))
                assert set(listed) == (every if step in MAY[role] else set()), role


def test_without_signing_in_the_desk_leads_to_the_door(said):
    visitor = Visitor(said.app)
    for path in ("/desk/feedback", "/desk/reports/1", "/desk/trials/1"):
        assert "/sign-in" in visitor.get(path).headers["Location"]
    number = rows(said.app, Report)[0].id
    reply = visitor.post(f"/desk/reports/{number}/settle", {"note": "x"})
    assert reply.status_code == 409
    assert "/sign-in" in reply.text
    assert rows(said.app, Report)[0].state == "new"


def test_the_page_of_a_form_can_be_had_in_another_language(said):
    editor = staff(said.app, Role.EDITOR)
    for what in TABLES:
        reply = editor.get(f"/desk/{what}/7/refuse")
        assert reply.headers["Location"] == f"/en/desk/{what}/7"
