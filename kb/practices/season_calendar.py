"""The season calendar: when the steps of a practice are taken, relative to the rains.

A schema, not a date: the points of a season in their usual order where crops live on
rain. Steps at other times (each year, after heavy rain, in spring) stand apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.practices.models import Step

COURSE = (
    "dry_season",
    "before_rains",
    "first_rains",
    "before_sowing",
    "sowing",
    "growing",
    "flowering",
    "before_harvest",
    "harvest",
    "after_harvest",
)
"""Points of a season, one after another."""
RAINS = COURSE[2:8]
"""Those while it rains."""
FEWEST = 2
"""Steps on the course that make a drawing worth its room."""

At = tuple[str, int]
"""A point of the season, and so many weeks after it."""

_PLACE = {f"season:{code}": place for place, code in enumerate(COURSE)}
_RAINS_BEGIN = f"season:{RAINS[0]}"


@dataclass(frozen=True)
class Row:
    """A point of the season, with the steps taken then."""

    season_id: str
    weeks: int = 0
    """So many weeks after the point, negative before it."""
    steps: tuple[int, ...] = ()

    @property
    def rains(self) -> bool:
        """Say whether it rains then."""
        return self.season_id.partition(":")[2] in RAINS


@dataclass(frozen=True)
class Calendar:
    """What is drawn: the course of the season, and what stands apart from it."""

    course: tuple[Row, ...]
    apart: tuple[Row, ...]

    @property
    def used(self) -> list[Row]:
        """The rows in which something is done."""
        return [row for row in (*self.course, *self.apart) if row.steps]


def season_calendar(steps: Iterable[Step]) -> Calendar | None:
    """Arrange the steps of a practice by season; nothing if too few have a place.

    The course reaches from the first step to the last, and holds the first rains.
    """
    taken: dict[At, list[int]] = {}
    for step in steps:
        taken.setdefault((step.season_id, step.weeks or 0), []).append(step.number)
    on_course = sum(len(n) for at, n in taken.items() if at[0] in _PLACE)
    if on_course < FEWEST:
        return None
    course, apart = in_order(taken)
    return Calendar(
        tuple(Row(*at, tuple(taken.get(at, ()))) for at in course),
        tuple(Row(*at, tuple(taken[at])) for at in apart),
    )


def in_order(taken: Iterable[At]) -> tuple[list[At], list[At]]:
    """Give the points at which something is done in their order, and those apart.

    Between the first and the last on the course stand those in which nothing is done.
    """
    times = list(dict.fromkeys(taken))
    on_course = [at for at in times if at[0] in _PLACE]
    apart = [at for at in times if at[0] not in _PLACE]
    if not on_course:
        return [], apart
    reached = {_RAINS_BEGIN, *(season for season, _weeks in on_course)}
    places = [_PLACE[season] for season in reached]
    between = {(f"season:{c}", 0) for c in COURSE[min(places) : max(places) + 1]}
    course = sorted({*on_course, *between}, key=lambda at: (_PLACE[at[0]], at[1]))
    return course, apart
