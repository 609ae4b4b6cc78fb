"""Desks and rules on pages: who may change what, and what cannot be kept."""

import pytest

from kb.helpdesk.desk_service import store_rule
from kb.helpdesk.desk_tables import Desk, DeskDuty, DeskRule
from kb.people.models import Role, ScopeKind
from tests.feedback.house import staff
from tests.helpdesk.house import at, desk, said, world
from tests.people.visitor import Visitor, rows

DESKS = "/desk/desks"


@pytest.fixture
def app(either):
    with either.office.database.writing() as session:
        world(session)
        desk(session, "africa", "002")
        desk(session, "bf", "BF", parent="africa")
        desk(session, "india", "IN")
        any_ = {"region": "", "language": "", "theme": "", "desk": "bf"}
        store_rule(session, any_, 1)
        session.commit()
    return either.app


def desks(app):
    return {one.code: one for one in rows(app, Desk)}


ROLES = [(role, ScopeKind.EVERYWHERE, "") for role in Role] + [
    ("coordinator", ScopeKind.DESK, "bf"),
    ("coordinator", ScopeKind.DESK, "india"),
    ("coordinator", ScopeKind.REGION, "011"),
    ("coordinator", ScopeKind.LANGUAGE, "fr"),
    ("expert", ScopeKind.DESK, "bf"),
]
WIDE = {("coordinator", ""), ("administrator", "")}
MAY = {
    # what is sent → who may, by role and scope
    "change": WIDE | {("coordinator", "bf"), ("coordinator", "011")},
    "place": WIDE | {("coordinator", "011")},
    "add": WIDE | {("coordinator", "011")},
    "rule": WIDE,
}


@pytest.mark.parametrize(("role", "kind", "scope"), ROLES)
def test_every_role_changes_desks_and_rules_as_far_as_its_scope_reaches(
    app, role, kind, scope
):
    visitor = staff(app, role, kind, scope)
    may = {what for what, who in MAY.items() if (role, scope) in who}
    status = {True: 303, False: 403}
    new = visitor.post(f"{DESKS}/new", said("ne", "NE"))
    assert new.status_code == status["add" in may]
    assert ("ne" in desks(app)) == ("add" in may)
    changed = said("bf", "BF", parent="africa", zone="Africa/Abidjan")
    reply = visitor.post(f"{DESKS}/bf", changed)
    assert reply.status_code == status["change" in may]
    assert (desks(app)["bf"].zone == "Africa/Abidjan") == ("change" in may)
    visitor.post(f"{DESKS}/bf", changed | {"parent": "", "region": "011"})
    assert (desks(app)["bf"].region_code == "011") == ("place" in may)
    rule = {"region": "BF", "desk": "bf", "language": "", "theme": ""}
    assert visitor.post("/desk/routing", rule).status_code == status["rule" in may]
    assert (len(rows(app, DeskRule)) == 2) == ("rule" in may)
    first = rows(app, DeskRule)[0].id
    stood = len(rows(app, DeskRule))
    for step in ("raise", "drop"):
        reply = visitor.post(f"/desk/routing/{first}/{step}")
        assert reply.status_code == status["rule" in may], step
    assert (len(rows(app, DeskRule)) < stood) == ("rule" in may)
    seen = role in {"expert", "coordinator", "administrator"}
    for page in (DESKS, f"{DESKS}/bf", f"{DESKS}/new", "/desk/routing"):
        assert visitor.get(page).status_code == (200 if seen else 403), page


def test_a_stranger_is_led_to_where_one_signs_in(app):
    visitor = Visitor(app)
    for page in (DESKS, f"{DESKS}/bf", "/desk/routing"):
        assert visitor.get(page).status_code == 302


def test_what_cannot_be_kept_stands_again_on_the_page_with_what_is_wrong(app):
    visitor = staff(app, "administrator")
    circle = visitor.post(f"{DESKS}/africa", said("africa", "002", parent="bf"))
    assert circle.status_code == 422
    assert "in a circle" in circle.text
    assert desks(app)["africa"].parent_code is None
    twice = visitor.post(f"{DESKS}/new", said("bf", "BF"))
    assert twice.status_code == 409
    wrong = visitor.post(
        f"{DESKS}/bf", said("bf", "BF", zone="Mars", holidays="<b>", name_fr="x" * 81)
    )
    assert wrong.status_code == 422
    assert wrong.text.count('aria-invalid="true"') == 2
    assert "&lt;b&gt;" in wrong.text
    assert visitor.post(f"{DESKS}/nowhere", said()).status_code == 404
    rule = {"region": "nowhere", "desk": "bf", "language": "", "theme": "x"}
    assert visitor.post("/desk/routing", rule).status_code == 422
    assert visitor.post("/desk/routing/99/drop").status_code == 404
    assert visitor.post(f"{DESKS}/bf", {"name_en": "x" * 1_000_000}).status_code == 413


def test_an_expert_says_when_she_is_away_and_no_other_does_for_her(app):
    expert = at(app, "bf")
    number = next(
        int(part.partition('"')[0])
        for part in expert.get(f"{DESKS}/bf").text.split("/duty/")[1:]
    )
    away = {"away_from": "2020-01-01", "away_until": "", "daily_cap": "5"}
    stranger = at(app, "india", name="other")
    assert stranger.post(f"{DESKS}/bf/duty/{number}", away).status_code == 403
    assert rows(app, DeskDuty) == []
    wrong = expert.post(f"{DESKS}/bf/duty/{number}", away | {"away_from": "soon"})
    assert wrong.status_code == 422
    assert expert.post(f"{DESKS}/bf/duty/{number}", away).status_code == 303
    (row,) = rows(app, DeskDuty)
    assert (row.daily_cap, str(row.away_from)) == (5, "2020-01-01")
    assert "away" in expert.get(f"{DESKS}/bf").text
    lead = staff(app, "coordinator", ScopeKind.DESK, "bf", name="lead")
    assert lead.post(f"{DESKS}/bf/duty/{number}", away).status_code == 303
    assert lead.post(f"{DESKS}/bf/duty/999", away).status_code == 404


def test_the_page_of_rules_tries_a_question_and_says_why(app):
    visitor = at(app, "bf")
    tried = "/desk/routing?place=BF-10&spoken=fr&about=rice"
    assert "Rule 1 names Desk bf" in visitor.get(tried).text
    admin = staff(app, "administrator")
    admin.post(f"/desk/routing/{rows(app, DeskRule)[0].id}/drop")
    assert "This question would go to: Desk bf" in visitor.get(tried).text
    india = visitor.get("/desk/routing?place=IN&spoken=en").text
    assert "Desk india: nobody is on duty." in india
    assert "would wait in the queue of all" in india
    nowhere = visitor.get("/desk/routing?place=%00&spoken=en&about=%27").text
    assert "would wait in the queue of all" in nowhere


def test_rules_change_places(app):
    admin = staff(app, "administrator")
    for theme in ("rice", "grazing"):
        given = {"region": "", "desk": "africa", "language": "fr", "theme": theme}
        assert admin.post("/desk/routing", given).status_code == 303
    last = max(rule.id for rule in rows(app, DeskRule))
    for order in (["", "grazing", "rice"], ["grazing", "", "rice"]):
        admin.post(f"/desk/routing/{last}/raise")
        ordered = sorted(rows(app, DeskRule), key=lambda rule: rule.position)
        assert [rule.theme for rule in ordered] == order
    admin.post(f"/desk/routing/{last}/raise")
    assert min(rows(app, DeskRule), key=lambda rule: rule.position).id == last
