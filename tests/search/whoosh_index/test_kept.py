"""What is kept stays within its bound, the latest longest."""

from kb.search.whoosh_index.kept import Kept


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(12)
    for name in "abc":
        kept.put(name, name.upper(), 3)
    assert kept.get("a") == "A"
    kept.put("d", "D", 3)
    kept.put("e", "E", 3)
    assert [kept.get(name) for name in "abcde"] == ["A", None, "C", "D", "E"]


def test_the_bound_counts_sizes_and_nothing_big_is_kept():
    kept = Kept(100)
    kept.put("big", 1, 26)
    assert kept.get("big") is None
    for number in range(10):
        kept.put(number, number, 25)
        kept.put(number, number, 25)
    assert [n for n in range(10) if kept.get(n) is not None] == [6, 7, 8, 9]
