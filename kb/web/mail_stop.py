"""Ending messages: by the address in a mail, without signing in, or in an account."""

from flask import Blueprint, Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb import outbox, stopping
from kb.entrance.address import LANG
from kb.entrance.person import a_person
from kb.entrance.request import office, this_session, writing_session
from kb.errors import Conflict, NotFound
from kb.following.service import end_for
from kb.language import _
from kb.stopping import FOLLOWING, TOPICS, Stop
from kb.web.people_page import again, page, people_pages

pages = people_pages("mails")
by_mail = Blueprint("mail_stop", __name__, url_prefix=LANG)
ONE, MINE = "people/mail_stop.html", "people/mails.html"
NAMES = {
    "reminders": _("Reminders of what is due"),
    "drafts": _("What becomes of drafts"),
    "notices": _("What others say of records, and questions that wait"),
    "replies": _("What became of what you said of a record"),
    "questions": _("Answers to what you asked"),
    "seasons": _("How it went, a season later"),
    "translations": _("What others say of translations"),
    "invitations": _("Invitations to communities"),
    "directory": _("What people write who found you in the directory"),
    FOLLOWING: _("What is new in searches you follow"),
}


@by_mail.get("/mail/stop")
def last_question(lang: str) -> Response:
    """Show what an address in a mail ends; only a button acts."""
    try:
        wanted = _named()
    except Conflict as refused:
        return _refused(refused)
    over = wanted.topic in stopping.stopped(this_session(), wanted.digest)
    return _page(wanted, over=over)


@by_mail.post("/mail/stop")
def stop(lang: str) -> Response:
    """End it, or begin again. A mail program sends this, without a token of a form."""
    try:
        wanted = _named()
    except Conflict as refused:
        return _refused(refused)
    session, over = writing_session(), "again" not in request.form
    _decide(session, wanted, over=over)
    session.commit()
    return _page(wanted, over=over)


@by_mail.after_request
def tell_nobody(response: Response) -> Response:
    """Keep the address out of caches, and from where a link leads."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/account/mails")
def mine(lang: str) -> Response:
    """Show which messages she gets, each with a button."""
    digest = stopping.digest_of(a_person().email or "")
    over = stopping.stopped(this_session(), digest)
    topics = [(one, NAMES[one], one in over) for one in TOPICS if one != FOLLOWING]
    return page(MINE, topics=topics)


@pages.post("/account/mails")
def choose(lang: str) -> Reply:
    """End messages on one topic, or let them come again."""
    topic = request.form.get("topic", "")
    if topic not in TOPICS or topic == FOLLOWING:
        raise NotFound(_("There are no such messages."))
    session, person = writing_session(), a_person()
    wanted = Stop(topic, stopping.digest_of(person.email or ""))
    _decide(session, wanted, over="again" not in request.form)
    session.commit()
    return redirect(url_for(".mine"), code=303)


def _decide(session: Session, wanted: Stop, *, over: bool) -> None:
    if not over:
        stopping.resume(session, wanted)
        return
    if wanted.topic == FOLLOWING:
        end_for(session, wanted.digest)
    else:
        stopping.stop(session, wanted)
    outbox.forget_stopped(session, wanted)


def _named() -> Stop:
    """Give what the address names.

    :raises Conflict: no mail of ours held it.
    """
    wanted = stopping.read_token(
        office().settings.secret_key, request.args.get("token", "")
    )
    if wanted is None:
        raise Conflict(_("This address is not one of ours, or not whole."))
    return wanted


def _page(wanted: Stop, *, over: bool) -> Response:
    return page(
        ONE,
        name=NAMES[wanted.topic],
        over=over,
        back=wanted.topic != FOLLOWING,
        token=request.args["token"],
    )


def _refused(refused: Conflict) -> Response:
    return again(ONE, refused, name="", over=False, back=False, token="")
