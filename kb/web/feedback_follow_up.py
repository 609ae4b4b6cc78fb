"""Ask me after the season how it went: leaving an address, and the links sent to it."""

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.request import this_language, this_session, writing_session
from kb.entrance.site import site
from kb.errors import Conflict, NotValid
from kb.feedback import follow_up
from kb.feedback.choices import ANSWERS, WAITS
from kb.feedback.given import FollowUpSchema
from kb.feedback.models import FollowUpState
from kb.kinds import KINDS
from kb.people.given import checked
from kb.people.pace import LETTER_ACCOUNT, LETTER_ADDRESS, SIGN_IN_ADDRESS
from kb.web.feedback_page import (
    ABOUT,
    form_again,
    form_page,
    record_named,
    thanks,
    writing,
)
from kb.web.people_page import again, given_email, page, people_pages

pages = people_pages("feedback_follow_up")
ASK, LINK = "feedback/follow_up.html", "feedback/follow_up_link.html"


@pages.get(f"{ABOUT}/follow-up")
def form(lang: str, plural: str, ref: str) -> Response:
    """Ask for the address, and when to write."""
    record = record_named(plural, ref, triable=True)
    return form_page(ASK, record, waits=_waits())


@pages.post(f"{ABOUT}/follow-up")
def ask_later(lang: str, plural: str, ref: str) -> Reply:
    """Send the link that confirms the address."""
    where, email = site(), given_email("address")
    tries = (
        ("letter account", email, LETTER_ACCOUNT),
        ("letter address", who_asks(), LETTER_ADDRESS),
    )
    record, _person = writing(plural, ref, *tries, triable=True)
    try:
        given = checked(FollowUpSchema(), request.form)
    except NotValid as refused:
        return form_again(ASK, record, refused, waits=_waits())
    follow_up.ask_later(
        this_session(), record, given, language=this_language(), site=where
    )
    this_session().commit()
    return thanks(record, "later")


@pages.get("/follow-up")
def link(lang: str) -> Response:
    """Show what a link is for; only a button acts, for programs open links too."""
    return _shown(request.args.get("token", ""))


@pages.post("/follow-up/<any(confirm,answer,stop):step>")
def use(lang: str, step: str) -> Response:
    """Confirm the address, take the answer in, or forget the address."""
    session, secret = writing_session(), request.form.get("token", "")
    keep_pace_in(session, ("sign-in address", who_asks(), SIGN_IN_ADDRESS))
    try:
        reply = {"confirm": _confirm, "answer": _answer, "stop": _stop}[step](secret)
    except NotValid as refused:
        return _shown(secret, refused)
    except Conflict as refused:
        return again(LINK, refused, what="", token="")
    session.commit()
    return reply


@pages.get("/follow-up/<any(confirm,answer,stop):step>")
def back(lang: str, step: str) -> Response:
    """Show, at the address of a form, that the link has to be opened again."""
    return _shown("")


def _waits() -> list[tuple[str, str]]:
    return [(months, _("in %(n)s months", n=months)) for months in WAITS]


def _confirm(secret: str) -> Response:
    row = follow_up.confirm(this_session(), secret)
    return page(LINK, what="confirmed", due=row.due, token=secret)


def _answer(secret: str) -> Response:
    said = request.form.get("answer", "")
    if said not in ANSWERS:
        wrong = _("Please choose one of the list.")
        raise NotValid(wrong, {"answer": [wrong]})
    row = follow_up.answer(this_session(), secret, said)
    plural = KINDS[row.record.kind].plural
    return page(LINK, what="answered", ref=row.record.ref, plural=plural, token="")


def _stop(secret: str) -> Response:
    follow_up.stop(this_session(), secret)
    return page(LINK, what="stopped", token="")


def _shown(secret: str, refused: NotValid | None = None) -> Response:
    try:
        row = follow_up.known(this_session(), secret)
    except Conflict as gone:
        return again(LINK, gone, what="", token="")
    asked = row.state == FollowUpState.ASKED
    what = "ask" if asked else "wait"
    if row.state == FollowUpState.UNCONFIRMED:
        what = "confirm"
    said: dict[str, Any] = {
        "what": what,
        "token": secret,
        "ref": row.record.ref,
        "answers": ANSWERS,
    }
    if refused is not None:
        return again(LINK, refused, **said)
    return page(LINK, **said)
