"""The drawn map of the world, or of a part: land, dry and cold land, borders.

Coasts come from the map of climates, whose cells are land or sea, and borders from the
rings around countries, which are rough at sea and therefore drawn on land only. Where a
border or a status is disputed the line is broken. No words and no spots: the page puts
them over it, also for islands that are too small for the map of climates.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kb.regions.atlas import Atlas
from kb.regions.axes import AXES
from kb.regions.borders import PER_DEGREE, Borders, Ring
from kb.regions.disputed import disputes
from kb.regions.outlines import Line, Span, line_path, shape_path
from kb.regions.runs import RunGrid
from kb.regions.sheets import Sheet

WIDTH, HEIGHT = 2880, 1440
"""Steps of the drawing: four for each pixel of the wide map."""
PIXEL = WIDTH // 720
ROWS_SHOWN = 360
"""Rows of cells that are looked at, at most: one for each pixel of the wide map."""

SEA, LAND, DRY, COLD, BORDER = "#cfe0ea", "#cfdfb4", "#f0e2b6", "#f1f2ef", "#7d6248"
MARGIN = 3
"""Columns and rows looked at beyond each side, so that no outline follows the sheet."""
COLD_HEAT = 2.2
"""Heat below which land is shown as cold (the axis of `kb.regions.axes`)."""

Edge = tuple[tuple[int, int], tuple[int, int]]


@lru_cache(maxsize=64)
def drawn(atlas: Atlas, sheet: Sheet) -> str:
    """Draw the map as SVG: 14 kB for the world when compressed, less for a part."""
    legend = atlas.about.legend
    dry = {number for number, code in legend.items() if code.startswith("B")}
    cold = {n for n, code in legend.items() if AXES[code].heat < COLD_HEAT}
    land, dry_land, cold_land = (
        _shape(atlas.climates, sheet, numbers, least)
        for numbers, least in ((legend, 3), (dry, 12), (cold, 12))
    )
    agreed, disputed = _lines(atlas.borders, sheet)
    line = f'fill="none" stroke="{BORDER}" stroke-linejoin="round"'
    thick = PIXEL * (0.6 if sheet.level == 0 else 1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="360"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><clipPath id="c">'
        f'<path id="l" clip-rule="evenodd" d="{land}"/></clipPath>'
        f'<path fill="{SEA}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f'<use href="#l" fill="{LAND}" fill-rule="evenodd"/>'
        '<g clip-path="url(#c)" fill-rule="evenodd">'
        f'<path fill="{DRY}" d="{dry_land}"/><path fill="{COLD}" d="{cold_land}"/>'
        f'<path {line} stroke-width="{thick:g}" d="{agreed}"/>'
        f'<path {line} stroke-width="{thick:g}"'
        f' stroke-dasharray="{3 * PIXEL}" d="{disputed}"/>'
        "</g></svg>"
    )


def _shape(
    climates: RunGrid, sheet: Sheet, numbers: Collection[int], least: float
) -> str:
    """Draw the land whose cells hold one of these numbers."""
    a_degree = climates.width / 360
    step = max(int(sheet.height * a_degree / ROWS_SHOWN), 1)
    top = round((90 - sheet.north) * a_degree)
    left = round((sheet.west + 180) * a_degree)
    wide = round(sheet.width * a_degree)
    rows = [
        _sampled(
            climates.spans_of(min(max(row, 0), climates.height - 1), numbers),
            left - MARGIN * step,
            wide + 2 * MARGIN * step,
            step,
            climates.width,
        )
        for row in range(
            top + step // 2 - MARGIN * step,
            top + round(sheet.height * a_degree) + MARGIN * step,
            step,
        )
    ]
    scale = WIDTH * step / wide
    return shape_path(rows, scale, margin=MARGIN, tolerance=0.6, least=least)


def _sampled(
    spans: Sequence[Span], left: int, wide: int, step: int, around: int
) -> list[Span]:
    """Give the spans of a row that a sheet shows, in columns ``step`` cells wide."""
    shown: list[Span] = []
    for turn in (-around, 0, around):
        for begin, end in spans:
            first = round(max(begin + turn - left, 0) / step)
            last = round(min(end + turn - left, wide) / step)
            if shown and first < last and shown[-1][1] >= first:
                first = shown.pop()[0]
            if first < last:
                shown.append((first, last))
    return shown


def _lines(borders: Borders, sheet: Sheet) -> tuple[str, str]:
    """Draw the borders between countries: those agreed upon, and the disputed."""
    agreed: list[Edge] = []
    disputed: list[Edge] = []
    for edge, held in _edges(borders, sheet).items():
        if len({country for country, _unsure in held}) > 1:
            unsure = any(unsure for _country, unsure in held)
            (disputed if unsure else agreed).append(edge)
    tolerance = PIXEL * 0.3
    return (
        line_path(chained(agreed), tolerance),
        line_path(chained(disputed), tolerance),
    )


def _edges(borders: Borders, sheet: Sheet) -> dict[Edge, set[tuple[str, bool]]]:
    """Give each side of a ring that is in the sheet, with the countries it bounds."""
    found: dict[Edge, set[tuple[str, bool]]] = defaultdict(set)
    unsure = {dispute.area for dispute in disputes() if dispute.area}
    for ring in borders.rings:
        code, country = ring.area
        held = country or code, not unsure.isdisjoint(ring.area)
        for turn in (0, 360):
            for edge in _sides(ring, sheet, turn):
                found[edge].add(held)
    return found


def _sides(ring: Ring, sheet: Sheet, turn: int) -> Iterator[Edge]:
    """Give the sides of a ring in steps of the drawing, those outside left out."""
    for before, now in pairwise(_placed(ring, sheet, turn)):
        if before != now and _crosses(before, now):
            yield min(before, now), max(before, now)


def _placed(ring: Ring, sheet: Sheet, turn: int) -> list[tuple[int, int]]:
    """Give the corners of a ring in steps of the drawing; none if it is outside.

    :param turn: degrees to the east; a sheet may go on across the 180th meridian.
    """
    scale = WIDTH / sheet.width
    first, top = (turn - sheet.west) * scale, sheet.north * scale
    scale /= PER_DEGREE
    if max(ring.xs) * scale + first < 0 or min(ring.xs) * scale + first > WIDTH:
        return []
    if top - min(ring.ys) * scale < 0 or top - max(ring.ys) * scale > HEIGHT:
        return []
    return [
        (round(x * scale + first), round(top - y * scale))
        for x, y in zip(ring.xs, ring.ys, strict=True)
    ]


def _crosses(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether a line may be in the drawing."""
    (x1, y1), (x2, y2) = one, other
    return (
        max(x1, x2) >= 0
        and min(x1, x2) <= WIDTH
        and max(y1, y2) >= 0
        and min(y1, y2) <= HEIGHT
    )


def chained(edges: Sequence[Edge]) -> Iterator[Line]:
    """Put edges together to lines, from one end or crossing to the next."""
    joined: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for one, other in edges:
        joined[one].add(other)
        joined[other].add(one)
    for start in sorted(joined, key=lambda corner: (len(joined[corner]) == 2, corner)):
        while joined[start]:
            yield _walk(joined, start)


def _walk(
    joined: dict[tuple[int, int], set[tuple[int, int]]], start: tuple[int, int]
) -> Line:
    """Follow unused edges as far as there is one way only, and use them up."""
    line: Line = [start]
    here, ways = start, 1
    while ways == 1:
        onwards = min(joined[here])
        joined[here].discard(onwards)
        joined[onwards].discard(here)
        line.append(onwards)
        here, ways = onwards, len(joined[onwards])
    return line
