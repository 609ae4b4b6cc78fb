"""The desks of this process, and which of them is near the reader."""

from collections.abc import Iterable
from time import monotonic

from kb.entrance.request import FRESH_SECONDS, office, this_session
from kb.helpdesk.desks import Desks, DeskSeen, read_desks
from kb.regions.holding import Holding, read_holding

KEPT, HOLDING = "desks", "holding"
HOLDING_SECONDS = 600
"""How long what holds what is used before it is read again; it takes tens of
milliseconds, and changes only when regions are taken in."""


def these_desks() -> Desks:
    """Give the desks, as they were within `FRESH_SECONDS`."""
    read_at, found = office().kept.get(KEPT, (0.0, None))
    if found is None or monotonic() - read_at > FRESH_SECONDS:
        found = fresh_desks()
        office().kept[KEPT] = monotonic(), found
    desks: Desks = found
    return desks


def fresh_desks() -> Desks:
    """Give the desks and who is on duty as they are now."""
    return read_desks(this_session(), _holding())


def _holding() -> Holding:
    read_at, found = office().kept.get(HOLDING, (0.0, None))
    if found is None or monotonic() - read_at > HOLDING_SECONDS:
        found = read_holding(this_session())
        office().kept[HOLDING] = monotonic(), found
    holding: Holding = found
    return holding


def forget_desks() -> None:
    """Let this process read them again; others do so within `FRESH_SECONDS`."""
    office().kept.pop(KEPT, None)


def desk_near(country: str) -> DeskSeen | None:
    """Give the nearest desk for a country; nothing if none covers it."""
    return these_desks().nearest(country) if country else None


def desks_near(countries: Iterable[str]) -> list[DeskSeen]:
    """Give the nearest desks for some countries, each once; else the regional ones."""
    found = (desk_near(country) for country in countries)
    near = {desk.code: desk for desk in found if desk is not None}
    return list(near.values()) or these_desks().regional()
