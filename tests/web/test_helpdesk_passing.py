"""Questions go up and sideways; the desk that had them first keeps the contact."""

import pytest

from kb.helpdesk.pass_tables import Pass
from kb.outbox import Letter
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at, desk
from tests.people.visitor import rows
from tests.web.test_helpdesk_queue import ANSWER

WHY = "We know no trials on such soils."
NOTE = "Between us: he asks every week"


@pytest.fixture
def app(either):
    furnish(either.app)
    furnish_desks(either.app)
    with either.app.extensions["kb"].database.writing() as session:
        desk(session, "mali", "NE", languages="fr", parent="africa")
        session.commit()
    return either.app


class Case:
    """A question at the desk of Burkina Faso, below that of Africa, beside Mali's."""

    def __init__(self, app):
        self.app, self.expert = app, at(app, "bf")
        self.secret = sent(asker(app))
        self.where = f"/desk/questions/{newest(app).id}"

    def refer(self, to, by=None, **more):
        form = {"to": to, "reason": WHY} | more
        return (by or self.expert).post(f"{self.where}/refer", form).status_code

    def says(self, step, **more):
        form = {"token": self.secret} | more
        reply = asker(self.app).post(f"/question/{step}", form, token_from="/ask")
        assert reply.status_code == 303

    def seen(self):
        return asker(self.app).get(f"/question?token={self.secret}").text


@pytest.fixture
def case(app):
    return Case(app)


@pytest.mark.thorough
def test_a_desk_asks_the_one_above_and_keeps_the_contact(app, case):
    africa = at(app, "africa")
    case.expert.post(f"{case.where}/notes", {"note": NOTE})
    assert africa.get(case.where).status_code == 404
    assert case.refer("africa") == 303
    assert (newest(app).desk_code, newest(app).contact_code) == ("africa", "bf")
    assert newest(app).reader == "en"
    for who in (africa, case.expert):
        assert WHY in who.get(case.where).text
        assert "zai pits" in who.get("/desk/questions").text
    letters = [one for one in rows(app, Letter) if one.recipient == africa.email]
    assert [one.purpose for one in letters] == ["question-waits"]
    page = case.seen()
    for shown in ("Desk bf asked Desk africa", WHY, "Desk bf stays in contact"):
        assert shown in page
    for hidden in (NOTE, "expert-bf", "expert-africa"):
        assert hidden not in page
    assert africa.post(f"{case.where}/answer", ANSWER).status_code == 303
    assert ANSWER["words"] in case.seen()


@pytest.mark.parametrize(
    ("to", "reason", "status"),
    [
        ("africa", WHY, 303),
        ("mali", WHY, 303),
        ("india", WHY, 422),
        ("bf", WHY, 422),
        ("nowhere", WHY, 422),
        ("", WHY, 422),
        ("\x00", WHY, 422),
        ("africa", "", 422),
        ("africa", "x" * 2001, 422),
    ],
)
def test_it_goes_up_or_sideways_with_a_reason(case, to, reason, status):
    assert case.refer(to, reason=reason) == status
    assert len(rows(case.app, Pass)) == (status == 303)


@pytest.mark.thorough
def test_nobody_refers_in_a_circle_without_being_told(app, case):
    africa = at(app, "africa")
    assert case.refer("africa") == 303
    assert case.refer("bf", by=africa) == 422
    page = africa.post(f"{case.where}/refer", {"to": "bf", "reason": WHY}).text
    assert "had the question already" in page
    assert case.refer("bf", by=africa, knowing="yes") == 303
    assert (newest(app).desk_code, newest(app).contact_code) == ("bf", None)
    assert africa.get(case.where).status_code == 404


@pytest.mark.thorough
def test_who_may_not_answer_it_may_not_refer_it(app, case):
    assert case.refer("africa", by=at(app, "india")) == 404
    assert case.refer("africa", by=staff(app, "editor")) == 404
    other = at(app, "bf", name="other")
    other.post(f"{case.where}/claim")
    assert case.refer("africa") == 409
    other.post(f"{case.where}/answer", ANSWER)
    assert case.refer("africa") == 409
    assert rows(app, Pass) == []


@pytest.mark.thorough
def test_who_still_needs_help_a_second_time_goes_up_by_one_desk(app, case):
    at(app, "africa")
    went = []
    for words in ("Why?", "How deep?", "And then?"):
        case.says("more", words="Before an answer: " + words)
        case.expert.post(f"{case.where}/answer", ANSWER | {"words": words * 2})
        case.says("more", words=words)
        went.append(newest(app).desk_code)
    assert went == ["bf", "africa", "africa"]
    assert newest(app).contact_code == "bf"
    assert "the answers so far were not enough" in case.seen()


def test_a_desk_above_without_anybody_gets_nothing(app, case):
    for words in ("Why?", "How deep?"):
        case.expert.post(f"{case.where}/answer", ANSWER | {"words": words * 2})
        case.says("more", words=words)
    assert newest(app).desk_code == "bf"
    assert rows(app, Pass) == []


@pytest.mark.thorough
def test_what_was_misplaced_is_given_away_with_the_contact(app, case):
    lead = staff(app, "coordinator")
    for _twice in range(2):
        assert lead.post(f"{case.where}/move", {"desk": "india"}).status_code == 303
    assert [one.because for one in rows(app, Pass)] == ["given"]
    assert newest(app).contact_code is None
    assert case.expert.get(case.where).status_code == 404
    assert "it was given to Desk india" in case.seen()
