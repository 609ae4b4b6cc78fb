"""Finding a source for a draft, or adding one, without leaving what was written."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.errors import NotFound, NotValid
from kb.language import _
from kb.people.models import Person
from kb.web.people_page import page
from kb.web.problems import plain
from kb.web.write_page import (
    NUMBER,
    about,
    kind_of,
    may,
    this_draft,
    to_draft,
    writing_pages,
)
from kb.writing import service, sources
from kb.writing.citing import Target, cite, target_of
from kb.writing.filled import Button, Given, place_of_row
from kb.writing.models import Draft
from kb.writing.shape import Section
from kb.writing.versions import Document

pages = writing_pages("write_sources")
LONGEST_SEARCH = 200


@pages.get(f"/write/{NUMBER}/sources")
def find(lang: str, number: int) -> Reply:
    """Show the sources that match, and the form for another."""
    session, person, draft = this_draft(number)
    if not may(session, person, draft)("write"):
        return to_draft(draft)
    return _sources(session, draft)


@pages.post(f"/write/{NUMBER}/sources")
def add(lang: str, number: int) -> Reply:
    """Add a source, or take the one there is, and cite it where it is needed."""
    session, person, draft = this_draft(number, to_write=True)
    try:
        added = sources.add(session, draft, dict(request.form.items()), by=person)
    except NotValid as refused:
        problems = {name: plain(lines) for name, lines in refused.problems.items()}
        return _sources(
            session, draft, 422, problems=problems, given=request.form,
            message="" if problems else str(refused),
        )  # fmt: skip
    return _cite(session, person, draft, added)


@pages.post(f"/write/{NUMBER}/sources/cite")
def use(lang: str, number: int) -> Reply:
    """Cite a source that there is.

    :raises NotFound: there is no such source.
    """
    session, person, draft = this_draft(number, to_write=True)
    wanted = request.form.get("key", "")
    there = sources.citable(session, draft.document)
    found = next((one for one in there if one.key == wanted), None)
    if found is None:
        raise NotFound(_("There is no such source. Add it first."))
    return _cite(session, person, draft, found)


def to_sources(
    draft: Draft, part: Section, to: str, held: Given, button: Button
) -> Reply:
    """Lead from the form of a section, now kept, to finding a source for a field."""
    if button.keep is not None and part.repeated:
        field = to.rpartition(".")[2]
        to = f"{part.name}.{place_of_row(part, held, button)}.{field}"
    return redirect(url_for("write_sources.find", number=draft.id, to=to), code=303)


def _cite(
    session: Session, person: Person, draft: Draft, source: sources.Cited
) -> Reply:
    target, there = _target(draft), "" if source.own else "yes"

    def filled(document: Document) -> Document:
        return cite(document, target, source.key) if target else document

    service.save(session, draft, filled, by=person, revision=draft.revision)
    session.commit()
    if target is None:
        where = url_for(".find", number=draft.id, added=source.key, there=there)
        return redirect(where, code=303)
    row = None if target.row is None else f"row-{target.row}"
    where = url_for(
        "write.section", number=draft.id, name=target.section.name,
        cited=source.key, there=there, _anchor=row,
    )  # fmt: skip
    return redirect(where, code=303)


def _target(draft: Draft) -> Target | None:
    return target_of(kind_of(draft), request.values.get("to", "")[:80])


def _sources(
    session: Session, draft: Draft, status: int = 200, **said: Any
) -> Response:
    typed = request.args.get("q", "")[:LONGEST_SEARCH]
    found, total = sources.matching(session, draft.document, typed)
    return page(
        "write/sources.html",
        status,
        target=_target(draft),
        typed=typed,
        found=found,
        total=total,
        source_kinds=sources.KINDS,
        **about(draft),
        **said,
    )
