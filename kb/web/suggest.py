"""Answering the search box while somebody types."""

from flask import Blueprint, Response, jsonify, request

from kb.entrance.address import LANG
from kb.entrance.suggest import Suggested, suggested

pages = Blueprint("suggest", __name__, url_prefix=LANG)

FRESH_SECONDS = 600
"""How long a browser may use an answer again: people type the same beginnings."""


@pages.get("/suggest")
def suggest(lang: str) -> Response:
    """Give titles, names and subjects that begin like what was typed so far."""
    found = suggested(request.args.get("q", ""), lang)
    reply = jsonify(suggestions=[_as_dict(one) for one in found])
    reply.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return reply


def _as_dict(one: Suggested) -> dict[str, str]:
    return {
        "words": one.words,
        "language": one.language,
        "title": one.title,
        "title_language": one.title_language,
        "kind": one.kind,
        "kind_name": one.kind_name,
        "url": one.address,
    }
