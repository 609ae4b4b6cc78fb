"""The private page of a question: only its link opens it."""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import these_desks
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import LONGEST_SECRET
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, KbError, NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk.beside import opened_beside
from kb.helpdesk.clocks import next_answer
from kb.helpdesk.links import by_link
from kb.helpdesk.pace import WORDS_ADDRESS
from kb.helpdesk.path import path
from kb.helpdesk.publishing import WORDING, agree, standing, take_back
from kb.helpdesk.question_given import more_words
from kb.helpdesk.question_tables import Message, Question
from kb.helpdesk.questions import answered, say_more, thank
from kb.helpdesk.ticket import spoken
from kb.helpdesk.translating import originals
from kb.record.lookups import titled
from kb.web.feedback_page import known_site
from kb.web.people_page import again, page, people_pages

pages = people_pages("question")
PAGE = "helpdesk/question.html"
LONGEST_CODE = 9


@pages.get("/question")
def one(lang: str) -> Response:
    """Show the question, how it stands and what was said."""
    secret, of = request.args.get("token", ""), request.args.get("of", "")
    return page(PAGE, **_about(secret, of[:LONGEST_CODE]))


STEPS: dict[str, Callable[[Session, Question], None]] = {
    "thanks": thank,
    "more": lambda session, question: say_more(
        session,
        question,
        more_words(request.form.get("words", "")),
        site=known_site(),
    ),
    "agree": lambda session, question: agree(
        session, question, language=this_language()
    ),
    "take-back": lambda session, question: take_back(
        session, question, language=this_language(), site=known_site()
    ),
}
HELD = frozenset({"thanks", "more"})
"""Steps before which others who write to the question have to be ready; the others
write rows of their own, and wait for a draft instead."""
STEP = "<any('thanks','more','agree','take-back'):step>"


@pages.post(f"/question/{STEP}")
def say(lang: str, step: str) -> Reply:
    """Take in whether she was helped, and whether others may read it."""
    session, secret = writing_session(), request.form.get("token", "")[:LONGEST_SECRET]
    keep_pace_in(session, ("question address", who_asks(), WORDS_ADDRESS))
    of = request.form.get("of", "")[:LONGEST_CODE]
    question = by_link(session, secret, of=of, hold=step in HELD)
    try:
        STEPS[step](session, question)
    except (NotValid, Conflict) as refused:
        return _again(secret, of, refused)
    session.commit()
    return redirect(url_for(".one", token=secret, of=of or None), code=303)


@pages.get(f"/question/{STEP}")
def back(lang: str, step: str) -> Reply:
    """Lead from the address of a form to where the link is to be opened again."""
    return redirect(url_for("ask.form"), code=303)


def _again(secret: str, of: str, refused: KbError) -> Response:
    typed = {"words": request.form.get("words", "")[: 2 * LONGEST_WORDS]}
    return again(PAGE, refused, **(_about(secret, of) | {"given": typed}))


def _about(secret: str, of: str) -> dict[str, Any]:
    session, secret = this_session(), secret[:LONGEST_SECRET]
    question = by_link(session, secret, of=of)
    whole = by_link(session, secret) if of else question
    desks = these_desks().by_code
    desk = desks.get(question.desk_code or "")
    return {
        "question": question,
        "code": spoken(question.code),
        "token": secret,
        "of": of,
        "beside": opened_beside(session, whole),
        "spoken_code": spoken,
        "new": request.args.get("new") == "1",
        "desk": desk,
        "contact": desks.get(question.contact_code or "") or desk,
        "desks": desks,
        "path": path(session, question),
        "expected": next_answer(session, question),
        "answered": answered(question),
        "public": standing(session, question),
        "wording": WORDING,
        "records": cited(question.messages),
        "originals": originals(session, question),
        "given": {},
    }


def cited(messages: list[Message]) -> dict[int, Any]:
    """Give the public records that messages cite, by number, with their titles."""
    numbers = {cite.record_id for message in messages for cite in message.cites}
    return titled(this_session(), numbers, this_language()) if numbers else {}
