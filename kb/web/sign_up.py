"""Making an account, and confirming its address."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.onward import asked_for
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.request import office, this_language, writing_session
from kb.entrance.site import site
from kb.errors import Conflict, NotValid
from kb.people import accounts
from kb.people.consent import WORDINGS, Matter
from kb.people.given import NewPersonSchema, checked
from kb.people.pace import LETTER_ACCOUNT, LETTER_ADDRESS
from kb.web.people_page import again, page, people_pages

pages = people_pages("sign_up", secrets=True)
WORDING = WORDINGS[Matter.ACCOUNT].words


@pages.get("/sign-up")
def form(lang: str) -> Response:
    """Ask for name, address and password."""
    return page("people/sign_up.html", wording=WORDING, next=asked_for())


@pages.post("/sign-up")
def sign_up(lang: str) -> Reply:
    """Send the link that confirms the address; the answer is the same for all."""
    where = site()
    try:
        given = checked(NewPersonSchema(), request.form)
        password = office().hasher.accept(request.form.get("password", ""), **given)
    except NotValid as refused:
        return again("people/sign_up.html", refused, wording=WORDING, next=asked_for())
    email = given["email"]
    session = writing_session()
    keep_pace_in(
        session,
        ("letter account", email, LETTER_ACCOUNT),
        ("letter address", who_asks(), LETTER_ADDRESS),
    )
    accounts.sign_up(
        session, given, password,
        language=this_language(), site=where, onward=asked_for(),
    )  # fmt: skip
    session.commit()
    return redirect(url_for(".sent"), code=303)


@pages.get("/sign-up/sent")
def sent(lang: str) -> Response:
    """Say that a message was sent."""
    return page("people/sent.html", what="sign-up")


@pages.get("/sign-up/confirm")
def opened(lang: str) -> Response:
    """Show the button; only pressing it confirms, for programs open links too."""
    return page(
        "people/press.html", what="confirm", token=request.args.get("token", ""),
        next=asked_for(),
    )  # fmt: skip


@pages.post("/sign-up/confirm")
def confirm(lang: str) -> Response:
    """Confirm the address."""
    session = writing_session()
    try:
        accounts.confirm(session, request.form.get("token", ""))
    except Conflict as refused:
        return again("people/press.html", refused, what="confirm", token="")
    session.commit()
    return page("people/sign_in.html", done="confirmed", next=asked_for())
