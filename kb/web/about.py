"""What the site is, and where its figures come from."""

from flask import Blueprint, render_template

from kb.entrance.address import LANG
from kb.entrance.request import office, this_session, this_vocabulary
from kb.record.lookups import all_sources, records_by_source

pages = Blueprint("about", __name__, url_prefix=LANG)


@pages.get("/about")
def about(lang: str) -> str:
    """Say what the site is, who made it and how far to trust it."""
    counted = office().settings.count_searches == "yes"
    return render_template(
        "about/about.html", vocabulary=this_vocabulary(), counted=counted
    )


@pages.get("/sources")
def sources(lang: str) -> str:
    """List every source with the records that cite it."""
    session = this_session()
    return render_template(
        "about/sources.html",
        sources=all_sources(session),
        cited_by=records_by_source(session),
    )
