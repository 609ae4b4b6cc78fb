"""How good a list of results is, held against answers judged by hand.

``answers`` is ref → grade: 3 just what was meant, 2 good, 1 touches it; what is not
named there is 0. ``came`` is the refs that search gave, best first.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

JUST_THAT, GOOD = 3, 2


def ndcg(answers: Mapping[str, int], came: Sequence[str], first: int = 10) -> float:
    """Give the normalised discounted cumulative gain of the first results, 0 to 1.

    The gain of a grade g is 2^g - 1, divided by log2(1 + place): Burges et al. (2005),
    "Learning to rank using gradient descent".

    >>> ndcg({"P-1": 3, "P-2": 1}, ["P-1", "P-2"])
    1.0
    """
    ideal = sorted(answers.values(), reverse=True)[:first]
    return _gain(answers.get(ref, 0) for ref in came[:first]) / _gain(ideal)


def _gain(grades: Iterable[int]) -> float:
    places = enumerate(grades, 1)
    return sum((2**grade - 1) / log2(1 + place) for place, grade in places)


def recall(answers: Mapping[str, int], came: Sequence[str], first: int = 3) -> float:
    """Give the share of the answers of grade 3 that are among the first results.

    Where there are more of them than places, all places taken is 1.
    """
    meant = {ref for ref, grade in answers.items() if grade == JUST_THAT}
    return len(meant.intersection(came[:first])) / min(len(meant), first)


def reciprocal_rank(answers: Mapping[str, int], came: Sequence[str]) -> float:
    """Give 1 / the place of the first good answer (grade 2 or 3), 0 if none came."""
    for place, ref in enumerate(came, 1):
        if answers.get(ref, 0) >= GOOD:
            return 1 / place
    return 0.0
