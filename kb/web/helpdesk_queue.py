"""The helpdesk from within: the queues, and one question with what can be done."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from math import ceil
from typing import Any

from flask import Response, redirect, request, url_for
from marshmallow import ValidationError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import fresh_desks
from kb.entrance.person import a_person
from kb.entrance.request import (
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import Conflict, NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk import clocks, working
from kb.helpdesk.alike import alike
from kb.helpdesk.beside import beside
from kb.helpdesk.desk_given import a_day
from kb.helpdesk.joining import join, part
from kb.helpdesk.looking import flagged, flags_of, looks, still_right
from kb.helpdesk.mails import left_out_of, mails_of
from kb.helpdesk.marking import follow, go_alone
from kb.helpdesk.passing import desks_to_ask, refer
from kb.helpdesk.path import path
from kb.helpdesk.pictured import pictures_of
from kb.helpdesk.publishing import standing, to_withdraw
from kb.helpdesk.putting_off import put_off
from kb.helpdesk.question_given import LEAST_QUESTION, AnswerSchema, more_words
from kb.helpdesk.question_tables import Message, Question, State
from kb.helpdesk.routing import read_kept
from kb.helpdesk.rules import require_helpdesk
from kb.helpdesk.sharing_out import give, people_of
from kb.helpdesk.texts import phone_seen
from kb.helpdesk.ticket import spoken
from kb.helpdesk.translating import originals, waiting_for
from kb.language import _
from kb.people.given import checked
from kb.people.models import Person
from kb.planning.service import of_question
from kb.record.lookups import by_ref, titled
from kb.record.models import Record
from kb.regions.atlas import Point
from kb.stopping import comes_back
from kb.web.feedback_page import known_site, spoken_languages
from kb.web.offered import offered
from kb.web.people_page import again, page, people_pages
from kb.web.question import cited

pages = people_pages("helpdesk_queue")
LIST, ONE = "helpdesk/queue.html", "helpdesk/work.html"
LONGEST_PAGE = 6
"""Signs of the number of a page."""
LEAST_REASON = 5
"""Signs of why another desk is asked."""
QUESTION = "/desk/questions/<int(max=2147483647):number>"


@pages.get("/desk/questions")
def queue(lang: str) -> Response:
    """Show what waits, as far as her roles reach."""
    session, person = this_session(), a_person()
    require_helpdesk(person)
    asked = request.args.get("state", "")
    state = asked if asked in set(State) else State.OPEN.value
    mine = request.args.get("mine") == "yes"
    return page(
        LIST,
        listed=working.listed(
            session, by=person, state=state, page=_page_asked(), mine=mine
        ),
        mine=mine,
        state=state,
        states=[each.value for each in State],
        desks=fresh_desks(),
        to_withdraw=to_withdraw(session, by=person),
        flags=flagged(session, by=person),
        look=request.args.get("look") == "yes",
        me=person.id,
        now=datetime.now(UTC),
        spoken=spoken,
    )


def _page_asked() -> int:
    """Give the page of the queue that is asked for; what is none is the first."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < LONGEST_PAGE else 1
    return min(max(number, 1), working.LAST_PAGE)


@pages.get("/desk/questions/by-code")
def by_code(lang: str) -> Reply:
    """Lead to the question whose code somebody reads out."""
    typed = request.args.get("code", "")
    number = working.number_by_code(this_session(), typed, by=a_person())
    return redirect(url_for(".one", number=number), code=303)


@pages.get(QUESTION)
def one(lang: str, number: int) -> Response:
    """Show a question with all that was said of it, and what may answer it."""
    session, person = this_session(), a_person()
    question = working.get_question(session, number, by=person)
    about = _about(session, question, person)
    if request.args.get("draft") == "yes":
        about["given"] = _draft(about["alike"].draft)
    return page(ONE, **about)


def _draft(message: Message | None) -> dict[str, str]:
    """Give what was answered to another asker, to be read before it is sent here."""
    if message is None:
        return {}
    return {
        "words": message.words,
        "language": message.language,
        "more_refs": " ".join(record.ref for record in cited([message]).values()),
        "own": "yes" if message.own_experience else "",
    }


def _answer(session: Session, question: Question, by: Person) -> None:
    given: dict[str, Any] = {**checked(AnswerSchema(), _answer_typed())}
    cites = _records(session, given["refs"])
    working.answer(session, question, given, cites, by=by, site=known_site())


def _refer(session: Session, question: Question, by: Person) -> None:
    to, known = request.form.get("to", "")[:40], request.form.get("knowing") == "yes"
    words = _words("reason", least=LEAST_REASON)
    refer(session, question, to, words, by=by, site=known_site(), knowing=known)


def _put_off(session: Session, question: Question, by: Person) -> None:
    words = _words("waits_for", least=LEAST_REASON)
    put_off(session, question, _day("until"), words, by=by, site=known_site())


STEPS: dict[str, Callable[[Session, Question, Person], object]] = {
    "claim": lambda session, question, by: working.claim(session, question, by=by),
    "release": lambda session, question, by: working.release(session, question, by=by),
    "aside": lambda session, question, by: working.set_aside(session, question, by=by),
    "answer": _answer,
    "refer": _refer,
    "put-off": _put_off,
    "like": lambda session, question, by: follow(
        session, question, request.form.get("like", "")[:40], by=by
    ),
    "join": lambda session, question, by: join(
        session, question, request.form.get("same", "")[:40], by=by, site=known_site()
    ),
    "part": lambda session, question, by: part(
        session,
        question,
        _words("part", least=LEAST_QUESTION),
        by=by,
        site=known_site(),
    ),
    "call-back": lambda session, question, by: working.call_back(
        session, question, _number("answer"), by=by
    ),
    "unlike": lambda session, question, by: go_alone(session, question, by=by),
    "looked": lambda session, question, by: still_right(
        session, question, _words("why"), by=by
    ),
    "notes": lambda session, question, by: working.note(
        session, question, _words("note", least=2), by=by
    ),
    "give": lambda session, question, by: give(
        session, question, request.form.get("person", "")[:20], by=by
    ),
    "move": lambda session, question, by: working.move(
        session, question, request.form.get("desk", "")[:40], by=by, site=known_site()
    ),
}
"""What can be done with a question. A note reaches no asker: it is another table."""


@pages.post(f"{QUESTION}/<any({','.join(map(repr, STEPS))}):step>")
def do(lang: str, number: int, step: str) -> Reply:
    """Take a step; what cannot be kept stands again on the page."""
    session, person = writing_session(), a_person()
    question = working.get_question(session, number, by=person, hold=True)
    try:
        STEPS[step](session, question, person)
    except (NotValid, Conflict) as refused:
        return _again(number, refused)
    session.commit()
    return _next(session, question, person, "notes" if step == "notes" else None)


def _words(field: str, *, least: int = 0) -> str:
    """Give the words of a field; what is wrong with them is said of that field."""
    try:
        return more_words(request.form.get(field, ""), least=least)
    except NotValid as refused:
        said = {field: refused.problems["words"]}
        raise NotValid(refused.message, said) from refused


def _number(field: str) -> int:
    """Give the number of a field; what is none is no row."""
    typed = request.form.get(field, "")[:10]
    return int(typed) if typed.isascii() and typed.isdecimal() else 0


def _day(field: str) -> date:
    try:
        return a_day(request.form.get(field, ""))
    except ValidationError as wrong:
        said = {field: list(map(str, wrong.messages))}
        raise NotValid(_("Please look at the marked fields."), said) from wrong


def _next(
    session: Session, question: Question, person: Person, anchor: str | None
) -> Reply:
    """Lead to the question, or to the queue if it is none of hers any more."""
    if working.may(session, question, "see a question", by=person):
        shown = question.id if anchor else question.goes_on_id or question.id
        where = url_for(".one", number=shown, _anchor=anchor)
        return redirect(where, code=303)
    return redirect(url_for(".queue"), code=303)


def _answer_typed() -> dict[str, str]:
    """Give the form with the ticked records beside those typed in."""
    ticked = " ".join(request.form.getlist("cites"))
    refs = f"{request.form.get('more_refs', '')} {ticked}".strip()
    return {**request.form.to_dict(), "refs": refs[:300]}


def _records(session: Session, refs: tuple[str, ...]) -> list[Record]:
    """Give public records by their codes.

    :raises NotValid: there is none with one of them.
    """
    found = by_ref(session, refs, this_language())
    missing = [ref for ref in refs if ref not in found]
    if missing:
        said = _("There is no record with the code %(ref)s.", ref=missing[0])
        raise NotValid(_("Please look at the marked fields."), {"refs": [str(said)]})
    return [found[ref] for ref in refs]


def _again(number: int, refused: NotValid | Conflict) -> Response:
    """Show the page with all that was typed, as nothing was kept."""
    session, person = writing_session(), a_person()
    question = working.get_question(session, number, by=person)
    typed = {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}
    typed |= {"cites": " ".join(request.form.getlist("cites"))}
    return again(ONE, refused, **(_about(session, question, person) | {"given": typed}))


def _about(session: Session, question: Question, person: Person) -> dict[str, Any]:
    shown = working.was_shown(question)
    taken = working.taken_by_another(question, person)
    given = {
        "country": question.country,
        "land_use": (question.land_use_id or "").partition(":")[2],
    }
    near = None
    if question.latitude is not None and question.longitude is not None:
        near = Point(question.latitude, question.longitude)
    return {
        "question": question,
        "code": spoken(question.code),
        "desks": fresh_desks(),
        "because": read_kept(question.because),
        "notes": working.notes(session, question),
        "shown": shown,
        "titles": titled(session, set(shown), this_language()) if shown else {},
        "records": cited(question.messages),
        "found": offered(question.words, this_language(), given, near),
        "clocks": clocks.standings(session, question),
        "now": datetime.now(UTC),
        "path": path(session, question),
        "alike": alike(session, question, by=person),
        "beside": beside(session, question, by=person),
        "her_last": _last_words(question),
        "spoken": spoken,
        "others": desks_to_ask(session, question),
        "flags": flags_of(session, question),
        "untranslated": waiting_for(session, question),
        "originals": originals(session, question),
        "mails": mails_of(session, question),
        "phone": phone_seen(session, question),
        "left_out_of": left_out_of,
        "pictures": pictures_of(session, question),
        "plan": of_question(session, question),
        "comes_back": comes_back(session, question.contact),
        "looks": looks(session, question),
        "public": standing(session, question),
        "taken": taken,
        "mine": not taken and _minutes_left(question) > 0,
        "minutes_left": _minutes_left(question),
        "claim_minutes": working.CLAIM.seconds // 60,
        "people": people_of(session, question),
        "may_move": working.may(session, question, "move a question", by=person),
        "vocabulary": this_vocabulary(),
        "spoken_languages": spoken_languages(),
        "given": {},
    }


def _last_words(question: Question) -> str:
    """Give the last that the asker said."""
    hers = [message.words for message in question.messages if message.from_asker]
    return [question.words, *hers][-1]


def _minutes_left(question: Question) -> int:
    """Give how long it stays with whoever took it up."""
    until = question.claimed_until
    left = (until - datetime.now(UTC)).total_seconds() if until else 0
    return ceil(max(left, 0) / 60)
