"""Texts to askers who wrote from a phone, in the language they read.

Unlike a mail, a text holds the answer itself: the phone may open no page.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.helpdesk.question_tables import Question
from kb.helpdesk.text_tables import Step, Talk
from kb.helpdesk.ticket import spoken
from kb.language import offered
from kb.sms.outgoing import parts_about, put_text
from kb.sms.parts import first_of, narrowed
from kb.sms.tables import Phone
from kb.sms.words import Keyword, shown
from kb.wording import said_by

ASKED, ANSWERED = "question-asked", "question-answered"
THREAD = "q"
WAIT = timedelta(hours=1)
"""How long we wait to hear where her land is."""
MOST_PARTS = 3
"""Parts in which a text goes at once; the rest waits for MORE."""
LONGEST_REST = 20_000
"""Signs that wait for MORE; the newest stay."""


def text_asker(
    session: Session, question: Question, event: str, *, public: str = "", day: str = ""
) -> bool:
    """Write to the phone of an asker; say whether a text goes.

    :param public: address of a page that all may read.
    :param day: until when she has to wait, where the text speaks of that.
    """
    phone = session.get(Phone, question.phone_id)
    if phone is None:
        return False
    if event == ASKED:
        finish(session, question)
    language = offered(phone.language or question.reader)
    code = plain_code(question)
    if event == ANSWERED:
        answers = [one.words for one in question.messages if not one.from_asker]
        words = answers[-1] if answers else ""
        return _put_long(session, phone, question, f"{code}: {words}", language)
    text = said_by(event, "sms", language, code=code, public=public, day=day)
    return put(session, phone, event, text, language=language, question=question)


@dataclass(frozen=True)
class PhoneSeen:
    """What the desk sees of the phone of an asker: never its number."""

    stopped: bool
    """It said that it wants nothing more."""
    parts: Mapping[str, int]
    """What became of the parts that went there about this question → how many."""
    unsure: int
    """How many of them may have gone twice."""


def phone_seen(session: Session, question: Question) -> PhoneSeen | None:
    """Give what the desk sees of the phone; nothing if it was not asked from one."""
    phone = session.get(Phone, question.phone_id) if question.phone_id else None
    if phone is None:
        return None
    rows = parts_about(session, f"{THREAD}{question.id}")
    counted = Counter(row.state for row in rows)
    unsure = sum(row.unsure > 0 for row in rows)
    return PhoneSeen(phone.stopped is not None, counted, unsure)


def put(
    session: Session, phone: Phone, purpose: str, text: str, *, language: str,
    question: Question | None = None, useful_for: timedelta | None = None,
) -> bool:  # fmt: skip
    """Write one text, in signs that take little room."""
    thread = f"{THREAD}{question.id}" if question is not None else ""
    return put_text(
        session, phone, purpose, narrowed(text), language=language, thread=thread,
        useful_for=useful_for,
    )  # fmt: skip


def send_more(session: Session, phone: Phone, language: str) -> bool:
    """Send the next piece of what is left; say whether something was."""
    talk = talk_of(session, phone)
    if not talk.rest:
        return False
    question = session.get(Question, talk.question_id) if talk.question_id else None
    rest, talk.rest = talk.rest, ""
    return _put_long(session, phone, question, rest, language)


def talk_of(session: Session, phone: Phone) -> Talk:
    """Give what a phone talks about; it is held, so nobody else has it now."""
    talk = session.get(Talk, phone.id)
    if talk is None:
        talk = Talk(phone_id=phone.id, until=datetime.now(UTC), step="", rest="")
        session.add(talk)
        session.flush()
    return talk


def finish(session: Session, question: Question) -> None:
    """Wait no more for where her land is."""
    wanted = select(Talk).where(Talk.question_id == question.id)
    for talk in session.scalars(wanted).all():
        talk.step = Step.NOTHING


def finish_due(session: Session) -> int:
    """Give the code to those who did not say where; give how many that were."""
    due = (
        select(Question)
        .join(Talk, Talk.question_id == Question.id)
        .where(Talk.step == Step.WHERE, Talk.until <= datetime.now(UTC))
        .order_by(Question.id)
        .limit(100)
        .with_for_update()
    )
    found = session.scalars(due).all()
    for question in found:
        text_asker(session, question, ASKED)
    session.flush()
    return len(found)


def plain_code(question: Question) -> str:
    """Write a code with plain spaces, as phones show them."""
    return spoken(question.code).replace("\N{NO-BREAK SPACE}", " ")


def _put_long(
    session: Session, phone: Phone, question: Question | None, text: str, language: str
) -> bool:
    """Send as much as goes at once; what was left before stays behind what is new."""
    word = shown(Keyword.MORE, language)
    tail = "\n" + said_by("text-more", "sms", language, word=word)
    piece, rest = first_of(narrowed(text), MOST_PARTS, narrowed(tail))
    if not put(session, phone, ANSWERED, piece, language=language, question=question):
        return False
    if rest:
        talk = talk_of(session, phone)
        talk.rest = "\n\n".join(filter(None, (rest, talk.rest)))[:LONGEST_REST]
        session.flush()
    return True
