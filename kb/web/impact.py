"""What Humus comes to, for everybody: use, questions, and what is missing."""

from flask import Blueprint, render_template

from kb.desk.indicators import FEWEST, indicators
from kb.entrance.address import LANG
from kb.entrance.request import office, this_session
from kb.regions.zones import ZONES

pages = Blueprint("impact", __name__, url_prefix=LANG)

MOST_LISTED = 30


@pages.get("/impact")
def impact(lang: str) -> str:
    """Show the numbers of the last twelve months, and what stands today."""
    settings = office().settings
    return render_template(
        "about/impact.html",
        all=indicators(this_session()),
        zones=ZONES,
        fewest=FEWEST,
        most=MOST_LISTED,
        counts_use=settings.count_use == "yes",
        counts_searches=settings.count_searches == "yes",
    )
