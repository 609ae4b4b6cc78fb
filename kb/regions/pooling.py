"""What came of a practice in places that are alike, as one figure with its range."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kb.errors import NotValid
from kb.language import _


class Measured(Protocol):
    """An effect as records have it (`kb.record.models.Effect` is one)."""

    @property
    def indicator_id(self) -> str:
        """What was measured."""

    @property
    def unit_id(self) -> str:
        """The unit of the value."""

    @property
    def value(self) -> float | None:
        """The change; empty where only a range or a before and after is known."""

    @property
    def bound(self) -> str:
        """``at_least`` or ``at_most`` where the source gives only a limit."""

    @property
    def comparator_id(self) -> str | None:
        """What it was compared with."""

    @property
    def evidence_id(self) -> str:
        """``evidence:E0`` to ``evidence:E5``."""

    @property
    def disputed(self) -> bool:
        """Whether the evidence pulls both ways."""

    @property
    def wider(self) -> bool:
        """Whether it was measured for a wider group: no evidence for the practice."""

    @property
    def source_id(self) -> int:
        """The study it is from."""


@dataclass(frozen=True)
class Found:
    """An effect, and how alike its place is to the one asked about."""

    effect: Measured
    similarity: float
    """Score of `kb.regions.similarity.alike` with the site it is from; if that is not
    said, with the best of the record's sites. 0 where no site is known, so that it
    counts for the practice as a whole only."""


@dataclass(frozen=True)
class Pooled:
    """A pooled effect; never to be shown without its ``n``."""

    indicator_id: str
    unit_id: str
    effect: float
    """In ``unit_id``."""
    n: int
    """How many effects from places that are alike stand behind it."""
    studies: int
    """How many sources they are from; two effects of one study are not two voices."""
    lowest: float
    highest: float
    support: float
    """Sum of similarity² x quality: 1 is one review from a place just like it."""
    of_all: float
    """What the practice does on average anywhere, by quality alone."""
    n_of_all: int
    comparators: tuple[str, ...]
    """What the local ones were compared with; say it where there are several."""
    disputed: bool
    """Whether the evidence behind any of them pulls both ways; say so beside it."""


QUALITY = {
    "evidence:E0": 0.05,
    "evidence:E1": 0.15,
    "evidence:E2": 0.3,
    "evidence:E3": 0.5,
    "evidence:E4": 0.8,
    "evidence:E5": 1.0,
}
"""What an effect counts by its level of evidence. Expert guesses."""

SHRINKAGE = 1.0
"""Support at which the places that are alike count as much as all the others together.

Few and far results are pulled towards what the practice does everywhere, many and near
ones stand for themselves: ``(support x local + 1 x of_all) / (support + 1)``. The best
constant is the variance of results within a place divided by that between places, as in
any shrinkage by empirical Bayes. Neither is known yet; 1 says that they are level.
"""

LEAST_SIMILARITY = 0.5
"""Below this a place is not like the other, and its results are no local ones; the
same limit as that of the lowest band."""


def pool(found: Iterable[Found]) -> Pooled | None:
    """Pool the effects of one practice for one place or zone.

    Effects that were measured for a wider group, or that give only a bound or a range,
    are left out: they have no value that could be averaged.

    :param found: effects of one indicator in one unit.
    :returns: nothing if no effect comes from a place that is alike.
    :raises NotValid: indicators or units are mixed, a similarity is outside 0 to 1, or
        a level of evidence is not known.
    """
    all_found = list(found)
    _refuse_mixtures(all_found)
    usable = [(x, v) for x in all_found if (v := value_of(x.effect)) is not None]
    local = [(x, v) for x, v in usable if x.similarity >= LEAST_SIMILARITY]
    if not local:
        return None
    near, support = _mean([(v, x.similarity**2 * quality(x.effect)) for x, v in local])
    of_all, _all = _mean([(v, quality(x.effect)) for x, v in usable])
    values = [v for _x, v in local]
    return Pooled(
        indicator_id=local[0][0].effect.indicator_id,
        unit_id=local[0][0].effect.unit_id,
        effect=(support * near + SHRINKAGE * of_all) / (support + SHRINKAGE),
        n=len(local),
        studies=len({x.effect.source_id for x, _v in local}),
        lowest=min(values),
        highest=max(values),
        support=support,
        of_all=of_all,
        n_of_all=len(usable),
        comparators=tuple(sorted({x.effect.comparator_id or "" for x, _v in local})),
        disputed=any(x.effect.disputed for x, _v in local),
    )


def value_of(effect: Measured) -> float | None:
    """Give the value of an effect that may be averaged; nothing if it may not."""
    return None if effect.wider or effect.bound else effect.value


def quality(effect: Measured) -> float:
    """Give what an effect counts by its level of evidence, 0.05 to 1."""
    return QUALITY[effect.evidence_id]


def _mean(weighted: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give the weighted mean, and the sum of the weights."""
    total = sum(weight for _value, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total, total


def _refuse_mixtures(found: Sequence[Found]) -> None:
    problems = {}
    if len({x.effect.indicator_id for x in found}) > 1:
        problems["indicator"] = [str(_("Different things were measured."))]
    if len({x.effect.unit_id for x in found}) > 1:
        problems["unit"] = [str(_("The units differ."))]
    if not all(0 <= x.similarity <= 1 for x in found):
        problems["similarity"] = [str(_("It has to be from 0 to 1."))]
    if not all(x.effect.evidence_id in QUALITY for x in found):
        problems["evidence"] = [str(_("There is no such level of evidence."))]
    if problems:
        raise NotValid(_("These results cannot be put together."), problems)
