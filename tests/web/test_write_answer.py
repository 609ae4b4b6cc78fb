"""Beginning an answer: who may, what it needs, and that it can be published."""

import pytest

from kb.people.models import Role, ScopeKind, SecondFactor
from kb.regions.models import Region
from kb.writing.models import Draft
from tests.make import record, vocabularies
from tests.people.visitor import Visitor, add_person, give, rows
from tests.web.test_people_pages import check
from tests.writing.desk import NOW

FORM = {
    "title": "Ants in compost",
    "question": "Why are there ants in my compost?",
    "answer": "It is too dry. Water it.",
    "once": "aform",
}


@pytest.fixture
def house(either):
    with either.office.database.writing() as session:
        record(session, vocabularies(session), "compost", number=7)
        session.add(Region(code="BF", kind="country", name="BF", source="x"))
        session.commit()
    either.office.vocabularies.clear()
    yield either
    either.office.vocabularies.clear()


def at_work(house, name, *grants):
    """Give somebody signed in who holds roles and uses the second factor."""
    visitor = Visitor(house.app, f"{name.lower()}@farm.example")
    number = add_person(house.app, visitor.email, name=name)
    visitor.let_in()
    with house.office.database.writing() as session:
        factor = SecondFactor(person_id=number, secret="x", confirmed=NOW, last_step=0)
        session.add(factor)
        session.commit()
    give(house.app, visitor.email, *grants)
    return visitor


@pytest.fixture
def expert(house):
    return at_work(house, "Ina", (Role.EXPERT,))


def test_an_answer_is_begun_handed_in_and_published(house, expert):
    editor = at_work(house, "Eva", (Role.EDITOR,))
    assert "/write/answer" in expert.get("/write").text
    reply = expert.post("/write/answer", FORM | {"cites": "p-7, P-7", "country": "BF"})
    assert reply.status_code == 303
    path = reply.headers["Location"].removeprefix("/en")
    document = rows(expert.app, Draft)[-1].document
    assert document["facts"]["relations"] == [{"kind": "cites", "to": "P-7"}]
    assert document["facts"]["sites"] == [{"place": "Burkina Faso", "country": "BF"}]
    expert.post(f"{path}/basics", {"revision": "1", "text.title": "Ants"})
    assert expert.post(f"{path}/submit").status_code == 303
    number = path.rpartition("/")[2]
    assert editor.post(f"/review/{number}/publish").status_code == 303
    page = expert.get("/answers/A-1-ants")
    assert "It is too dry. Water it." in page.text
    assert "/practices/P-7-compost" in page.text


def test_who_answers_no_questions_may_not_begin_one(house):
    awa = Visitor(house.app).at_home()
    assert "/write/answer" not in awa.get("/write").text
    assert awa.get("/write/answer").status_code == 403
    assert awa.post("/write/answer", FORM).status_code == 403
    assert awa.post("/write", FORM | {"kind": "answer"}).status_code == 422
    assert rows(house.app, Draft) == []


def test_what_is_missing_or_unknown_is_said_and_the_rest_kept(expert):
    wrong = FORM | {"title": " ", "cites": "P-7 P-99 \x00"}
    reply = expert.post("/write/answer", wrong)
    assert reply.status_code == 422
    assert "This is needed." in reply.text
    assert "There is no record with the code P-99." in reply.text
    assert FORM["answer"] in reply.text
    assert rows(expert.app, Draft) == []


def test_an_expert_for_a_country_says_which(house):
    expert = at_work(house, "Ina", (Role.EXPERT, ScopeKind.REGION, "BF"))
    assert expert.get("/write/answer").status_code == 200
    reply = expert.post("/write/answer", FORM)
    assert reply.status_code == 403
    assert "please say which" in reply.text
    assert FORM["answer"] in reply.text
    assert expert.post("/write/answer", FORM | {"country": "KE"}).status_code == 403
    assert rows(house.app, Draft) == []


@pytest.mark.parametrize(
    "grant",
    [
        (Role.EXPERT, ScopeKind.KIND, "practice"),
        (Role.EXPERT, ScopeKind.DESK, "helpdesk"),
        (Role.REVIEWER,),
    ],
)
def test_a_role_that_does_not_cover_answers_is_none(house, grant):
    other = at_work(house, "Ina", grant)
    assert other.get("/write/answer").status_code == 403
    assert other.post("/write/answer", FORM).status_code == 403


def test_the_page_is_whole_written_from_either_side(expert):
    for expert.language in ("en", "ar"):
        check(expert.get("/write/answer").text, expert.language)
        check(expert.post("/write/answer", cites="P-99").text, expert.language)
