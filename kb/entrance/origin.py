"""Whether a form was sent from one of our own pages."""

from urllib.parse import urlsplit

from flask import request

from kb.entrance.labels import _
from kb.entrance.request import office
from kb.errors import NotAllowed


def require_own_page() -> None:
    """Refuse a form that a page of another site sent.

    Browsers say where a form comes from: all of today in ``Sec-Fetch-Site``, older ones
    in ``Origin``. The oldest say neither; they are let through, for the cookies of this
    site do not go with forms of another (``SameSite``).

    :raises NotAllowed: it came from elsewhere.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        own = site in {"same-origin", "none"}
    else:
        own = origin is None or _host(origin) in {request.host, _public_host()}
    if not own:
        raise NotAllowed(_("This was sent from another site, so nothing was kept."))


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _public_host() -> str:
    return _host(office().settings.address) or request.host
