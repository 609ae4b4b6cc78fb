"""Where on the map the reader looks: from a cookie that goes with the browser."""

from flask import request
from werkzeug.wrappers import Response

from kb.entrance.place import this_said
from kb.regions.look import Look, look_at, read_look

COOKIE = "map"


def this_look() -> Look:
    """Give where she looks: as she left the map, else where she said her land is."""
    return read_look(request.cookies.get(COOKIE, "")) or look_at(this_said())


def remember_look(response: Response, look: Look) -> None:
    """Keep it until the browser is closed."""
    response.set_cookie(
        COOKIE,
        look.written(),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def forget_look(response: Response) -> None:
    """Show the map as it was at first, or where her land is."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
