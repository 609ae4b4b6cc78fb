"""What is counted for the desk is what the desk lists, for each role and scope."""

import pytest

from kb.access import covered, covers, thing_of
from kb.feedback import comments, reports, tried
from kb.feedback.waiting import waiting
from kb.people.models import Role, RoleGrant, ScopeKind
from kb.record.models import Record
from kb.regions.models import Region, RegionMember
from tests.feedback.house import furnish
from tests.people.visitor import Visitor
from tests.test_access import person
from tests.web.test_feedback import send
from tests.web.test_feedback_tried import TOLD

SCOPES = [
    (ScopeKind.EVERYWHERE, ""),
    *((ScopeKind.REGION, code) for code in ("BF", "sahel", "ML", "BF-10", "")),
    *((ScopeKind.LANGUAGE, code) for code in ("en", "fr")),
    *((ScopeKind.KIND, name) for name in ("practice", "story")),
    (ScopeKind.DESK, "west"),
]


@pytest.fixture
def said(either):
    furnish(either.app)
    visitor = Visitor(either.app)
    send(visitor, "tried", **TOLD)
    send(visitor, "report", kind="error", words="Wrong depth", language="en")
    for plural in ("practices/P-1", "stories/S-1"):
        send(visitor, "comment", path=f"/{plural}", words="How?", language="en")
    with either.office.database.writing() as session:
        for code, kind in (("sahel", "named"), ("BF-10", "district")):
            above = "BF" if kind == "district" else None
            session.add(
                Region(code=code, kind=kind, name=code, parent_code=above, source="x")
            )
        session.flush()
        session.add(RegionMember(region_code="sahel", member_code="BF"))
        session.commit()
    return either


def listed(session, one):
    every = {
        "reports": reports.listed(session, by=one),
        "trials": tried.held(session, by=one),
        "comments": comments.held(session, by=one),
    }
    return {name: len(rows) for name, rows in every.items()}


@pytest.mark.thorough
def test_the_count_and_the_list_agree(said):
    seen = set()
    with said.office.database.reading() as session:
        for role in Role:
            for scope in SCOPES if role == Role.EDITOR else SCOPES[:2]:
                one = person((role, *scope))
                counted, found = waiting(session, one), listed(session, one)
                nothing = dict.fromkeys(found, 0)
                assert nothing | counted == found, (role, scope)
                seen.add(tuple(found.values()))
        assert waiting(session, person()) == {}
        asleep = person(("editor", ScopeKind.EVERYWHERE, ""), factor=False)
        assert waiting(session, asleep) == {}
        two = person(("reviewer", *SCOPES[1]), ("expert", *SCOPES[7]))
        assert waiting(session, two) == {"reports": 1, "trials": 1}
        both = person(("editor", *SCOPES[2]), ("editor", *SCOPES[3]))
        assert waiting(session, both) == listed(session, both)
    assert seen >= {(1, 1, 2), (1, 1, 1), (0, 0, 1), (1, 1, 0), (0, 0, 0)}, seen


def test_a_condition_holds_for_the_records_that_a_scope_covers(said):
    with said.office.database.reading() as session:
        records = session.query(Record).all()
        for kind, value in SCOPES:
            given = RoleGrant(role=Role.EDITOR, scope_kind=kind, scope=value)
            found = {r.id for r in session.query(Record).where(covered([given]))}
            wanted = {r.id for r in records if covers(given, thing_of(session, r))}
            assert found == wanted, (kind, value)
        assert session.query(Record).where(covered([])).all() == []
