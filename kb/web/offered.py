"""Answers and practices for what somebody asks, from places like hers if known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kb.entrance.land import said_of_region
from kb.entrance.named import this_thesaurus
from kb.entrance.place import nearness_to
from kb.entrance.request import office, this_session
from kb.errors import NotFound, NotValid
from kb.regions.atlas import Point
from kb.regions.said import Said
from kb.search.document import Query
from kb.search.service import search
from kb.search.shown import Shown

OFFERED = ("answer", "practice", "story", "guideline")
"""Kinds of record that may answer a question."""
AT_MOST = 6


def offered(
    words: str, language: str, given: Mapping[str, Any], point: Point | None
) -> list[Shown]:
    """Give what may answer a question, the best first.

    :param given: with ``country`` and ``land_use``, either of which may be empty.
    """
    query = Query(
        words=words, language=language, filters={"kind": OFFERED}, per_page=AT_MOST,
        counted=(),
    )  # fmt: skip
    near = nearness_to(said_there(given, point))
    found = search(this_session(), office().index, query, near, this_thesaurus())
    return found.shown


def said_there(given: Mapping[str, Any], point: Point | None) -> Said:
    """Give the land somebody names: a point if it is known, else her country."""
    use = given["land_use"] or ""
    if point is not None:
        return Said(point=point, country=given["country"], land_use=use)
    if given["country"]:
        try:
            return replace(said_of_region(given["country"]), land_use=use)
        except (NotFound, NotValid):
            pass  # nobody knows where it lies: words alone must do
    return Said(land_use=use)
