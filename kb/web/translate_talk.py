"""What is said of one field in one language, and saying something more."""

from typing import Any

from flask import Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.access import RULES
from kb.entrance.request import this_language
from kb.errors import KbError, NotFound, NotValid
from kb.language import _
from kb.people.models import Person
from kb.record.lookups import titled
from kb.translating import discussing
from kb.translating.bench import Bench
from kb.web.bench_page import STATES, bench_address, field_label, this_bench
from kb.web.people_page import again, page, people_pages
from kb.web.write_page import post

pages = people_pages("translate_talk")
TEMPLATE = "translate/discussion.html"


@pages.get("/translate/<ref>/discussion")
def thread(lang: str, ref: str) -> Response:
    """Show a field, its translation and what was said of it."""
    session, person, bench = this_bench(ref, least="propose")
    field = _field(bench, person)
    return page(TEMPLATE, **_shown(session, bench, field))


@pages.post("/translate/<ref>/discussion")
def say(lang: str, ref: str) -> Reply:
    """Say something of it, settle what was said, or open it again."""
    session, person, bench = this_bench(ref, to_write=True, least="propose")
    field, then = _field(bench, person), request.form.get("then", "")
    words = request.form.get("words", "")
    try:
        if words.strip() or then == "say":
            site = post().site
            discussing.say(session, bench, field, words, by=person, site=site)
        if then in {"settle", "open"}:
            settled = then == "settle"
            discussing.settle(session, bench, field, by=person, settled=settled)
    except NotValid as refused:
        session.rollback()
        return _again(ref, refused)
    session.commit()
    where = bench_address(".thread", bench, field=field, saved="yes")
    return redirect(where, code=303)


def _again(ref: str, refused: KbError) -> Response:
    session, person, bench = this_bench(ref, least="propose")
    shown = _shown(session, bench, _field(bench, person))
    return again(TEMPLATE, refused, **shown)


def _field(bench: Bench, person: Person) -> str:
    """Give the field asked for.

    :raises NotAllowed: what is said of it is not for her.
    :raises NotFound: the record has none like it.
    """
    RULES.require(person, "discuss translation", discussing.thing_to_discuss(bench))
    field = request.args.get("field", "")
    if field not in bench.rows:
        raise NotFound(_("There is no such field."))
    return field


def _shown(session: Session, bench: Bench, field: str) -> dict[str, Any]:
    said = discussing.thread(session, bench, field)
    named = titled(session, [bench.record.id], this_language())
    return {
        "bench": bench,
        "row": bench.rows[field],
        "field": field,
        "field_name": field_label(field),
        "said": said,
        "is_open": any(one.settled is None for one in said),
        "states": STATES,
        "title": named[bench.record.id],
        "longest": discussing.LONGEST,
    }
