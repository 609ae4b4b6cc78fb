"""Drawing shapes and lines as SVG paths: traced, smoothed, and made small.

A *shape* is rows of *spans*: where in each row it is, from column to column, the end
excluded. A *line* is a list of points. Points are x to the right and y downwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

Span = tuple[int, int]
Rows = Sequence[Sequence[Span]]
Spot = tuple[float, float]
Line = list[Spot]

ROUNDED = 0.5
"""How far from a corner, in cells, a line leaves the side of a cell."""


def traced(rows: Rows) -> list[Line]:
    """Give the closed lines around a shape and around its holes, corner by corner.

    >>> traced([[(1, 3)]])
    [[(1, 0), (3, 0), (3, 1), (1, 1)]]
    """
    onwards = _sides(rows)
    lines: list[Line] = []
    while onwards:
        first = corner = next(iter(onwards))
        line: Line = []
        while not line or corner != first:
            line.append(corner)
            following = onwards[corner]
            if len(following) == 1:
                del onwards[corner]
            corner = following.pop()
        lines.append(line)
    return lines


def _sides(rows: Rows) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Give the sides of a shape: from each corner on, with the shape on the right."""
    onwards: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for y, row in enumerate(rows):
        above = rows[y - 1] if y else ()
        below = rows[y + 1] if y + 1 < len(rows) else ()
        for left, right in _less(row, above):
            onwards[left, y].append((right, y))
        for left, right in row:
            onwards[right, y].append((right, y + 1))
            onwards[left, y + 1].append((left, y))
        for left, right in _less(row, below):
            onwards[right, y + 1].append((left, y + 1))
    return onwards


def _less(row: Iterable[Span], other: Sequence[Span]) -> list[Span]:
    """Give the parts of the spans of a row that are not in another row."""
    left_over: list[Span] = []
    for left, right in row:
        at = left
        for begin, end in other:
            if end <= at or begin >= right:
                continue
            if begin > at:
                left_over.append((at, begin))
            at = end
        if at < right:
            left_over.append((at, right))
    return left_over


def rounded(line: Line) -> Line:
    """Cut the corners of a closed line, so that stairs become slopes."""
    softer: Line = []
    for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True):
        part = min(ROUNDED / max(abs(x2 - x1), abs(y2 - y1)), 0.5)
        dx, dy = (x2 - x1) * part, (y2 - y1) * part
        softer.append((x1 + dx, y1 + dy))
        if part < 0.5:
            softer.append((x2 - dx, y2 - dy))
    return softer


def area(line: Line) -> float:
    """Give the area inside a closed line; negative for a hole."""
    pairs = zip(line, [*line[1:], line[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def simplified(line: Line, tolerance: float) -> Line:
    """Leave out points that lie within ``tolerance`` of the line without them.

    The method of Ramer, Douglas and Peucker; first and last point stay.
    """
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        far = max(between, key=lambda n: _off(line, n, first, last), default=0)
        if far and _off(line, far, first, last) > tolerance * tolerance:
            kept.add(far)
            waiting += [(first, far), (far, last)]
    return [line[n] for n in sorted(kept)]


def _off(line: Line, n: int, first: int, last: int) -> float:
    """Give the square of the distance of a point from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = line[n], line[first], line[last]
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = ((x - x1) * dx + (y - y1) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return float((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2)


def closed(line: Line, tolerance: float) -> Line:
    """Simplify a closed line: both ways between two points that lie far apart."""
    (x, y) = line[0]
    far = max(
        range(len(line)), key=lambda n: (line[n][0] - x) ** 2 + (line[n][1] - y) ** 2
    )
    there = simplified(line[: far + 1], tolerance)
    back = simplified([*line[far:], line[0]], tolerance)
    return there[:-1] + back[:-1]


def shape_path(
    rows: Rows, scale: float, *, margin: int, tolerance: float, least: float
) -> str:
    """Draw a shape.

    :param scale: steps of the drawing that a cell is wide.
    :param margin: cells that the shape is given for beyond the drawing on each side.
    :param tolerance: cells that the outline may be off.
    :param least: cells; smaller parts and holes are left out.
    """
    lines = (line for line in traced(rows) if abs(area(line)) >= least)
    soft = (closed(rounded(line), tolerance) for line in lines)
    return "".join(
        _written([((x - margin) * scale, (y - margin) * scale) for x, y in line], "z")
        for line in soft
        if len(line) > 2
    )


def line_path(lines: Iterable[Line], tolerance: float) -> str:
    """Draw open lines."""
    return "".join(_written(simplified(line, tolerance)) for line in lines)


def _written(line: Line, end: str = "") -> str:
    """Write a line in whole steps, each point as the way from the one before."""
    whole = [(round(x), round(y)) for x, y in line]
    x, y = whole[0]
    path = f"M{x} {y}l"
    for (x1, y1), (x2, y2) in pairwise(whole):
        if (x1, y1) != (x2, y2):
            path += _next(path, x2 - x1) + _next("0", y2 - y1)
    return path + end


def _next(before: str, number: int) -> str:
    """Write a number after what stands before, with a space only where one must."""
    return str(number) if number < 0 or before[-1] == "l" else f" {number}"
