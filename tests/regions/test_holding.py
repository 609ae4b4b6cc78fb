"""What holds what, read once, is what the database says each time."""

import pytest

from kb.regions.holding import read_holding
from kb.regions.tree import ancestors


def test_around_a_region_lies_what_the_database_says_in_the_same_order(seeded):
    with seeded.office.database.reading() as session:
        holding = read_holding(session)
        some = [
            "BF",
            "BF-10",
            "SD",
            "NG-BO",
            "FR-20R",
            "US",
            "sahel",
            "011",
            "001",
            "EU",
        ]
        for code in [*some, *sorted(holding.parents)[::400]]:
            wanted = [region.code for region in ancestors(session, code)]
            assert holding.around(code) == wanted, code
        assert holding.around("nowhere") == []


@pytest.mark.parametrize(
    ("desks", "nearest"),
    [
        ({"BF", "011", "001"}, "BF"),
        ({"BF-10", "BF"}, "BF-10"),
        ({"BF-YAT"}, "BF-YAT"),
        ({"sahel", "002"}, "sahel"),
        ({"011", "sahel"}, "011"),
        ({"202", "sahel", "001"}, "sahel"),
        ({"202", "002"}, "202"),
        ({"001"}, "001"),
        ({"NE", "142", "andes"}, None),
        (set(), None),
    ],
)
def test_help_comes_from_the_nearest_with_a_desk(seeded, desks, nearest):
    with seeded.office.database.reading() as session:
        holding = read_holding(session)
    assert holding.nearest_with("BF-YAT", desks) == nearest
    assert holding.nearest_with("nowhere", desks) is None
