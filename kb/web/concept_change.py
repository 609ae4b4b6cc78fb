"""Proposing what a concept of the thesaurus should be."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.naming import service
from kb.naming.content import Content, as_content, blank
from kb.naming.models import ConceptProposal
from kb.naming.service import Known, known_concepts
from kb.people.models import Person
from kb.web.concept_form import (
    as_typed,
    code_given,
    confirmed_given,
    content_given,
    note_given,
    tongues,
)
from kb.web.people_page import page
from kb.web.write_page import NUMBER, status_of, writing_pages

pages = writing_pages("concept_change")


@pages.get("/thesaurus/new")
def new(lang: str) -> Response:
    """Show the form for a concept that is not there yet."""
    a_person()
    return _form(blank(""), note="")


@pages.post("/thesaurus/new")
def propose_new(lang: str) -> Reply:
    """Propose a concept that is not there yet."""
    session, person = writing_session(), a_person()
    known = known_concepts(session)
    content = content_given(blank(code_given()), known)
    return _proposed(session, person, content, known, new=True)


@pages.get("/concepts/<code>/change")
def change(lang: str, code: str) -> Response:
    """Show the form for a concept as it stands."""
    a_person()
    content = _standing(known_concepts(this_session()), code)
    return _form(content, code=code, note="")


@pages.post("/concepts/<code>/change")
def propose(lang: str, code: str) -> Reply:
    """Propose a change of a concept."""
    session, person = writing_session(), a_person()
    known = known_concepts(session)
    content = content_given(_standing(known, code), known)
    return _proposed(session, person, content, known, code=code)


@pages.get("/concepts/<code>/merge")
def merge(lang: str, code: str) -> Response:
    """Ask which concept one is to be merged into."""
    a_person()
    concept = known_concepts(this_session()).get(code)
    if concept is None:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    return page("concepts/merge.html", concept=concept)


@pages.post("/concepts/<code>/merge")
def propose_merging(lang: str, code: str) -> Reply:
    """Propose to merge a concept into another."""
    session, person = writing_session(), a_person()
    known = known_concepts(session)
    content = _standing(known, code)
    into = " ".join(request.form.get("into", "")[:80].split())
    try:
        proposal = service.propose(
            session,
            content,
            by=person,
            note=note_given(),
            into=into or "?",
            known=known,
        )
    except (NotValid, Conflict) as refused:
        session.rollback()
        return page(
            "concepts/merge.html", status_of(refused), concept=known[code],
            given=request.form, **_refusal(refused),
        )  # fmt: skip
    session.commit()
    return _to(proposal)


@pages.get(f"/thesaurus/waiting/{NUMBER}/again")
def again(lang: str, number: int) -> Response:
    """Show what one proposed, to be changed."""
    session, person = this_session(), a_person()
    proposal = _own(session, number, person)
    return _form(proposal.content, proposal=proposal, note=proposal.note)


@pages.post(f"/thesaurus/waiting/{NUMBER}/again")
def propose_again(lang: str, number: int) -> Reply:
    """Propose it anew, from what stands now."""
    session, person = writing_session(), a_person()
    proposal = _own(session, number, person, to_write=True)
    known = known_concepts(session)
    new = proposal.is_new
    before = blank(proposal.code) if new else _standing(known, proposal.code)
    content = content_given(before, known)
    try:
        service.propose_again(
            session, proposal, content, by=person, note=note_given(),
            confirmed=confirmed_given(), meant="meant" in request.form,
        )  # fmt: skip
    except (NotValid, Conflict) as refused:
        session.rollback()
        return _form(content, refused, proposal=proposal, note=note_given())
    session.commit()
    return _to(proposal)


def _proposed(
    session: Session, person: Person, content: Content, known: Known, *,
    code: str = "", new: bool = False,
) -> Reply:  # fmt: skip
    try:
        proposal = service.propose(
            session, content, by=person, note=note_given(), new=new, known=known,
            confirmed=confirmed_given(), meant="meant" in request.form,
        )  # fmt: skip
    except (NotValid, Conflict) as refused:
        session.rollback()
        return _form(content, refused, code=code, note=note_given())
    session.commit()
    return _to(proposal)


def _form(
    content: Content, refused: NotValid | Conflict | None = None, *, note: str,
    code: str = "", proposal: ConceptProposal | None = None,
) -> Response:  # fmt: skip
    return page(
        "concepts/change.html", status_of(refused) if refused else 200,
        content=content, tongues=tongues(content), typed=as_typed(content), note=note,
        code=code, proposal=proposal, **_refusal(refused),
    )  # fmt: skip


def _refusal(refused: NotValid | Conflict | None) -> dict[str, Any]:
    problems = getattr(refused, "problems", {})
    return {
        "problems": problems,
        "message": str(refused) if refused and not problems else "",
    }


def _standing(known: Known, code: str) -> Content:
    if code not in known:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    return as_content(known[code])


def _own(
    session: Session, number: int, person: Person, *, to_write: bool = False
) -> ConceptProposal:
    proposal = service.get_proposal(session, number, by=person, to_write=to_write)
    service.require_open(proposal, person)
    if proposal.into:
        raise NotFound(_("There is nothing called %(code)s here.", code=str(number)))
    return proposal


def _to(proposal: ConceptProposal) -> Reply:
    where = url_for("concept_review.one", number=proposal.id, saved="yes")
    return redirect(where, code=303)
