"""The JSON call for searching."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, request, url_for
from flask_smorest import Blueprint
from marshmallow import RAISE

from kb.api.schemas import RefusalSchema
from kb.api.search_schemas import FoundSchema, SearchArgsSchema
from kb.entrance.address import record_address, whole
from kb.entrance.explained import explained
from kb.entrance.labels import known_values, value_label
from kb.entrance.land import said_of_region
from kb.entrance.levels import this_levels
from kb.entrance.named import concepts_named, this_thesaurus
from kb.entrance.place import atlas, nearness_of
from kb.entrance.request import office, this_session
from kb.errors import NotValid
from kb.language import _, offered
from kb.record.reading import strongest
from kb.record.whereabouts import Match, Nearness
from kb.regions.atlas import Point, checked_point
from kb.regions.land_use import LAND_USES
from kb.regions.said import Said, place_of
from kb.search.cursor import resumed
from kb.search.document import FILTERS, Query
from kb.search.excerpt import Piece
from kb.search.service import Results, checked, search
from kb.search.shown import Shown
from kb.search.why import Why

PASSING = frozenset({"cursor", "page", "per_page", "explain"})
"""Arguments that do not decide what is found."""

calls = Blueprint(
    "api-search", __name__, url_prefix="/api/v1/search", description="Search"
)


@calls.route("", methods=["GET"])
@calls.arguments(SearchArgsSchema, location="query", unknown=RAISE)
@calls.response(200, FoundSchema)
@calls.alt_response(401, schema=RefusalSchema)
@calls.alt_response(404, schema=RefusalSchema)
@calls.alt_response(422, schema=RefusalSchema)
@calls.alt_response(429, schema=RefusalSchema)
@calls.alt_response(503, schema=RefusalSchema)
def find(args: dict[str, Any]) -> dict[str, Any]:
    """Find public records; one result each, in the best language for the reader."""
    g.language = offered(args["lang"])
    near = nearness_asked(args)
    if args["sort"] == "nearest" and near is None:
        problem = {"sort": [str(_("Say near what: lat and lon, or place."))]}
        raise NotValid(_("This search cannot be answered."), problem)
    results = search(
        this_session(), office().index, query_of(args), near, this_thesaurus()
    )
    return {
        "total": results.total,
        "page": None if "cursor" in args else results.query.page,
        "per_page": results.query.per_page,
        "next": next_address(args, results),
        "relaxed": results.relaxed,
        "step": results.step.value,
        "whole": results.whole,
        "corrected": dict(results.corrected),
        "left_out": list(results.left_out),
        "without_index": results.without_index,
        "not_used": [*results.not_used, *["sort"][: results.unordered]],
        "did_you_mean": results.did_you_mean or None,
        "concepts": concepts_named(results.query),
        "results": results_as_dicts(results, near, explain=args["explain"]),
        "facets": {n: counted(n, c) for n, c in results.facets.items()},
    }


def query_of(args: Mapping[str, Any]) -> Query:
    """Turn checked arguments into a search.

    :raises NotValid: a code that is in no vocabulary, a range that is none, or a cursor
        of another search.
    """
    query = Query(
        words=args["q"],
        language=args["lang"],
        filters={name: tuple(args[name]) for name in FILTERS if args.get(name)},
        sort=args["sort"],
        page=args["page"],
        per_page=args["per_page"],
        exact=args["exact"],
    )
    query = checked(query, known_values())
    if "cursor" not in args:
        return query
    if query.page != 1:
        problem = {"page": [str(_("A page or a cursor, not both."))]}
        raise NotValid(_("This search cannot be answered."), problem)
    return resumed(query, args["cursor"], decides(args))


def decides(args: Mapping[str, Any]) -> str:
    """Write down all arguments that decide what is found, in a fixed order."""
    said = {name: value for name, value in args.items() if name not in PASSING}
    return json.dumps(said, sort_keys=True)


def next_address(args: Mapping[str, Any], results: Results) -> str | None:
    """Give the address of what comes next: by a cursor, or by the number of the page.

    A cursor is for those who begin at the beginning; who asks for page 5 gets page 6.
    """
    query = results.query
    if query.page == 1 and results.found is not None:
        cursor = results.next_cursor(decides(args))
        return whole_with(cursor=cursor) if cursor else None
    return whole_with(page=query.page + 1) if query.page < results.pages else None


def whole_with(**changed: object) -> str:
    """Give the whole address of this request with other arguments."""
    said: dict[str, Any] = dict(request.args.lists())
    said |= {name: [str(value)] for name, value in changed.items()}
    path = url_for("api-search.find", **said)
    return whole(path)


def nearness_asked(args: Mapping[str, Any]) -> Nearness | None:
    """Give all records as they stand to the place in the arguments, if there is one.

    The first land use that is asked for is that of the place, too.

    :raises NotValid: half a point, or a point and a region.
    :raises NotFound: there is no such region.
    """
    point, region = point_asked(args), args.get("place")
    land_use = next((u for u in args.get("land_use") or () if u in LAND_USES), "")
    if point and region:
        problem = {"place": [str(_("A point or a region, not both."))]}
        raise NotValid(_("This place cannot be right."), problem)
    if region:
        said = replace(said_of_region(region), land_use=land_use)
    elif point:
        said = Said(point=point, land_use=land_use)
    else:
        return None
    return nearness_of(place_of(said, atlas()))


def point_asked(args: Mapping[str, Any]) -> Point | None:
    """Give the point in the arguments.

    :raises NotValid: half a point.
    """
    given = {"lat", "lon"} & set(args)
    if len(given) == 1:
        (missing,) = {"lat", "lon"} - given
        problem = {missing: [str(_("A point needs both."))]}
        raise NotValid(_("This place cannot be right."), problem)
    return checked_point(args["lat"], args["lon"]) if given else None


def match_as_dict(match: Match | None) -> dict[str, Any] | None:
    """Give how a record stands to the place."""
    if match is None:
        return None
    why = match.broken or match.likeness.reasons
    return {
        "score": 0.0 if match.broken else match.likeness.score,
        "band": match.band.value,
        "coverage": match.likeness.coverage,
        "reasons": [str(reason.words) for reason in why],
        "tried_in": match.spot.name if match.spot else None,
    }


def results_as_dicts(
    results: Results, near: Nearness | None, *, explain: bool
) -> list[dict[str, Any]]:
    """Give the results of a page.

    :param explain: whether each says why it stands where it does.
    """
    ids = [shown.record.id for shown in results.shown] if explain else []
    whys = explained(results, near, ids)
    return [as_dict(shown, whys.get(shown.record.id)) for shown in results.shown]


def as_dict(shown: Shown, why: Why | None) -> dict[str, Any]:
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
        "match": match_as_dict(shown.match),
        "why": why_as_dict(why),
        "url": record_address(shown.record, language=g.language, absolute=True),
    }


def why_as_dict(why: Why | None) -> dict[str, Any] | None:
    """Give what the place of a result is made of."""
    if why is None:
        return None
    reasons = [
        {
            "sort": reason.sort,
            "said": reason.said or None,
            "field": reason.field or None,
            "points": reason.points,
            "share": why.share(reason),
        }
        for reason in why.reasons
    ]
    return {"score": why.score, "language": why.language, "reasons": reasons}


def plain(pieces: list[Piece]) -> str:
    """Give an excerpt without marks."""
    return "".join(piece.words for piece in pieces)


def counted(name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the values of one facet, the commonest first, and what each lies in."""
    levels = this_levels().get(name, {})
    return [
        {
            "value": value,
            "label": value_label(name, value),
            "count": count,
            "parent": levels.get(value),
        }
        for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]
