"""How near a record is to the reader's place, as a page says it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.entrance.place import this_nearness
from kb.language import _
from kb.record.models import Record
from kb.record.whereabouts import Match, Nearness
from kb.regions.likeness import BAND_WORDS, Band, sentence, weakened
from kb.regions.pooling import Found, Pooled, pool

LEAST_POOLED = 2
"""Results below which nothing is pooled: one result stands in the table already."""


@dataclass(frozen=True)
class HereToo:
    """What a record's page says of the reader's place."""

    match: Match | None
    tried: Sequence[Match]
    """Sites at least partly like hers, the best first."""
    pooled: Sequence[Pooled]


def here_too(record: Record) -> HereToo | None:
    """Give what is to be said of her place; nothing if she said none."""
    near = this_nearness()
    if near is None:
        return None
    return HereToo(
        near.match(record.id), near.sites_like(record.id), _pooled(record, near)
    )


SUITS_WORDS = {
    Band.LIKE: _("for land like yours"),
    Band.PARTLY_LIKE: _("partly for land like yours"),
    Band.NONE: _("for other land"),
}
"""What is said of a record that was tried nowhere but says what land it is for."""


def how_near(match: Match) -> str:
    """Say in a word or two how near a record is."""
    if match.broken:
        return str(_("not for your place"))
    words = SUITS_WORDS if match.spot is None else BAND_WORDS
    return str(words[match.band])


def why(match: Match) -> str:
    """Say in one line why a record is near or not: broken limits, else the reasons."""
    if match.broken:
        return "; ".join(str(limit.words) for limit in match.broken)
    return str(sentence(match.likeness.reasons))


def little_known(match: Match) -> bool:
    """Say whether the band would be higher if more were known."""
    return not match.broken and weakened(match.likeness)


def _pooled(record: Record, near: Nearness) -> list[Pooled]:
    """Pool the results of each indicator and unit, with how like her place they are.

    Results do not say from which site they are: the best site of the record stands for
    them all.
    """
    tried = near.tried(record.id)
    groups: dict[tuple[str, str], list[Found]] = {}
    for effect in record.effects:
        key = effect.indicator_id, effect.unit_id
        groups.setdefault(key, []).append(Found(effect, tried))
    pooled = (pool(found) for found in groups.values())
    return [p for p in pooled if p is not None and p.n >= LEAST_POOLED]


FILTERS: Mapping[str, Callable[..., object]] = {
    f.__name__: f for f in (how_near, why, little_known)
}
