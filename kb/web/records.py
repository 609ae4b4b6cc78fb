"""The page of one record, whatever its kind."""

from urllib.parse import unquote, urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.entrance.address import LANG, record_address
from kb.entrance.request import this_session, this_vocabulary
from kb.kinds import BY_PLURAL
from kb.practices.completeness import completeness_percent
from kb.record.lookups import get_record, related
from kb.record.reading import Reading, sources_of, strongest
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
    reading = Reading(record, asked or lang)
    return render_template(
        f"{plural}/one.html",
        record=record,
        reading=reading,
        vocabulary=this_vocabulary(),
        sources=sources_of(record, kind),
        level=strongest(record),
        related=related(this_session(), record, lang),
        json_ld=json_ld(record, reading),
        completeness=completeness_percent,
        here_too=here_too(record),
    )


def code_in(words: str) -> str:
    """Give the code at the start of an address, ``P-20`` of ``P-20-zai``."""
    return "-".join(words.split("-", 2)[:2]).upper()
