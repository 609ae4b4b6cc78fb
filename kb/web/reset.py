"""A new password for whoever forgot the old one."""

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from kb.entrance.pace import keep_pace, who_asks
from kb.entrance.request import office, this_session, writing_session
from kb.errors import Conflict, NotValid
from kb.people import accounts
from kb.people.links import Purpose, whose_link
from kb.people.pace import SIGN_IN_ADDRESS
from kb.people.passwords import NewPassword
from kb.web.people_page import again, page, people_pages
from kb.web.sign_in import send_link

pages = people_pages("reset", secrets=True)


@pages.get("/reset")
def form(lang: str) -> Response:
    """Ask for the address to send a link to."""
    return page("people/ask.html", what="reset")


@pages.post("/reset")
def ask(lang: str) -> Reply:
    """Send the link, if there is an account; the answer is the same for all."""
    return send_link(Purpose.RESET)


@pages.get("/reset/new")
def opened(lang: str) -> Response:
    """Ask for the new password."""
    return page("people/new_password.html", token=request.args.get("token", ""))


@pages.post("/reset/new")
def reset(lang: str) -> Response:
    """Set the new password; who has a second factor still needs it to sign in."""
    token = request.form.get("token", "")
    keep_pace(("sign-in address", who_asks(), SIGN_IN_ADDRESS))
    try:
        password = _accepted(token)
        session = writing_session()
        accounts.reset(session, token, password)
    except NotValid as refused:
        return again("people/new_password.html", refused, token=token)
    except Conflict as refused:
        return again("people/new_password.html", refused, token="")
    session.commit()
    return page("people/sign_in.html", done="reset")


def _accepted(token: str) -> NewPassword:
    """Take the password given, if it is good enough for whose link it is.

    :raises NotValid: it is not.
    """
    person = whose_link(this_session(), token, Purpose.RESET)
    name, email = (person.name, person.email or "") if person else ("", "")
    given = request.form.get("password", "")
    return office().hasher.accept(given, name=name, email=email)
