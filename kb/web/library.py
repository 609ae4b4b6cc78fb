"""The library of guidelines, to be looked through by theme and region."""

from flask import Blueprint, render_template, request

from kb.entrance.address import LANG
from kb.entrance.labels import _
from kb.entrance.request import this_session, this_vocabulary
from kb.errors import NotValid
from kb.guidelines.library import shelf
from kb.record.schemas import COUNTRIES
from kb.regions.tree import ancestors
from kb.web.place_page import all_countries

pages = Blueprint("library", __name__, url_prefix=LANG)
WORLD = "001"


@pages.get("/library")
def every(lang: str) -> str:
    """Show the guidelines that hold now, then older editions.

    :raises NotValid: there is no such theme or country.
    """
    theme, country = request.args.get("theme", ""), request.args.get("country", "")
    vocabulary = this_vocabulary()
    _require(theme, country)
    around = ancestors(this_session(), country) if country else []
    regions = {WORLD, country, *(region.code for region in around)} if country else ()
    return render_template(
        "guidelines/every.html",
        shelf=shelf(this_session(), theme=theme, regions=regions),
        theme=theme,
        country=country,
        themes=vocabulary.scheme("theme"),
        countries=all_countries(),
        vocabulary=vocabulary,
    )


def _require(theme: str, country: str) -> None:
    known = this_vocabulary().get(f"theme:{theme}") is not None
    wrong = {"theme": bool(theme) and not known}
    wrong["country"] = bool(country) and country not in COUNTRIES
    said = [_("There is no such value.")]
    problems = {name: said for name, is_wrong in wrong.items() if is_wrong}
    if problems:
        raise NotValid(_("This page cannot be narrowed so."), problems)
