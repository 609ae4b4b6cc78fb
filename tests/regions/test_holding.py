"""What holds what, read once, is what the database says each time."""

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
