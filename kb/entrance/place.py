"""The reader's place: from a cookie on her device, for this request alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from flask import Response, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.request import FRESH_SECONDS, office, this_session
from kb.errors import NotValid, Unavailable
from kb.kinds import KINDS
from kb.record.whereabouts import Nearness, Whereabouts, read_whereabouts
from kb.regions.atlas import Atlas, Point, open_atlas
from kb.regions.gazetteer import Gazetteer
from kb.regions.limits import HardLimit
from kb.regions.places import Place
from kb.regions.said import Maps, Said, place_of, read

COOKIE, A_YEAR = "place", 365 * 24 * 3600


@dataclass
class Kept:
    """The whereabouts of all records, and when they were read."""

    read_at: float
    whereabouts: Whereabouts


class _Nowhere:
    """What stands in for the atlas where there is none: it knows of no place."""

    def climate_at(self, point: Point) -> dict[str, float]:
        return {}

    def climate_within(
        self, point: Point, reach: float, country: str
    ) -> dict[str, float]:
        return {}

    soil_at = figures_at = climate_at


def atlas() -> Atlas:
    """Give the atlas of this installation.

    :raises Unavailable: its map is missing or damaged.
    """
    return open_atlas(office().settings.regions_folder)


def gazetteer() -> Gazetteer:
    """Give the list of places of this installation."""
    return Gazetteer(office().settings.regions_folder)


def this_said() -> Said:
    """Give what the reader said about her land; what cannot be read counts as nothing.

    Whoever asks has an answer that depends on the cookie, so that it must not be kept
    for others: `add_place_headers` sees to it.
    """
    g.kb_place_asked = True
    said: Said | None = g.get("kb_said")
    if said is None:
        try:
            said = read(request.cookies.get(COOKIE, ""))
        except NotValid:
            said = Said()
        g.kb_said = said
    return said


def this_place() -> Place | None:
    """Give what is known of her land; nothing if she said nothing of it."""
    said = this_said()
    if not said:
        return None
    return place_of(said, _maps())


def this_nearness() -> Nearness | None:
    """Give all records as they stand to her land; nothing if she said nothing."""
    place = this_place()
    return nearness_of(place) if place is not None else None


def nearness_to(said: Said) -> Nearness | None:
    """Give all records as they stand to land that was told of; else nothing."""
    return nearness_of(place_of(said, _maps())) if said else None


def nearness_of(place: Place) -> Nearness:
    """Give all records as they stand to a place."""
    return whereabouts().seen_from(place)


def whereabouts() -> Whereabouts:
    """Give where all records come from, as it was within `FRESH_SECONDS`."""
    kept: Kept | None = office().kept.get("whereabouts")
    if kept is None or monotonic() - kept.read_at > FRESH_SECONDS:
        kept = Kept(monotonic(), _read(this_session()))
        office().kept["whereabouts"] = kept
    return kept.whereabouts


def _read(session: Session) -> Whereabouts:
    limits: dict[int, Sequence[HardLimit]] = {}
    for kind in KINDS.values():
        limits |= kind.hard_limits(session)
    return read_whereabouts(session, _maps(), limits)


def _maps() -> Maps:
    """Give the atlas, or what knows of no place where there is none."""
    try:
        return atlas()
    except Unavailable:
        return _Nowhere()


def remember(response: Reply, said: Said) -> None:
    """Keep what she said on her device, for a year."""
    response.set_cookie(
        COOKIE,
        said.written(),
        max_age=A_YEAR,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Reply) -> None:
    """Take it off her device."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")


def add_place_headers(response: Response) -> Response:
    """Keep what depends on a place out of every cache that others use."""
    if g.get("kb_place_asked"):
        response.vary.add("Cookie")
        if g.kb_said:
            response.headers["Cache-Control"] = "private, no-cache"
    return response
