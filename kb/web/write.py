"""Writing: the first short form, my drafts, and each section of one."""

import re
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import Response, jsonify, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as Reply

from kb import access
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import NotFound, NotValid
from kb.kinds import KINDS
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import is_told
from kb.record.models import Record, Status
from kb.regions.tree import countries
from kb.web.draft_pictures import places
from kb.web.people_page import page
from kb.web.policy import may_ask_us
from kb.web.problems import in_section
from kb.web.readable import readable
from kb.web.records import code_in
from kb.web.section_form import Form, form_names
from kb.web.write_answer import ANSWER
from kb.web.write_page import (
    NUMBER,
    about,
    given,
    kind_of,
    may,
    once,
    post,
    problems_of,
    record_of,
    this_draft,
    to_draft,
    unanswered,
    writing_pages,
)
from kb.web.write_sources import to_sources
from kb.web.written import blocks
from kb.writing import lookups, publishing, service
from kb.writing.choices import record_keys, source_keys
from kb.writing.completeness import lacking, percent
from kb.writing.difference import changes
from kb.writing.filled import (
    Button,
    cleaned,
    fill,
    first_document,
    has_unseen,
)
from kb.writing.models import Draft
from kb.writing.pictured import pictures_of
from kb.writing.rules import may_begin
from kb.writing.service import Saved
from kb.writing.shape import Section, Sort, section_of, sections_of
from kb.writing.versions import Document, get_version, newest

pages = writing_pages("write")
QUICK = [kind for kind in KINDS.values() if "done" in kind.quick]
SOURCES = {Sort.SOURCE, Sort.SOURCES}
NEEDED = ("title", "done", "place", "changed")
"""What the first short form cannot do without."""


@pages.get("/write")
def mine(lang: str) -> Response:
    """Show the short form and my drafts."""
    return _begin_page(a_person())


@pages.post("/write")
def begin(lang: str) -> Reply:
    """Begin a record from the short form."""
    session, person = writing_session(), a_person()
    kind = next((k for k in QUICK if k.name == request.form.get("kind")), QUICK[0])
    missing = unanswered(NEEDED)
    if missing:
        return _begin_page(person, problems=missing, given=request.form, status=422)
    document = first_document(kind, given(), lang, credit=person.name)
    draft = service.begin(
        session, kind, document, by=person, language=lang, once=once()
    )
    session.commit()
    return to_draft(draft)


@pages.get("/write/change")
def last_question(lang: str) -> Response:
    """Show the button that begins a change, or brings an older version back."""
    session, person = this_session(), a_person()
    record = _changeable(session, person, request.args.get("ref", ""))
    return page(
        "write/change.html",
        record=record,
        version=_asked_version(session, record, request.args.get("version", "")),
        mine=lookups.open_on(session, record.id, person),
        once=token_hex(16),
        plural=KINDS[record.kind].plural,
        gives=access.RULES.may(person, "change", access.thing_of(session, record)),
    )


@pages.post("/write/change")
def begin_change(lang: str) -> Reply:
    """Begin a change of a record."""
    session, person = writing_session(), a_person()
    record = _changeable(session, person, request.form.get("ref", ""))
    number = _asked_version(session, record, request.form.get("version", ""))
    version = get_version(session, record, number)
    last = newest(session, record.id).number
    draft = service.begin_change(session, record, version, last, by=person, once=once())
    session.commit()
    return to_draft(draft)


@pages.get(f"/write/{NUMBER}")
def one(lang: str, number: int) -> Response:
    """Show a draft: how far it is, what is said of it, and what can be done."""
    session, person, draft = this_draft(number)
    return _overview(session, person, draft)


@pages.get(f"/write/{NUMBER}/preview")
def preview(lang: str, number: int) -> Response:
    """Show a draft as it would be read."""
    session, _person, draft = this_draft(number)
    shown = blocks(kind_of(draft), draft.document, draft.language)
    return page(
        "write/preview.html",
        blocks=shown,
        readable=readable(shown, draft.language),
        pictures=pictures_of(session, draft),
        places=places(draft),
        **about(draft),
    )


@pages.get(f"/write/{NUMBER}/difference")
def difference(lang: str, number: int) -> Response:
    """Show what a draft changes of the record it began from."""
    session, _person, draft = this_draft(number)
    record = record_of(session, draft)
    old: Document = {}
    if record is not None and draft.based_on:
        old = get_version(session, record, draft.based_on).document
    return page(
        "write/difference.html", changes=changes(old, draft.document), **about(draft)
    )


@pages.get(f"/write/{NUMBER}/<name>")
def section(lang: str, number: int, name: str) -> Reply:
    """Show the form for one section, and take the pen."""
    session, person, draft = this_draft(number, to_write=True)
    part = _section(draft, name)
    if not may(session, person, draft)("write"):
        return to_draft(draft)
    if not service.lock(session, draft, by=person):
        return page("write/locked.html", section=part, **about(draft))
    session.commit()
    return _form(session, draft, part, draft.document)


@pages.post(f"/write/{NUMBER}/<name>")
def save(lang: str, number: int, name: str) -> Reply:
    """Keep what was written into one section."""
    session, person, draft = this_draft(number, to_write=True)
    part, held, button = _section(draft, name), given(), _button()
    revision = _revision()

    def filled(document: Document) -> Document:
        return fill(part, document, draft.language, held, button)

    try:
        saved = service.save(session, draft, filled, by=person, revision=revision)
    except NotValid as refused:
        shown = filled(draft.document)
        return _form(session, draft, part, shown, message=str(refused), status=422)
    if button.keep_all:
        return _kept_by_itself(session, draft, in_step=filled(saved.document))
    if saved.clashes:
        return _clash(session, draft, part, saved)
    session.commit()
    to = request.form.get("source_for", "")[:80]
    if to:
        return to_sources(draft, part, to, held, button)
    return _onward(draft, part, has_unseen(held))


@pages.post(f"/write/{NUMBER}/take-pen", defaults={"step": "take-pen"})
@pages.post(f"/write/{NUMBER}/take-back", defaults={"step": "take-back"})
@pages.post(f"/write/{NUMBER}/give-up", defaults={"step": "give-up"})
def go(lang: str, number: int, step: str) -> Reply:
    """Take the pen from somebody, a draft back, or give one up."""
    session, person, draft = this_draft(number, to_write=True)
    if step == "take-pen":
        service.lock(session, draft, by=person, take_over=True)
    elif step == "take-back":
        service.take_back(session, draft, by=person)
    else:
        service.throw_away(session, draft, by=person)
    session.commit()
    return to_draft(draft)


@pages.post(f"/write/{NUMBER}/submit")
def submit(lang: str, number: int) -> Reply:
    """Hand a draft in, if it fits."""
    session, person, draft = this_draft(number, to_write=True)
    if not may(session, person, draft)("submit"):
        return to_draft(draft)
    publishing.tidy_up(session, kind_of(draft), draft, by=person)
    problems = problems_of(session, draft)
    if problems:
        session.commit()
        return _overview(session, person, draft, problems=problems, status=422)
    service.submit(
        session, draft, by=person, note=request.form.get("note", ""), post=post()
    )
    session.commit()
    return to_draft(draft)


@pages.post(f"/write/{NUMBER}/bring-up")
def bring_up(lang: str, number: int) -> Response:
    """Bring a draft together with what was published meanwhile."""
    session, person, draft = this_draft(number, to_write=True)
    clashes = publishing.bring_up(session, draft, by=person)
    session.commit()
    return _overview(session, person, draft, clashes=clashes)


def _begin_page(person: Person, *, status: int = 200, **said: Any) -> Response:
    return page(
        "write/begin.html",
        status,
        kinds=QUICK,
        countries=countries(this_session(), this_language()),
        drafts=lookups.my_drafts(this_session(), person),
        reviews=lookups.reviews(person),
        answers=may_begin(person, ANSWER),
        once=once(),
        **said,
    )


def _changeable(session: Session, person: Person, ref: str) -> Record:
    """Give a record that a person may begin to change; a withdrawn one editors alone.

    :raises NotFound: there is none, or she may not know that there is.
    """
    code = code_in(cleaned(ref[:80]))
    record = session.scalar(select(Record).where(Record.ref == code, is_told()))
    if record is not None and record.status != Status.PUBLISHED:
        edits = access.RULES.may(person, "publish", access.thing_of(session, record))
        record = record if edits else None
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=code))
    return record


def _asked_version(session: Session, record: Record, asked: str) -> int:
    if asked.isascii() and asked.isdigit() and len(asked) < 8:
        return get_version(session, record, int(asked)).number
    return newest(session, record.id).number


def _section(draft: Draft, name: str) -> Section:
    found = section_of(kind_of(draft), name)
    if found is None:
        raise NoSuchPage
    return found


def _button() -> Button:
    number = request.form.get("remove", "")
    small = number.isascii() and number.isdigit() and len(number) < 4
    row = re.fullmatch(r"\w+\.([0-9]{1,3})\.\w+", request.form.get("source_for", ""))
    return Button(
        add="add" in request.form,
        remove=int(number) if small else None,
        keep=int(row[1]) if row else None,
        keep_all="by_itself" in request.form,
    )


def _revision() -> int:
    asked = request.form.get("revision", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0


def _onward(draft: Draft, part: Section, taken_out: bool) -> Reply:
    told = {"taken_out": "yes"} if taken_out else {}
    then = request.form.get("then", "")
    if then == "preview":
        return redirect(url_for(".preview", number=draft.id), code=303)
    if then == "back":
        return to_draft(draft, **told)
    names = [one.name for one in sections_of(kind_of(draft))]
    at = names.index(part.name)
    name = names[min(at + 1, len(names) - 1)] if then == "next" else part.name
    where = url_for(".section", number=draft.id, name=name, saved="yes", **told)  # type: ignore[arg-type]
    return redirect(where, code=303)


def _kept_by_itself(session: Session, draft: Draft, *, in_step: Document) -> Reply:
    """Keep what a script sent and say as which save; the form stays as it is.

    Not where somebody else changed the section meanwhile: the form would not show it,
    and the next save would take it back. Whoever presses the button sees both.

    :param in_step: the draft with the section as the form has it.
    """
    if in_step != draft.document:
        return Response(status=409)
    session.commit()
    return jsonify(revision=draft.revision)


def _clash(session: Session, draft: Draft, part: Section, saved: Saved) -> Response:
    """Show both, and what stood before; to save once more keeps what the form shows."""
    by = draft.locked_by
    return _form(
        session,
        draft,
        part,
        saved.document,
        clashes=saved.clashes,
        other=by,
        status=409,
    )


def _form(
    session: Session, draft: Draft, part: Section, document: Document, *,
    status: int = 200, **said: Any,
) -> Response:  # fmt: skip
    problems: Mapping[str, Any] = {}
    if request.args.get("check"):
        found = problems_of(session, draft)
        problems = in_section(found, part.name, form_names(part))
    comments: dict[str, list[str]] = {}
    for comment in lookups.comments_on(session, draft):
        comments.setdefault(comment.field, []).append(comment.words)
    form = Form(part, document, draft.language, problems, comments)
    shown = page(
        "write/section.html",
        status,
        form=form,
        sections=sections_of(kind_of(draft)),
        sources=source_keys(session, document) if form.uses & SOURCES else (),
        records=record_keys(session, this_language()) if "record" in form.uses else (),
        countries=countries(session, this_language()),
        **about(draft),
        **said,
    )
    return may_ask_us(shown)


def _overview(
    session: Session, person: Person, draft: Draft, *, status: int = 200, **said: Any
) -> Response:
    kind, document = kind_of(draft), draft.document
    filled = {one.name for one in blocks(kind, document, draft.language)}
    return page(
        "write/one.html",
        status,
        may=may(session, person, draft),
        record=record_of(session, draft),
        sections=[(one.name, one.name in filled) for one in sections_of(kind)],
        percent=percent(kind, document, draft.language),
        lacking=lacking(kind, document, draft.language),
        comments=lookups.comments_on(session, draft),
        steps=lookups.steps_of(session, draft),
        behind=publishing.is_behind(session, draft),
        **about(draft),
        **said,
    )
