"""Which values of a facet lie in which, read once and used for a minute."""

from dataclasses import dataclass
from time import monotonic

from kb.entrance.request import FRESH_SECONDS, office, this_session
from kb.search.levels import Levels, read_levels


@dataclass
class _Kept:
    read_at: float
    levels: Levels


def this_levels() -> Levels:
    """Give facet → value → the value it lies in, as it was within `FRESH_SECONDS`."""
    kept: _Kept | None = office().kept.get("levels")
    if kept is None or monotonic() - kept.read_at > FRESH_SECONDS:
        kept = _Kept(monotonic(), read_levels(this_session()))
        office().kept["levels"] = kept
    return kept.levels
