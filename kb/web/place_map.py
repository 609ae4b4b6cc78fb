"""The map: its pictures, and what a tap on it or a button beside it does."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.look import remember_look, this_look
from kb.entrance.place import atlas
from kb.errors import NotFound, NotValid
from kb.regions.look import Look
from kb.regions.sheets import CLOSE, LEVELS, Sheet
from kb.regions.world_map import drawn
from kb.web.place_page import ways
from kb.web.place_where import settled
from kb.web.static import A_DAY

pages = Blueprint("world", __name__)
moves = ways("moves")

SIZES = {"small": (320, 160), "wide": (720, 360)}
"""Name of the picture in the form → its size in pixels of the browser."""
HERE = "here"


@pages.get("/world/<int:level>/<int:column>/<int:row>.svg")
def picture(level: int, column: int, row: int) -> Response:
    """Draw a part of the world; it stays the same as long as the maps do."""
    svg = drawn(atlas(), Sheet(level, column, row))
    reply = Response(svg, content_type="image/svg+xml")
    reply.headers["Cache-Control"] = f"public, max-age={30 * A_DAY}"
    return reply


@moves.post("/map")
def tap(lang: str) -> Reply:
    """Look closer at what was tapped, or keep it; or do what a button says."""
    look, tapped = this_look(), _tapped(request.form)
    if tapped is not None:
        sheet, across, down = tapped
        point = sheet.point_at(across, down)
        if sheet.level >= CLOSE:
            return settled(point, LEVELS[sheet.level].reach)
        return _looking(look.tapped(sheet.level, point), "map")
    pressed = request.form.get("go", "")
    if pressed != HERE:
        return _looking(look.moved(pressed))
    if look.spot is None:
        raise NotValid(_("Please tap on the map first, or move the cross."), {})
    return settled(look.spot, LEVELS[look.level].reach)


def _looking(look: Look, part: str | None = None) -> Reply:
    """Show the page again; a pressed button has the focus, so it can be repeated."""
    response = redirect(url_for("place.place", _anchor=part), code=303)
    remember_look(response, look)
    return response


def _tapped(form: MultiDict[str, str]) -> tuple[Sheet, float, float] | None:
    """Read where the map was tapped: the sheet, and parts of the way across and down.

    A picture that is pressed with the keyboard says 0, 0: that is no tap.

    :raises NotValid: the numbers do not fit the picture.
    """
    name = next((n for n in SIZES if f"{n}.x" in form or f"{n}.y" in form), None)
    if name is None:
        return None
    across, down = form.get(f"{name}.x", ""), form.get(f"{name}.y", "")
    if across == down == "0":
        said = _("With the keyboard, please use the buttons beside the map.")
        raise NotValid(said, {})
    wide, high = SIZES[name]
    x, y = _number(across, wide), _number(down, high)
    return _sheet(form.get("sheet", "")), x / wide, y / high


def _sheet(written: str) -> Sheet:
    numbers = [_number(part, 999) for part in written.split(".")]
    if len(numbers) != len(Sheet.__dataclass_fields__):
        raise _no_tap()
    try:
        return Sheet(*numbers)
    except NotFound as refused:
        raise _no_tap() from refused


def _number(written: str, most: int) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 5):
        raise _no_tap()
    if int(written) > most:
        raise _no_tap()
    return int(written)


def _no_tap() -> NotValid:
    return NotValid(_("Please tap on the map, or use the buttons beside it."), {})
