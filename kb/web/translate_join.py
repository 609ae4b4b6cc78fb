"""Inviting volunteers to the team of a language by a link, and following one."""

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person, this_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.entrance.site import site
from kb.errors import Conflict, NotAllowed, NotValid
from kb.language import INTERFACE, _
from kb.people.models import Person
from kb.translating import inviting
from kb.web.people_page import again, page, people_pages

pages = people_pages("translate_join", secrets=True)
MANY, ONE = "translate/invitations.html", "translate/join.html"
LONGEST_TOKEN = 100


@pages.get("/translate/invitations")
def invitations(lang: str) -> Response:
    """Show the links there are, and ask for what a new one should be."""
    _person, said = _shown()
    return page(MANY, **said)


@pages.post("/translate/invitations")
def make(lang: str) -> Response:
    """Make a link, and show it this once."""
    where, session = site(), writing_session()
    person, _said = _shown()
    days, most = (request.form.get(name, 0, type=int) for name in ("days", "most"))
    asked, role = (request.form.get(name, "")[:20] for name in ("language", "role"))
    try:
        secret = inviting.make(
            session, asked, by=person, role=role, days=days, most=most
        )
    except NotValid as refused:
        return again(MANY, refused, **_shown()[1])
    session.commit()
    link = f"{where.rstrip('/')}/{this_language()}/join?token={secret}"
    return page(MANY, link=link, **_shown()[1])


@pages.post("/translate/invitations/<int(max=2147483647):number>")
def withdraw(lang: str, number: int) -> Reply:
    """Let a link work no more."""
    session, person = writing_session(), a_person()
    inviting.withdraw(session, number, by=person)
    session.commit()
    return redirect(url_for(".invitations"), code=303)


@pages.get("/join")
def opened(lang: str) -> Response:
    """Show who is invited to what; only pressing the button joins."""
    token = request.args.get("token", "")[:LONGEST_TOKEN]
    try:
        invitation = inviting.find(this_session(), token)
    except Conflict as refused:
        return again(ONE, refused, token="")
    here = url_for(".opened", token=token)
    return page(
        ONE, invitation=invitation, token=token, person=this_person(), here=here
    )


@pages.post("/join")
def join(lang: str) -> Reply:
    """Become one of the team, and see what to begin with."""
    session, person = writing_session(), a_person()
    token = request.form.get("token", "")[:LONGEST_TOKEN]
    try:
        invitation = inviting.join(session, token, by=person)
    except Conflict as refused:
        session.rollback()
        return again(ONE, refused, token="")
    into = invitation.language
    session.commit()
    return redirect(url_for("translate_next.what_next", into=into), code=303)


def _shown() -> tuple[Person, dict[str, Any]]:
    """Give who coordinates, and the links for her languages.

    :raises NotAllowed: she coordinates no language.
    """
    session, person = this_session(), a_person()
    languages = inviting.invites_for(person, INTERFACE)
    if not languages:
        raise NotAllowed(_("You may not do this."))
    found = inviting.listed(session, languages)
    return person, {
        "languages": languages,
        "invitations": [(one, inviting.works(one)) for one in found],
        "most_days": inviting.MOST_DAYS,
        "most_people": inviting.MOST_PEOPLE,
    }
