"""Which part of the world a map shows, and where in it a point is.

Maps are plain: degrees of longitude across, of latitude down, as many pixels for one as
for the other. There are four levels; the sheets of a level stand on a grid, so that
there is a limited number of pictures and none gives away where somebody tapped.
"""

from dataclasses import dataclass
from typing import NamedTuple

from kb.errors import NotFound
from kb.language import _
from kb.regions.atlas import Point, checked_point


class Level(NamedTuple):
    """How much a map shows, in degrees."""

    width: float
    """Degrees of longitude from side to side; from top to bottom it is half as many."""
    snap: float
    """Degrees of longitude from one sheet to the next; of latitude half as many."""
    reach: float
    """How far, to each side, the land may lie from where somebody taps."""


LEVELS = (
    Level(360, 360, 1.2),
    Level(45, 7.5, 0.2),
    Level(10, 2.5, 0),
    Level(2, 0.5, 0),
)
CLOSE = 2
"""The level at which a tap says the place to a tenth of a degree."""
DEEPEST = len(LEVELS) - 1


@dataclass(frozen=True)
class Sheet:
    """What one map shows.

    :raises NotFound: there is no such sheet.
    """

    level: int = 0
    column: int = 0
    row: int = 0

    def __post_init__(self) -> None:
        fits = 0 <= self.level <= DEEPEST
        if not (
            fits and 0 <= self.column < self._columns and 0 <= self.row < self._rows
        ):
            raise NotFound(_("There is no such map."))

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return LEVELS[self.level].width

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.width / 2

    @property
    def west(self) -> float:
        """Degrees; the sheet may go on across the 180th meridian."""
        return -180 + self.column * LEVELS[self.level].snap

    @property
    def north(self) -> float:
        """Degrees."""
        return 90 - self.row * LEVELS[self.level].snap / 2

    @property
    def _columns(self) -> int:
        return int(360 / LEVELS[self.level].snap)

    @property
    def _rows(self) -> int:
        return _rows(LEVELS[self.level])

    def point_at(self, across: float, down: float) -> Point:
        """Give the point at a part of the way across and down, 0 to 1 each.

        :raises NotValid: it is not on the map.
        """
        return checked_point(
            self.north - down * self.height, self.west + across * self.width
        )

    def position(self, point: Point) -> tuple[float, float] | None:
        """Give how far across and down a point is, 0 to 1; nothing outside."""
        across = (point.longitude - self.west) % 360 / self.width
        down = (self.north - point.latitude) / self.height
        return (across, down) if across <= 1 and 0 <= down <= 1 else None


def sheet_around(point: Point, level: int) -> Sheet:
    """Give the sheet of a level whose middle is nearest to a point."""
    shown = LEVELS[level]
    columns = int(360 / shown.snap)
    column = round((point.longitude - shown.width / 2 + 180) / shown.snap) % columns
    row = round((90 - point.latitude - shown.width / 4) / (shown.snap / 2))
    if level == 0:
        return Sheet()
    return Sheet(level, column, min(max(row, 0), _rows(shown) - 1))


def _rows(level: Level) -> int:
    return int((180 - level.width / 2) / (level.snap / 2)) + 1
