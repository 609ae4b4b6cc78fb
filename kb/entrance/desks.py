"""The desks of this process, and which of them is near the reader."""

from collections.abc import Iterable
from time import monotonic

from kb.entrance.request import FRESH_SECONDS, office, this_session
from kb.helpdesk.desks import Desks, DeskSeen, read_desks

KEPT = "desks"


def these_desks() -> Desks:
    """Give the desks, as they were within `FRESH_SECONDS`."""
    read_at, found = office().kept.get(KEPT, (0.0, None))
    if found is None or monotonic() - read_at > FRESH_SECONDS:
        found = read_desks(this_session())
        office().kept[KEPT] = monotonic(), found
    desks: Desks = found
    return desks


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
