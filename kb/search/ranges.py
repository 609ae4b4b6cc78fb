"""Ranges of whole numbers: how they are written, and the bands that pages offer.

A range is written ``400..800``, open at an end ``..600`` or ``1985..``; both ends are
inside. Figures are whole numbers, so that one band ends where the next begins.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.errors import NotValid
from kb.language import _

UNITS: Mapping[str, str] = {
    "rainfall": "unit:mm_yr",
    "altitude": "unit:m",
    "year": "",
    "cost_usd": "unit:usd_ha",
}
"""What results can be narrowed to a range of, in the order shown → the unit of it."""

RANGES = tuple(UNITS)

BANDS: Mapping[str, tuple[str, ...]] = {
    "rainfall": ("..249", "250..499", "500..799", "800..1199", "1200..1999", "2000.."),
    "altitude": ("..499", "500..999", "1000..1499", "1500..2499", "2500.."),
    "year": ("..1979", "1980..1989", "1990..1999", "2000..2009", "2010.."),
    "cost_usd": ("..49", "50..199", "200..499", "500..1999", "2000.."),
}
"""The bands of each. Those of rain follow what can be grown without irrigation: next to
nothing, millet, sorghum, maize, rice; of the others, round figures."""

_WRITTEN = re.compile(r"(-?\d{1,9})?\.\.(-?\d{1,9})?")


@dataclass(frozen=True)
class Range:
    """From one whole number to another, both inside; an end that is not said is open.

    >>> 400 in Range(400, 800), 801 in Range(400, 800), 5 in Range(None, 800)
    (True, False, True)
    """

    low: int | None
    high: int | None

    def __contains__(self, figure: int) -> bool:
        return (self.low is None or self.low <= figure) and (
            self.high is None or figure <= self.high
        )

    def holds_any(self, figures: Iterable[int]) -> bool:
        """Say whether at least one figure is inside."""
        return any(figure in self for figure in figures)

    def __str__(self) -> str:
        low, high = ("" if end is None else str(end) for end in (self.low, self.high))
        return f"{low}..{high}"


def read_range(written: str) -> Range:
    """Read a range.

    :raises NotValid: it is not written so, has no end, or ends before it begins.
    """
    parts = _WRITTEN.fullmatch(written)
    if parts is None or not any(parts.groups()):
        said = _("Write a range in whole numbers: 400..800, ..800 or 400..")
        raise NotValid(said, {})
    low, high = (int(end) if end else None for end in parts.groups())
    if low is not None and high is not None and low > high:
        raise NotValid(_("This range ends before it begins."), {})
    return Range(low, high)


def bands_of(name: str, figures: Iterable[int]) -> tuple[str, ...]:
    """Give the bands that hold any of some figures, the lowest first."""
    figures = tuple(figures)
    if not figures:
        return ()
    return tuple(b for b in BANDS[name] if read_range(b).holds_any(figures))
