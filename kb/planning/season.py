"""When the steps of all practices of a plan are taken, relative to the rains."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.planning.chosen import Chosen
from kb.practices.models import Step
from kb.practices.season_calendar import At, Row, in_order


@dataclass(frozen=True)
class Line:
    """A point of the season with what is done then, practice by practice."""

    at: Row
    steps: tuple[tuple[Step, ...], ...]
    """In the order of the practices; nothing where one has no step then."""


@dataclass(frozen=True)
class Season:
    """The course of a season, and what stands apart from it."""

    course: tuple[Line, ...]
    apart: tuple[Line, ...]

    @property
    def used(self) -> list[Line]:
        """Give the lines in which something is done."""
        return [line for line in (*self.course, *self.apart) if any(line.steps)]


def season(chosen: Sequence[Chosen]) -> Season:
    """Arrange the steps of several practices in one course."""
    taken: dict[At, dict[str, list[Step]]] = {}
    for one in chosen:
        for step in one.practice.steps:
            at = taken.setdefault((step.season_id, step.weeks or 0), {})
            at.setdefault(one.letter, []).append(step)
    letters = [one.letter for one in chosen]

    def line(at: At) -> Line:
        here = taken.get(at, {})
        return Line(Row(*at), tuple(tuple(here.get(x, ())) for x in letters))

    course, apart = in_order(taken)
    return Season(tuple(map(line, course)), tuple(map(line, apart)))
