"""Values that lie in greater ones.

Land uses lie in groups, climates in main classes, countries in regions of the world.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.regions.models import Region, RegionKind
from kb.vocabulary.models import Concept

Levels = Mapping[str, Mapping[str, str]]
"""Facet → value → the value it lies in; a value at the top is left out."""

DEEPEST = 12
"""Steps up before giving up; there are at most four."""


def read_levels(session: Session) -> Levels:
    """Read which value lies in which, in two queries."""
    return {"region": _regions(session), **_filed(session)}


def with_greater(values: Iterable[str], levels: Mapping[str, str]) -> tuple[str, ...]:
    """Give values and all that they lie in, each once, in the order of their codes."""
    found: set[str] = set()
    for value in values:
        found |= {value, *greater(value, levels)}
    return tuple(sorted(found))


def greater(value: str, levels: Mapping[str, str]) -> list[str]:
    """Give what a value lies in, the nearest first."""
    found: list[str] = []
    while (above := levels.get(value)) and len(found) < DEEPEST:
        found.append(above)
        value = above
    return found


def within(wanted: Collection[str], levels: Mapping[str, str]) -> set[str]:
    """Give some values and all that lie in them."""
    asked = set(wanted)
    return asked | {v for v in levels if not asked.isdisjoint(greater(v, levels))}


def _filed(session: Session) -> Levels:
    """Read the groups of land uses, and the main class of each climate: its letter."""
    rows = session.execute(
        select(Concept.scheme, Concept.code, Concept.group).where(
            Concept.scheme.in_(("land_use", "climate"))
        )
    )
    found: dict[str, dict[str, str]] = {"land_use": {}, "climate": {}}
    for scheme, code, group in rows:
        above = code[:1] if scheme == "climate" else group
        if above and above != code:
            found[scheme][code] = above
    return found


def _regions(session: Session) -> dict[str, str]:
    """Read the tree of the world down to countries."""
    tree = (RegionKind.CONTINENT, RegionKind.SUBREGION, RegionKind.COUNTRY)
    rows = session.execute(
        select(Region.code, Region.parent_code).where(Region.kind.in_(tree))
    )
    return {code: above for code, above in rows if above}
