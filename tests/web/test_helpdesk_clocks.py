"""Promises to askers: kept, missed, and what is done when nobody answers in time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.helpdesk.clock_tables import Clock
from kb.helpdesk.desk_tables import DeskHoliday, DeskHours
from kb.helpdesk.pass_tables import Pass
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.ringing import ring_due
from kb.outbox import Letter
from kb.worker import ring_due as worker_rings
from tests.feedback.house import furnish, staff
from tests.helpdesk.asking import asker, furnish_desks, newest, sent
from tests.helpdesk.house import at
from tests.people.visitor import rows
from tests.web.test_helpdesk_queue import ANSWER

SITE = "https://humus.example"
PROMISED = timedelta(hours=14)
FIRST, NEXT, SETTLED = "first", "next", "settled"


@pytest.fixture
def app(either):
    """Desks that never close, so that working time is all time."""
    furnish(either.app)
    furnish_desks(either.app)
    with either.app.extensions["kb"].database.writing() as session:
        session.query(DeskHours).delete()
        for code in ("africa", "bf", "india"):
            session.add_all(
                DeskHours(desk_code=code, weekday=day, opens=0, closes=24 * 60)
                for day in range(7)
            )
        session.commit()
    return either.app


class Case:
    def __init__(self, app, **asked):
        self.app, self.database = app, app.extensions["kb"].database
        self.secret = sent(asker(app), **asked)
        self.number = newest(app).id
        self.where = f"/desk/questions/{self.number}"

    def clocks(self):
        with self.database.reading() as session:
            found = select(Clock).where(Clock.question_id == self.number)
            return {clock.promise: clock for clock in session.scalars(found)}

    def pass_time(self, time):
        """Let it have been so long ago that the clocks were started."""
        with self.database.writing() as session:
            for clock in session.scalars(select(Clock)):
                for name in ("runs_since", "due", "rings"):
                    moment = getattr(clock, name)
                    setattr(clock, name, moment - time if moment else None)
            question = session.get(Question, self.number)
            question.due = question.due - time if question.due else None
            session.commit()

    def ring(self):
        return worker_rings(self.database.writing, SITE)

    def told(self):
        with self.database.reading() as session:
            found = select(Letter).where(
                Letter.purpose.in_(("question-due", "question-late"))
            )
            letters = session.scalars(found.order_by(Letter.id))
            return [(x.purpose.partition("-")[2], x.recipient) for x in letters]

    def says(self, step, **more):
        form = {"token": self.secret} | more
        reply = asker(self.app).post(f"/question/{step}", form, token_from="/ask")
        assert reply.status_code == 303

    def seen(self):
        return asker(self.app).get(f"/question?token={self.secret}").text


def near(moment, hours):
    return abs(moment - datetime.now(UTC) - timedelta(hours=hours)) < timedelta(
        minutes=2
    )


def test_who_asks_is_promised_an_answer_and_an_end(app):
    case = Case(app)
    clocks = case.clocks()
    assert set(clocks) == {FIRST, SETTLED}
    assert near(clocks[FIRST].due, 14)
    assert near(clocks[SETTLED].due, 70)
    assert newest(app).due == clocks[FIRST].due
    assert "You can expect an answer by" in case.seen()


def test_an_answer_keeps_the_promise_and_the_rest_waits_for_her(app):
    expert = at(app, "bf")
    case = Case(app)
    case.pass_time(timedelta(hours=3))
    assert expert.post(f"{case.where}/answer", ANSWER).status_code == 303
    clocks = case.clocks()
    assert clocks[FIRST].kept is not None
    assert clocks[FIRST].due is clocks[SETTLED].due is newest(app).due is None
    assert clocks[SETTLED].used // 3600 == 3
    assert clocks[SETTLED].kept is None
    assert "the clock stands still" in expert.get(case.where).text
    case.pass_time(timedelta(days=30))
    case.says("more", words="And on a steep one?")
    clocks = case.clocks()
    assert near(clocks[NEXT].due, 14)
    assert near(clocks[SETTLED].due, 67)
    case.says("more", words="It rains here in June.")
    assert case.clocks()[NEXT].due == clocks[NEXT].due


def test_thanks_end_it_and_more_words_begin_again(app):
    expert = at(app, "bf")
    case = Case(app)
    expert.post(f"{case.where}/answer", ANSWER)
    case.says("thanks")
    assert all(clock.kept for clock in case.clocks().values())
    assert case.clocks()[SETTLED].due is None
    case.says("more", words="It did not work after all.")
    assert case.clocks()[SETTLED].kept is None
    assert near(case.clocks()[NEXT].due, 14)


def test_each_level_tells_others_and_the_last_those_over_all(app):
    at(app, "bf", name="issa")
    at(app, "africa", name="ama")
    staff(app, "coordinator", name="rosa")
    case = Case(app)
    assert case.ring() == 0
    case.pass_time(0.74 * PROMISED)
    assert case.ring() == 0
    case.pass_time(0.02 * PROMISED)
    assert [case.ring(), case.ring()] == [1, 0]
    assert case.told() == [("due", "issa@desk.example")]
    case.pass_time(0.25 * PROMISED)
    assert [case.ring(), case.ring()] == [1, 0]
    assert case.told()[1:] == [("late", "issa@desk.example")]
    assert "This takes longer than we promised" in case.seen()
    case.pass_time(0.5 * PROMISED)
    assert [case.ring(), case.ring()] == [1, 0]
    assert (newest(app).desk_code, newest(app).contact_code) == ("africa", "bf")
    assert [step.because for step in rows(app, Pass)] == ["late"]
    assert "nobody had answered in time" in case.seen()
    case.pass_time(PROMISED)
    assert [case.ring(), case.ring()] == [1, 0]
    assert case.told()[2:] == [("late", "rosa@desk.example")]
    case.pass_time(10 * PROMISED)
    assert case.ring() == 1  # the clock of its end
    assert case.ring() == 0


def test_a_worker_that_was_away_rings_once_for_all_it_missed(app):
    at(app, "bf", name="issa")
    at(app, "africa", name="ama")
    staff(app, "coordinator", name="rosa")
    case = Case(app)
    case.pass_time(3 * PROMISED)
    assert case.ring() == 1
    assert newest(app).desk_code == "africa"
    assert case.told() == [("late", "rosa@desk.example")]


def test_where_nobody_is_above_it_stays_and_those_at_the_desk_hear(app):
    at(app, "bf", name="issa")
    case = Case(app)
    case.pass_time(1.6 * PROMISED)
    assert case.ring() == 1
    assert newest(app).desk_code == "bf"
    assert case.told() == [("late", "issa@desk.example")]


def test_what_lies_with_no_desk_is_told_to_those_over_all(app):
    staff(app, "coordinator", name="rosa")
    case = Case(app, country="US", language="sw")
    assert newest(app).desk_code is None
    case.pass_time(0.8 * PROMISED)
    case.ring()
    assert case.told() == [("late", "rosa@desk.example")]


def test_advertising_rings_nobody(app):
    at(app, "bf", name="issa")
    case = Case(app)
    with case.database.writing() as session:
        session.get(Question, case.number).suspect = True
        session.commit()
    case.pass_time(5 * PROMISED)
    assert case.ring() == 0
    assert case.told() == []


def test_without_a_public_address_clocks_wait(app):
    case = Case(app)
    case.pass_time(5 * PROMISED)
    assert worker_rings(case.database.writing, "") == 0
    assert case.clocks()[FIRST].rung == 0


def test_a_worker_that_is_killed_before_the_end_repeats_it(app):
    at(app, "bf", name="issa")
    case = Case(app)
    case.pass_time(PROMISED)
    with case.database.writing() as session:
        assert ring_due(session, site=SITE) == 1  # and never commits
    assert case.told() == []
    assert case.ring() == 1
    assert len(case.told()) == 1


def test_a_question_goes_on_in_the_hours_of_the_other_desk(app):
    at(app, "india", name="usha")
    with app.extensions["kb"].database.writing() as session:
        today = datetime.now(UTC).date()
        session.add_all(
            DeskHoliday(desk_code="india", day=today + timedelta(days=n), name="")
            for n in range(-1, 100)
        )
        session.commit()
    case = Case(app)
    case.pass_time(timedelta(hours=4))
    chief = staff(app, "administrator")
    chief.post(f"{case.where}/move", {"desk": "india"})
    clock = case.clocks()[FIRST]
    assert clock.used // 3600 == 4
    assert clock.due > datetime.now(UTC) + timedelta(days=98)
    case.pass_time(timedelta(hours=50))
    assert case.ring() == 0


def test_what_is_due_first_stands_first_and_what_is_late_says_so(app):
    expert = at(app, "bf")
    for words in ("How much compost for maize?", "How deep are half moons dug?"):
        case = Case(app, words=words)
    case.pass_time(timedelta(0))
    with case.database.writing() as session:
        late = session.get(Question, case.number)
        late.due = datetime.now(UTC) - timedelta(hours=1)
        session.commit()
    text = expert.get("/desk/questions").text
    assert text.index("half moons") < text.index("compost for maize")
    assert text.count('<span class="tag late">late</span>') == 1


WAITS_FOR = "We wait for the soil test of the district."


def test_it_can_be_put_off_until_a_day_and_the_asker_reads_why(app):
    expert = at(app, "bf")
    case = Case(app, contact="awa@farm.example")
    day = datetime.now(UTC).date() + timedelta(days=9)
    form = {"until": day.isoformat(), "waits_for": WAITS_FOR}
    assert expert.post(f"{case.where}/put-off", form).status_code == 303
    assert newest(app).due == newest(app).resumes
    assert all(clock.due is None for clock in case.clocks().values())
    assert WAITS_FOR in case.seen()
    assert "You can expect an answer" not in case.seen()
    assert "May others read it" not in case.seen()
    with case.database.reading() as session:
        letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert (letter.purpose, WAITS_FOR in letter.text) == ("question-put-off", False)
    assert day.isoformat() in letter.subject
    case.pass_time(5 * PROMISED)
    assert case.ring() == 0


def put_off_question(app):
    expert = at(app, "bf")
    case = Case(app)
    day = datetime.now(UTC).date() + timedelta(days=9)
    form = {"until": day.isoformat(), "waits_for": WAITS_FOR}
    expert.post(f"{case.where}/put-off", form)
    return case, expert


def test_on_that_day_the_clocks_go_on(app):
    case, _expert = put_off_question(app)
    with case.database.writing() as session:
        session.get(Question, case.number).resumes = datetime.now(UTC)
        session.commit()
    assert [case.ring(), case.ring()] == [1, 0]
    assert newest(app).resumes is None
    assert near(newest(app).due, 14)
    assert "question-waits" in {letter.purpose for letter in rows(app, Letter)}


def test_whatever_the_asker_says_ends_the_waiting(app):
    case, _expert = put_off_question(app)
    case.says("more", words="I have the test now.")
    assert newest(app).resumes is None
    assert near(case.clocks()[FIRST].due, 14)


def test_an_answer_ends_the_waiting(app):
    case, expert = put_off_question(app)
    assert expert.post(f"{case.where}/answer", ANSWER).status_code == 303
    assert newest(app).resumes is newest(app).due is None


@pytest.mark.parametrize(
    ("until", "words"),
    [("", WAITS_FOR), ("2026-02-30", WAITS_FOR), ("2020-01-01", WAITS_FOR),
     ("9999-01-01", WAITS_FOR), ("tomorrow", WAITS_FOR), ("next", "")],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(app, until, words):
    expert = at(app, "bf")
    case = Case(app)
    ahead = str(datetime.now(UTC).date() + timedelta(days=3))
    form = {"until": ahead if until == "next" else until, "waits_for": words}
    reply = expert.post(f"{case.where}/put-off", form)
    assert reply.status_code == 422
    assert words in reply.text
    assert reply.text.count("<details open>") == 1
    assert newest(app).resumes is None


def test_only_what_waits_for_an_answer_can_be_put_off(app):
    expert = at(app, "bf")
    case = Case(app)
    expert.post(f"{case.where}/answer", ANSWER)
    ahead = str(datetime.now(UTC).date() + timedelta(days=3))
    form = {"until": ahead, "waits_for": WAITS_FOR}
    assert expert.post(f"{case.where}/put-off", form).status_code == 409
    assert at(app, "india").post(f"{case.where}/put-off", form).status_code == 404


def test_setting_it_aside_ends_all_clocks(app):
    case = Case(app)
    staff(app, "coordinator").post(f"{case.where}/aside")
    assert newest(app).state == State.RESOLVED
    assert all(clock.rings is None and clock.kept for clock in case.clocks().values())
