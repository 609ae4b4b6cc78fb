"""Browsing by theme, by land use and by problem."""

from flask import Blueprint, render_template

from kb.entrance.address import LANG
from kb.entrance.request import office, this_language, this_session, this_vocabulary
from kb.errors import NotFound
from kb.language import _
from kb.pictures.lookups import leading
from kb.search.document import Query
from kb.search.service import search
from kb.web.home import all_counts

pages = Blueprint("browse", __name__, url_prefix=LANG)

SCHEMES = {"themes": "theme", "land-uses": "land_use", "problems": "purpose"}
BY = "/<any(themes,'land-uses',problems):by>"


@pages.get(f"{BY}/")
def every(lang: str, by: str) -> str:
    """Show all themes, land uses or problems with how much there is on each."""
    entries = this_vocabulary().scheme(SCHEMES[by])
    counts = all_counts().get(SCHEMES[by], {})
    return render_template("browse/every.html", by=by, entries=entries, counts=counts)


@pages.get(f"{BY}/<code>")
def one(lang: str, by: str, code: str) -> str:
    """Show what there is on one theme, land use or problem, kind by kind."""
    scheme = SCHEMES[by]
    entry = this_vocabulary().get(f"{scheme}:{code}")
    if entry is None:
        raise NotFound(_("There is nothing called %(code)s here.", code=code))
    query = Query(
        language=this_language(),
        filters={scheme: (code,)},
        sort="evidence",
        per_page=50,
    )
    results = search(this_session(), office().index, query)
    return render_template(
        "browse/one.html",
        by=by,
        scheme=scheme,
        entry=entry,
        results=results,
        lead_pictures=leading(this_session(), [s.record.id for s in results.shown]),
        vocabulary=this_vocabulary(),
    )
