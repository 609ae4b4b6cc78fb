"""Tokens for programs that act for me."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_fresh_sign_in, a_person
from kb.entrance.request import writing_session
from kb.errors import Conflict, NotValid
from kb.people import tokens
from kb.people.given import TokenSchema, checked
from kb.people.tokens import TokenScope
from kb.web.people_page import again, page, people_pages

pages = people_pages("tokens", secrets=True)
TEMPLATE = "people/token.html"


@pages.get("/account/token")
def form(lang: str) -> Response:
    """Ask what the token is for."""
    a_fresh_sign_in()
    return page(TEMPLATE)


@pages.post("/account/token")
def make(lang: str) -> Response:
    """Make a token, and show it this once."""
    session, known = writing_session(), a_fresh_sign_in()
    try:
        given = checked(TokenSchema(), request.form)
        secret = tokens.make_token(
            session,
            known.person,
            name=given["name"],
            scope=TokenScope(given["scope"]),
            days=int(given["days"]),
        )
    except (NotValid, Conflict) as refused:
        return again(TEMPLATE, refused)
    session.commit()
    return page(TEMPLATE, secret=secret)


@pages.post("/account/token/<int(max=2147483647):number>")
def revoke(lang: str, number: int) -> Reply:
    """Take a token back."""
    session, person = writing_session(), a_person()
    tokens.revoke_token(session, person, number)
    session.commit()
    return redirect(url_for("account.account"), code=303)
