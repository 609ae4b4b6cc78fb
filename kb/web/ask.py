"""Asking a person: the question, what is known already, and then it is sent."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from kb.entrance.desks import fresh_desks
from kb.entrance.form_token import keyed
from kb.entrance.labels import _
from kb.entrance.pace import keep_pace_in, who_asks
from kb.entrance.person import this_person
from kb.entrance.place import this_said
from kb.entrance.request import (
    office,
    this_language,
    this_session,
    this_vocabulary,
    writing_session,
)
from kb.errors import Conflict, NotValid
from kb.feedback.given import LONGEST_WORDS
from kb.helpdesk.pace import ASK_ADDRESS
from kb.helpdesk.question_given import MOST_REFS, REF, AskSchema
from kb.helpdesk.questions import ask
from kb.people.given import checked
from kb.record.lookups import by_ref
from kb.web.feedback_page import known_site, spoken_languages
from kb.web.offered import offered
from kb.web.people_page import again, page, people_pages
from kb.web.place_page import all_countries
from kb.web.point_given import point_given

pages = people_pages("ask")
FORM, OFFER = "helpdesk/ask.html", "helpdesk/offered.html"
SIGNS = 32
"""Signs of what tells one question from another, before it is sent."""
Given = Mapping[str, Any]


@pages.get("/ask")
def form(lang: str) -> Response:
    """Ask what she wants to know; her own place is filled in."""
    said = this_said()
    known = {
        "words": request.args.get("q", "").replace("\x00", "")[:LONGEST_WORDS],
        "country": said.country,
        "place": "" if said.reach else said.name,
        "land_use": said.land_use,
    }
    return page(FORM, given=known, **_lists())


@pages.post("/ask")
def look(lang: str) -> Reply:
    """Show what is known already; send the question or go back to it, as she says."""
    step = request.form.get("step", "")
    if step == "change":
        return page(FORM, given=_typed(), **_lists())
    try:
        given = checked(AskSchema(), request.form)
        return _send(given) if step == "send" else _offer(given)
    except NotValid as refused:
        return again(FORM, refused, **_lists(), given=_typed())


def _offer(given: Given) -> Response:
    """Show answers and practices for places like hers, with the question below."""
    found = offered(given["words"], this_language(), given, point_given(given))
    return page(
        OFFER,
        found=found,
        given=_typed(),
        names=tuple(AskSchema().fields),
        once=token_hex(SIGNS // 2),
    )


def _send(given: Given) -> Reply:
    session, point = writing_session(), point_given(given)
    keep_pace_in(session, ("ask address", who_asks(), ASK_ADDRESS))
    secret = keyed("question", once_sent())
    ask(
        session,
        given,
        fresh_desks(),
        secret=secret,
        reader=this_language(),
        point=point,
        shown=_shown(),
        by=this_person(),
        site=known_site(),
    )
    session.commit()
    return redirect(url_for("question.one", token=secret, new=1), code=303)


def once_sent() -> str:
    """Give the sign of what is sent, so that sent twice it is one.

    The link is made from it, so it must be one of ours: nobody can guess one.

    :raises Conflict: it is none.
    """
    sign = request.form.get("once", "")
    if len(sign) != SIGNS or not set(sign) <= set("0123456789abcdef"):
        raise Conflict(
            _("This page was open for too long. Please open it again and repeat it.")
        )
    return sign


def _shown() -> dict[int, bool]:
    """Give what she was offered, and what she says she read; only public records."""
    refs = filter(REF.fullmatch, request.form.getlist("shown")[:MOST_REFS])
    read = set(request.form.getlist("was_read"))
    known = by_ref(this_session(), list(refs), this_language())
    return {record.id: ref in read for ref, record in known.items()}


def _typed() -> dict[str, str]:
    return {name: words[: 2 * LONGEST_WORDS] for name, words in request.form.items()}


def _lists() -> dict[str, Any]:
    vocabulary = this_vocabulary()
    return {
        "countries": [(one.code, one.name) for one in all_countries()],
        "land_uses": [(e.code, e.name) for e in vocabulary.scheme("land_use")],
        "themes": [(e.code, e.name) for e in vocabulary.scheme("theme")],
        "spoken_languages": spoken_languages(),
        "help_address": office().settings.help_address,
    }
