"""From a question to a public answer: with consent, a second person, and back again."""

import re

import pytest

from kb.helpdesk.publish_tables import Consent, Publication
from kb.helpdesk.question_tables import Question
from kb.outbox import Letter
from kb.people.models import Role
from kb.record.models import Record
from kb.writing.models import Draft, Version
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, hidden, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import PASSWORD, Visitor, rows
from tests.web.test_helpdesk_queue import ANSWER

WORDS = "I am Awa Traoré in Yako, call 70 12 34 56. How far apart do zai pits stand?"


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    return either.app


class Case:
    """One question at the desk in Burkina Faso, answered by its expert."""

    def __init__(self, app, **more):
        self.app, self.asker, self.expert = app, asker(app), at(app, "bf", name="ina")
        given = {"words": WORDS, "contact": "awa@farm.example"} | more
        self.secret = sent(self.asker, **given)
        self.page = f"/question?token={self.secret}"
        self.where = f"/desk/questions/{newest(app).id}"
        self.expert.post(f"{self.where}/answer", ANSWER)

    def says(self, step):
        form = {"token": self.secret}
        return self.asker.post(f"/question/{step}", form, token_from="/ask").status_code

    def begins(self, by=None, **more):
        """Begin a public answer; give the reply, and the draft where there is one."""
        by = by or self.expert
        form = by.get(f"{self.where}/publish").text
        given = hidden(form) | {"title": "Distance of pits"} | more
        given.setdefault("take", re.findall(r'name="take"\s+value="([^"]*)"', form))
        return by.post(f"{self.where}/publish", given)

    def is_published(self):
        """Begin, hand in, review; give the address of the record."""
        self.says("agree")
        path = self.begins().headers["Location"].removeprefix("/en")
        self.expert.post(f"{path}/submit")
        self.editor = staff(self.app, "editor")
        number = path.rpartition("/")[2]
        self.editor.post(f"/review/{number}/publish")
        draft = rows(self.app, Draft)[-1]
        (record,) = [r for r in rows(self.app, Record) if r.id == draft.record_id]
        return record.ref


def told(app, purpose):
    return [one for one in rows(app, Letter) if one.purpose == purpose]


def test_an_answered_question_becomes_a_public_answer_without_its_asker(app):
    case = Case(app)
    ref = case.is_published()
    for language in ("en", "fr"):
        case.asker.language = language
        public = case.asker.get(f"/answers/{ref}", follow_redirects=True).text
        assert "How far apart do zai pits stand?" in public
        for private in ("Traoré", "Yako", "70 12 34", newest(app).code, case.secret):
            assert private not in public
    case.asker.language = "en"
    (letter,) = told(app, "question-published")
    assert letter.recipient == "awa@farm.example"
    assert f"/en/answers/{ref}" in letter.text
    assert f"/en/{ref}" in case.asker.get(case.page).text
    (version,) = [v for v in rows(app, Version) if v.document["facts"]["ref"] == ref]
    assert "P-1" not in str(version.document["texts"])
    assert "Traoré" not in str(version.document)


@pytest.mark.thorough
def test_the_asker_is_asked_only_after_the_answer_and_her_word_is_kept(app):
    visitor = asker(app)
    secret = sent(visitor)
    form = {"token": secret}
    assert "May others read it?" not in visitor.get(f"/question?token={secret}").text
    reply = visitor.post("/question/agree", form, token_from="/ask")
    assert reply.status_code == 409
    assert rows(app, Consent) == []
    case = Case(app)
    assert case.expert.get(f"{case.where}/publish").status_code == 404
    assert case.begins(once="a", seen="1").status_code == 409
    for step in ("agree", "agree", "take-back", "take-back", "agree"):
        assert case.says(step) == 303
    kept = rows(app, Consent)
    assert [one.given for one in kept] == [True, False, True]
    assert "without my name" in kept[0].wording
    assert kept[0].language == "en"
    assert "without my name" in case.asker.get(case.page).text


@pytest.mark.thorough
def test_nothing_is_taken_out_unless_it_is_ticked(app):
    case = Case(app)
    case.says("agree")
    page = case.expert.get(f"{case.where}/publish").text
    for found in ("Awa Traoré", "Yako", "70 12 34 56"):
        assert f"<mark>{found}</mark>" in page
    assert case.begins(take=["Yako"], title=" ").status_code == 422
    assert rows(app, Draft) == []
    assert case.begins(take=["Yako"]).status_code == 303
    (draft,) = rows(app, Draft)
    text = draft.document["texts"]["en"]
    assert text["question"] == WORDS.replace("Yako", "[…]")
    assert draft.document["facts"]["sites"] == [
        {"place": "Burkina Faso", "country": "BF"}
    ]
    assert draft.document["facts"]["relations"] == [{"kind": "cites", "to": "P-1"}]
    case.expert.post(f"/write/{draft.id}/submit")
    review = staff(app, "editor").get(f"/review/{draft.id}").text
    assert "70 12 34 56</mark>" in review


@pytest.mark.thorough
def test_what_was_said_meanwhile_is_shown_before_it_is_published(app):
    case = Case(app)
    case.says("agree")
    assert case.begins(seen="7").status_code == 409
    assert case.begins(seen="1").status_code == 303


def test_one_question_begins_one_draft_and_nobody_publishes_her_own(app):
    case = Case(app)
    case.says("agree")
    first = case.begins()
    again = case.expert.post(
        f"{case.where}/publish",
        {"title": "x", "once": rows(app, Draft)[0].once, "seen": "1"},
    )
    assert first.headers["Location"] == again.headers["Location"]
    other = case.expert.post(f"{case.where}/publish", {"title": "x", "seen": "1"})
    assert other.status_code == 409
    (draft,) = rows(app, Draft)
    case.expert.post(f"/write/{draft.id}/submit")
    assert case.expert.post(f"/review/{draft.id}/publish").status_code == 403


@pytest.mark.thorough
def test_consent_taken_back_before_publication_stops_the_draft(app):
    case = Case(app)
    case.says("agree")
    path = case.begins().headers["Location"].removeprefix("/en")
    number = path.rpartition("/")[2]
    case.expert.post(f"{path}/submit")
    editor = staff(app, "editor")
    assert editor.get(f"/review/{number}").status_code == 200
    assert case.says("take-back") == 303
    assert editor.post(f"/review/{number}/publish").status_code == 404
    assert case.expert.post(f"{path}/submit").status_code == 303
    assert rows(app, Draft)[0].state == "withdrawn"
    assert len(rows(app, Record)) == 3
    assert [one.recipient for one in told(app, "draft-stopped")] == [case.expert.email]
    assert "nothing may be published" in case.expert.get(case.where).text
    assert case.says("agree") == 303
    assert case.begins().status_code == 303
    assert rows(app, Publication)[0].draft_id != int(number)


@pytest.mark.thorough
def test_consent_taken_back_after_publication_waits_in_the_queue(app):
    case = Case(app)
    ref = case.is_published()
    before = len(told(app, "question-waits"))
    case.says("take-back")
    assert len(told(app, "question-waits")) == before + 1
    queue = case.expert.get("/desk/questions").text
    assert "Askers who want it away again" in queue
    assert at(app, "india").get("/desk/questions").text.count(ref) == 0
    assert "sees to it" in case.asker.get(case.page).text
    gone = {"ref": ref, "reason": "The asker wishes it."}
    assert case.editor.post("/withdraw", gone).status_code == 303
    assert ref not in case.expert.get("/desk/questions").text
    assert ref not in case.asker.get(case.page).text


@pytest.mark.thorough
def test_who_leaves_takes_unpublished_drafts_of_her_questions_along(app):
    awa = Visitor(app, email="awa@farm.example").at_home()
    case = Case(app)
    case.says("agree")
    case.begins()
    shown = awa.post("/account/export", token_from="/account").text
    assert "without my name" in shown
    awa.post("/account/delete", {"password": PASSWORD}, token_from="/account")
    assert rows(app, Question) == rows(app, Publication) == rows(app, Consent) == []
    assert rows(app, Draft) == []


@pytest.mark.thorough
@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.CONTRIBUTOR])
def test_only_who_may_answer_it_makes_it_public(app, role):
    case = Case(app)
    case.says("agree")
    for other in (staff(app, role), at(app, "india")):
        assert other.get(f"{case.where}/publish").status_code == 404
        assert other.post(f"{case.where}/publish", {"title": "x"}).status_code == 404
    assert rows(app, Draft) == []
