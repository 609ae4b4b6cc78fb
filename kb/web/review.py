"""Reviewing: what waits, one draft with all that is said of it, and withdrawal."""

import re
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.assessing.changed import count_as_assessed
from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import Conflict, KbError, NotAllowed, NotFound, NotValid
from kb.helpdesk.publishing import is_public_now
from kb.kinds import KINDS
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import is_public
from kb.record.models import Record
from kb.web.community_words import COVERS
from kb.web.draft_pictures import places
from kb.web.helpdesk_publish import personal_in
from kb.web.people_page import kept, page
from kb.web.records import code_in
from kb.web.write_page import (
    NUMBER,
    about,
    kind_of,
    may,
    post,
    problems_of,
    record_of,
    status_of,
    this_draft,
    to_draft,
    writing_pages,
)
from kb.web.written import blocks
from kb.writing import lookups, publishing, service
from kb.writing.difference import changes
from kb.writing.filled import cleaned
from kb.writing.models import Draft
from kb.writing.pictured import pictures_of
from kb.writing.publishing import Said
from kb.writing.versions import get_version

pages = writing_pages("review")
COMMENT = re.compile(r"comment(?:\.([a-z0-9_.]{1,60}))?")
"""How fields for comments are called: on the whole, or on one field or row."""


@pages.get("/review")
def queue(lang: str) -> Response:
    """List what waits and whoever asks may review.

    :raises NotAllowed: she reviews nothing.
    """
    session, person = this_session(), a_person()
    if not lookups.reviews(person):
        raise NotAllowed(_("You may not do this."))
    return page("write/queue.html", drafts=lookups.to_review(session, person))


@pages.get(f"/review/{NUMBER}")
def one(lang: str, number: int) -> Reply:
    """Show a draft with a place for comments at each field."""
    session, person, draft = this_draft(number)
    if not may(session, person, draft)("review"):
        return to_draft(draft)
    return _review(session, person, draft)


@pages.post(f"/review/{NUMBER}/take-up")
def take_up(lang: str, number: int) -> Reply:
    """Name oneself as the reviewer."""
    session, person, draft = this_draft(number, to_write=True)
    service.take_up(session, draft, by=person)
    session.commit()
    return redirect(url_for(".one", number=number), code=303)


@pages.post(f"/review/{NUMBER}/<any('changes','turn-down','publish'):step>")
def decide(lang: str, number: int, step: str) -> Reply:
    """Send a draft back, refuse it for good, or publish it."""
    session, person, draft = this_draft(number, to_write=True)
    try:
        _decide(session, person, draft, step)
    except (NotValid, Conflict) as refused:
        return _again(number, refused)
    session.commit()
    return to_draft(draft)


@pages.get("/withdraw")
def last_question(lang: str) -> Response:
    """Ask why a record is to be withdrawn."""
    session, _person = this_session(), a_person()
    return page("write/withdraw.html", record=_public(session, request.args.get("ref")))


@pages.post("/withdraw")
def withdraw(lang: str) -> Reply:
    """Show a record to nobody any more."""
    session, person = writing_session(), a_person()
    record = _public(session, request.form.get("ref"))
    reason, instead = (request.form.get(name, "") for name in ("reason", "instead"))
    try:
        publishing.withdraw(session, record, by=person, reason=reason, instead=instead)
    except NotValid as refused:
        given = kept(request.form.keys())
        return page(
            "write/withdraw.html", 422, record=record, given=given,
            problems=refused.problems,
        )  # fmt: skip
    session.commit()
    plural = KINDS[record.kind].plural
    return redirect(url_for("records.one", plural=plural, ref=record.ref), code=303)


def _decide(session: Session, person: Person, draft: Draft, step: str) -> None:
    note = request.form.get("note", "")
    if step == "changes":
        said = {
            match[1] or "": words
            for name, words in request.form.items()
            if (match := COMMENT.fullmatch(name))
        }
        service.request_changes(session, draft, said, by=person, post=post())
    elif step == "turn-down":
        service.turn_down(session, draft, by=person, note=note, post=post())
    else:
        names = ("significance", "note", "doubts_note")
        answers = Said(*(request.form.get(name, "") for name in names))
        kind = kind_of(draft)
        sent = post()
        record = publishing.publish(session, kind, draft, answers, by=person, post=sent)
        count_as_assessed(session, draft, record, answers, by=person)
        is_public_now(session, draft, record, sent.site)


def _again(number: int, refused: KbError) -> Response:
    """Show the review again with all that was written, as nothing was done."""
    session, person, draft = this_draft(number, to_write=True)
    given = dict(request.form.items())
    problems = getattr(refused, "problems", {})
    return _review(
        session, person, draft, status=status_of(refused), given=given,
        problems=problems, message=str(refused),
    )  # fmt: skip


def _review(
    session: Session, person: Person, draft: Draft, *, status: int = 200, **said: Any
) -> Response:
    record, old = record_of(session, draft), None
    if record is not None and draft.based_on:
        old = get_version(session, record, draft.based_on).document
    return page(
        "write/review.html",
        status,
        may=may(session, person, draft),
        record=record,
        blocks=blocks(kind_of(draft), draft.document, draft.language),
        changes=changes(old, draft.document) if old is not None else None,
        doubts=publishing.doubts_of(session, draft),
        personal=personal_in(draft) if draft.kind == "answer" else [],
        pictures=pictures_of(session, draft),
        places=places(draft),
        misfits=problems_of(session, draft),
        unagreed=publishing.unagreed(session, draft),
        cover_names=COVERS,
        comments=lookups.comments_on(session, draft),
        steps=lookups.steps_of(session, draft),
        behind=publishing.is_behind(session, draft),
        **about(draft),
        **said,
    )


def _public(session: Session, ref: str | None) -> Record:
    code = code_in(cleaned((ref or "")[:80]))
    record = session.scalar(select(Record).where(Record.ref == code, is_public()))
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=code))
    return record
