"""How complete a practice is: the share of what an adviser would look for."""

from collections.abc import Callable

from kb.practices.models import Practice
from kb.record.reading import Reading

WANTED: dict[str, Callable[[Practice, Reading], bool]] = {
    "summary": lambda p, r: bool(r.summary.words),
    "how": lambda p, r: r.part("how") is not None,
    "where": lambda p, r: r.part("where") is not None,
    "where_not": lambda p, r: r.part("where_not") is not None,
    "inputs": lambda p, r: r.part("inputs") is not None,
    "steps": lambda p, r: bool(p.steps),
    "limits": lambda p, r: bool(p.limits),
    "drawbacks": lambda p, r: r.part("drawbacks") is not None,
    "failures": lambda p, r: r.part("failures") is not None,
    "who": lambda p, r: r.part("who") is not None,
    "land_use": lambda p, r: bool(p.codes("land_use")),
    "climate": lambda p, r: bool(p.codes("climate")),
    "soil": lambda p, r: bool(p.codes("soil")),
    "labour": lambda p, r: bool(p.codes("labour")),
    "cost": lambda p, r: bool(p.codes("cost")),
    "effects": lambda p, r: bool(p.effects),
    "soc_effect": lambda p, r: any("soc" in e.indicator_id for e in p.effects),
    "sites": lambda p, r: bool(p.sites),
    "costs": lambda p, r: bool(p.costs),
    "work": lambda p, r: bool(p.work),
}
"""What a complete practice has; each counts the same."""


def missing(practice: Practice, reading: Reading) -> list[str]:
    """Name what a practice lacks."""
    return [name for name, has in WANTED.items() if not has(practice, reading)]


def completeness_percent(practice: Practice, reading: Reading) -> int:
    """Give the share of `WANTED` that a practice has, in whole percent."""
    return 100 - round(100 * len(missing(practice, reading)) / len(WANTED))
