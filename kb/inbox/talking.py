"""A talk with a phone: what it asks for by one word, and what it says.

A talk is: a question, where her land is, the code. The question waits at its desk from
its first words on; who does not say where gets the code all the same.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import Conflict
from kb.feedback.given import LONGEST_PLACE, plain_words
from kb.feedback.written import looks_like_advertising
from kb.helpdesk.desk_tables import Desk
from kb.helpdesk.desks import Desks
from kb.helpdesk.letters import ASKED
from kb.helpdesk.links import going_on
from kb.helpdesk.notices import tell_desk
from kb.helpdesk.pace import MAIL_FROM, TEXT_TO
from kb.helpdesk.question_given import one_line
from kb.helpdesk.question_tables import Question, State
from kb.helpdesk.questions import ask, say_more
from kb.helpdesk.text_tables import Step, Talk, TextBecame, TextIn
from kb.helpdesk.texts import WAIT, plain_code, put, send_more, talk_of, text_asker
from kb.helpdesk.ticket import heard as code_in
from kb.inbox.hints import UNKNOWN, language_of
from kb.inbox.taking import NO_WORDS, fitting
from kb.language import INTERFACE, name_of, offered
from kb.people.pace import NO_WAIT, keep_pace
from kb.people.secrets import digest
from kb.record.schemas import COUNTRIES
from kb.sms.outgoing import STOPPED
from kb.sms.phones import stop_phone
from kb.sms.tables import Phone
from kb.sms.words import Keyword, Said, shown, understood
from kb.wording import said_by

SESSION = timedelta(days=7)
"""So long after the last that happened, words belong to the same question."""
REPLY_FOR = timedelta(hours=2)
"""After so long, a reply to one word is of no use."""


@dataclass(frozen=True)
class Heard:
    """A text of a phone, with what is needed to answer it."""

    phone: Phone
    row: TextIn
    usual: str
    """The language to write in while none is known."""
    desks: Desks
    site: str

    @property
    def language(self) -> str:
        """The language to answer in."""
        return offered(self.phone.language or self.phone.hinted or self.usual)


def hear(session: Session, heard: Heard) -> None:
    """Do what a text asks for, or take its words in."""
    phone, text = heard.phone, heard.row.text
    said = understood(text)
    if said is not None and said.keyword == Keyword.MORE and not _means_more(
        session, heard, said
    ):  # fmt: skip
        said = None
    stopped = phone.stopped is not None
    if said is None or (stopped and said.keyword != Keyword.START):
        phone.heard = datetime.now(UTC)
        if said is None:
            _words(session, heard)
        else:
            heard.row.became = TextBecame.KEYWORD
        session.flush()
        return
    phone.heard = datetime.now(UTC)
    _hint(phone, said)
    heard.row.became = TextBecame.KEYWORD
    _answer(session, heard, said)
    session.flush()


def hear_service(
    session: Session, row: TextIn, desks: Desks, usual: str, site: str
) -> None:
    """Lay what a service sent before a person; it is never answered."""
    question = _asked(session, row.text, None, desks, usual, site=site, quiet=True)
    row.question_id = question.id
    session.flush()


def _means_more(session: Session, heard: Heard, said: Said) -> bool:
    """Say whether she wants to read on: in French the word for it means maize."""
    talk = session.get(Talk, heard.phone.id)
    return bool(talk and talk.rest) or heard.phone.language in said.languages


def _hint(phone: Phone, said: Said) -> None:
    """Take the language of a word that is one of few languages as that of the phone."""
    if phone.language in said.languages or phone.hinted in said.languages:
        return
    if len(said.languages) == 1:
        phone.hinted = next(iter(said.languages))


def _answer(session: Session, heard: Heard, said: Said) -> None:
    phone = heard.phone
    if said.keyword == Keyword.STOP:
        stop_phone(session, phone)
        _say(session, heard, STOPPED, word=shown(Keyword.START, heard.language))
    elif said.keyword == Keyword.START:
        phone.stopped = None
        _say(session, heard, "text-started", word=shown(Keyword.STOP, heard.language))
    elif said.keyword == Keyword.LANG:
        phone.language = said.about or phone.language
        _language(session, heard, chosen=bool(said.about))
    elif said.keyword == Keyword.STATUS:
        _status(session, heard, said.about)
    elif said.keyword == Keyword.MORE:
        if not send_more(session, phone, heard.language):
            _say(session, heard, "text-no-more")
    else:
        _help(session, heard)


def _help(session: Session, heard: Heard) -> None:
    language = heard.language
    words = {each: shown(each, language) for each in Keyword}
    _say(
        session, heard, "text-help", status=words[Keyword.STATUS],
        lang=words[Keyword.LANG], more=words[Keyword.MORE], stop=words[Keyword.STOP],
    )  # fmt: skip


def _language(session: Session, heard: Heard, *, chosen: bool) -> None:
    word = shown(Keyword.LANG, heard.language)
    if chosen:
        _say(session, heard, "text-language", name=name_of(heard.language))
    else:
        codes = ", ".join(code.upper() for code in INTERFACE)
        _say(session, heard, "text-languages", word=word, codes=codes)


def _status(session: Session, heard: Heard, typed: str) -> None:
    """Tell how it is with a question that was asked from this very phone."""
    wanted = select(Question).where(Question.phone_id == heard.phone.id)
    wanted = wanted.order_by(Question.id.desc()).limit(1)
    if typed:
        wanted = wanted.where(Question.code == (code_in(typed) or "none"))
    question = session.scalar(wanted)
    state = question.state if question is not None else "none"
    code = plain_code(question) if question is not None else ""
    _say(session, heard, "text-status", question, state=state, code=code)


def _say(
    session: Session, heard: Heard, event: str, question: Question | None = None,
    **facts: object,
) -> None:  # fmt: skip
    """Answer at once, if it was not done too often of late."""
    key = f"text {digest(heard.phone.phone)}"
    if event != STOPPED and keep_pace(session, key, TEXT_TO) > NO_WAIT:
        return
    text = said_by(event, "sms", heard.language, **facts)
    lives = None if event == STOPPED else REPLY_FOR
    put(
        session, heard.phone, event, text, language=heard.language,
        question=question, useful_for=lives,
    )  # fmt: skip


def _words(session: Session, heard: Heard) -> None:
    """Take words in: a place, more of what is talked about, or a new question."""
    phone, text = heard.phone, heard.row.text
    hint = language_of(text)
    if hint in INTERFACE:
        phone.hinted = hint
    talk = talk_of(session, phone)
    question = _going_on(session, talk, phone)
    if question is None:
        _begin(session, heard, talk, hint)
        return
    heard.row.question_id = question.id
    if talk.step == Step.WHERE:
        if _is_place(text):
            question.place, heard.row.became = one_line(text), TextBecame.PLACE
            text_asker(session, question, ASKED)
            return
        text_asker(session, question, ASKED)
    heard.row.became = TextBecame.WORDS
    try:
        say_more(session, question, fitting(text) or NO_WORDS, site=heard.site)
    except Conflict:
        heard.row.became = TextBecame.UNHEARD
    talk.question_id = question.goes_on_id or question.id


def _going_on(session: Session, talk: Talk, phone: Phone) -> Question | None:
    """Give the question that is talked about, if not too long ago, and if it is hers.

    Others who write to it wait until this is done.
    """
    if talk.question_id is None:
        return None
    question = going_on(session, talk.question_id)
    if question is None or question.phone_id != phone.id:
        return None
    lately = question.changed > datetime.now(UTC) - SESSION
    return question if question.state != State.RESOLVED and lately else None


def _is_place(text: str) -> bool:
    line = " ".join(text.split())
    asks = any(sign in line for sign in "?\u061f\uff1f")
    return 0 < len(line) <= LONGEST_PLACE and not asks


def _begin(session: Session, heard: Heard, talk: Talk, hint: str) -> None:
    phone = heard.phone
    too_many = keep_pace(session, f"mail {digest(phone.phone)}", MAIL_FROM) > NO_WAIT
    text = heard.row.text
    quiet = too_many or looks_like_advertising(text)
    language = hint if hint != UNKNOWN else phone.language or phone.hinted or UNKNOWN
    question = _asked(
        session, text, phone, heard.desks, language, site=heard.site, quiet=quiet,
        reader=heard.language,
    )  # fmt: skip
    heard.row.question_id = talk.question_id = question.id
    phone.zone = phone.zone or _zone_of(session, question)
    if quiet:
        return
    tell_desk(session, question, heard.site)
    talk.step, talk.until = Step.WHERE, datetime.now(UTC) + WAIT
    said = said_by("text-where", "sms", heard.language)
    put(
        session, phone, "text-where", said, language=heard.language,
        question=question, useful_for=REPLY_FOR,
    )  # fmt: skip


def _asked(
    session: Session, text: str, phone: Phone | None, desks: Desks, language: str,
    *, site: str, quiet: bool, reader: str = "",
) -> Question:  # fmt: skip
    country = phone.country if phone else ""
    given = {
        **dict.fromkeys(("place", "land_use", "theme", "contact"), ""),
        "words": plain_words(fitting(text)) or NO_WORDS,
        "language": language,
        "country": country if country in COUNTRIES else "",
        "phone_id": phone.id if phone else None,
    }
    question = ask(
        session, given, desks, secret="", reader=reader or offered(language),
        point=None, shown={}, by=None, site=site, letter="", suspect=quiet,
    )  # fmt: skip
    session.flush()
    return question


def _zone_of(session: Session, question: Question) -> str:
    """Give the time zone of the desk of a question."""
    desk = session.get(Desk, question.desk_code) if question.desk_code else None
    return desk.zone if desk is not None else ""
