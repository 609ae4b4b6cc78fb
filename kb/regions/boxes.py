"""Boxes around parts of the world: west, south, east, north in degrees."""

from collections.abc import Iterable, Iterator

Box = tuple[float, float, float, float]
"""West beyond east means that the box crosses the 180th meridian (RFC 7946, 5.2)."""


def around(boxes: Iterable[Box]) -> Box | None:
    """Give the smallest box around all of these; nothing around nothing.

    >>> around([(170.0, -20.0, 179.0, -10.0), (-179.0, -15.0, -170.0, -5.0)])
    (170.0, -20.0, -170.0, -5.0)
    """
    given = list(boxes)
    if not given:
        return None
    west, east = _across(list(_spans(given)))
    return west, min(box[1] for box in given), east, max(box[3] for box in given)


def _spans(boxes: Iterable[Box]) -> Iterator[tuple[float, float]]:
    """Give from where to where each box reaches, cut in two at the 180th meridian."""
    for west, _south, east, _north in boxes:
        if west <= east:
            yield west, east
        else:
            yield west, 180.0
            yield -180.0, east


def _across(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the shortest way eastwards over all spans: round the world less the gap."""
    reached: list[tuple[float, float]] = []
    for west, east in sorted(spans):
        if reached and west <= reached[-1][1]:
            reached[-1] = reached[-1][0], max(reached[-1][1], east)
        else:
            reached.append((west, east))
    following = [*reached[1:], (reached[0][0] + 360, 0.0)]
    widest = max(
        range(len(reached)), key=lambda i: following[i][0] - reached[i][1], default=0
    )
    return reached[(widest + 1) % len(reached)][0], reached[widest][1]
