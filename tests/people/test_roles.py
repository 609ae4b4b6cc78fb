import threading

import pytest

from kb.errors import Conflict, NotFound, NotValid
from kb.people import accounts, log, roles
from kb.people.models import PrivilegedAct, Role, ScopeKind
from tests.people.visitor import add_person, give, rows


@pytest.fixture
def awa(session):
    return accounts.add_person(session, name="Awa", email="a@b.example", language="fr")


def test_granting_and_revoking_is_in_the_log(session, awa):
    person = accounts.get_person(session, awa.id)
    given = roles.grant(
        session,
        person,
        Role.TRANSLATOR,
        by="person 9",
        scope_kind=ScopeKind.LANGUAGE,
        scope="ha",
    )
    assert [roles.in_words(g) for g in roles.held(person)] == ["translator language:ha"]
    roles.revoke(session, person, given.id, by="person 9")
    assert roles.held(person) == []
    newest, before = log.lines(session)
    assert (before.what, before.done_by) == ("granted", "person 9")
    assert (newest.what, newest.note) == ("revoked", "translator language:ha")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ScopeKind.EVERYWHERE, "x"),
        (ScopeKind.LANGUAGE, ""),
        (ScopeKind.LANGUAGE, "x y"),
        (ScopeKind.KIND, "'; DROP"),
        (ScopeKind.DESK, "x" * 99),
    ],
)
def test_a_scope_that_is_none_is_refused(session, awa, kind, value):
    person = accounts.get_person(session, awa.id)
    with pytest.raises(NotValid):
        roles.grant(session, person, Role.EXPERT, by="x", scope_kind=kind, scope=value)
    assert roles.held(person) == []


def test_an_unknown_region_or_a_role_twice_is_refused(session, awa):
    person = accounts.get_person(session, awa.id)
    region = {"scope_kind": ScopeKind.REGION, "scope": "QQ"}
    with pytest.raises(NotFound):
        roles.grant(session, person, Role.EDITOR, by="x", **region)
    roles.grant(session, person, Role.JURY, by="x")
    with pytest.raises(Conflict):
        roles.grant(session, person, Role.JURY, by="x")
    kind = {"scope_kind": ScopeKind.KIND, "scope": "answer"}
    with pytest.raises(NotValid):
        roles.grant(session, person, Role.ADMINISTRATOR, by="x", **kind)
    with pytest.raises(NotFound):
        roles.revoke(session, person, 999_999, by="x")


def test_the_last_administrator_stays(session, awa):
    person = accounts.get_person(session, awa.id)
    given = roles.grant(session, person, Role.ADMINISTRATOR, by="x")
    for leaving in (
        lambda: roles.revoke(session, person, given.id, by="x"),
        lambda: accounts.disable(session, person, by="x"),
        lambda: accounts.delete_me(session, person),
    ):
        with pytest.raises(Conflict):
            leaving()
    assert person.email
    assert len(roles.held(person)) == 1


def test_two_administrators_who_leave_at_once_are_not_both_let_go(empty):
    emails = ["a@b.example", "c@d.example"]
    for email in emails:
        add_person(empty.app, email)
        give(empty.app, email, ("administrator",))
    together, refused = threading.Barrier(2), []

    def leave(email):
        together.wait()
        with empty.office.database.writing() as session:
            try:
                accounts.disable(session, accounts.by_email(session, email), by="x")
            except Conflict:
                refused.append(email)
                return
            session.commit()

    threads = [threading.Thread(target=leave, args=(email,)) for email in emails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [a.what for a in rows(empty.app, PrivilegedAct)].count("disabled") == 1
