"""The page of search results."""

from flask import Blueprint, Response, make_response, render_template
from werkzeug.exceptions import NotFound

from kb.entrance.address import LANG
from kb.entrance.desks import desk_near
from kb.entrance.labels import order_names, value_label
from kb.entrance.named import also_searched, this_thesaurus
from kb.entrance.place import this_nearness, this_said
from kb.entrance.request import office, this_session, this_vocabulary
from kb.entrance.sought import note_search
from kb.entrance.use import note_shown
from kb.pictures.lookups import leading
from kb.search.asked import OR
from kb.search.service import search
from kb.web.asked import as_query_string, asked, facets_of, without
from kb.web.policy import may_ask_us
from kb.web.why import why_address

pages = Blueprint("results", __name__, url_prefix=LANG)


@pages.get("/search")
def find(lang: str) -> Response:
    """Show what was found; the whole search is in the address."""
    near = this_nearness()
    results = search(this_session(), office().index, asked(), near, this_thesaurus())
    if results.query.page > results.pages:
        raise NotFound
    note_search(results)
    note_shown(results)
    page = render_template(
        "search/results.html",
        results=results,
        facets=facets_of(results),
        orders=order_names(placed=near is not None),
        also=also_searched(results.query),
        address=as_query_string,
        without=without,
        value_label=value_label,
        vocabulary=this_vocabulary(),
        lead_pictures=leading(this_session(), [s.record.id for s in results.shown]),
        desk=None if results.total else desk_near(this_said().country),
        why=why_address(results),
        or_word=OR.get(lang, OR["en"]),
    )
    return may_ask_us(make_response(page))
