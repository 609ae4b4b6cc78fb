"""Names of towns to be written over a map, so many that none covers another."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.regions.atlas import Point
from kb.regions.gazetteer import Candidate
from kb.regions.sheets import Sheet

WIDTH, HEIGHT = 720, 360
"""Units of the map that names are put on."""
LETTER, LINE = 13, 28
"""Units that a letter is wide and a line is high where names are largest: on phones."""
MOST = 9
LONGEST = 22
"""Letters; a longer name takes too much of a small map."""


@dataclass(frozen=True)
class Label:
    """A name, above a dot."""

    name: str
    x: int
    y: int
    """Where the dot is, in units from the north-west corner."""


def labels(sheet: Sheet, towns: Iterable[Candidate]) -> list[Label]:
    """Give the names there is room for, those that come first before others."""
    shown: list[Label] = []
    for town in towns:
        spot = sheet.position(Point(town.latitude, town.longitude))
        if spot is None or len(town.name) > LONGEST or len(shown) == MOST:
            continue
        label = Label(town.name, round(spot[0] * WIDTH), round(spot[1] * HEIGHT))
        if _inside(label) and not any(_meet(label, other) for other in shown):
            shown.append(label)
    return shown


def _half(label: Label) -> float:
    return len(label.name) * LETTER / 2


def _inside(label: Label) -> bool:
    half = _half(label)
    return half <= label.x <= WIDTH - half and LINE * 1.3 <= label.y <= HEIGHT - 8


def _meet(one: Label, other: Label) -> bool:
    """Say whether two names, each with its dot below, would touch."""
    across = abs(one.x - other.x) < _half(one) + _half(other) + LETTER
    return across and abs(one.y - other.y) < LINE * 1.5
