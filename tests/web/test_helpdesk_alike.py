"""Questions of several askers that ask the same: nothing of one reaches the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kb.helpdesk.pass_tables import Pass
from kb.helpdesk.question_tables import Message, Question
from kb.outbox import Letter
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import Visitor, change, rows

HERS = "My neighbour Moussa in Gourcy has stones in his field"
ANSWER = {
    "words": "As Moussa has stones, eighty centimetres.",
    "language": "en",
    "cites": "P-1",
}
OTHERS = [HERS, "Moussa", "Gourcy", "stones"]


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    for code in ("bf", "india"):
        at(either.app, code, name=f"duty-{code}")
    return either.app


class Asked:
    """A question, its asker and its page at the desk."""

    def __init__(self, app, number=1, **more):
        self.app, self.visitor = app, asker(app, number)
        self.secret = sent(self.visitor, **more)
        self.id, self.code = newest(app).id, newest(app).code
        self.where = f"/desk/questions/{self.id}"

    def row(self):
        with self.app.extensions["kb"].database.reading() as session:
            return session.get(Question, self.id)

    def seen(self):
        return self.visitor.get(f"/question?token={self.secret}").text

    def says(self, step, **more):
        form = {"token": self.secret} | more
        return self.visitor.post(f"/question/{step}", form, token_from="/ask")


@pytest.fixture
def first(app):
    return Asked(app, words=HERS, contact="awa@farm.example")


@pytest.fixture
def second(app, first):
    return Asked(app, 2, words="How deep is a pit dug?", contact="ali@farm.example")


def mark(expert, question, other):
    return expert.post(f"{question.where}/like", {"like": other.code}).status_code


@pytest.mark.thorough
def test_it_waits_for_the_answer_to_the_other_which_is_offered_to_the_expert(
    app, first, second
):
    expert = at(app, "bf")
    due = second.row().due
    assert mark(expert, second, first) == mark(expert, second, first) == 303
    assert second.row().follows_id == first.id
    assert second.row().due == due
    assert [step.because for step in rows(app, Pass)] == ["alike"]
    assert "it waits for the answer to a question like it" in second.seen()
    assert "a question like it" not in first.seen()
    assert "Take it as a draft" not in expert.get(second.where).text
    before = len(rows(app, Letter))
    expert.post(f"{first.where}/answer", ANSWER)
    told = [one.purpose for one in rows(app, Letter)[before:]]
    assert sorted(set(told)) == ["question-answered", "question-waits"]
    assert second.row().state == "open"
    page = expert.get(f"{second.where}?draft=yes").text
    assert page.count(ANSWER["words"]) == 2
    assert 'value="P-1"' in page
    assert "Moussa" not in second.seen()
    own = ANSWER | {"words": "Eighty centimetres each way."}
    assert expert.post(f"{second.where}/answer", own).status_code == 303
    assert own["words"] in second.seen()
    assert "Take it as a draft" not in expert.get(second.where).text


def test_nothing_of_the_first_asker_reaches_the_second_through_any_door(
    app, first, second
):
    expert = at(app, "bf")
    mark(expert, second, first)
    expert.post(f"{first.where}/answer", ANSWER)
    expert.get(f"{second.where}?draft=yes")
    account = Visitor(app, email="ali@farm.example").at_home()
    export = account.post("/account/export", token_from="/account").text
    assert "How deep is a pit" in export
    hers = [one for one in rows(app, Letter) if one.recipient == "ali@farm.example"]
    doors = [
        second.seen(),
        export,
        *(one.subject + one.text for one in hers),
    ]
    for door in doors:
        assert not [words for words in (*OTHERS, first.code) if words in door]
    by_code = f"/question?token={second.secret}&of={first.code}"
    door = second.visitor.get(by_code).text
    assert not [words for words in OTHERS if words in door]
    assert [one.question_id for one in rows(app, Message)] == [first.id]


@pytest.mark.thorough
def test_who_may_not_see_the_first_is_offered_nothing_of_it(app, first):
    indian = Asked(app, 2, country="IN", language="en", words="How deep is a pit dug?")
    lead, expert = staff(app, "coordinator"), at(app, "india")
    assert mark(expert, indian, first) == 422
    assert mark(lead, indian, first) == 303
    lead.post(f"{first.where}/answer", ANSWER)
    page = expert.get(f"{indian.where}?draft=yes").text
    assert "That question is none of yours." in page
    assert not [words for words in (*OTHERS, first.code) if words in page]
    assert "Take it as a draft" in lead.get(indian.where).text


@pytest.mark.thorough
def test_chains_are_made_flat_and_circles_refused(app, first, second):
    expert = at(app, "bf")
    third = Asked(app, 3, words="What does a pit cost?")
    fourth = Asked(app, 4, words="Who digs the pits there?")
    assert mark(expert, third, second) == mark(expert, second, first) == 303
    assert (third.row().follows_id, second.row().follows_id) == (first.id, first.id)
    assert mark(expert, fourth, third) == 303
    assert fourth.row().follows_id == first.id
    for one, other in ((first, first), (first, second), (first, fourth)):
        assert mark(expert, one, other) == 422
    assert first.row().follows_id is None
    assert expert.get(first.where).text.count("/desk/questions/") > 3


@pytest.mark.parametrize("typed", ["", "000", "000000000", "\x00", "x" * 9999, "٣" * 9])
def test_what_is_no_code_of_hers_is_refused(app, first, typed):
    reply = at(app, "bf").post(f"{first.where}/like", {"like": typed})
    assert reply.status_code == 422
    assert "No question has this code" in reply.text
    assert rows(app, Pass) == []


@pytest.mark.thorough
def test_marking_can_be_undone(app, first, second):
    expert = at(app, "bf")
    mark(expert, second, first)
    for _twice in range(2):
        assert expert.post(f"{second.where}/unlike").status_code == 303
    assert second.row().follows_id is None
    assert [step.because for step in rows(app, Pass)] == ["alike", "unlike"]
    assert "an answer of its own again" in second.seen()
    expert.post(f"{first.where}/answer", ANSWER)
    assert "Moussa" not in expert.get(f"{second.where}?draft=yes").text


@pytest.mark.thorough
def test_what_another_has_or_is_answered_waits_for_nothing(app, first, second):
    expert, other = at(app, "bf"), at(app, "bf", name="other")
    other.post(f"{second.where}/claim")
    assert mark(expert, second, first) == 409
    change(app, Question, claimed_until=None, claimed_by=None)
    expert.post(f"{second.where}/answer", ANSWER)
    assert mark(expert, second, first) == 409
    assert rows(app, Pass) == []


@pytest.mark.thorough
def test_when_the_first_asker_leaves_the_second_waits_alone(app, first, second):
    expert = at(app, "bf")
    mark(expert, second, first)
    expert.post(f"{first.where}/answer", ANSWER)
    account = Visitor(app, email="awa@farm.example").at_home()
    account.post("/account/delete", token_from="/account", email=account.email)
    (left,) = rows(app, Question)
    assert (left.id, left.follows_id) == (second.id, None)
    page = expert.get(f"{second.where}?draft=yes").text
    assert not [words for words in OTHERS if words in page]


@pytest.mark.thorough
def test_a_follower_is_late_as_any_other(app, first, second):
    expert = at(app, "bf")
    mark(expert, second, first)
    assert second.row().due - first.row().due < timedelta(minutes=1)


@pytest.mark.thorough
def test_two_who_mark_two_questions_crosswise_make_no_circle(app, first, second):
    experts = [at(app, "bf", name=f"expert-{n}") for n in range(2)]
    ways = [(first, second), (second, first)]
    for expert in experts:
        expert.token("/sign-in")

    def cross(n):
        return mark(experts[n], *ways[n])

    with ThreadPoolExecutor(2) as both:
        given = sorted(both.map(cross, range(2)))
    assert given[0] == 303 or given == [409, 409]
    assert set(given) <= {303, 409, 422}
    assert given.count(303) <= 1
    followed = [one.follows_id for one in rows(app, Question)]
    assert len([one for one in followed if one]) == given.count(303)
