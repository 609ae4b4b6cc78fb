"""Volunteers come to the team of a language by a link, and by none that is over."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.language import INTERFACE
from kb.people.models import PrivilegedAct, Role, RoleGrant, ScopeKind
from kb.translating.models import Invitation
from tests.feedback.house import staff
from tests.people.visitor import PASSWORD, Visitor, change, rows
from tests.translating.house import Team
from tests.web.test_people_pages import check

PAGE = "/translate/invitations"
USUAL = {"language": "fr", "role": "translator", "days": "14", "most": "2"}


@pytest.fixture
def team(either):
    with either.office.database.writing() as session:
        team = Team(session)
        session.commit()
        yield team


@pytest.fixture
def coordinator(either, team):
    return staff(either.app, Role.COORDINATOR, ScopeKind.LANGUAGE, "fr")


def link_of(coordinator, **other):
    reply = coordinator.post(PAGE, USUAL | other, token_from=PAGE)
    assert reply.status_code == 200
    (link,) = re.findall(r"/join\?token=([\w-]+)", reply.text)
    return link


def join(visitor, token):
    page = f"/join?token={token}"
    return visitor.post("/join", {"token": token}, token_from=page)


def came(either, email):
    """Give somebody with an account who has no role."""
    return Visitor(either.app, email=email).at_home()


def granted(either):
    return [
        (one.role, one.scope_kind, one.scope, one.person_id)
        for one in rows(either.app, RoleGrant)
        if one.role == Role.TRANSLATOR and one.revoked is None
    ]


def test_whoever_follows_it_is_a_translator_of_the_language_alone(either, coordinator):
    before = granted(either)
    token = link_of(coordinator)
    newcomer = came(either, "x@farm.example")
    shown = newcomer.get(f"/join?token={token}")
    assert "French" in shown.text
    assert granted(either) == before, "to open it is not enough"
    reply = join(newcomer, token)
    assert reply.status_code == 303
    assert reply.headers["Location"].endswith("/translate/next?into=fr")
    ((role, kind, scope, _number),) = set(granted(either)) - set(before)
    assert (role, kind, scope) == ("translator", "language", "fr")
    assert newcomer.get("/translate?into=fr").status_code == 200
    assert newcomer.get("/translate?into=es").status_code == 403


def test_the_secret_is_shown_once_and_kept_nowhere(either, coordinator):
    token = link_of(coordinator)
    assert token not in coordinator.get(PAGE).text
    (kept,) = rows(either.app, Invitation)
    assert token not in str(vars(kept))
    assert len(kept.digest) == 64


def test_it_works_for_so_many_and_twice_for_none(either, coordinator):
    token = link_of(coordinator, most="2")
    first = came(either, "one@farm.example")
    assert join(first, token).status_code == 303
    assert join(first, token).status_code == 303, "she is in it already"
    assert join(came(either, "two@farm.example"), token).status_code == 303
    third = came(either, "three@farm.example")
    assert third.get(f"/join?token={token}").status_code == 409
    reply = third.post("/join", {"token": token}, token_from="/account")
    assert reply.status_code == 409
    (kept,) = rows(either.app, Invitation)
    assert kept.used == 2
    assert len([one for one in granted(either) if one[2] == "fr"]) == 2 + 1


def late(either, coordinator):
    change(either.app, Invitation, expires=datetime.now(UTC) - timedelta(minutes=1))


def withdrawn(either, coordinator):
    (kept,) = rows(either.app, Invitation)
    reply = coordinator.post(f"{PAGE}/{kept.id}", {}, token_from=PAGE)
    assert reply.status_code == 303


def no_coordinator(either, coordinator):
    with either.office.database.writing() as session:
        role = RoleGrant.role == Role.COORDINATOR
        for one in session.scalars(select(RoleGrant).where(role)):
            one.revoked = datetime.now(UTC)
        session.commit()


@pytest.mark.parametrize("over", [late, withdrawn, no_coordinator])
def test_a_link_that_is_over_lets_nobody_in(either, coordinator, over):
    token = link_of(coordinator)
    newcomer = came(either, "x@farm.example")
    before = granted(either)
    over(either, coordinator)
    assert newcomer.get(f"/join?token={token}").status_code == 409
    reply = newcomer.post("/join", {"token": token}, token_from="/account")
    assert reply.status_code == 409
    assert newcomer.get("/join?token=" + "x" * 43).status_code == 409
    assert granted(either) == before


def test_who_is_to_suggest_gets_no_role_and_sees_what_next(either, team, coordinator):
    before = granted(either)
    token = link_of(coordinator, role="")
    newcomer = came(either, "x@farm.example")
    assert join(newcomer, token).status_code == 303
    assert granted(either) == before
    page = newcomer.get("/translate/next?into=fr").text
    assert f"/translate/{team.record.ref}?into=fr" in page
    assert "Opened by" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "0"},
        {"days": "91"},
        {"most": "201"},
        {"most": "many"},
        {"role": "editor"},
        {"role": "administrator"},
    ],
)
def test_a_link_that_is_too_long_or_gives_too_much_is_not_made(
    either, coordinator, wrong
):
    reply = coordinator.post(PAGE, USUAL | wrong, token_from=PAGE)
    assert reply.status_code == 422
    assert rows(either.app, Invitation) == []


def test_only_who_coordinates_the_language_makes_and_withdraws(either, coordinator):
    reply = coordinator.post(PAGE, USUAL | {"language": "es"}, token_from=PAGE)
    assert reply.status_code == 403
    link_of(coordinator)
    (kept,) = rows(either.app, Invitation)
    spanish = staff(either.app, Role.COORDINATOR, ScopeKind.LANGUAGE, "es", name="luz")
    assert spanish.post(f"{PAGE}/{kept.id}", {}, token_from=PAGE).status_code == 404
    translator = staff(either.app, Role.TRANSLATOR, ScopeKind.LANGUAGE, "fr")
    assert translator.get(PAGE).status_code == 403
    assert translator.post(PAGE, USUAL, token_from="/account").status_code == 403
    assert "/translate/invitations" in coordinator.get("/translate?into=fr").text
    assert "/translate/invitations" not in translator.get("/translate?into=fr").text
    (kept,) = rows(either.app, Invitation)
    assert kept.withdrawn is None


def test_each_step_is_in_the_log_without_the_secret(either, coordinator):
    token = link_of(coordinator)
    join(came(either, "x@farm.example"), token)
    withdrawn(either, coordinator)
    lines = rows(either.app, PrivilegedAct)
    said = [one.what for one in lines]
    for what in ("volunteers invited", "came as a volunteer", "invitation withdrawn"):
        assert what in said
    assert all(token not in one.note for one in lines)


def test_who_has_no_account_makes_one_and_is_led_back_to_the_link(either, coordinator):
    token = link_of(coordinator)
    stranger = Visitor(either.app, email="new@farm.example")
    page = stranger.get(f"/join?token={token}").text
    (asked,) = set(re.findall(r'href="/en(/sign-up\?next=[^"]+)"', page))
    form = {"name": "Nia", "email": stranger.email, "password": PASSWORD}
    onward = f"/en/join?token={token}"
    assert f'value="{onward}"' in stranger.get(asked).text
    reply = stranger.post("/sign-up", form | {"next": onward}, token_from=asked)
    assert reply.status_code == 303
    mail = stranger.letters()[-1].text
    (link,) = re.findall(r"http\S+/en(/sign-up/confirm\S+)", mail)
    confirm = stranger.get(link).text
    (secret,) = re.findall(r'name="token"\s+value="([\w-]+)"', confirm)
    assert onward in confirm
    reply = stranger.post(
        "/sign-up/confirm", {"token": secret, "next": onward}, token_from=link
    )
    assert f'value="{onward}"' in reply.text
    away = stranger.get("/sign-up?next=https://evil.example/").text
    assert 'name="next"' not in away


@pytest.mark.thorough
def test_each_page_is_whole_in_every_language(either, coordinator):
    token = link_of(coordinator)
    newcomer = came(either, "x@farm.example")
    for code in INTERFACE:
        coordinator.language = newcomer.language = code
        check(coordinator.get(PAGE).text, code)
        check(newcomer.get(f"/join?token={token}").text, code)
        check(newcomer.get("/join?token=x").text, code)
