"""How fast one place is compared with 500 candidates: at a stroke, and one by one.

``python tests/bench/regions/likeness.py`` prints the median of many runs of each, taken
in turn so that a busy machine slows both, and by how much they differ.
"""

from random import Random
from statistics import median
from time import perf_counter

import numpy as np

from kb.regions.axes import AXES
from kb.regions.candidates import Candidates
from kb.regions.land_use import LAND_USES
from kb.regions.places import Place
from kb.regions.similarity import alike
from kb.regions.soil import GROUPS

CANDIDATES, RUNS, SHOWN = 500, 60, 10
BUDGET_MS = 5.0


def a_place(chance: Random) -> Place:
    """Give a place as records have them: two classes, some figures missing."""
    figures = {
        "mat_c": chance.uniform(-5, 30),
        "map_mm": chance.uniform(50, 3000),
        "ai": chance.uniform(0.05, 2),
        "ph": chance.uniform(4, 9),
        "altitude_m": chance.uniform(0, 3000),
    }
    return Place(
        climate={c: chance.uniform(0.1, 1) for c in chance.sample(sorted(AXES), 2)},
        soil={g: chance.uniform(0.1, 1) for g in chance.sample(GROUPS, 3)},
        land_use=chance.choice(sorted(LAND_USES)),
        **{name: v for name, v in figures.items() if chance.random() < 0.7},
    )


def timed(work, times):
    """Add how long some work takes, in ms; give what it gives."""
    begun = perf_counter()
    done = work()
    times.append((perf_counter() - begun) * 1000)
    return done


def main() -> None:
    """Measure, check that both give the same, and say so."""
    chance = Random(3)
    places = [a_place(chance) for _ in range(CANDIDATES)]
    packing, stroke, explained, plain = [], [], [], []
    candidates = timed(lambda: Candidates(places), packing)
    worst = 0.0
    for _ in range(RUNS):
        place = a_place(chance)
        compared = timed(lambda p=place: candidates.compare(p), stroke)
        timed(lambda p=place: candidates.best(p, SHOWN), explained)
        loop = timed(lambda p=place: [alike(p, other) for other in places], plain)
        worst = max(worst, np.abs(compared.scores - [x.score for x in loop]).max())
    ratio = median(plain) / median(stroke)
    print(f"packing {CANDIDATES} places, once     {packing[0]:8.2f} ms")
    print(f"compared at a stroke           {median(stroke):8.2f} ms")
    print(f"the best {SHOWN} with reasons       {median(explained):8.2f} ms")
    print(f"plain loop                     {median(plain):8.2f} ms ({ratio:.0f} times)")
    print(f"largest difference of scores   {worst:8.1e}")
    within = median(explained) <= BUDGET_MS
    print("within" if within else "BEYOND", f"the budget of {BUDGET_MS} ms")


if __name__ == "__main__":
    main()
