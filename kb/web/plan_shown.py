"""All that the page of a plan shows, for whoever made it and for her desk."""

from typing import Any

from kb.entrance.desks import desks_near
from kb.entrance.place import nearness_to
from kb.entrance.request import this_language, this_session, this_vocabulary
from kb.errors import NotValid
from kb.kinds import KINDS
from kb.planning.chosen import Chosen, between, not_public, read_practices
from kb.planning.expected import expected
from kb.planning.models import Plan
from kb.planning.needs import items, needs
from kb.planning.proposing import KIND
from kb.planning.season import season
from kb.record.models import Source
from kb.record.reading import sources_of
from kb.regions.said import Said, read


def land_of(plan: Plan) -> Said:
    """Give the land a plan is for; nothing of it if it cannot be read any more."""
    try:
        return read(plan.said)
    except NotValid:
        return Said()


def about_plan(plan: Plan) -> dict[str, Any]:
    """Give all that the page shows; the number of queries is always the same."""
    session, near = this_session(), nearness_to(land_of(plan))
    numbers = [row.record_id for row in plan.practices]
    chosen = read_practices(session, numbers, this_language(), near)
    return {
        "plan": plan,
        "chosen": chosen,
        "gone": not_public(session, plan, chosen),
        "between": between(session, chosen),
        "season": season(chosen),
        "needs": needs(chosen, plan.area_ha),
        "items": {one.letter: items(one, plan.area_ha) for one in chosen},
        "expected": {one.letter: expected(one.practice.effects) for one in chosen},
        "sources": _sources(chosen),
        "placed": near is not None,
        "desks": desks_near([plan.country] if plan.country else []),
        "vocabulary": this_vocabulary(),
    }


def _sources(chosen: list[Chosen]) -> list[Source]:
    """Give the sources of all of them, each once."""
    found = [s for one in chosen for s in sources_of(one.practice, KINDS[KIND])]
    return list({source.id: source for source in found}.values())
