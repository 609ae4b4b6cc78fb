"""What a plan takes is added up only as far as it is known, and never mixed."""

import pytest

from kb.planning.chosen import Chosen
from kb.planning.needs import Days, items, needs
from kb.practices.models import Cost, Practice, Work
from kb.regions.limits import Verdict


def chosen(letter, *, costs=(), work=()):
    practice = Practice(
        costs=[
            Cost(
                key=f"{letter}{n}", phase=phase, quantity=quantity,
                unit_id="unit:kg_ha", unit_cost=price, currency=currency, year=year,
            )
            for n, (phase, quantity, price, currency, year) in enumerate(costs)
        ],
        work=[
            Work(phase=phase, women_days=women, men_days=men, days=days)
            for phase, women, men, days in work
        ],
    )  # fmt: skip
    return Chosen(letter, practice, None, Verdict((), (), ()), None)


def sums(need):
    return [(m.currency, m.year, m.amount, m.letters) for m in need.money]


def test_money_is_added_within_one_currency_and_year_only():
    first = chosen("A", costs=[("establish", 10, 2.0, "USD", 2010)])
    other = chosen(
        "B",
        costs=[
            ("establish", 1, 5.0, "USD", 2010),
            ("establish", 1, 5.0, "USD", 2015),
            ("establish", 1, 7.0, "XOF", 2010),
            ("maintain", 2, 3.0, "XOF", 2010),
        ],
    )
    begin, yearly = needs([first, other], 2.0)
    assert sums(begin) == [
        ("USD", 2010, 50.0, ("A", "B")),
        ("USD", 2015, 10.0, ("B",)),
        ("XOF", 2010, 14.0, ("B",)),
    ]
    assert sums(yearly) == [("XOF", 2010, 12.0, ("B",))]
    assert (begin.unpriced, yearly.unpriced) == ((), ("A",))


def test_what_nobody_says_is_named_and_is_no_zero():
    known = chosen("B", work=[("establish", 3, 2, None)])
    begin, yearly = needs([chosen("A"), known], 1.0)
    assert (begin.undated, begin.unpriced) == (("A",), ("A", "B"))
    assert begin.unknown == ["A", "B"]
    assert (yearly.money, yearly.days.together) == ((), 0)
    assert yearly.undated == ("A", "B")


@pytest.mark.parametrize(
    ("row", "women", "men", "untold"),
    [
        ((3, 2, None), 3, 2, 0),
        ((3, 2, 5), 3, 2, 0),
        ((3, 2, 7), 3, 2, 2),
        ((None, None, 9), 0, 0, 9),
        ((4, None, 10), 4, 0, 6),
        ((4, None, None), 4, 0, 0),
        ((None, 0, None), 0, 0, 0),
    ],
)
def test_days_are_told_apart_as_far_as_the_source_does(row, women, men, untold):
    need, _yearly = needs([chosen("A", work=[("establish", *row)])], None)
    assert need.days == Days(women, men, untold)
    assert need.days.together == women + men + untold


def test_days_are_for_the_area():
    both = [chosen("A", work=[("maintain", 1, 2, 4)]) for _twice in range(2)]
    _begin, need = needs(both, 0.5)
    assert need.days == Days(1.0, 2.0, 1.0)


def test_items_are_for_the_area_and_without_one_for_a_hectare():
    one = chosen("A", costs=[("establish", 10, 2.0, "USD", 2010)])
    assert [(i.quantity, i.amount) for i in items(one, 2.5)] == [(25.0, 50.0)]
    assert [(i.quantity, i.amount) for i in items(one, None)] == [(10.0, 20.0)]
