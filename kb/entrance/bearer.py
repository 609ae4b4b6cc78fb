"""Who a program acts for: by a token in the header ``Authorization``, nothing else."""

from datetime import UTC, datetime

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Unauthorized

from kb.entrance.person import own_secret
from kb.entrance.request import office, this_session
from kb.people.models import ApiToken
from kb.people.sessions import NOTED_EVERY
from kb.people.tokens import find_token

LONGEST = 100


def a_token() -> ApiToken:
    """Give the token of this request, with its person.

    :raises Unauthorized: there is none, or it works no more.
    :raises BadRequest: the browser's own secret came along: some page sends for her.
    """
    g.kb_person_asked = True
    given = request.authorization
    secret = given.token if given is not None and given.type == "bearer" else None
    token = find_token(this_session(), secret[:LONGEST]) if secret else None
    if token is None:
        said = "A token that works is needed: Authorization: Bearer humus_…"
        raise Unauthorized(said, www_authenticate=WWWAuthenticate("bearer"))
    if own_secret():
        raise BadRequest("Send a token or a cookie, not both.")
    _note_use(token)
    return token


def _note_use(token: ApiToken) -> None:
    """Keep about when a token was last used."""
    now = datetime.now(UTC)
    if token.last_used is not None and now - token.last_used < NOTED_EVERY:
        return
    with office().database.writing() as session:
        session.get_one(ApiToken, token.id).last_used = now
        session.commit()
