"""The page of one record, whatever its kind."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.communities.lookups import find_silence
from kb.credit.citation import as_text
from kb.entrance.address import LANG, record_address
from kb.entrance.cited import cited
from kb.entrance.kept import Catalogue, catalogue
from kb.entrance.request import this_session, this_vocabulary
from kb.entrance.sought import note_opened
from kb.entrance.use import note_view
from kb.errors import NotFound
from kb.kinds import BY_PLURAL
from kb.pictures.lookups import public_pictures
from kb.practices.completeness import completeness_percent
from kb.practices.season_calendar import season_calendar
from kb.record import lookups
from kb.record.lookups import Neighbour, get_record
from kb.record.models import Record
from kb.record.reading import Reading, sources_of, strongest
from kb.record.similar import Reason
from kb.web.feedback_part import feedback_of
from kb.web.json_ld import json_ld
from kb.web.likeness import here_too
from kb.writing.withdrawals import find_gone

pages = Blueprint("records", __name__, url_prefix=LANG)
PLURAL = "/<any(practices,stories,answers,guidelines):plural>"


def gone_or_refused(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer with the page that says why, if a record is gone because withdrawn."""

    @wraps(view)
    def shown(lang: str, plural: str, ref: str, **more: Any) -> Any:  # noqa: ANN401
        try:
            return view(lang, plural, ref, **more)
        except NotFound:
            gone = find_gone(this_session(), code_in(ref), lang)
            if gone is not None:
                page = render_template("versions/gone.html", gone=gone)
                return make_response(page, 410)
            silence = find_silence(this_session(), code_in(ref))
            if silence is None:
                raise
            page = render_template("communities/silent.html", silence=silence)
            return make_response(page, 410)

    return shown


@pages.get(f"{PLURAL}/")
def all_of_a_kind(lang: str, plural: str) -> Response:
    """Lead to the search narrowed to one kind."""
    return redirect(url_for("results.find", lang=lang, kind=BY_PLURAL[plural].name))


@pages.get(f"{PLURAL}/<ref>")
@gone_or_refused
def one(lang: str, plural: str, ref: str) -> str | Response:
    """Show one record; an address with an older title leads to today's."""
    kind, asked = BY_PLURAL[plural], request.args.get("text")
    record = get_record(this_session(), kind, code_in(ref), asked or lang)
    address = record_address(record, language=lang, text=asked)
    if request.path != unquote(urlsplit(address).path):
        return redirect(address, code=301)
    note_opened()
    note_view(record.id)
    reading = Reading(record, asked or lang)
    kept = catalogue()
    related, similar = around(record, lang, kept)
    pictures = public_pictures(this_session(), record)
    held = kept.held.get(record.id)
    page = render_template(
        f"{plural}/one.html",
        record=record,
        reading=reading,
        vocabulary=this_vocabulary(),
        sources=sources_of(record, kind),
        level=strongest(record),
        related=related,
        similar=similar,
        json_ld=json_ld(record, reading, pictures),
        pictures=pictures,
        completeness=completeness_percent,
        season_calendar=season_calendar,
        here_too=here_too(record),
        assessed=kept.assessed.get(record.id),
        held=held,
        credited=kept.credited.get(record.id, ()),
        citation=as_text(cited(record, reading.language, kept)),
        **feedback_of(record),
    )
    return asked_each_time(make_response(page)) if held else page


def asked_each_time(response: Response) -> Response:
    """Let nobody show it again without asking: it may be taken back any moment."""
    response.headers["Cache-Control"] = "no-cache"
    return response


def around(
    record: Record, language: str, kept: Catalogue
) -> tuple[list[Neighbour], list[tuple[Record, tuple[Reason, ...]]]]:
    """Give the neighbours of a record, and those most like it with the reasons."""
    ways = lookups.related(this_session(), record)
    near = {number for _how, number in ways}
    likes = kept.likes(record.kind).of(record.id, without=near)
    wanted = near.union(one.record_id for one in likes)
    others = lookups.titled(this_session(), wanted, language)
    return (
        [Neighbour(how, others[number]) for how, number in ways if number in others],
        [(others[x.record_id], x.reasons) for x in likes if x.record_id in others],
    )


def code_in(words: str) -> str:
    """Give the code at the start of an address, ``P-20`` of ``P-20-zai``."""
    return "-".join(words.split("-", 2)[:2]).upper()
