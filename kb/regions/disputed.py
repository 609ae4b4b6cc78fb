"""Places whose status or borders are disputed, from ``seeds/regions/disputed.csv``.

The atlas takes no side. Where it names a country here, that is who is there in fact or
what ISO 3166 lists, and the disclaimer must stand beside it. Where the borders go
against what the United Nations resolved (Crimea, northern Cyprus, the Golan Heights,
the west of Western Sahara), it names none. Boxes are generous: a disclaimer too many
does no harm.
"""

from dataclasses import dataclass
from functools import lru_cache

from kb.language import _
from kb.regions.borders import Area
from kb.regions.tables import Box, rows

DISCLAIMER = _(
    "The boundaries and names shown here do not imply official endorsement or"
    " acceptance by the United Nations."
)


@dataclass(frozen=True)
class Dispute:
    """One place: an area of the borders, or a box, or what lies in both."""

    name: str
    area: str
    box: Box
    named: bool
    """Whether the country of the area is given."""


@lru_cache(maxsize=1)
def disputes() -> tuple[Dispute, ...]:
    """Read them all."""
    return tuple(
        Dispute(row["name"], row["area"], Box.of(row["box"]), row["named"] == "yes")
        for row in rows("disputed.csv")
    )


def dispute_at(area: Area | None, latitude: float, longitude: float) -> Dispute | None:
    """Give the dispute that a point lies in."""
    for dispute in disputes():
        if dispute.box.holds(latitude, longitude) and (
            not dispute.area or (area is not None and dispute.area in area)
        ):
            return dispute
    return None
