"""The page on which a reader says where her land is, and what all ways have in common.

All that says where it is comes by POST, so that no address and no log tells it, and is
kept on her device, to a tenth of a degree. Every way leads back to the one page.
"""

from collections.abc import Sequence
from time import monotonic

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as Reply

from kb.entrance.address import LANG
from kb.entrance.desks import desk_near
from kb.entrance.labels import _
from kb.entrance.origin import require_own_page
from kb.entrance.place import COOKIE, remember, this_place, this_said
from kb.entrance.refusals import STATUS
from kb.entrance.request import (
    FRESH_SECONDS,
    office,
    this_language,
    this_session,
    this_vocabulary,
)
from kb.errors import KbError, NotFound, NotValid, Unavailable
from kb.regions.disputed import DISCLAIMER
from kb.regions.questions import QUESTIONS
from kb.regions.said import Said
from kb.regions.tree import Part, countries
from kb.regions.zones import zone_of
from kb.web.policy import may_ask_where
from kb.web.shown_map import shown_map
from kb.web.understood import understood


def ways(name: str) -> Blueprint:
    """Make a blueprint for ways to say where the land is."""
    pages = Blueprint(name, __name__, url_prefix=f"{LANG}/place")
    pages.before_request(only_from_here)
    for kind in (NotValid, NotFound, Unavailable):
        pages.register_error_handler(kind, say_refusal)
    return pages


def only_from_here() -> None:
    """Refuse what a page of another site sends.

    :raises NotAllowed: it does.
    """
    if request.method == "POST":
        require_own_page()


def say_refusal(refused: KbError) -> Response:
    """Show the page again, with what could not be used of what was said."""
    problems = getattr(refused, "problems", {})
    said = [line for lines in problems.values() for line in lines]
    return place_page(STATUS[type(refused)], [str(refused), *dict.fromkeys(said)])


def place_page(status: int = 200, wrong: Sequence[str] = ()) -> Response:
    """Show what is understood so far, and the ways to say more.

    :param wrong: what could not be used, in sentences.
    """
    page = render_template(
        "place/place.html",
        understood=understood(),
        said=this_said(),
        lost="kept" in request.args and COOKIE not in request.cookies,
        wrong=wrong,
        map=shown_map(),
        countries=all_countries(),
        questions=QUESTIONS,
        vocabulary=this_vocabulary(),
        zone=_zone(),
        desk=desk_near(this_said().country),
        disclaimer=DISCLAIMER,
    )
    return may_ask_where(make_response(page, status))


def _zone() -> str:
    """Give the code of the climate and soil of her land; empty if not known.

    An address may tell it: it holds for a part of the Earth, not for her farm.
    """
    place = this_place()
    zone = zone_of(place) if place else None
    return zone.code if zone else ""


def all_countries() -> list[Part]:
    """Give the countries by name in the reader's language; read once in a while."""
    kept, name = office().kept, f"countries {this_language()}"
    read_at, found = kept.get(name, (0.0, None))
    if found is None or monotonic() - read_at > FRESH_SECONDS:
        found = countries(this_session(), this_language())
        kept[name] = monotonic(), found
    listed: list[Part] = found
    return listed


def kept(said: Said) -> Reply:
    """Keep what she said on her device, and lead back to the page.

    The address says that something was kept, so that the page can tell if it was not.
    """
    response = redirect(url_for("place.place", kept=1), code=303)
    remember(response, said)
    return response


def nothing_there() -> NotValid:
    """Say that a point lies at sea."""
    return NotValid(
        _("This is the sea, or too small an island. Please choose a spot on land."), {}
    )
