"""Beginning an answer: a question, what is answered, and the records it rests on."""

import re
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import NotAllowed
from kb.kinds import KINDS
from kb.language import _, country_name
from kb.record.lookups import by_ref
from kb.regions.tree import countries
from kb.web.people_page import page
from kb.web.write_page import given, once, to_draft, unanswered, writing_pages
from kb.writing import service
from kb.writing.filled import Given, cleaned, first_document
from kb.writing.rules import may_begin

pages = writing_pages("write_answer")
ANSWER = KINDS["answer"]
NEEDED = ("title", "question", "answer")
MOST_CITED = 20


@pages.get("/write/answer")
def ask(lang: str) -> Response:
    """Show the form.

    :raises NotAllowed: whoever asks answers no questions.
    """
    if not may_begin(a_person(), ANSWER):
        raise NotAllowed(_("You may not do this."))
    return _form()


@pages.post("/write/answer")
def begin(lang: str) -> Reply:
    """Begin an answer."""
    session, person = writing_session(), a_person()
    cited = _refs(request.form.get("cites", ""))
    problems = unanswered(NEEDED) | _unknown(session, cited)
    if problems:
        return _form(422, problems=problems)
    document = first_document(
        ANSWER, _placed(given(), lang), lang, credit=person.name, cited=cited
    )
    try:
        draft = service.begin(
            session, ANSWER, document, by=person, language=lang, once=once()
        )
    except NotAllowed as refused:
        return _form(403, message=_refused(refused, may_begin(person, ANSWER)))
    session.commit()
    return to_draft(draft)


def _form(status: int = 200, **said: Any) -> Response:
    return page(
        "write/answer.html",
        status,
        countries=countries(this_session(), this_language()),
        once=once(),
        given=request.form,
        **said,
    )


def _refused(refused: NotAllowed, elsewhere: bool) -> str:
    if not elsewhere:
        return str(refused)
    return str(_("You answer for some countries or languages only: please say which."))


def _refs(typed: str) -> list[str]:
    """Give the codes in a text, however they are set apart."""
    codes = re.split(r"[\s,;\u060c]+", cleaned(typed[:600]).upper())
    return list(dict.fromkeys(code for code in codes if code))[:MOST_CITED]


def _unknown(session: Session, refs: list[str]) -> dict[str, list[str]]:
    known = by_ref(session, refs, this_language())
    lost = ", ".join(ref for ref in refs if ref not in known)
    if not lost:
        return {}
    return {"cites": [str(_("There is no record with the code %(ref)s.", ref=lost))]}


def _placed(typed: Given, language: str) -> Given:
    """Name the country as the place where nothing nearer was said."""
    country = "".join(typed.get("country", ())[:1])
    if not country or "".join(typed.get("place", ())).strip():
        return typed
    return dict(typed) | {"place": [country_name(country, in_language=language)]}
