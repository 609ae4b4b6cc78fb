"""What the pages for writing and reviewing share."""

from collections.abc import Callable, Sequence
from secrets import token_hex
from typing import Any

from flask import Blueprint, redirect, request
from flask import url_for as address_of
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.entrance.site import site
from kb.errors import KbError, NotValid, Unavailable
from kb.kinds import KINDS
from kb.language import _
from kb.people.models import Person
from kb.record.kind import Kind
from kb.record.lookups import read_known
from kb.record.models import Record
from kb.web.people_page import people_pages
from kb.writing.filled import Given
from kb.writing.letters import Post, title_of
from kb.writing.lookups import get_draft
from kb.writing.models import Draft
from kb.writing.publishing import check_draft
from kb.writing.rules import RULES, thing_of_draft

LARGEST = 1_000_000
"""Bytes of a form: the longest texts in any script, as browsers write them."""
NUMBER = f"<int(max={2**31 - 1}):number>"


def writing_pages(name: str) -> Blueprint:
    """Give a part of the pages whose forms hold long texts: none is ever lost."""
    return people_pages(name, most_bytes=LARGEST, most_text=LARGEST)


def this_draft(number: int, *, to_write: bool = False) -> tuple[Session, Person, Draft]:
    """Give a draft that whoever asks may read."""
    session = writing_session() if to_write else this_session()
    person = a_person()
    return session, person, get_draft(session, number, by=person, to_write=to_write)


def kind_of(draft: Draft) -> Kind:
    """Give the kind of a draft."""
    return KINDS[draft.kind]


def post() -> Post:
    """Give where messages lead; they are left out where that is not known."""
    try:
        return Post(site())
    except Unavailable:
        return Post("")


def may(session: Session, person: Person, draft: Draft) -> Callable[[str], bool]:
    """Give what says whether a person may take a step with a draft."""
    thing = thing_of_draft(session, draft)
    return lambda step: RULES.may(person, step, thing)


def problems_of(session: Session, draft: Draft) -> dict[str, list[str]]:
    """Give what is still wrong with a draft; nothing if it could be published."""
    try:
        check_draft(session, kind_of(draft), draft, read_known(session))
    except NotValid as refused:
        return refused.problems
    return {}


def record_of(session: Session, draft: Draft) -> Record | None:
    """Give the record that a draft changes or became."""
    if draft.record_id is None:
        return None
    return session.scalar(select(Record).where(Record.id == draft.record_id))


def to_draft(draft: Draft, **asked: str) -> Reply:
    """Lead back to the page of a draft."""
    where = address_of("write.one", number=draft.id, **asked)  # type: ignore[arg-type]
    return redirect(where, code=303)


def status_of(refused: KbError) -> int:
    """Give the status of a page that shows a form again."""
    return 422 if isinstance(refused, NotValid) else 409


def about(draft: Draft) -> dict[str, Any]:
    """Give what every page about a draft shows."""
    return {"draft": draft, "kind": kind_of(draft), "draft_title": title_of(draft)}


def given() -> Given:
    """Give all that the form holds."""
    return request.form.to_dict(flat=False)


def once() -> str:
    """Give the sign of the form; one that no form of ours holds is as good as none."""
    sign = request.form.get("once", "")[:64]
    return sign if sign.isascii() and sign.isalnum() else token_hex(16)


def unanswered(names: Sequence[str]) -> dict[str, list[str]]:
    """Give what the form leaves empty of what it cannot do without."""
    said = str(_("This is needed."))
    return {name: [said] for name in names if not request.form.get(name, "").strip()}
