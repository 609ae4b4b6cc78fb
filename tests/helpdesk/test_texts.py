"""A talk with a phone, from what the gateway posts to what the phone gets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from kb.errors import Conflict, NotAllowed, NotValid, Unavailable
from kb.helpdesk.desks import read_desks
from kb.helpdesk.letters import ANSWERED, write_asker
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.text_tables import Talk, TextIn
from kb.helpdesk.texts import WAIT, finish_due, plain_code
from kb.helpdesk.tidying import CONTACT_DAYS
from kb.inbox.texting import Door, Posted, take_post
from kb.language import INTERFACE
from kb.outbox import Letter, LetterState, NotSent
from kb.regions.holding import read_holding
from kb.sms.gateway import read_gateway
from kb.sms.outgoing import Limits, claim_text, end_of_quiet, is_sent
from kb.sms.parts import parts
from kb.sms.tables import PartState, Phone, TextPart
from kb.sms.words import Keyword, shown, words_of
from kb.worker import send_texts, tidy
from tests.helpdesk.asking import furnish_desks
from tests.sms.post import ALI, AWA, KEY, OURS, body, form, gateway, signed

ANY_TIME = Limits(0, 0, 1000)
ASKED = "How far apart do zai pits stand on a gentle slope?"


class House:
    """A desk with a gateway; each text that is sent is kept here."""

    def __init__(self, session, folder):
        self.session, self.gateway = session, gateway(folder)
        self.desks = read_desks(session, read_holding(session))
        self.numbers = count(1)

    def post(self, raw, door=Door.RECEIVE, **how):
        posted = Posted(door, signed(raw, **how), raw)
        take_post(self.session, posted, self.gateway, self.desks, "https://h.example")

    def hear(self, text, from_=AWA, id_=None):
        self.post(body(text, from_, id_ or f"m{next(self.numbers)}"))
        return self.taken(from_)

    def taken(self, number=AWA, limits=ANY_TIME):
        """Take what goes to a phone."""
        texts = []
        while (claimed := claim_text(self.session, limits, to=number)) is not None:
            letter, text = claimed
            is_sent(self.session, letter.id, [])
            texts.append(text.text)
        return texts

    def asked(self, from_=AWA):
        """Ask, say where, and give the question."""
        self.hear(ASKED, from_)
        self.hear("Yako", from_)
        return self.question()

    def question(self):
        self.session.flush()
        wanted = select(Question).order_by(Question.id.desc()).limit(1)
        return self.session.scalar(wanted)

    def answer(self, question, words):
        self.session.refresh(question, ["messages"])
        question.messages.append(
            Message(
                question_id=question.id, at=datetime.now(UTC), from_asker=False,
                by_id=None, words=words, language="en", own_experience=True, cites=[],
            )
        )  # fmt: skip
        question.state = State.WAITING
        self.session.flush()
        write_asker(self.session, question, ANSWERED, "")

    def count(self, table):
        return self.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def house(empty, tmp_path):
    furnish_desks(empty.app)
    with empty.office.database.writing() as session:
        yield House(session, tmp_path)


def test_a_talk_is_a_question_where_and_the_code(house):
    (where,) = house.hear(ASKED)
    assert "village" in where
    question = house.question()
    assert (question.words, question.country) == (ASKED, "BF")
    assert question.because, "somebody has it, and it is said why"
    (code,) = house.hear("Yako, Passoré")
    assert plain_code(question) in code
    assert house.question().place == "Yako, Passoré"
    assert house.hear("And in sandy soil?") == []
    house.session.refresh(question, ["messages"])
    assert [one.words for one in question.messages] == ["And in sandy soil?"]
    assert house.count(Question) == 1


def test_who_does_not_say_where_gets_the_code_all_the_same(house):
    house.hear(ASKED)
    assert finish_due(house.session) == 0
    talk = house.session.scalars(select(Talk)).one()
    talk.until -= WAIT
    assert finish_due(house.session) == 1
    assert finish_due(house.session) == 0
    (text,) = house.taken()
    assert plain_code(house.question()) in text


def test_the_same_delivered_five_times_is_one(house):
    for _each in range(5):
        house.session.flush()
        house.post(body(ASKED, id_="same"), late=_each)
    assert (house.count(Question), house.count(TextIn)) == (1, 1)
    assert len(house.taken()) == 1


def test_without_a_name_the_same_at_once_is_one(house):
    for each in range(3):
        house.post(body(ASKED, id_=""), late=10 * each)
    assert house.count(TextIn) == 1


def test_the_very_same_post_is_refused(house):
    raw = body(ASKED)
    posted = Posted(Door.RECEIVE, signed(raw), raw)
    rest = house.gateway, house.desks, ""
    take_post(house.session, posted, *rest)
    with pytest.raises(Conflict):
        take_post(house.session, posted, *rest)
    assert house.count(TextIn) == 1


BAD = [
    (body("x"), {"key": "another key of 16 signs"}, NotAllowed),
    (body("x"), {"late": 301}, NotAllowed),
    (body("x"), {"late": -301}, NotAllowed),
    (b"{", {}, NotValid),
    (b"[" * 9000, {}, NotValid),
    (b'{"message": {"from": "+22670123456", "body": "\xff"}}', {}, NotValid),
    (b"message.from=%FF", {"kind": "application/x-www-form-urlencoded"}, NotValid),
    (b"", {}, NotValid),
    (b'{"message": {"body": "no sender"}}', {}, NotValid),
    (b'{"message": []}', {}, NotValid),
    (b"null", {}, NotValid),
    (body("x", from_="+99"), {}, None),
    (body("x", from_="+999999999999"), {}, NotValid),
]


@pytest.mark.parametrize(("raw", "how", "refused"), BAD)
def test_bad_input_is_refused_or_comes_before_a_person(house, raw, how, refused):
    if refused is None:
        house.post(raw, **how)
        assert house.question().suspect
        return
    with pytest.raises(refused):
        house.post(raw, **how)
    assert (house.count(TextIn), house.count(Question), house.count(Phone)) == (0, 0, 0)


def test_a_changed_body_a_missing_signature_and_no_key_are_refused(house):
    raw = body("x")
    for headers, sent in (
        (signed(raw), body("y")),
        ({}, raw),
        (signed(raw) | {"x-signature": ""}, raw),
        (signed(raw) | {"x-timestamp": "now"}, raw),
        (signed(raw) | {"x-timestamp": "9" * 40}, raw),
    ):
        posted = Posted(Door.RECEIVE, headers, sent)
        with pytest.raises(NotAllowed):
            take_post(house.session, posted, house.gateway, house.desks, "")


def test_a_form_is_read_as_json_is(house):
    flat = house.gateway.receive
    assert flat["text"] == "message.body"
    house.gateway = read_flat(house)
    house.post(form(ASKED), kind="application/x-www-form-urlencoded")
    assert house.question().words == ASKED


def read_flat(house):
    fields = {"id": "message_id", "from": "message_from", "text": "message_body"}
    return replace(house.gateway, receive=fields)


def test_a_very_long_text_is_cut_and_kept_whole_beside(house):
    house.hear("zai pits " * 6000)
    assert len(house.question().words) <= 2000
    assert len(house.session.scalars(select(TextIn.text)).one()) > 50_000


@pytest.mark.parametrize("text", ["", "🌾", "…", "\x00\u202e", "?"])
def test_whatever_is_said_comes_before_a_person(house, text):
    house.hear(text)
    assert house.count(Question) == 1
    assert house.question().words


@pytest.mark.parametrize("sender", ["MTN-Info", "888", "12345"])
def test_a_service_is_never_answered_but_read(house, sender):
    house.hear("You have 5 MB left", from_=sender)
    assert house.question().suspect
    assert (house.count(Letter), house.count(Phone)) == (0, 0)


def test_our_own_number_is_an_echo(house):
    assert house.hear(ASKED, from_=OURS) == []
    assert house.count(Question) == 0


@pytest.mark.parametrize("typed", ["70 12 34 56", "22670123456", "0022670123456", AWA])
def test_a_number_is_one_phone_however_it_is_written(house, typed):
    house.asked()
    house.hear("And in sandy soil?", from_=typed)
    assert (house.count(Phone), house.count(Question)) == (1, 1)


def test_a_national_number_needs_a_country(house, tmp_path):
    house.gateway = replace(house.gateway, country="")
    with pytest.raises(NotValid, match="country"):
        house.hear(ASKED, from_="70123456")


@pytest.mark.parametrize("language", INTERFACE)
def test_stop_and_start_in_every_language(house, language):
    words = words_of(language)
    question = house.asked()
    for word in words[Keyword.STOP]:
        (text,) = house.hear(word)
        assert house.hear(word) == [], "once is enough"
        assert house.hear(words[Keyword.HELP][0]) == []
        house.answer(question, "Eighty centimetres.")
        assert house.taken() == []
        assert house.hear("But why?") == []
        (text,) = house.hear(words[Keyword.START][0])
        assert text
    assert house.hear(words[Keyword.HELP][0]) != []
    assert house.count(Question) == 1, "no keyword became a question"


def test_what_waits_is_not_sent_after_stop(house):
    question = house.asked()
    house.answer(question, "Eighty centimetres.")
    house.post(body("STOP", id_="s"))
    texts = house.taken()
    assert len(texts) == 1
    assert "Eighty" not in texts[0]


def test_the_gateway_may_say_stop(house):
    house.asked()
    house.post(b'{"from": "+22670123456", "status": "Blacklisted"}', Door.STATUS)
    assert house.session.scalars(select(Phone)).one().stopped
    assert house.hear("Hello again, one more thing") == []
    house.post(b'{"from": "+22670654321"}', Door.STOPPED)
    assert house.hear(ASKED, from_=ALI) == []


def test_a_language_is_chosen_and_kept(house):
    assert "LANG" in " ".join(house.hear("LANG"))
    (text,) = house.hear("lang sw")
    assert "Kiswahili" in text
    (where,) = house.hear("Comment faire du compost dans la cour ?")
    assert "kijiji" in where
    assert house.question().language == "fr"


def test_the_hint_of_the_words_counts_until_then(house):
    (where,) = house.hear("Comment faire du compost dans la cour ?")
    assert "Où est votre terre" in where


def test_status_tells_of_ones_own_questions_alone(house):
    mine = house.asked()
    theirs = house.asked(ALI)
    assert plain_code(mine) in house.hear("STATUS")[0]
    assert plain_code(theirs) not in house.hear(f"STATUS {theirs.code}")[0]
    assert plain_code(mine) in house.hear(f"STATUS {plain_code(mine)}")[0]
    assert "No question" in house.hear("STATUS 123")[0]
    house.answer(mine, "Eighty centimetres.")
    assert "answer" in house.hear("STATUS")[-1]


def test_words_and_answers_never_reach_another_asker(house):
    mine, theirs = house.asked(), house.asked(ALI)
    house.hear("My pits fall in.", AWA)
    house.hear("My goats are thin.", ALI)
    for question, words in ((mine, "My pits fall in."), (theirs, "My goats are thin.")):
        house.session.refresh(question, ["messages"])
        assert [one.words for one in question.messages] == [words]
    house.answer(mine, "Eighty centimetres.")
    assert house.taken(ALI) == []
    assert "Eighty" in house.taken(AWA)[0]
    talk = house.session.get(Talk, theirs.phone_id)
    talk.question_id = mine.id  # whatever a mistake of ours might lead to
    house.hear("I am Ali.", ALI)
    house.session.refresh(mine, ["messages"])
    assert "I am Ali." not in [one.words for one in mine.messages]


@pytest.mark.parametrize("words", ["zai pits hold water. ", "الحفر تحفظ الماء جيدا "])
def test_a_long_answer_goes_in_pieces_by_more(house, words):
    question = house.asked()
    house.answer(question, words * 60)
    seen = house.taken()
    for _each in range(60):
        text = house.hear(shown(Keyword.MORE, "en"))
        if len(text) != 1 or "nothing more" in text[0]:
            break
        seen += text
    assert all(len(parts(one)) <= 3 for one in seen)
    assert plain_code(question) in seen[0]
    assert sum(one.count(words.split()[0]) for one in seen) == 60
    assert house.count(Question) == 1


def test_maize_in_french_is_no_more_in_portuguese(house):
    house.hear("Maïs")
    assert house.question().words == "Maïs"


def test_after_a_week_it_is_a_new_question(house):
    first = house.asked()
    first.changed -= timedelta(days=8)
    house.hear("My goats are thin, what now?")
    assert house.question().id != first.id


def test_floods_come_before_a_person_and_are_not_answered(house):
    many = [house.hear("HELP") for _each in range(30)]
    assert sum(map(len, many)) <= 21
    for number in range(25):
        house.hear(f"Question number {number}?", from_=ALI)
        talk = house.session.get(Talk, house.question().phone_id)
        talk.question_id = None
    assert house.count(Question) == 25
    assert house.question().suspect


def asleep(house):
    phone = house.session.scalars(select(Phone)).one()
    phone.heard -= timedelta(hours=3)
    house.session.flush()


def test_answers_wait_for_the_morning(house):
    question = house.asked()
    asleep(house)
    house.answer(question, "Eighty centimetres.")
    now = datetime.now(UTC).hour
    night = Limits((now - 1) % 24, (now + 2) % 24, 1000)
    assert house.taken(limits=night) == []
    letter = house.session.scalars(
        select(Letter).where(Letter.purpose == ANSWERED)
    ).one()
    assert letter.next_try > datetime.now(UTC) + timedelta(minutes=50)
    assert letter.tries == 0
    letter.next_try = datetime.now(UTC)
    assert len(house.taken(limits=ANY_TIME)) == 1


QUIET = [
    ("2026-11-24T22:30", "Africa/Ouagadougou", (21, 7), "2026-11-25T07:00"),
    ("2026-11-24T06:59", "Africa/Ouagadougou", (21, 7), "2026-11-24T07:00"),
    ("2026-11-24T07:00", "Africa/Ouagadougou", (21, 7), None),
    ("2026-11-24T20:59", "Africa/Ouagadougou", (21, 7), None),
    ("2026-11-24T16:00", "Asia/Kolkata", (21, 7), "2026-11-25T01:30"),
    ("2026-11-24T13:30", "Africa/Ouagadougou", (13, 15), "2026-11-24T15:00"),
    ("2026-11-24T13:30", "", (13, 13), None),
    ("2026-03-29T00:30", "Europe/Paris", (21, 7), "2026-03-29T05:00"),
]


@pytest.mark.parametrize(("now", "zone", "hours", "until"), QUIET)
def test_quiet_hours_are_those_of_the_phone(now, zone, hours, until):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = end_of_quiet(moment, zone, Limits(*hours))
    wanted = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None
    assert found == wanted


def test_no_more_than_so_many_parts_a_day_and_none_is_lost(house):
    question = house.asked()
    for n in range(4):
        house.answer(question, f"Answer {n}.")
    few = Limits(0, 0, 4)
    assert len(house.taken(limits=few)) == 2, "two went before"
    waits = select(Letter).where(Letter.state == LetterState.WAITING)
    letters = house.session.scalars(waits).all()
    assert len(letters) == 2
    assert all(
        letter.next_try > datetime.now(UTC) + timedelta(hours=23) for letter in letters
    )


def test_numbers_are_forgotten_in_time_but_not_that_one_said_stop(empty, house):
    house.asked()
    house.hear("STOP", ALI)
    old = datetime.now(UTC) - timedelta(days=CONTACT_DAYS + 1)
    for table, column in ((Phone, "heard"), (Question, "changed"), (TextIn, "at")):
        for row in house.session.scalars(select(table)):
            setattr(row, column, old)
    house.session.commit()
    tidy(empty.office.database.writing)
    tidy(empty.office.database.writing)
    with empty.office.database.reading() as session:
        assert session.scalars(select(Phone.phone)).all() == [ALI]
        assert session.scalars(select(TextIn)).all() == []
        assert session.scalars(select(Question.phone_id)).all() == [None]


class Post:
    """A sender that keeps what it was given, and fails as often as told."""

    def __init__(self, *failures):
        self.failures, self.sent = list(failures), []

    def send(self, text):
        self.sent.append((text.reference, text.text))
        if self.failures:
            raise self.failures.pop(0)
        return []


def test_a_worker_that_is_killed_sends_at_most_one_twice_and_it_is_said_which(
    empty, house
):
    for number in (AWA, ALI):
        house.post(body(ASKED, number, number))
    house.session.commit()
    sessions = empty.office.database.writing

    class Killed(BaseException):
        """The process ends between sending and saying so."""

    dying, post = Post(Killed()), Post()
    with pytest.raises(Killed):
        send_texts(sessions, dying, ANY_TIME)
    assert send_texts(sessions, post, ANY_TIME) == 1
    with sessions() as session:
        for letter in session.scalars(select(Letter)):
            letter.next_try = datetime.now(UTC)
        session.commit()
    assert send_texts(sessions, post, ANY_TIME) == 1
    assert send_texts(sessions, post, ANY_TIME) == 0
    references = [name for name, _text in [*dying.sent, *post.sent]]
    assert len(references) == 3
    assert len(set(references)) == 2, "none is lost, one goes twice, by the same name"
    with sessions() as session:
        unsure = session.scalars(select(TextPart).where(TextPart.unsure > 0)).one()
        letter = session.get(Letter, unsure.letter_id)
        assert letter.message_id == dying.sent[0][0]


def test_a_gateway_that_is_away_is_tried_again_later(empty, house):
    house.post(body(ASKED))
    house.session.commit()
    sessions = empty.office.database.writing
    assert send_texts(sessions, Post(NotSent("503")), ANY_TIME) == 0
    with sessions() as session:
        letter = session.scalars(select(Letter).where(Letter.channel == "sms")).one()
        assert (letter.state, letter.last_error) == (LetterState.WAITING, "503")
        part = session.scalars(select(TextPart)).one()
        assert (part.state, part.under_way) == (PartState.WAITING, False)
        letter.next_try = datetime.now(UTC)
        session.commit()
    assert send_texts(sessions, Post(), ANY_TIME) == 1


def test_a_refusal_for_good_has_failed(empty, house):
    house.post(body(ASKED))
    house.session.commit()
    sessions = empty.office.database.writing
    send_texts(sessions, Post(NotSent("400", for_good=True)), ANY_TIME)
    with sessions() as session:
        assert session.scalars(select(TextPart.state)).all() == ["failed"]


@pytest.mark.parametrize(
    "wrong",
    ['key = "short"', f'key = "{KEY}"\ncountry = "XX"', f'key = "{KEY}"\nfoo = 1',
     f'key = "{KEY}"\nquiet = [25, 7]', f'key = "{KEY}"\n[send]\nurl = "file:///x"',
     f'key = "{KEY}"\n[send.fields]\nto = "{{other}}"', "key =", f'key = "{KEY}"\n'
     '[statuses]\nx = "gone"', f'key = "{KEY}"\nnumbers = ["none"]'],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_words(tmp_path, wrong):
    path = tmp_path / "gateway.toml"
    path.write_text(wrong, "utf-8")
    with pytest.raises(Unavailable, match="KB_SMS"):
        read_gateway(path)
