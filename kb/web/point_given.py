"""Where a place is that somebody typed into a form, if that can be known."""

from collections.abc import Mapping
from typing import Any

from kb.entrance.place import gazetteer, this_said
from kb.entrance.request import this_language
from kb.errors import Unavailable
from kb.regions.atlas import Point
from kb.regions.gazetteer import Candidate
from kb.regions.spelling import spelled

Given = Mapping[str, Any]


def point_given(given: Given) -> Point | None:
    """Give where that was: her own place, if it is the one; else the town she named.

    :param given: with ``country`` and ``place``.
    """
    said = this_said()
    own = (said.country, said.name) == (given["country"], given["place"])
    if said.point is not None and own and not said.reach:
        return said.point
    if not (given["place"] and given["country"]):
        return None
    try:
        towns = gazetteer().candidates(
            given["place"], this_language(), given["country"], limit=1
        )
    except Unavailable:
        return None
    return next((Point(t.latitude, t.longitude) for t in towns if _is(t, given)), None)


def _is(town: Candidate, given: Given) -> bool:
    """Say whether a town bears the very name given; with a slip it may be another."""
    named = {spelled(town.name), spelled(town.found_as)}
    return spelled(given["place"]) in named
