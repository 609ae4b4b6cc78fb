"""The files of pictures, each for those who may see it."""

from collections.abc import Sequence

from flask import Blueprint, Response
from sqlalchemy.orm import Session
from werkzeug.exceptions import Gone, NotFound

from kb.entrance.person import this_person
from kb.entrance.request import office, this_session
from kb.helpdesk.pictured import sees_asked
from kb.people.models import Person
from kb.pictures.files import NAMED, path_of
from kb.pictures.lookups import with_digest
from kb.pictures.models import Picture, State
from kb.pictures.rules import is_open_to_all, may, today
from kb.pictures.sizes import TYPES
from kb.record.models import Telling
from kb.web.policy import CONTENT
from kb.writing.pictured import sees

pages = Blueprint("media", __name__)

A_DAY = 86_400
A_YEAR = 365 * A_DAY
LOCKED = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
"""What a file may do that is opened by itself: nothing."""


@pages.get("/media/<name>")
def file(name: str) -> Response:
    """Give one file of a picture; its address says what it holds, so it never changes.

    :raises Gone: it was withdrawn.
    :raises NotFound: there is none, or the reader may not know of it.
    """
    named = NAMED.fullmatch(name)
    if named is None:
        raise NotFound
    digest, _size, ending = named.groups()
    shared = with_digest(this_session(), digest)
    for_all = [one for one in shared if is_open_to_all(one)]
    seconds = max(map(_fresh_seconds, for_all), default=0)
    if not for_all:
        _require_insider(shared)
    path = path_of(office().settings.pictures_folder, name)
    if not path.exists():
        raise NotFound
    reply = Response(path.read_bytes(), content_type=TYPES[ending])
    reply.headers["Content-Disposition"] = f'inline; filename="humus-{name}"'
    reply.headers[CONTENT] = LOCKED
    if seconds:  # the API tells other sites of it
        reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        reply.headers["Cache-Control"] = f"public, max-age={seconds}, immutable"
    elif for_all:
        reply.headers["Cache-Control"] = "no-cache"
    return reply


def may_see(session: Session, person: Person | None, picture: Picture) -> bool:
    """Say whether a person sees a picture of a record."""
    return may(session, person, "see", picture)


def _fresh_seconds(picture: Picture) -> int:
    """Give how long a file may be kept: not longer than those in it agreed to.

    What a community may take back any moment is asked for each time.
    """
    if picture.record is not None and picture.record.telling != Telling.FREE:
        return 0
    if picture.consent_until is None:
        return A_YEAR
    days = (picture.consent_until - today()).days
    return min(A_YEAR, max(3600, days * A_DAY))


def _require_insider(shared: Sequence[Picture]) -> None:
    """Refuse what is not for all, but to those who work on it.

    Their answer is kept nowhere: `this_person` sees to it.
    """
    if shared and all(one.state == State.WITHDRAWN for one in shared):
        raise Gone
    person = this_person()
    seen = (one for one in shared if one.state != State.WITHDRAWN)
    session = this_session()
    ways = (may_see, sees, sees_asked)
    if not any(way(session, person, one) for one in seen for way in ways):
        raise NotFound
