"""Saying where the land is in words: a place name, a country, a district; or by GPS."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.entrance.labels import _
from kb.entrance.land import said_of_region
from kb.entrance.look import forget_look
from kb.entrance.place import atlas, gazetteer, this_said
from kb.entrance.request import this_language, this_session
from kb.errors import NotFound, NotValid, Unavailable
from kb.regions.atlas import Point, checked_point
from kb.regions.disputed import DISCLAIMER
from kb.regions.models import RegionKind
from kb.regions.said import Said
from kb.regions.spelling import spelled
from kb.regions.tree import get_region, name_of, parts_of
from kb.web.place_page import kept, nothing_there, ways

pages = ways("where")

LONGEST_NAME = 100
"""Letters of a name that are shown again."""


@pages.post("/name")
def name(lang: str) -> str:
    """Show the places that may be meant by a name."""
    asked = " ".join(request.form.get("name", "").replace("\x00", " ").split())
    if not spelled(asked):
        raise NotValid(_("Please type the name of a place."), {})
    try:
        found = gazetteer().candidates(asked, this_language())
    except Unavailable as refused:
        said = _("Place names cannot be looked up just now. Please use another way.")
        raise Unavailable(said) from refused
    return render_template(
        "place/name.html",
        asked=asked[:LONGEST_NAME],
        found=found,
        about=gazetteer().about(),
        disclaimer=DISCLAIMER,
    )


@pages.post("/point")
def point(lang: str) -> Response:
    """Keep a point: one of the places by name, or where the phone is."""
    given = request.form
    here = checked_point(given.get("latitude", ""), given.get("longitude", ""))
    return settled(here, 0.0, given.get("name", ""), given.get("country", ""))


@pages.get("/country")
def country(lang: str) -> str | Response:
    """Show the districts of a country."""
    code = request.args.get("country", "")
    if not code:
        return redirect(url_for("place.place"))
    region = get_region(this_session(), code[:9])
    if region.kind != RegionKind.COUNTRY:
        raise NotFound(_("There is no such region."))
    return render_template(
        "place/country.html",
        country=region,
        name=name_of(region, this_language()),
        districts=parts_of(this_session(), region.code, this_language()),
        disclaimer=DISCLAIMER if region.disclaimer else "",
    )


@pages.post("/region")
def region(lang: str) -> Response:
    """Keep a country or district: its middle, and how far it reaches."""
    return _moved(said_of_region(request.form.get("region", "")[:9]))


def settled(here: Point, reach: float, name: str = "", country: str = "") -> Response:
    """Keep a point on land.

    :param country: the one the place is known to be in; else that of the point.
    :raises NotValid: it is at sea, or the country is none.
    """
    maps = atlas()
    found = maps.country_at(here) or ""
    if not found and not maps.climate_at(here):
        raise nothing_there()
    if country and country != found and not maps.disputed_at(here):
        found = get_region(this_session(), country[:2]).code
    return _moved(Said(point=here, reach=reach, name=name, country=found))


def _moved(where: Said) -> Response:
    """Keep where the land is, beside what else was said of it."""
    moved = replace(
        this_said(),
        point=where.point,
        reach=where.reach,
        name=where.name,
        country=where.country,
    )
    response = kept(moved)
    forget_look(response)
    return response
