"""What the chosen practices take, added up as far as it is known.

Amounts are per hectare, times the area; without an area they stay per hectare. Money is
added only to money of the same currency and year. What a practice does not tell makes
its sum one "of those that tell", and is named; it never counts as nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.planning.chosen import Chosen
from kb.practices.models import Cost, Work

PHASES = ("establish", "maintain")


@dataclass(frozen=True)
class Money:
    """What is paid in one currency, at the prices of one year."""

    currency: str
    """ISO 4217."""
    year: int
    amount: float
    letters: tuple[str, ...]
    """Of the practices it is for."""


@dataclass(frozen=True)
class Days:
    """Person-days, by sex as far as the sources tell them apart."""

    women: float = 0.0
    men: float = 0.0
    untold: float = 0.0
    """Of which it is not said whether women or men do them."""

    @property
    def together(self) -> float:
        """Give all of them."""
        return self.women + self.men + self.untold

    def plus(self, row: Work, times: float) -> "Days":
        """Add what one row says, so many times."""
        told = (row.women_days or 0.0) + (row.men_days or 0.0)
        untold = max((row.days or 0.0) - told, 0.0)
        return Days(
            self.women + (row.women_days or 0.0) * times,
            self.men + (row.men_days or 0.0) * times,
            self.untold + untold * times,
        )


@dataclass(frozen=True)
class Need:
    """What one phase takes, to begin with or each year."""

    phase: str
    money: tuple[Money, ...]
    unpriced: tuple[str, ...]
    """Letters of the practices that do not say what it costs."""
    days: Days
    undated: tuple[str, ...]
    """Letters of those that do not say how much work it is."""
    of: int
    """How many practices there are."""

    @property
    def unknown(self) -> list[str]:
        """Give the letters of those that lack the one or the other."""
        return sorted({*self.unpriced, *self.undated})


@dataclass(frozen=True)
class Item:
    """One thing that is needed, for the area."""

    cost: Cost
    quantity: float
    amount: float


def needs(chosen: Sequence[Chosen], area_ha: float | None) -> list[Need]:
    """Add up what practices take, phase by phase.

    :param area_ha: hectares; nothing to have it per hectare.
    """
    return [_need(phase, chosen, area_ha or 1.0) for phase in PHASES]


def items(one: Chosen, area_ha: float | None) -> list[Item]:
    """Give what one practice needs that has a price, for the area."""
    times = area_ha or 1.0
    return [
        Item(cost, cost.quantity * times, cost.quantity * cost.unit_cost * times)
        for cost in one.practice.costs
    ]


def _need(phase: str, chosen: Sequence[Chosen], times: float) -> Need:
    paid: dict[tuple[str, int], tuple[float, list[str]]] = {}
    days, unpriced, undated = Days(), [], []
    for one in chosen:
        costs = [cost for cost in one.practice.costs if cost.phase == phase]
        work = [row for row in one.practice.work if row.phase == phase]
        unpriced += [] if costs else [one.letter]
        undated += [] if work else [one.letter]
        for cost in costs:
            amount, letters = paid.get((cost.currency, cost.year), (0.0, []))
            amount += cost.quantity * cost.unit_cost * times
            paid[cost.currency, cost.year] = amount, [*letters, one.letter]
        for row in work:
            days = days.plus(row, times)
    money = (
        Money(currency, year, amount, tuple(dict.fromkeys(letters)))
        for (currency, year), (amount, letters) in sorted(paid.items())
    )
    return Need(phase, tuple(money), tuple(unpriced), days, tuple(undated), len(chosen))
