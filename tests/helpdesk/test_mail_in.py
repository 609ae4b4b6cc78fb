"""What becomes of a mail: a table of cases, each a mail of `tests/helpdesk/mails`.

In each, Awa has asked by the web, was answered, and her letters have gone.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from sqlalchemy import select, update

from kb.helpdesk.belongings import HELPDESK
from kb.helpdesk.desks import read_desks
from kb.helpdesk.mail_tables import MailIn, QuestionPicture
from kb.helpdesk.question_tables import Message, PrivateLink, Question, State
from kb.helpdesk.ticket import spoken
from kb.helpdesk.tidying import CONTACT_DAYS
from kb.inbox.attached import Kept, kept_of
from kb.inbox.reading import read
from kb.inbox.taking import House, take_in
from kb.outbox import Letter, LetterState
from kb.people.models import Person
from kb.pictures.models import Picture
from kb.pictures.models import State as PictureState
from kb.regions.holding import read_holding
from kb.stopping import comes_back
from kb.threads import ROOT, name_of
from kb.worker import tidy
from tests.helpdesk.asking import ASKED, asker, furnish_desks, newest, sent
from tests.helpdesk.house import at

MAILS = Path(__file__).parent / "mails"
KEY = "a key for the tests of mail"
AWA = "awa@farm.example"
SITE = "https://humus.example"


@dataclass(frozen=True)
class Case:
    """What must come of a mail."""

    mail: str
    became: str = "question"
    words: str | None = None
    """Of the question or message it became."""
    contact: str = AWA
    language: str = ""
    quiet: bool = False
    """A person looks at it first, and nobody is told."""
    linked: bool = False
    """It lies with Awa's question."""
    dead: bool = False
    left_out: tuple[str, ...] = ()
    pictures: int = 0
    other_sender: bool = False
    country: str = ""


EVIL = "evil@elsewhere.example"
YES = {"became": "words", "linked": True}
CASES = [
    Case("plain", language="en",
        words="Zai pits\n\nHow far apart do zai pits stand on a gentle slope?"),
    Case("latin1-undeclared", language="fr", words="Fumier de chèvre\n\nQuand faut-il"
        " épandre le fumier, avant ou après la première pluie ?"),
    Case("arabic-1256", language="ar",
        words="سؤال عن التربة\n\nكيف أحسن التربة المالحة في حقلي؟"),
    Case("hindi-nested", language="hi",
        words="मिट्टी\n\nमेरी मिट्टी बहुत कठोर है, मैं क्या करूँ?"),
    Case("russian-koi8", language="ru",
        words="Компост\n\nСколько компоста нужно на гектар пашни?"),
    Case("chinese-gb2312", language="zh", words="堆肥\n\n稻田镕化时可以用多少堆肥？"),
    Case("html-only", words="Mulch\n\nDoes mulch & shade keep\nthe soil cool?"),
    Case("flowed",
        words="Lime\n\nHow much lime does a red soil need in the first year, and how"
        " often?"),
    Case("no-date-no-name",
        words="Manure\n\nHow long must cow manure rot before I dig it in?"),
    Case("no-from", contact="", quiet=True),
    Case("two-froms", contact="", quiet=True),
    Case("address-as-name", contact=EVIL),
    Case("reply-gmail", words="And in sandy soil?", **YES),
    Case("reply-outlook", words="Et avec du compost, c'est pareil ?", **YES),
    Case("reply-html-only", words="Is it the same for millet?", **YES),
    Case("reply-below", words="Thank you, and when do I weed?", **YES),
    Case("reply-between", **YES, words="> Please read it here.\nI cannot open it.\n"
        "> Say whether it helped.\nNot yet."),
    Case("reply-signed", words="What about goats?", **YES),
    Case("reply-other-address", other_sender=True, **YES),
    Case("number-known-sender", **YES,
        words="It has rained since: does that change it?"),
    Case("number-other-digits", words="هل يتغير الجواب بعد المطر؟", **YES),
    Case("number-stranger", contact=EVIL),
    Case("forged-name-of-ours", contact=EVIL),
    Case("vacation", became="automatic", linked=True),
    Case("vacation-old", became="automatic", linked=True),
    Case("null-return-path", became="automatic"),
    Case("from-nobody", became="automatic"),
    Case("bounce-no-such", became="bounce", linked=True, dead=True),
    Case("bounce-full", became="bounce", linked=True),
    Case("bounce-later", became="bounce", linked=True),
    Case("bounce-forged", became="bounce"),
    Case("bounce-of-another", became="bounce", linked=True),
    Case("from-ourselves", became="automatic"),
    Case("echo", became="automatic"),
    Case("newsletter", contact="news@shop.example", quiet=True),
    Case("called-spam", contact="win@elsewhere.example", quiet=True),
    Case("many-links", contact="seller@elsewhere.example", quiet=True),
    Case("photo-called-text", pictures=1, left_out=("logo.png",),
        words="Yellow leaves\n\nWhy do the leaves of my maize turn yellow?"),
    Case("bomb-and-program", left_out=("photo.jpg", "../../bomb.zip")),
    Case("mail-within-mail", left_out=("message/rfc822",),
        words="what they wrote\n\nIs it right what they wrote to me?"),
    Case("deep", words="How deep do I dig?"),
    Case("charset-that-unpacks", words="Strange signs\n\nWhich beans go with maize?"),
    Case("charset-unknown", words="Which beans go with maïs?"),
    Case("empty", words="…", quiet=True,
        contact="nobody-in-particular@elsewhere.example"),
    Case("subject-only", words="When do I sow cowpea here?"),
    Case("nul-and-controls", words="AB\n\nDoes salt harm[31m the soil txet?"),
    Case("broken-base64"),
    Case("header-injection",
        words="Soil Bcc: all@farm.example\n\nCan I mix ash and manure in one heap?"),
    Case("address-says-language", language="sw", words="Swali\n\nMbolea gani?"),
    Case("address-says-desk", language="fr", country="BF"),
    Case("signature", words="Terraces\n\nHow wide is a terrace on a steep slope?"),
    Case("telephone", words="Ash\n\nIs wood ash good for onions?"),
    Case("unlike-boundary"),
]  # fmt: skip


@pytest.fixture
def desk(empty):
    """Awa has asked by the web and was answered; nothing waits to be sent."""
    furnish_desks(empty.app)
    expert = at(empty.app, "bf")
    sent(asker(empty.app), contact=AWA)
    number = newest(empty.app).id
    page = f"/desk/questions/{number}"
    said = {"words": "One step apart.", "language": "en", "own": "yes"}
    assert expert.post(f"{page}/answer", said).status_code == 303
    return Post(empty)


class Post:
    """Brings mails to one house."""

    def __init__(self, house):
        self.house = house
        self.sessions = house.office.database.writing
        self.hers = newest(house.app).id
        with self.sessions() as session:
            question = session.get(Question, self.hers)
            self.code = question.code
            letters = session.scalars(select(Letter).where(Letter.recipient == AWA))
            self.letter = letters.all()[-1].message_id if letters else "a1"
            for letter in session.scalars(select(Letter)):
                letter.state = LetterState.SENT
            session.commit()

    def raw(self, mail):
        """Give a mail as it comes, about Awa's question."""
        thread = f"q{self.hers}"
        ours = name_of(KEY, self.letter, thread)
        arabic = "".join(chr(0x0660 + int(digit)) for digit in self.code)
        return (
            (MAILS / f"{mail}.eml")
            .read_bytes()
            .replace(b"{OURS}", f"<{ours}@localhost>".encode())
            .replace(b"{ROOT}", f"<{name_of(KEY, ROOT, thread)}@localhost>".encode())
            .replace(b"{FORGED}", f"<{ours[:-1]}{'01'[ours[-1] == '0']}@x.y>".encode())
            .replace(b"{NUMBER}", spoken(self.code).replace("\xa0", " ").encode())
            .replace(b"{ARABIC_NUMBER}", base64.b64encode(arabic.encode()))
        )

    def bring(self, raw):
        """Take a mail in as the worker does; give what is written of it."""
        mail = read(raw)
        kept = Kept((), ()) if mail.automatic else kept_of(mail.attached)
        with self.sessions() as session:
            house = House(
                key=KEY, site=SITE, own=frozenset({"help@humus.example"}),
                help_address="help@humus.example",
                pictures=self.house.settings.pictures_folder,
                desks=read_desks(session, read_holding(session)),
            )  # fmt: skip
            row = take_in(session, mail, kept, house)
            session.commit()
            return row.id if row else None

    def all(self, table, *where):
        with self.sessions() as session:
            return session.scalars(select(table).where(*where).order_by(table.id)).all()

    def waiting(self, purpose=None):
        found = self.all(Letter, Letter.state == LetterState.WAITING)
        return [x for x in found if purpose in {None, x.purpose}]


def test_each_mail_is_a_case_and_each_case_a_mail():
    names = [path.stem for path in MAILS.glob("*.eml")]
    assert sorted(names) == sorted(case.mail for case in CASES)
    assert len(names) >= 25


@pytest.mark.parametrize("case", CASES, ids=[case.mail for case in CASES])
def test_what_becomes_of_a_mail(desk, case):
    desk.bring(desk.raw(case.mail))
    (row,) = desk.all(MailIn)
    assert row.became == case.became
    assert (row.question_id == desk.hers) == case.linked
    assert row.other_sender == case.other_sender
    assert tuple(name for name, _why in json.loads(row.left_out)) == case.left_out
    questions = desk.all(Question)
    assert len(questions) == (2 if case.became == "question" else 1)
    new = questions[-1]
    said = desk.all(Message, Message.from_asker)
    words = {"question": [new.words], "words": [m.words for m in said]}
    heard = words.get(case.became, [])
    if case.words is not None:
        assert heard == [case.words]
    if case.became == "question":
        assert row.question_id == new.id
        assert (new.contact, new.suspect) == (case.contact, case.quiet)
        assert new.language == case.language or not case.language
        assert new.country == case.country
        assert said == []
    hers = [x for x in desk.waiting("question-mailed") if x.recipient == case.contact]
    assert len(hers) == (case.became == "question" and not case.quiet)
    if case.became not in {"question", "words"} or case.quiet:
        assert desk.waiting() == []
        assert desk.all(Question, Question.id == desk.hers)[0].state == State.WAITING
    with desk.sessions() as session:
        assert comes_back(session, AWA) is case.dead
        pictured = session.scalars(select(QuestionPicture)).all()
        assert len(pictured) == case.pictures


@pytest.mark.parametrize(
    "mail", ["plain", "reply-gmail", "no-date-no-name", "vacation"]
)
def test_a_mail_delivered_five_times_is_one(desk, mail):
    ways = [b"", b"Received: by a.example\n", b"Received: by b.example\nX-Way: 2\n"]
    came = [desk.bring(way + desk.raw(mail)) for way in (*ways, *ways[:2])]
    assert [number is None for number in came] == [False, True, True, True, True]
    assert len(desk.all(MailIn)) == 1
    asked = desk.all(Question) + desk.all(Message, Message.from_asker)
    assert len(asked) == (1 if mail == "vacation" else 2)
    assert len(desk.waiting("question-mailed")) <= 1


def test_a_name_that_somebody_else_used_hides_no_mail(desk):
    stolen = desk.raw("plain").replace(
        b"awa@farm.example\n", b"evil@elsewhere.example\n"
    )
    assert desk.bring(stolen)
    assert desk.bring(desk.raw("plain"))
    contacts = [question.contact for question in desk.all(Question)]
    assert contacts == [AWA, EVIL, AWA]


def test_an_answer_opens_a_question_again_and_its_desk_is_told(desk):
    desk.bring(desk.raw("reply-gmail"))
    assert desk.all(Question)[0].state == State.OPEN
    assert len(desk.waiting("question-waits")) == 1


def test_the_acknowledgement_answers_her_mail_and_leads_to_her_question(desk):
    desk.bring(desk.raw("plain"))
    (letter,) = desk.waiting("question-mailed")
    new = desk.all(Question)[-1]
    assert (letter.thread, letter.answers) == (f"q{new.id}", "<plain@farm.example>")
    with desk.sessions() as session:
        links = session.scalars(select(PrivateLink)).all()
        assert [x.mailed for x in links if x.question_id == new.id] == [True]


def test_nothing_more_goes_where_mail_comes_back_from(desk):
    desk.bring(desk.raw("plain"))
    assert desk.waiting("question-mailed")
    desk.bring(desk.raw("bounce-no-such"))
    assert desk.waiting("question-mailed") == []
    desk.bring(desk.raw("reply-outlook").replace(b"awa@", b"brother@"))
    assert [x.recipient for x in desk.waiting() if x.recipient == AWA] == []


def test_a_mail_from_an_address_shows_that_it_lives(desk):
    desk.bring(desk.raw("bounce-no-such"))
    desk.bring(desk.raw("plain"))
    with desk.sessions() as session:
        assert not comes_back(session, AWA)
    assert len(desk.waiting("question-mailed")) == 1


def test_a_million_signs_are_cut_in_the_question_and_kept_beside_it(desk):
    text = "Why is my soil hard? " * 50_000
    raw = f"From: {AWA}\nMessage-ID: <x@y>\nSubject: Long\n\n{text}\n".encode()
    desk.bring(raw)
    new, (row,) = desk.all(Question)[-1], desk.all(MailIn)
    assert len(new.words) == 2000
    assert new.words.endswith("…")
    assert row.text == text.strip()


@pytest.mark.thorough
def test_a_picture_is_made_anew_and_only_the_desk_sees_it(desk):
    desk.bring(desk.raw("photo-called-text"))
    (picture,) = desk.all(Picture)
    assert (picture.state, picture.record_id) == (PictureState.ASKED, None)
    kept = list(desk.house.settings.pictures_folder.glob("??/*"))
    assert kept
    assert all(b"SecretPhone" not in path.read_bytes() for path in kept)
    name = next(path.name for path in kept if path.name.endswith("page.jpg"))
    app = desk.house.app
    assert asker(app).browser.get(f"/media/{name}").status_code == 404
    assert at(app, "india").browser.get(f"/media/{name}").status_code == 404
    coordinator = at(app, "bf", "coordinator")
    with desk.sessions() as session:
        session.get(Question, desk.all(Question)[-1].id).desk_code = "bf"
        session.commit()
    assert coordinator.browser.get(f"/media/{name}").status_code == 200


@pytest.mark.thorough
def test_who_floods_us_is_answered_some_times_and_then_read_first(desk):
    for number in range(24):
        raw = (
            f"From: {AWA}\nMessage-ID: <{number}@y>\nSubject: Question {number}\n\n?\n"
        )
        desk.bring(raw.encode())
    asked = desk.all(Question)[1:]
    assert [question.suspect for question in asked] == [False] * 20 + [True] * 4
    assert len(desk.waiting("question-mailed")) <= 5


@given(some.binary(max_size=3000))
def test_no_bytes_stop_the_reading(raw):
    mail = read(raw)
    assert "\x00" not in mail.text + mail.subject + mail.sender


HEADS = some.lists(
    some.tuples(
        some.sampled_from(
            ["From", "To", "Subject", "References", "Content-Type", "Message-ID",
             "Content-Transfer-Encoding", "Content-Disposition", "Precedence"]
        ),
        some.text(max_size=60)
        | some.sampled_from(
            ["multipart/mixed; boundary=a", "text/html; charset=utf-16", "base64",
             "=?utf-8?b?4pyT?=", "text/plain; charset*0*=%%; name*=utf-8''%ff",
             "x-uuencode", "message/delivery-status", "<a@b>,<c",
             "multipart/report; boundary=\"a\""]
        ),
    ),
    max_size=9,
)  # fmt: skip


@example([("Content-Type", ";CHARSET*0*")], "\x80")  # a charset that is no text
@given(HEADS, some.text(max_size=200))
def test_no_headers_stop_the_reading(heads, body):
    lines = [f"{name}: {value}" for name, value in heads]
    raw = "\n".join([*lines, "", "--a", "", body]).encode("utf-8", "surrogatepass")
    assert read(raw).text is not None


@pytest.mark.thorough
def test_a_mail_needs_no_more_than_a_moment_however_it_is_built():
    parts = b"".join(b"--a\nContent-Type: text/plain\n\nx\n" for _ in range(20_000))
    raw = b"Content-Type: multipart/mixed; boundary=a\n\n" + parts
    assert len(read(raw).text) == 20_000 * 3 - 2
    assert ASKED["words"] not in read(b"<" * 500_000).text


def test_mails_are_forgotten_with_the_address_and_those_of_no_question_too(desk):
    for mail in ("plain", "vacation", "from-nobody"):
        desk.bring(desk.raw(mail))
    tidy(desk.sessions)
    assert len(desk.all(MailIn)) == 3
    long_ago = datetime.now(UTC) - timedelta(days=CONTACT_DAYS + 1)
    with desk.sessions() as session:
        session.execute(update(MailIn).values(at=long_ago))
        session.execute(
            update(Question).where(Question.id != desk.hers).values(changed=long_ago)
        )
        session.commit()
    tidy(desk.sessions)
    assert [row.question_id for row in desk.all(MailIn)] == [desk.hers]
    assert [question.contact for question in desk.all(Question)] == [AWA, ""]


@pytest.mark.thorough
def test_whoever_deletes_her_account_takes_mails_and_pictures_along(desk):
    person = asker(desk.house.app)
    person.email = AWA
    person.with_account()
    desk.bring(desk.raw("photo-called-text"))
    desk.bring(desk.raw("reply-gmail"))
    with desk.sessions() as session:
        her = session.scalar(select(Person).where(Person.email == AWA))
        assert len(HELPDESK.shown(session, her)["mails"]) == 2
        HELPDESK.let_go(session, her)
        session.commit()
    assert desk.all(MailIn) == []
    assert [x.state for x in desk.all(Picture)] == [PictureState.WITHDRAWN]
