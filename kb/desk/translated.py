"""How far a language is by theme and zone, what most readers wait for first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.desk.next_best import NOBODY
from kb.desk.wanted import Demand
from kb.record.zoning import Zoned
from kb.regions.zones import Zone
from kb.translating.listing import Lacking


@dataclass(frozen=True)
class Covered:
    """How the fields of the records on a theme, in a zone, stand in a language."""

    theme: str
    """Its code; empty for all."""
    zone: Zone | None
    """Nothing for everywhere."""
    records: int
    states: Mapping[str, int]
    """State → fields."""
    demand: Demand

    def share(self, state: str) -> float:
        """Give the share of the fields in a state, in percent."""
        return 100 * self.states.get(state, 0) / max(1, sum(self.states.values()))


class Coverage:
    """All records that can be translated into a language, by what they are about."""

    def __init__(
        self, found: Iterable[Lacking], demand: Mapping[int, Demand], zoned: Zoned
    ) -> None:
        self._found = {one.record_id: one for one in found}
        self._demand, self._zoned = demand, zoned
        self._on: dict[str, set[int]] = {"": set(self._found)}
        for number in self._found:
            for theme in zoned.themes(number):
                self._on.setdefault(theme, set()).add(number)

    def by_theme(self, themes: Iterable[str], zone: Zone | None) -> list[Covered]:
        """Give a line for each theme with a record, in a zone or anywhere."""
        there = self._within(zone)
        every = (
            self._line(there & self._on.get(theme, set()), theme, zone)
            for theme in themes
        )
        return _wanted_first(every)

    def by_zone(self, zones: Iterable[Zone]) -> list[Covered]:
        """Give a line for each zone that there is a record for."""
        return _wanted_first(self._line(self._within(one), "", one) for one in zones)

    def _within(self, zone: Zone | None) -> set[int]:
        if zone is None:
            return set(self._found)
        return self._found.keys() & set(self._zoned.within(zone).all)

    def _line(self, numbers: set[int], theme: str, zone: Zone | None) -> Covered:
        states: Counter[str] = Counter()
        for number in numbers:
            states.update(self._found[number].states)
        demand = sum((self._demand.get(n, NOBODY) for n in numbers), NOBODY)
        return Covered(theme, zone, len(numbers), states, demand)


def _wanted_first(every: Iterable[Covered]) -> list[Covered]:
    there = [one for one in every if one.records]
    return sorted(there, key=lambda one: -one.demand.weight)
