"""The page of one record, whatever its kind."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.entrance.address import LANG, record_address
from kb.entrance.kept import catalogue
from kb.entrance.request import this_session, this_vocabulary
from kb.entrance.sought import note_opened
from kb.kinds import BY_PLURAL
from kb.practices.completeness import completeness_percent
from kb.record.lookups import Neighbour, get_record, related, titled
from kb.record.models import Record
from kb.record.reading import Reading, sources_of, strongest
from kb.record.similar import Reason
from kb.web.feedback_part import feedback_of
from kb.web.json_ld import json_ld
from kb.web.likeness import here_too

pages = Blueprint("records", __name__, url_prefix=LANG)
PLURAL = "/<any(practices,stories,answers):plural>"


@pages.get(f"{PLURAL}/")
def all_of_a_kind(lang: str, plural: str) -> Response:
    """Lead to the search narrowed to one kind."""
    return redirect(url_for("results.find", lang=lang, kind=BY_PLURAL[plural].name))


@pages.get(f"{PLURAL}/<ref>")
def one(lang: str, plural: str, ref: str) -> str | Response:
    """Show one record; an address with an older title leads to today's."""
    kind, asked = BY_PLURAL[plural], request.args.get("text")
    record = get_record(this_session(), kind, code_in(ref), asked or lang)
    address = record_address(record, language=lang, text=asked)
    if request.path != unquote(urlsplit(address).path):
        return redirect(address, code=301)
    note_opened()
    reading = Reading(record, asked or lang)
    neighbours = related(this_session(), record, lang)
    return render_template(
        f"{plural}/one.html",
        record=record,
        reading=reading,
        vocabulary=this_vocabulary(),
        sources=sources_of(record, kind),
        level=strongest(record),
        related=neighbours,
        similar=similar_to(record, neighbours, lang),
        json_ld=json_ld(record, reading),
        completeness=completeness_percent,
        here_too=here_too(record),
        **feedback_of(record),
    )


def similar_to(
    record: Record, neighbours: Sequence[Neighbour], language: str
) -> list[tuple[Record, tuple[Reason, ...]]]:
    """Give the records most like one, with the reasons; its neighbours left out."""
    known = [neighbour.record.id for neighbour in neighbours]
    found = catalogue().likes(record.kind).of(record.id, without=known)
    others = titled(this_session(), [one.record_id for one in found], language)
    return [
        (others[one.record_id], one.reasons) for one in found if one.record_id in others
    ]


def code_in(words: str) -> str:
    """Give the code at the start of an address, ``P-20`` of ``P-20-zai``."""
    return "-".join(words.split("-", 2)[:2]).upper()
