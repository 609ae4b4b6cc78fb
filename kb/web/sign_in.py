"""Signing in, by password or by a link; the second factor; signing out."""

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.onward import onward
from kb.entrance.pace import keep_pace, keep_pace_in, was_good, who_asks
from kb.entrance.person import (
    forget_sign_in,
    remember_sign_in,
    this_sign_in,
)
from kb.entrance.request import office, this_session, writing_session
from kb.entrance.site import site
from kb.errors import Conflict, NotAllowed, NotValid
from kb.people import accounts, second_factor, sessions
from kb.people.links import Purpose
from kb.people.pace import (
    CODE,
    LETTER_ACCOUNT,
    LETTER_ADDRESS,
    SIGN_IN_ACCOUNT,
    SIGN_IN_ADDRESS,
)
from kb.people.sessions import Opened
from kb.web.people_page import again, given_email, page, people_pages

pages = people_pages("sign_in", secrets=True)


@pages.get("/sign-in")
def form(lang: str) -> Response:
    """Ask for address and password."""
    again_for = "again" if "again" in request.args else ""
    return page("people/sign_in.html", next=request.args.get("next"), done=again_for)


@pages.post("/sign-in")
def sign_in(lang: str) -> Reply:
    """Let somebody in whose password is right; the answer tells nothing of accounts."""
    email, address = given_email(), who_asks()
    keep_pace(
        ("sign-in account", email, SIGN_IN_ACCOUNT),
        ("sign-in address", address, SIGN_IN_ADDRESS),
    )
    password = request.form.get("password", "")
    right = sessions.check_password(this_session(), email, password, office().hasher)
    if right is None:
        return _refused(NotValid(_("Address or password is wrong."), {}))
    was_good("sign-in address", address, SIGN_IN_ADDRESS)
    try:
        return _let_in(sessions.sign_in(_leaving(), right, device=device()))
    except NotAllowed as refused:
        return _refused(refused)


@pages.get("/sign-in/link")
def link(lang: str) -> Response:
    """Ask for the address to send a link to; or show the button of one that came."""
    token = request.args.get("token", "")
    if token:
        return page("people/press.html", what="sign-in", token=token)
    return page("people/ask.html", what="sign-in")


@pages.post("/sign-in/link")
def use_link(lang: str) -> Reply:
    """Send a link; or let somebody in who got one."""
    if "token" not in request.form:
        return send_link(Purpose.SIGN_IN)
    keep_pace(("sign-in address", who_asks(), SIGN_IN_ADDRESS))
    token = request.form["token"]
    try:
        return _let_in(sessions.sign_in_by_link(_leaving(), token, device=device()))
    except Conflict as refused:
        return again("people/press.html", refused, what="sign-in", token="")


@pages.get("/sign-in/sent")
def sent(lang: str) -> Response:
    """Say that a message was sent."""
    return page("people/sent.html", what="link")


@pages.get("/sign-in/code")
def code_form(lang: str) -> Reply:
    """Ask for the second factor."""
    known = this_sign_in()
    if known is None or known.whole:
        return redirect(url_for(".form"))
    return page("people/code.html", next=request.args.get("next"))


@pages.post("/sign-in/code")
def code(lang: str) -> Reply:
    """Let somebody in who gave the second factor too."""
    known = this_sign_in()
    if known is None or known.whole:
        return redirect(url_for(".form"), code=303)
    keep_pace(("code account", str(known.person_id), CODE))
    session, known = writing_session(), this_sign_in()
    if known is None:
        return redirect(url_for(".form"), code=303)
    try:
        second_factor.check_code(
            session, known.person, request.form.get("code", "")[:64]
        )
    except NotValid as refused:
        return again("people/code.html", refused, next=request.form.get("next"))
    opened = sessions.make_whole(session, known, device=device())
    session.commit()
    return remember_sign_in(redirect(onward(), code=303), opened)


@pages.post("/sign-out")
def sign_out(lang: str) -> Reply:
    """Forget this browser, here and there."""
    _leaving().commit()
    return forget_sign_in(redirect(url_for("home.home"), code=303))


def send_link(purpose: Purpose) -> Reply:
    """Send a link, if the address has an account; the answer is the same for all."""
    where, email = site(), given_email()
    session = writing_session()
    keep_pace_in(
        session,
        ("letter account", email, LETTER_ACCOUNT),
        ("letter address", who_asks(), LETTER_ADDRESS),
    )
    accounts.ask_link(session, email, purpose, site=where)
    session.commit()
    return redirect(url_for("sign_in.sent"), code=303)


def device() -> str:
    """Give what the browser says of itself."""
    return request.user_agent.string


def _leaving() -> Session:
    """Begin to write, and forget whoever this browser was signed in as before."""
    session, known = writing_session(), this_sign_in()
    if known is not None:
        sessions.sign_out(session, known)
    return session


def _let_in(opened: Opened) -> Reply:
    this_session().commit()
    asked = request.form.get("next")
    to = onward() if opened.whole else url_for(".code_form", next=asked)
    return remember_sign_in(redirect(to, code=303), opened)


def _refused(refused: NotValid | NotAllowed) -> Response:
    return again("people/sign_in.html", refused, next=request.form.get("next"))
