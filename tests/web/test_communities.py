"""The pages of communities: consent, who sees it, members, and what is refused."""

import pytest
from sqlalchemy import func, select

from kb.communities import reminders, service
from kb.communities.belongings import COMMUNITIES
from kb.communities.lookups import get_community, get_holding
from kb.communities.models import Agreement, ConsentEnd, GivenBack, Holding, Member
from kb.journal import JournalLine
from kb.people.models import PrivilegedAct
from kb.record.models import Record, Telling
from kb.writing.models import Draft
from tests.communities.house import (
    MEMBER,
    OTHER,
    SECRET,
    STEWARD,
    TODAY,
    TOMORROW,
    YESTERDAY,
    Elders,
    content,
    loaded,
)
from tests.feedback.house import staff
from tests.people.visitor import rows
from tests.web.test_people_pages import check
from tests.writing.desk import handed_in, person

AGREED = {
    "given_by": "The council",
    "form": "meeting",
    "covers": ["text", "place", "names", "pictures"],
    "given_on": TODAY.isoformat(),
    "until": "",
}
HOME = "/communities/elders"


@pytest.fixture
def elders(either):
    return Elders(either)


@pytest.fixture
def steward(elders):
    return elders.visitor(STEWARD)


@pytest.fixture
def desk(elders):
    """The page of what the elders hold."""
    elders.hold()
    return f"{HOME}/{elders.number()}"


def status(elders):
    page = f"/practices/{elders.ref}"
    return elders.visitor().get(page, follow_redirects=True).status_code


@pytest.mark.thorough
def test_a_steward_writes_consent_down_and_takes_it_back(elders, steward, desk):
    check(steward.get(desk).text, "en")
    assert steward.post(f"{desk}/consent", AGREED).status_code == 303
    assert status(elders) == 404
    form = {"shown": "public", "notices": ["name_us"]}
    assert steward.post(f"{desk}/shown", form).status_code == 303
    assert status(elders) == 200
    (consent,) = rows(elders.app, Agreement)
    page = steward.get(desk).text
    assert "The council" in page
    assert "in force" in page
    ending = f"{desk}/consent/{consent.id}/end"
    assert steward.post(ending, reason="A quarrel").status_code == 303
    assert status(elders) == 410
    assert "A quarrel" in steward.get(desk).text
    assert steward.post(ending, reason="Again").status_code == 409
    assert len(rows(elders.app, ConsentEnd)) == 1
    (same,) = rows(elders.app, Agreement)
    assert (same.given_by, same.until) == ("The council", None)


WRONG = [
    {"given_by": ""},
    {"given_by": "x" * 201},
    {"given_by": "a\u202eb"},
    {"given_by": "\x00"},
    {"form": ""},
    {"form": "shouted"},
    {"covers": []},
    {"covers": ["pictures"]},
    {"covers": ["text", "everything"]},
    {"given_on": ""},
    {"given_on": "yesterday"},
    {"given_on": "2026-02-30"},
    {"given_on": "0001-01-01"},
    {"given_on": TOMORROW.isoformat()},
    {"until": YESTERDAY.isoformat()},
    {"until": "9999-12-31"},
    {"until": "٢٠٢٦"},
]


@pytest.mark.thorough
def test_consent_that_cannot_be_is_refused_with_what_was_typed(elders, steward, desk):
    for wrong in WRONG:
        reply = steward.post(f"{desk}/consent", AGREED | wrong)
        assert reply.status_code == 422, wrong
        assert 'class="wrong"' in reply.text, wrong
        assert "Must be" not in reply.text
        check(reply.text, "en")
    assert rows(elders.app, Agreement) == []
    assert status(elders) == 404


@pytest.mark.thorough
@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"shown": "nobody"},
        {"shown": "season"},
        {"shown": "season", "months": ["13"]},
        {"shown": "season", "months": ["x"]},
        {"shown": "public", "notices": ["../x", "\x00"]},
        {"shown": "public", "notices": ["theme:rice"]},
    ],
)
def test_who_may_see_it_must_be_one_of_the_list(elders, steward, desk, wrong):
    steward.post(f"{desk}/consent", AGREED)
    reply = steward.post(f"{desk}/shown", wrong)
    assert reply.status_code == 422
    check(reply.text, "en")
    assert [one.shown for one in rows(elders.app, Holding)] == ["members"]


@pytest.mark.thorough
def test_only_its_steward_decides(elders, desk):
    for email, refused in ((MEMBER, 403), (OTHER, 404)):
        visitor = elders.visitor(email)
        assert visitor.get(desk).status_code == refused
        for path, form in ((f"{desk}/consent", AGREED), (f"{desk}/shown", {})):
            assert visitor.post(path, form).status_code == refused
        path = f"{HOME}/members"
        assert visitor.post(path, email="x@y.example").status_code == refused
    for who in (staff(elders.app, "editor"), staff(elders.app, "administrator")):
        assert who.get(desk).status_code == 404
        assert who.post(f"{desk}/consent", AGREED).status_code == 404
    assert rows(elders.app, Agreement) == []
    assert len(rows(elders.app, Member)) == 1


@pytest.mark.thorough
def test_a_holding_is_found_under_its_own_community_only(elders, desk):
    other = elders.visitor(OTHER)
    number = desk.rpartition("/")[2]
    assert other.get(f"/communities/others/{number}").status_code == 404
    path = f"/communities/others/{number}/consent"
    assert other.post(path, AGREED).status_code == 404
    assert other.get(f"/communities/others/{number}/read").status_code == 404
    assert rows(elders.app, Agreement) == []


@pytest.mark.thorough
def test_somebody_is_asked_in_says_yes_and_leaves(elders, steward):
    page = f"{HOME}/members"
    assert steward.post(page, email=" FAR@farm.example ").status_code == 303
    assert steward.post(page, email=OTHER).status_code == 409
    for wrong in ("", "x", "a@b\x00.example"):
        assert steward.post(page, email=wrong).status_code == 422
    far = elders.visitor(OTHER)
    assert far.get(HOME).status_code == 404
    asked = max(row.id for row in rows(elders.app, Member))
    assert elders.visitor(MEMBER).post(f"/communities/{asked}/yes").status_code == 404
    assert "Elders of Yako" in far.get("/communities").text
    assert far.post(f"/communities/{asked}/yes").status_code == 303
    assert far.get(HOME).status_code == 200
    assert far.post(f"{HOME}/leave").status_code == 303
    assert far.get(HOME).status_code == 404
    noted = [(one.what, one.note[:9]) for one in rows(elders.app, PrivilegedAct)]
    assert noted[-2:] == [("joined", "community"), ("left", "community")]


def test_who_says_no_is_forgotten_and_who_is_removed_is_out(elders, steward):
    steward.post(f"{HOME}/members", email=OTHER)
    asked = max(row.id for row in rows(elders.app, Member))
    far = elders.visitor(OTHER)
    assert far.post(f"/communities/{asked}/no").status_code == 303
    (left,) = rows(elders.app, Member)
    member = elders.visitor(MEMBER)
    assert member.get(HOME).status_code == 200
    gone = f"{HOME}/members/{left.id}/remove"
    assert far.post(gone).status_code == 404
    assert steward.post(gone).status_code == 303
    assert member.get(HOME).status_code == 404
    assert steward.post(gone).status_code == 404


@pytest.mark.thorough
def test_nobody_sends_invitations_all_day(elders, steward):
    path = f"{HOME}/members"
    for number in range(20):
        said = steward.post(path, email=f"somebody{number}@farm.example")
        assert said.status_code == 303
    assert steward.post(path, email="one-more@farm.example").status_code == 429
    assert len(rows(elders.app, Member)) == 21


@pytest.mark.thorough
def test_an_invitation_says_nothing_of_who_has_an_account(elders, steward):
    replies = [
        steward.post(f"{HOME}/members", email=email)
        for email in (OTHER, "stranger@farm.example")
    ]
    assert [one.status_code for one in replies] == [303, 303]
    page = steward.get(HOME).text
    assert page.count("far@farm.example</bdi>") == 1
    assert page.count("stranger@farm.example</bdi>") == 1


def test_who_edits_there_may_give_a_record_into_their_hands(elders):
    path = f"/practices/{elders.ref}/community"
    assert elders.visitor(MEMBER).get(path).status_code == 403
    assert elders.visitor(MEMBER).post(path, community="elders").status_code == 403
    editor = staff(elders.app, "editor")
    page = editor.get(path)
    assert "Elders of Yako" in page.text
    check(page.text, "en")
    for wrong in ("", "nobody", "\x00", "x" * 1000):
        assert editor.post(path, community=wrong).status_code == 422
    assert status(elders) == 200
    assert path in editor.get(f"/write/change?ref={elders.ref}").text
    assert editor.post(path, community="elders").status_code == 303
    assert status(elders) == 404
    assert editor.post(path, community="elders").status_code == 404


@pytest.mark.thorough
def test_a_draft_of_a_community_waits_for_its_consent(elders, steward):
    with elders.writing() as session:
        author = person(session, "Ali")
        draft = handed_in(session, author, content(f"{SECRET} terraces"))
        held = service.hold_draft(
            session, get_community(session, "elders"), "Terraces", by=author
        )
        draft.holding_id = held.id
        session.commit()
        number, holding = draft.id, held.id
    editor = staff(elders.app, "editor")
    assert 'id="unagreed"' in editor.get(f"/review/{number}").text
    refused = editor.post(f"/review/{number}/publish")
    assert refused.status_code == 409
    assert "has not agreed yet" in refused.text
    assert steward.get(f"/write/{number}").status_code == 200
    assert elders.visitor(OTHER).get(f"/write/{number}").status_code == 404
    steward.post(f"{HOME}/{holding}/consent", AGREED)
    assert 'id="unagreed"' not in editor.get(f"/review/{number}").text
    assert editor.post(f"/review/{number}/publish").status_code == 303
    with elders.reading() as session:
        record = session.scalar(select(Record).order_by(Record.id.desc()).limit(1))
        assert record.telling == Telling.KEPT
        assert session.get(Holding, holding).record_id == record.id
    assert editor.get(f"/write/{number}").status_code == 404
    steward.post(f"{HOME}/{holding}/shown", {"shown": "public"})
    elders.ref = record.ref
    assert status(elders) == 200
    assert editor.get(f"/write/{number}").status_code == 200


@pytest.mark.thorough
def test_an_author_says_whose_knowledge_her_draft_is(elders):
    member = elders.visitor(MEMBER)
    said = {"title": "Pits", "done": "Dig.", "place": "Kaya", "changed": "More millet."}
    number = int(member.post("/write", said).location.rpartition("/")[2])
    path = f"/write/{number}/community"
    page = member.get(path)
    check(page.text, "en")
    assert member.post(path, community="nobody").status_code == 422
    assert elders.visitor(OTHER).post(path, community="elders").status_code == 404
    for _twice in range(2):
        assert member.post(path, community="elders").status_code == 303
    (held,) = rows(elders.app, Holding)
    (draft,) = [one for one in rows(elders.app, Draft) if one.id == number]
    assert (draft.holding_id, held.title) == (held.id, "Pits")
    assert (
        "is published when the community agrees" in member.get(f"/write/{number}").text
    )


def test_stewards_are_reminded_once_before_consent_ends(elders):
    elders.hold().agree(until=TOMORROW)
    with elders.writing() as session:
        site = "https://humus.example"
        assert reminders.remind_due(session, site=site) == 1
        assert reminders.remind_due(session, site=site) == 0
        session.commit()
    letter = elders.visitor().letters()[-1]
    assert (letter.purpose, letter.recipient) == ("consent-ends", STEWARD)
    assert f"/en/communities/elders/{elders.number()}" in letter.text
    elders.agree()
    elders.later(Holding, reminded_of=None)
    with elders.writing() as session:
        assert reminders.remind_due(session, site=site) == 0


def test_her_file_names_it_and_it_goes_with_her(elders):
    elders.hold().agree()
    with elders.writing() as session:
        shown = COMMUNITIES.shown(session, loaded(session, STEWARD))
        assert shown["consents"][0]["given_by"] == "The council"
        assert COMMUNITIES.shown(session, loaded(session, MEMBER))["communities"]
        for email in (STEWARD, MEMBER):
            COMMUNITIES.let_go(session, loaded(session, email))
        session.commit()
        assert session.scalar(select(func.count(Member.id))) == 0
        assert session.scalar(select(Agreement.entered_by_id)) is None
        assert session.scalar(select(Agreement.given_by)) == "The council"


@pytest.mark.thorough
def test_every_decision_stands_in_the_journal(elders, steward, desk):
    steward.post(f"{desk}/consent", AGREED)
    steward.post(f"{desk}/shown", {"shown": "public"})
    elders.take_back()
    said = [one.what for one in rows(elders.app, JournalLine)][-4:]
    told = "told as its community agreed"
    assert said == ["kept back", "kept back", told, "kept back"]


def own(elders, email=MEMBER):
    """Let somebody without a role be the one who wrote the record."""
    with elders.writing() as session:
        record = session.scalar(select(Record).where(Record.ref == elders.ref))
        record.author_id = loaded(session, email).id
        session.commit()
    return elders.visitor(email)


@pytest.mark.thorough
def test_an_owner_gives_her_record_and_a_steward_gives_it_back(elders, steward):
    owner = own(elders)
    path = f"/practices/{elders.ref}/community"
    assert path in owner.get(f"/write/change?ref={elders.ref}").text
    assert owner.post(path, community="elders").status_code == 303
    assert status(elders) == 404
    desk = f"{HOME}/{elders.number()}"
    steward.post(f"{desk}/consent", AGREED)
    check(steward.get(desk).text, "en")
    assert steward.post(f"{desk}/back", back=" ").status_code == 422
    assert steward.post(f"{desk}/back", back="It is known to all").status_code == 303
    elders.level()
    assert status(elders) == 200
    page = steward.get(HOME).text
    assert "It is known to all" in page
    assert f'href="/en{desk}"' not in page
    assert "It is known to all" not in owner.get(HOME).text
    (consent,) = rows(elders.app, Agreement)
    assert consent.given_by == "The council", "who agreed stays written down"
    record = next(one for one in rows(elders.app, Record) if one.ref == elders.ref)
    assert (record.telling, record.told_from, record.told_until) == ("free", None, None)
    said = [(one.what, one.note) for one in rows(elders.app, JournalLine)]
    assert ("given to a community", "elders") in said
    assert said[-1] == ("given back by its community", "elders")
    assert elders.ref in steward.get("/search?q=Quimbaya").text
    assert (
        "Elders of Yako"
        not in elders.visitor()
        .get(f"/practices/{elders.ref}", follow_redirects=True)
        .text
    )


def test_what_was_given_back_is_nobodys_and_may_be_given_again(elders, steward, desk):
    assert steward.post(f"{desk}/back", back="Not ours").status_code == 303
    for path in (desk, f"{desk}/read"):
        assert steward.get(path).status_code == 404
    for step in ("back", "shown", "consent"):
        assert steward.post(f"{desk}/{step}", AGREED | {"back": "x"}).status_code == 404
    elders.hold()
    assert status(elders) == 404
    assert len(rows(elders.app, Holding)) == 2


BACK = {MEMBER: 403, OTHER: 404, "editor": 404, "administrator": 404, "": 409}


@pytest.mark.parametrize("who", BACK)
def test_nobody_but_its_steward_gives_it_back(elders, desk, who):
    known = staff if who.isalpha() else lambda _app, email: elders.visitor(email)
    visitor = known(elders.app, who) if who else elders.visitor()
    reply = visitor.post(f"{desk}/back", back="Mine")
    assert reply.status_code == BACK[who]
    assert rows(elders.app, GivenBack) == []
    assert status(elders) == 404


@pytest.mark.thorough
def test_a_draft_that_is_given_back_waits_for_nobody(elders, steward):
    author = elders.visitor(MEMBER)
    said = {"title": "Pits", "done": "Dig.", "place": "Kaya", "changed": "More millet."}
    number = int(author.post("/write", said).location.rpartition("/")[2])
    author.post(f"/write/{number}/community", community="elders")
    desk = f"{HOME}/{elders.number()}"
    assert steward.post(f"{desk}/back", back="Not ours").status_code == 303
    (draft,) = [one for one in rows(elders.app, Draft) if one.id == number]
    assert draft.holding_id is None
    assert author.post(f"/write/{number}/submit").status_code == 303
    editor = staff(elders.app, "editor")
    assert 'id="unagreed"' not in editor.get(f"/review/{number}").text
    assert editor.post(f"/review/{number}/publish").status_code == 303
    assert rows(elders.app, Record)[-1].telling == "free"


def test_who_gave_it_back_is_in_her_file_and_nameless_when_she_leaves(elders):
    elders.hold()
    with elders.writing() as session:
        holding = get_holding(session, elders.number())
        service.give_back(session, holding, "Ours no more", by=loaded(session, STEWARD))
        shown = COMMUNITIES.shown(session, loaded(session, STEWARD))["given_back"]
        assert [row["reason"] for row in shown] == ["Ours no more"]
        COMMUNITIES.let_go(session, loaded(session, STEWARD))
        assert session.scalar(select(GivenBack.by_id)) is None
