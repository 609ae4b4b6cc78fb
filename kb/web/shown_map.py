"""The map as the page shows it: its picture, the cross, the names of towns."""

from dataclasses import dataclass

from kb.entrance.labels import _
from kb.entrance.look import this_look
from kb.entrance.place import atlas, gazetteer
from kb.errors import Unavailable
from kb.regions.labels import HEIGHT, WIDTH, Label, labels
from kb.regions.look import Look
from kb.regions.sheets import CLOSE
from kb.web.understood import isolated, named_country, nearest_town

LOOKED_AT = 60
"""The most populous places of a map; there is room for some of them."""


@dataclass(frozen=True)
class ShownMap:
    """One view of the world."""

    look: Look
    cross: tuple[int, int] | None
    """Units from the north-west corner, of 720 by 360."""
    labels: list[Label]
    words: str
    """What the map shows now, and what to do."""

    @property
    def sheet(self) -> str:
        """The sheet that a tap is meant on."""
        sheet = self.look.sheet
        return f"{sheet.level}.{sheet.column}.{sheet.row}"


def shown_map() -> ShownMap | None:
    """Give the map as she left it; nothing while it cannot be drawn."""
    look = this_look()
    try:
        words = _words(look)
    except Unavailable:
        return None
    spot = look.sheet.position(look.spot) if look.spot else None
    cross = (round(spot[0] * WIDTH), round(spot[1] * HEIGHT)) if spot else None
    return ShownMap(look, cross, _labels(look), words)


def _words(look: Look) -> str:
    """Say where the cross is.

    :raises Unavailable: there is no map.
    """
    maps = atlas()
    if look.spot is None:
        return _("Tap where your land is. The map then shows that part larger.")
    country = named_country(maps.country_at(look.spot) or "")
    town = nearest_town(look.spot) if look.level >= CLOSE else ""
    if country and town:
        where = _("The cross is in %(country)s, near %(town)s.",
                  country=country, town=isolated(town))  # fmt: skip
    elif country:
        where = _("The cross is in %(country)s.", country=country)
    elif maps.climate_at(look.spot):
        where = _("The cross is on land.")
    else:
        where = _("The cross is at sea.")
    close = look.level >= CLOSE
    then = _("Tap the very spot.") if close else _("Tap again, closer to your land.")
    return f"{where} {then}"


def _labels(look: Look) -> list[Label]:
    sheet = look.sheet
    if sheet.level == 0:
        return []
    south, east = sheet.north - sheet.height, sheet.west + sheet.width
    try:
        towns = gazetteer().within(south, sheet.north, sheet.west, east, LOOKED_AT)
    except Unavailable:
        return []
    return labels(sheet, towns)
