"""Messages are written with the work, sent once, and never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kb import outbox
from kb.language import INTERFACE
from kb.outbox import BACK_OFF, Letter, LetterState, NotSent
from kb.settings import shipped
from kb.stopping import TOPIC_OF, Stop, digest_of, resume, stop
from kb.wording import worded
from kb.worker import send_due, tidy

EVENTS = sorted(
    p.name.split(".")[0] for p in (shipped("templates") / "messages").glob("*.mail.txt")
)
ABOUT = {"ref": "P-7", "days": 3, "desk": "https://h.example/d", "record": "/P-7"}
FACTS = {
    "name": "Awa",
    "link": "https://h.example/x",
    "site": "https://h.example",
    "title": "Pits",
    "note": "How deep?",
    "count": 3,
    "code": "K7P3",
    "community": "Elders of Yako",
    "day": "2026-12-31",
    "page": "https://h.example/communities",
    "public": "https://h.example/answers/A-7",
    "reports": [("danger", "P-7", 3, "https://h.example/desk/reports/1")],
    "searches": [
        ("pits", [("Pits", "https://h.example/P-7")], "https://h.example/s", "…/end")
    ],
    "all": "https://h.example/following",
    "records": [("Pits", "https://h.example/P-7"), ("Mulch", "https://h.example/P-8")],
    **ABOUT,
}


class Post:
    """A real sender that keeps what it was given, and fails as often as told."""

    def __init__(self, *failures):
        self.failures, self.sent = list(failures), []

    def send(self, letter):
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((letter.recipient, letter.text, letter.message_id))


@pytest.fixture
def sessions(empty):
    return empty.office.database.writing


def write(sessions, *, commit=True, **said):
    with sessions() as session:
        usual = {"to": "awa@farm.example", "language": "fr"} | FACTS
        outbox.put(session, "sign-in", **(usual | said))
        if commit:
            session.commit()


def only(sessions):
    with sessions() as session:
        return session.scalars(select(Letter)).one()


def due_again(sessions):
    with sessions() as session:
        for letter in session.scalars(select(Letter)):
            letter.next_try = datetime.now(UTC)
        session.commit()


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("event", EVENTS)
def test_every_message_is_worded_in_every_language(event, language):
    subject, text = worded(event, "mail", language, **FACTS)
    assert "\n" not in subject
    named = ("Awa", "P-7", "K7P3", "Elders of Yako")
    assert any(one in subject + text for one in named), "to whom, or about what"
    english = worded(event, "mail", "en", **FACTS)
    assert language == "en" or (subject != english[0] and text != english[1])


def test_a_language_without_an_interface_gets_english():
    assert worded("reset", "mail", "ha", **FACTS) == worded(
        "reset", "mail", "en", **FACTS
    )


def test_a_message_goes_once_and_its_link_is_forgotten(sessions):
    write(sessions)
    post = Post()
    assert send_due(sessions, post) == 1
    assert send_due(sessions, post) == 0
    ((to, text, _id),) = post.sent
    assert to == "awa@farm.example"
    assert "https://h.example/x" in text
    assert (only(sessions).state, only(sessions).text) == (LetterState.SENT, "")


def test_work_that_is_undone_sends_nothing(sessions):
    write(sessions, commit=False)
    assert send_due(sessions, Post()) == 0


def test_what_fails_is_tried_again_later_and_stays_visible(sessions):
    write(sessions)
    post = Post(NotSent("no route to host"))
    assert send_due(sessions, post) == 0
    assert send_due(sessions, post) == 0
    kept = only(sessions)
    assert kept.state == LetterState.WAITING
    assert kept.last_error == "no route to host"
    assert kept.next_try > datetime.now(UTC) + BACK_OFF[0] / 2
    due_again(sessions)
    assert send_due(sessions, post) == 1


@pytest.mark.thorough
def test_after_ten_tries_over_more_than_a_day_a_message_has_failed(sessions):
    write(sessions)
    assert sum(BACK_OFF, timedelta()) > timedelta(days=1)
    for _ in range(10):
        assert only(sessions).state == LetterState.WAITING
        send_due(sessions, Post(NotSent("busy")))
        due_again(sessions)
    assert only(sessions).state == LetterState.FAILED
    with sessions() as session:
        assert outbox.standing(session) == {LetterState.FAILED: 1}
        assert outbox.last_error(session) == "busy"


def test_an_address_that_is_refused_is_not_tried_again(sessions):
    write(sessions)
    send_due(sessions, Post(NotSent("no such mailbox", for_good=True)))
    assert only(sessions).state == LetterState.FAILED


def test_nothing_more_is_sent_where_there_is_no_mailbox(sessions):
    write(sessions)
    write(sessions)
    send_due(sessions, Post(NotSent("none", for_good=True, dead=True)))
    assert only(sessions).state == LetterState.FAILED
    write(sessions)
    assert only(sessions).state == LetterState.FAILED


def test_a_link_that_would_not_work_any_more_is_not_sent(sessions):
    write(sessions, useful_for=timedelta(seconds=-1))
    post = Post()
    assert send_due(sessions, post) == 0
    assert post.sent == []
    assert only(sessions).state == LetterState.LATE


def test_a_sender_that_is_killed_sends_again_under_the_same_id(sessions):
    write(sessions)

    class Killed(BaseException):
        """The process ends between sending and saying so."""

    class Dying(Post):
        def send(self, letter):
            super().send(letter)
            raise Killed

    dying, post = Dying(), Post()
    with pytest.raises(Killed):
        send_due(sessions, dying)
    assert send_due(sessions, post) == 0, "it is left alone for a while"
    due_again(sessions)
    assert send_due(sessions, post) == 1
    assert dying.sent == post.sent


def test_two_workers_do_not_send_the_same(sessions):
    write(sessions)
    with sessions() as session:
        assert outbox.claim(session) is not None
        session.commit()
    with sessions() as session:
        assert outbox.claim(session) is None


def test_settled_messages_are_thrown_away_after_a_month(sessions):
    for state in LetterState:
        write(sessions)
        with sessions() as session:
            newest = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
            newest.state, newest.last_error = state, "busy"
            newest.written = datetime.now(UTC) - timedelta(days=31)
            session.commit()
    tidy(sessions)
    assert only(sessions).state == LetterState.WAITING


@pytest.mark.thorough
def test_what_failed_is_news_for_a_week(sessions):
    write(sessions)
    send_due(sessions, Post(NotSent("no such mailbox", for_good=True)))
    with sessions() as session:
        assert outbox.last_error(session) == "no such mailbox"
        kept = session.scalars(select(Letter)).one()
        kept.written -= timedelta(days=8)
        session.flush()
        assert outbox.last_error(session) == ""


ASKED_FOR = {
    "account-deleted",
    "confirm",
    "follow-up-confirm",
    "password-changed",
    "question-asked",
    "question-mailed",
    "question-joined",
    "question-parted",
    "reset",
    "sign-in",
    "sign-up-taken",
}
"""Messages that nobody can end: asked for at that moment, or of one's own account."""


def test_every_other_message_can_be_ended():
    assert set(EVENTS) - set(TOPIC_OF) == ASKED_FOR
    assert set(TOPIC_OF) <= set(EVENTS)


def test_whoever_ended_messages_gets_none_like_them(sessions):
    wanted = Stop("reminders", digest_of("Awa@Farm.example"))
    with sessions() as session:
        for _twice in range(2):
            stop(session, wanted)
        session.commit()
        for event in ("review-due", "draft-published", "sign-in"):
            for to in ("awa@farm.example", "ali@farm.example"):
                outbox.put(session, event, to=to, language="en", **FACTS)
        session.commit()
        sent = [(one.purpose, one.recipient) for one in session.scalars(select(Letter))]
    assert ("review-due", "awa@farm.example") not in sent
    assert len(sent) == 5
    with sessions() as session:
        resume(session, wanted)
        outbox.put(session, "review-due", to="awa@farm.example", language="en", **FACTS)
        assert len(session.scalars(select(Letter)).all()) == 6
