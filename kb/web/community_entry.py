"""Giving a record or a draft into the hands of a community, and reading it there."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb import access
from kb.communities import service
from kb.communities.lookups import (
    all_communities,
    get_community,
    in_hands,
    name_of,
    one_of,
    open_community,
    open_holding,
)
from kb.communities.models import Community
from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import NotValid
from kb.kinds import KINDS
from kb.language import _
from kb.pictures.lookups import standing
from kb.pictures.rules import is_open
from kb.record.models import Record
from kb.web.feedback_page import ABOUT, record_named
from kb.web.people_page import again, page, people_pages
from kb.web.write_page import NUMBER, this_draft, to_draft
from kb.web.written import blocks, spoken_in
from kb.writing.letters import title_of
from kb.writing.models import Draft
from kb.writing.rules import RULES, thing_of_draft
from kb.writing.versions import newest

pages = people_pages("community_entry")
FORM = "communities/give.html"


@pages.get(f"{ABOUT}/community")
def ask_of_record(lang: str, plural: str, ref: str) -> Response:
    """Ask whose knowledge a record is."""
    session, person = this_session(), a_person()
    record = record_named(plural, ref)
    access.RULES.require(person, "change", access.thing_of(session, record))
    return page(FORM, **_of_record(session, record, lang))


@pages.post(f"{ABOUT}/community")
def give_record(lang: str, plural: str, ref: str) -> Reply:
    """Give a record into the hands of a community: nobody else sees it until asked."""
    session, person = writing_session(), a_person()
    record = record_named(plural, ref)
    try:
        service.hold_record(session, record, _chosen(session), by=person)
    except NotValid as refused:
        return again(FORM, refused, **_of_record(session, record, lang))
    session.commit()
    return redirect(url_for("communities.mine"), code=303)


@pages.get(f"/write/{NUMBER}/community")
def ask_of_draft(lang: str, number: int) -> Response:
    """Ask whose knowledge a draft is."""
    session, person, draft = this_draft(number)
    RULES.require(person, "write", thing_of_draft(session, draft))
    return page(FORM, **_of_draft(session, draft, lang))


@pages.post(f"/write/{NUMBER}/community")
def give_draft(lang: str, number: int) -> Reply:
    """Say whose knowledge a draft is; it is not published before they agree."""
    session, person, draft = this_draft(number, to_write=True)
    RULES.require(person, "write", thing_of_draft(session, draft))
    try:
        community = _chosen(session)
    except NotValid as refused:
        return again(FORM, refused, **_of_draft(session, draft, lang))
    if in_hands(session, draft.holding_id, draft.record_id) is None:
        title = title_of(draft) or str(_("without a title yet"))
        held = service.hold_draft(session, community, title, by=person)
        draft.holding_id = held.id
    session.commit()
    return to_draft(draft)


@pages.get(f"/communities/<key>/{NUMBER}/read")
def read(lang: str, key: str, number: int) -> Response:
    """Show a record to those whose community keeps it."""
    session, person = this_session(), a_person()
    community, _thing = open_community(session, key, by=person)
    record = open_holding(session, one_of(session, key, number), by=person)
    version = newest(session, record.id)
    spoken = spoken_in(version.document, lang)
    return page(
        "communities/read.html",
        community=community,
        community_name=name_of(community, lang),
        record=record,
        spoken_language=spoken,
        blocks=blocks(KINDS[record.kind], version.document, spoken),
        pictures=[one for one in standing(session, record) if is_open(one)],
    )


def _chosen(session: Session) -> Community:
    """Give the community that the form names.

    :raises NotValid: it names none.
    """
    key = request.form.get("community", "")
    if key not in {one.key for one in all_communities(session)}:
        said = _("Please choose one of the list.")
        raise NotValid(said, {"community": [str(said)]})
    return get_community(session, key)


def _of_record(session: Session, record: Record, lang: str) -> dict[str, Any]:
    plural = KINDS[record.kind].plural
    to = url_for(".give_record", plural=plural, ref=record.ref)
    return {"to": to, "ref": record.ref, "known": _known(session, lang)}


def _of_draft(session: Session, draft: Draft, lang: str) -> dict[str, Any]:
    to = url_for(".give_draft", number=draft.id)
    return {"to": to, "ref": "", "known": _known(session, lang)}


def _known(session: Session, lang: str) -> list[tuple[str, str]]:
    return [(one.key, name_of(one, lang)) for one in all_communities(session)]
