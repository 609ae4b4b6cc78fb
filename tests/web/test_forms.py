"""Forms: sent from another page, without a token, or with that of somebody else."""

import re
from functools import reduce

import pytest

from kb.people.models import Person
from tests.people.visitor import TOKEN, Visitor, rows

POSTS = [
    "/sign-up",
    "/sign-up/confirm",
    "/sign-in",
    "/sign-in/link",
    "/sign-in/code",
    "/sign-out",
    "/reset",
    "/reset/new",
    "/account/details",
    "/account/password",
    "/account/sign-ins/1",
    "/account/export",
    "/account/export.zip",
    "/account/delete",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/second-factor/codes",
    "/account/second-factor/off",
    "/account/token",
    "/account/token/1",
    "/practices/P-7/pictures",
    "/practices/P-7/pictures/1/words",
    "/write",
    "/write/change",
    "/write/1/words",
    "/write/1/pictures",
    "/write/1/pictures/1/words",
    "/write/1/take-pen",
    "/write/1/take-back",
    "/write/1/give-up",
    "/write/1/submit",
    "/write/1/bring-up",
    "/write/answer",
    "/write/1/sources",
    "/write/1/sources/cite",
    "/review/1/take-up",
    "/review/1/changes",
    "/translate/P-7",
    "/translate/P-7/review",
    "/translate/P-7/suggested",
    "/thesaurus/new",
    "/concepts/bf/change",
    "/concepts/bf/merge",
    "/thesaurus/waiting/1/again",
    "/thesaurus/waiting/1/accept",
    "/translate/P-7/discussion",
    "/translate/P-7/take-pen",
    "/translate/files",
    "/translate/files/take",
    "/translate/invitations",
    "/translate/invitations/1",
    "/join",
    "/withdraw",
    "/practices/P-7/report",
    "/practices/P-7/comment",
    "/practices/P-7/tried",
    "/practices/P-7/follow-up",
    "/follow-up/confirm",
    "/desk/reports/1/confirm",
    "/desk/comments/1/pass",
    "/desk/trials/1/check",
    "/practices/P-7/assess",
    "/desk/desks/new",
    "/desk/desks/bf",
    "/desk/desks/bf/duty/1",
    "/desk/routing",
    "/desk/routing/1/drop",
    "/desk/questions/1/claim",
    "/ask",
    "/question/thanks",
    "/practices/P-7/community",
    "/write/1/community",
    "/communities/1/yes",
    "/communities/elders/members",
    "/communities/elders/members/1/remove",
    "/communities/elders/leave",
    "/communities/elders/1/consent",
    "/communities/elders/1/consent/1/end",
    "/communities/elders/1/shown",
    "/communities/elders/1/back",
    "/account/credit",
    "/account/credit/1/show",
    "/account/certificates",
    "/account/certificates/1",
    "/practices/P-7/credit",
    "/practices/P-7/credit/1/up",
    "/desk/questions/1/publish",
    "/desk/answers/1",
    "/desk/texts",
    "/account/following/new",
    "/account/following/1",
    "/following/end",
    "/account/mails",
    "/plan",
    "/plan/ask",
    "/directory/1/write",
    "/directory/new",
    "/directory/own",
    "/account/directory",
    "/desk/directory/1/yes",
]

ANY = [
    ("<int(max=2147483647):number>", "1"),
    ("<code>", "bf"),
    ("<int(max=2147483647):which>", "1"),
    ("<key>", "elders"),
    ("<any(practices,stories,answers,guidelines):plural>/<ref>", "practices/P-7"),
    ("<ref>", "P-7"),
]
"""What stands in the address of a form → what is tried."""


@pytest.fixture
def visitor(either):
    return Visitor(either.app).at_home()


def an_address(rule):
    """Give one address that a rule holds for."""
    given = reduce(lambda path, one: path.replace(*one), ANY, rule.split(":lang>")[1])
    return re.sub(r"<any\('?(\w+)[^>]*>", r"\1", given).replace("<name>", "words")


def test_every_form_for_people_is_tried_here(either):
    rules = either.app.url_map.iter_rules()
    people = {"sign_up", "sign_in", "reset", "account", "second_factor", "tokens"}
    people |= {
        "write",
        "write_answer",
        "write_sources",
        "draft_pictures",
        "review",
        "pictures",
        "assessing",
        "helpdesk_desks",
        "helpdesk_routing",
        "helpdesk_queue",
        "helpdesk_translate",
        "helpdesk_texts",
        "helpdesk_publish",
        "ask",
        "question",
        "communities",
        "community_entry",
        "certificate",
        "your_file",
        "following",
        "mails",
        "credit",
        "translate",
        "concept_change",
        "concept_review",
        "translate_talk",
        "translate_join",
        "translate_files",
        "plan",
        "directory",
    }
    people |= {f"feedback_{part}" for part in ("write", "tried", "follow_up", "desk")}
    found = {
        an_address(r.rule)
        for r in rules
        if r.endpoint.split(".")[0] in people and "POST" in r.methods
    }
    assert found == set(POSTS)


@pytest.mark.parametrize("token", ["", "0" * 64, "\x00", "ع"])
def test_a_form_without_its_token_does_nothing(visitor, token):
    for path in POSTS:
        reply = visitor.post(path, {"form_token": token, "email": "x@y.example"})
        assert reply.status_code == 409, path
    assert [one.email for one in rows(visitor.app, Person)] == [visitor.email]
    assert visitor.signed_in()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_does_nothing(visitor, headers):
    for path in POSTS:
        assert visitor.post(path, headers=headers).status_code == 403, path
    assert visitor.signed_in()


def test_the_token_of_somebody_else_is_refused(visitor, either):
    other = Visitor(either.app)
    token = other.get("/sign-in").text.partition('name="form_token" value="')[2][:64]
    assert visitor.post("/sign-out", form_token=token).status_code == 409
    assert visitor.signed_in()


def test_looking_changes_nothing(visitor):
    """Every page for people is opened; the browser is still known, nothing is gone."""
    before = [(p.id, p.email, p.disabled) for p in rows(visitor.app, Person)]
    for rule in visitor.app.url_map.iter_rules():
        if "GET" in rule.methods and "account" in rule.rule:
            path = rule.rule.split(":lang>")[-1]
            assert visitor.get(path).status_code in {200, 302, 404}, path
    assert [(p.id, p.email, p.disabled) for p in rows(visitor.app, Person)] == before
    assert visitor.signed_in()


def test_pages_hold_the_token_that_visitors_make(visitor):
    (held,) = set(TOKEN.findall(visitor.get("/account").text))
    assert held == visitor.token("/account")
    stranger = Visitor(visitor.app)
    (held,) = set(TOKEN.findall(stranger.get("/sign-in").text))
    assert held == stranger.token("/sign-in")
