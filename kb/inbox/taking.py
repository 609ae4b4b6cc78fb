"""Taking a mail in: it becomes a question, or words in the one it answers.

A mail that is delivered again becomes nothing again. Nothing a mail says lets it into
a question, but the signed name of a mail of ours, which stands in no other place than
the mail with her own link; or the number of a question and the address of its asker.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb import outbox, stopping
from kb.errors import Conflict
from kb.feedback.given import LONGEST_WORDS, plain_words
from kb.feedback.written import looks_like_advertising
from kb.helpdesk.desks import Desks
from kb.helpdesk.letters import MAILED, THREAD, write_asker
from kb.helpdesk.links import going_on
from kb.helpdesk.mail_tables import Became, MailIn, QuestionPicture
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pace import MAIL_FROM
from kb.helpdesk.question_tables import Question
from kb.helpdesk.questions import ask, say_more
from kb.helpdesk.ticket import heard
from kb.inbox.attached import Kept
from kb.inbox.hints import language_of
from kb.inbox.own_words import own_words, without_signature
from kb.inbox.reading import Mail
from kb.language import offered
from kb.people.models import Person
from kb.people.pace import NO_WAIT, keep_pace
from kb.people.secrets import digest
from kb.pictures.service import keep_with_question
from kb.pictures.taking_in import TakenIn
from kb.record.schemas import COUNTRIES
from kb.threads import Ours, ours_in

_NUMBER = re.compile(r"\d[\d\s.\-\u2010-\u2015]{7,18}\d")
_AGAIN = re.compile(r"^(?:\s*[^\W\d_]{1,5}(?:\[\d+\])?\s?[:\uff1a]\s*)+")
"""``Re:``, ``WG:``, ``TR:``, ``Отв:`` and the like before a subject."""
NO_WORDS = "…"
MOST_PICTURES = 20
"""Of one question."""


@dataclass(frozen=True)
class House:
    """What taking in needs to know of the installation."""

    key: str
    """Signs the names of our mails."""
    site: str
    own: frozenset[str]
    """Our own addresses; mail from them is an echo."""
    help_address: str
    pictures: Path
    desks: Desks


def take_in(session: Session, mail: Mail, kept: Kept, house: House) -> MailIn | None:
    """Take a mail in; give what became of it, nothing if it was here before."""
    row = _written_down(session, mail, kept)
    if row is None:
        return None
    if mail.bounce is not None:
        _note_bounce(session, mail, row, house)
    elif mail.automatic or _is_own(mail, house):
        row.became = Became.AUTOMATIC
        row.question_id = _number_of(session, mail, house)
    else:
        stopping.is_alive(session, mail.sender)
        _take_words(session, mail, row, house)
        _keep_pictures(session, row, kept.pictures, house.pictures)
    session.flush()
    return row


def _written_down(session: Session, mail: Mail, kept: Kept) -> MailIn | None:
    row = MailIn(
        digest=_digest(mail),
        at=datetime.now(UTC),
        name="" if mail.automatic else mail.name,
        sender=mail.sender,
        subject=mail.subject,
        text=mail.text,
        became=Became.QUESTION,
        left_out=json.dumps(kept.left_out),
    )
    same = select(MailIn.id).where(MailIn.digest == row.digest)
    if session.scalar(same) is not None:
        return None
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None  # somebody else was quicker by an instant
    return row


def _digest(mail: Mail) -> str:
    """Give what makes it this mail, however often and by whichever way it comes."""
    files = [hashlib.sha256(one.content).hexdigest() for one in mail.attached]
    when = "" if mail.name else mail.date
    said = [mail.name, when, mail.sender, mail.subject, mail.text, files]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _is_own(mail: Mail, house: House) -> bool:
    """Say whether a mail is one of ours that came back."""
    ours = any(ours_in(house.key, mail.name))
    return ours or _without_tag(mail.sender) in house.own


def _without_tag(address: str) -> str:
    mailbox, at, domain = address.rpartition("@")
    return f"{mailbox.partition('+')[0]}{at}{domain}"


def _note_bounce(session: Session, mail: Mail, row: MailIn, house: House) -> None:
    """Write down that a mail of ours came back; send no more there if for good.

    Only a report that names a mail we sent to that very address is believed.
    """
    row.became = Became.BOUNCE
    ours = next(ours_in(house.key, mail.named_within), None)
    if ours is None or mail.bounce is None:
        return
    row.said, row.question_id = mail.bounce.said, _question_of(session, ours)
    recipient = outbox.recipient_of(session, ours.message_id)
    if mail.bounce.for_good and recipient.casefold() in mail.bounce.recipients:
        stopping.is_dead(session, recipient)
        outbox.forget_waiting(session, recipient)


def _take_words(session: Session, mail: Mail, row: MailIn, house: House) -> None:
    number = _number_of(session, mail, house)
    question = going_on(session, number) if number is not None else None
    if question is None:
        _ask(session, mail, row, house)
        return
    row.question_id, row.became = question.id, Became.WORDS
    row.other_sender = not _belongs_to(session, question, mail.sender)
    words = fitting(own_words(mail.text)) or NO_WORDS
    try:
        say_more(session, question, words, site=house.site)
    except Conflict:
        row.became = Became.UNHEARD
    row.question_id = question.goes_on_id or question.id


def _ask(session: Session, mail: Mail, row: MailIn, house: House) -> None:
    """Make a question of it; who seems to want nothing of us gets no answer."""
    too_many = keep_pace(session, f"mail {digest(mail.sender)}", MAIL_FROM) > NO_WAIT
    tag = _tag(mail, house)
    desk = house.desks.by_code.get(tag)
    text = without_signature(mail.text)
    told = desk.languages[0] if desk and desk.languages else mail.language
    words = fitting(_with_subject(mail.subject, text))
    empty = not (words or mail.attached)
    quiet = mail.unwanted or too_many or empty or looks_like_advertising(words)
    language = language_of(f"{mail.subject}\n{text}", tag=tag, said=told)
    given = {
        **dict.fromkeys(("place", "land_use", "theme"), ""),
        "words": words or NO_WORDS,
        "language": language,
        "country": desk.region if desk and desk.region in COUNTRIES else "",
        "contact": mail.sender,
    }
    question = ask(
        session, given, house.desks, secret="", reader=offered(language), point=None,
        shown={}, by=None, site=house.site, letter="", suspect=quiet,
    )  # fmt: skip
    row.question_id = question.id
    session.flush()
    if not quiet:
        write_asker(session, question, MAILED, house.site)
        tell_desk(session, question, house.site)


def _tag(mail: Mail, house: House) -> str:
    """Give the language or desk that stands in the address a mail went to."""
    for address in mail.to if house.help_address else ():
        if _without_tag(address) == house.help_address:
            tag = address.rpartition("@")[0].partition("+")[2]
            if tag:
                return tag
    return ""


def _with_subject(subject: str, text: str) -> str:
    about = _AGAIN.sub("", subject).strip()
    if not about or text.casefold().startswith(about.casefold()):
        return text
    return f"{about}\n\n{text}"


def fitting(words: str) -> str:
    """Give as many words as a question holds; the desk can read the rest."""
    whole = unicodedata.normalize("NFC", words).strip()
    cut = whole if len(whole) <= LONGEST_WORDS else f"{whole[: LONGEST_WORDS - 1]}…"
    return plain_words(cut)


def _number_of(session: Session, mail: Mail, house: House) -> int | None:
    """Give the question that a mail belongs to."""
    for name in mail.answers:
        for ours in ours_in(house.key, name):
            number = _question_of(session, ours)
            if number is not None:
                return number
    for typed in _NUMBER.findall(mail.subject) if mail.sender else ():
        wanted = select(Question).where(Question.code == heard(typed))
        question = session.scalar(wanted)
        if question is not None and _belongs_to(session, question, mail.sender):
            return question.id
    return None


def _question_of(session: Session, ours: Ours) -> int | None:
    if not ours.thread.startswith(THREAD):
        return None
    number = int(ours.thread.removeprefix(THREAD))
    return session.scalar(select(Question.id).where(Question.id == number))


def _belongs_to(session: Session, question: Question, sender: str) -> bool:
    """Say whether an address is that of the asker."""
    if not sender:
        return False
    if question.contact == sender:
        return True
    number = question.person_id
    person = session.get(Person, number) if number is not None else None
    known = person is not None and person.confirmed is not None
    return person is not None and known and person.email == sender


def _keep_pictures(
    session: Session, row: MailIn, pictures: Sequence[TakenIn], folder: Path
) -> None:
    number = row.question_id
    counted = select(func.count()).where(QuestionPicture.question_id == number)
    left = MOST_PICTURES - (session.scalar(counted) or 0) if pictures else 0
    for taken in pictures[:left]:
        picture = keep_with_question(session, taken, folder=folder)
        there = QuestionPicture(picture_id=picture.id, question_id=number)
        session.add(there)
