"""Finding a spot on the map in steps: where somebody looks, and how closely.

What is looked at is no place that was said: it becomes one when she says "here".
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

from kb.errors import NotValid
from kb.language import _
from kb.regions.atlas import Point, checked_point
from kb.regions.said import Said, coarse
from kb.regions.sheets import CLOSE, DEEPEST, LEVELS, Sheet, sheet_around

MOVES = MappingProxyType(
    {"north": (1, 0), "south": (-1, 0), "west": (0, -1), "east": (0, 1)}
)
"""Steps to the north and to the east."""
STEPS = 20
"""Steps from one side of the map to the other."""
CLOSER, FARTHER = "closer", "farther"
WIDE, WIDEST = 0.3, 8.0
"""Degrees of reach above which a place is shown one level less close, and two."""


@dataclass(frozen=True)
class Look:
    """A level, the spot that the cross marks, and the button that was pressed last."""

    level: int = 0
    spot: Point | None = None
    """To a tenth of a degree."""
    pressed: str = ""

    @property
    def sheet(self) -> Sheet:
        """What the map shows."""
        return sheet_around(self.spot, self.level) if self.spot else Sheet()

    def tapped(self, level: int, point: Point) -> "Look":
        """Look more closely at a point that was tapped at a level."""
        return Look(min(level + 1, DEEPEST), coarse(point))

    def moved(self, button: str) -> "Look":
        """Move the cross a step, or look more or less closely.

        :raises NotValid: there is no such button.
        """
        spot = self.spot or Point(0, 0)
        if button in MOVES:
            north, east = MOVES[button]
            step = round(LEVELS[self.level].width / STEPS, 1)
            latitude = min(max(spot.latitude + north * step, -90), 90)
            spot = checked_point(latitude, spot.longitude + east * step)
            return Look(self.level, coarse(spot), button)
        if button not in {CLOSER, FARTHER}:
            raise NotValid(_("Please use one of the buttons beside the map."), {})
        level = self.level + (1 if button == CLOSER else -1)
        return replace(
            self, level=min(max(level, 0), DEEPEST), spot=spot, pressed=button
        )

    def written(self) -> str:
        """Write it down, to be read with `read_look`."""
        spot = self.spot
        where = f" {spot.latitude:g} {spot.longitude:g}" if spot else ""
        return f"{self.level}{where} {self.pressed}".strip()


def read_look(written: str) -> Look | None:
    """Read what `Look.written` gave; nothing if it was written elsewhere."""
    level, *rest = written.split(" ") if written else [""]
    if not (level.isascii() and level.isdigit() and int(level[:9]) <= DEEPEST):
        return None
    pressed = rest.pop() if rest and rest[-1] in {*MOVES, CLOSER, FARTHER} else ""
    if not rest:
        return Look(int(level), None, pressed) if int(level) == 0 else None
    try:
        spot = coarse(checked_point(rest[0], rest[-1]))
    except NotValid:
        return None
    return Look(int(level), spot, pressed) if len(rest) == 2 else None


def look_at(said: Said) -> Look:
    """Give the map that shows a place as it was said."""
    if said.point is None:
        return Look()
    level = CLOSE - (said.reach > WIDE) - (said.reach > WIDEST)
    return Look(level, said.point)
