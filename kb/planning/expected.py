"""What may be expected of one practice: what was found elsewhere, as a range.

Ranges of two practices are never added: nobody has measured them together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.record.models import Effect, Source
from kb.record.zoning import NOT_POOLED, UNCOMPARED


@dataclass(frozen=True)
class Expected:
    """What was found of one indicator in one unit, compared with one other way."""

    effects: tuple[Effect, ...]

    @property
    def first(self) -> Effect:
        """Give one of them, for what they have in common."""
        return self.effects[0]

    @property
    def low(self) -> float:
        """Give the lowest figure that was found."""
        return min(_ends(effect)[0] for effect in self.effects)

    @property
    def high(self) -> float:
        """Give the highest figure that was found."""
        return max(_ends(effect)[1] for effect in self.effects)

    @property
    def evidence_id(self) -> str:
        """Give the strongest level of evidence behind it."""
        return max(effect.evidence_id for effect in self.effects)

    @property
    def sources(self) -> list[Source]:
        """Give the sources behind it, each once."""
        return list({one.source_id: one.source for one in self.effects}.values())

    @property
    def disputed(self) -> bool:
        """Say whether the evidence behind any of it pulls both ways."""
        return any(effect.disputed for effect in self.effects)


def expected(effects: Iterable[Effect]) -> list[Expected]:
    """Put together what was measured of the same thing in the same unit.

    What was measured for a wider group, or compared with nothing, tells nothing of what
    to expect. Limits and befores with afters stand by themselves.
    """
    groups: dict[tuple[str, ...], list[Effect]] = {}
    for effect in effects:
        if effect.wider or effect.indicator_id in NOT_POOLED:
            continue
        if effect.comparator_id in UNCOMPARED:
            continue
        key = effect.indicator_id, effect.unit_id, effect.comparator_id or ""
        alone = (effect.key,) if effect.bound or not _is_change(effect) else ()
        groups.setdefault((*key, *alone), []).append(effect)
    return [Expected(tuple(found)) for found in groups.values()]


def _is_change(effect: Effect) -> bool:
    return effect.value is not None or None not in {effect.low, effect.high}


def _ends(effect: Effect) -> tuple[float, float]:
    """Give the ends of one result; a spread that is no range of results has none."""
    ranges = effect.value is None or effect.spread == "range"
    if ranges and effect.low is not None and effect.high is not None:
        return effect.low, effect.high
    value = effect.value if effect.value is not None else effect.after_value
    return (value or 0.0), (value or 0.0)
