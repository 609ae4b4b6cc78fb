"""The JSON call for searching."""

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow import RAISE

from kb.api.schemas import FoundSchema, RefusalSchema, SearchArgsSchema
from kb.entrance.address import record_address
from kb.entrance.labels import known_values, value_label
from kb.entrance.request import office, this_session
from kb.language import INTERFACE
from kb.record.reading import strongest
from kb.search.document import FACETS, Query
from kb.search.excerpt import Piece
from kb.search.service import Shown, checked, search

calls = Blueprint(
    "api-search", __name__, url_prefix="/api/v1/search", description="Search"
)


@calls.route("", methods=["GET"])
@calls.arguments(SearchArgsSchema, location="query", unknown=RAISE)
@calls.response(200, FoundSchema)
@calls.alt_response(422, schema=RefusalSchema)
def find(args: dict[str, Any]) -> dict[str, Any]:
    """Find public records; one result each, in the best language for the reader."""
    g.language = args["lang"] if args["lang"] in INTERFACE else "en"
    results = search(this_session(), office().index, query_of(args))
    return {
        "total": results.total,
        "page": results.query.page,
        "per_page": results.query.per_page,
        "relaxed": results.relaxed,
        "results": [as_dict(shown) for shown in results.shown],
        "facets": {n: counted(n, c) for n, c in results.facets.items()},
    }


def query_of(args: Mapping[str, Any]) -> Query:
    """Turn checked arguments into a search.

    :raises NotValid: a code that is in no vocabulary.
    """
    query = Query(
        words=args["q"],
        language=args["lang"],
        filters={name: tuple(args[name]) for name in FACETS if args.get(name)},
        sort=args["sort"],
        page=args["page"],
        per_page=args["per_page"],
    )
    return checked(query, known_values())


def as_dict(shown: Shown) -> dict[str, Any]:
    """Give one result."""
    return {
        "ref": shown.record.ref,
        "kind": shown.record.kind,
        "language": shown.text.language,
        "state": shown.text.state,
        "matched_in": shown.matched_in,
        "title": shown.text.title,
        "summary": shown.text.summary,
        "excerpt": plain(shown.excerpt),
        "evidence": (strongest(shown.record) or "").partition(":")[2] or None,
        "url": record_address(shown.record, language=g.language, absolute=True),
    }


def plain(pieces: list[Piece]) -> str:
    """Give an excerpt without marks."""
    return "".join(piece.words for piece in pieces)


def counted(name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the values of one facet, the commonest first."""
    return [
        {"value": value, "label": value_label(name, value), "count": count}
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]
