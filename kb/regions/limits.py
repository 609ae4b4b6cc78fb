"""Hard limits of a practice: where it does not work, whatever else is alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import atan, degrees
from typing import Generic, Protocol, TypeVar

from kb.language import _
from kb.regions.places import Place


class HardLimit(Protocol):
    """A limit as practices have it (`kb.practices.models.Limit` is one)."""

    @property
    def limit_id(self) -> str:
        """What is limited, such as ``limit:rainfall``."""

    @property
    def at_least(self) -> float | None:
        """The least that will do; empty where there is no such figure."""

    @property
    def at_most(self) -> float | None:
        """The most that will do."""

    @property
    def unit_id(self) -> str | None:
        """The unit of both, such as ``unit:mm_yr``."""


@dataclass(frozen=True)
class Bound:
    """A limit on its own, to be kept apart from the database."""

    limit_id: str
    at_least: float | None
    at_most: float | None
    unit_id: str | None


L = TypeVar("L", bound=HardLimit)

TESTED: Mapping[str, tuple[str, frozenset[str]]] = {
    "limit:rainfall": ("map_mm", frozenset({"unit:mm_yr"})),
    "limit:slope": ("slope_percent", frozenset({"unit:percent", "unit:degree"})),
    "limit:acidity": ("ph", frozenset({"unit:ph"})),
}
"""Limits that can be held against a figure of a place, and the units they come in. A
limit in words only, of labour or of rights to the land, a person has to judge."""

TOO_LITTLE: Mapping[str, object] = {
    "limit:rainfall": _("too little rain here"),
    "limit:slope": _("too flat here"),
    "limit:acidity": _("the soil is too sour here"),
}
TOO_MUCH: Mapping[str, object] = {
    "limit:rainfall": _("too much rain here"),
    "limit:slope": _("too steep here"),
    "limit:acidity": _("the soil is not sour enough here"),
}


@dataclass(frozen=True)
class Broken(Generic[L]):
    """A limit that a place does not keep."""

    limit: L
    here: float
    """The figure of the place, in the unit of the limit."""
    words: object


@dataclass(frozen=True)
class Verdict(Generic[L]):
    """What a practice's limits say of a place."""

    broken: tuple[Broken[L], ...]
    kept: tuple[L, ...]
    unknown: tuple[L, ...]
    """What could not be tested: to be shown, for the person to judge."""

    @property
    def met(self) -> bool:
        """Say whether the practice may be proposed: no limit is known to be broken."""
        return not self.broken


def limits_met(place: Place, limits: Iterable[L]) -> Verdict[L]:
    """Hold the limits of a practice against a place, before any likeness is looked at.

    A figure that is just at the limit keeps it. What is not known breaks nothing.
    """
    broken, kept, unknown = [], [], []
    for limit in limits:
        here = _here(place, limit)
        if here is None:
            unknown.append(limit)
        elif words := _wrong(here, limit):
            broken.append(Broken(limit, here, words))
        else:
            kept.append(limit)
    return Verdict(tuple(broken), tuple(kept), tuple(unknown))


def _here(place: Place, limit: HardLimit) -> float | None:
    """Give the figure of the place in the unit of the limit; nothing if untestable."""
    name, units = TESTED.get(limit.limit_id, ("", frozenset()))
    has_figure = limit.at_least is not None or limit.at_most is not None
    value: float | None = getattr(place, name) if name else None
    if value is None or not has_figure or limit.unit_id not in units:
        return None
    return degrees(atan(value / 100)) if limit.unit_id == "unit:degree" else value


def _wrong(here: float, limit: HardLimit) -> object | None:
    if limit.at_least is not None and here < limit.at_least:
        return TOO_LITTLE[limit.limit_id]
    if limit.at_most is not None and here > limit.at_most:
        return TOO_MUCH[limit.limit_id]
    return None
