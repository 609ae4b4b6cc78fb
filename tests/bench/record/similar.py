"""How long it takes to find the records like one, among 100 and among 5,000 made up.

``python -m tests.bench.record.similar`` prints how long packing takes, once, and the
median and the longest of many questions; beside it a plain loop over all records that
compares only concepts, as the measure to be beaten.
"""

from math import log1p
from random import Random
from statistics import median
from time import perf_counter

from kb.record.filed import Filed
from kb.record.similar import Likes
from kb.record.whereabouts import Spot, Whereabouts
from kb.regions.axes import AXES
from kb.regions.land_use import LAND_USES
from kb.regions.likeness import Facet
from kb.regions.places import Place
from kb.regions.soil import GROUPS

SIZES, ASKED = (100, 5000), 60
LISTS = {
    "purpose": ([f"purpose-{n}" for n in range(15)], 3),
    "theme": ([f"theme-{n}" for n in range(30)], 3),
    "slm_group": ([f"group-{n}" for n in range(20)], 1),
    "land_use": (sorted(LAND_USES), 3),
    "climate": (sorted(AXES), 4),
    "soil": (sorted(GROUPS), 5),
}
FACETS = {"climate": Facet.CLIMATE, "soil": Facet.SOIL, "land_use": Facet.LAND_USE}


def made_up(chance, count):
    """Give records like the first ones: some codes a list, half of them with a site."""
    filed = {
        n: Filed("practice", {s: chance.sample(c, k) for s, (c, k) in LISTS.items()})
        for n in range(count)
    }
    spots = [
        Spot(n, "", "", Place(climate={chance.choice(sorted(AXES)): 1.0}))
        for n in filed
        if chance.random() < 0.5
    ]
    named = {
        n: {facet: one.codes[scheme] for scheme, facet in FACETS.items()}
        for n, one in filed.items()
    }
    return filed, Whereabouts(tuple(spots), named)


def timed(work, times):
    """Add how long some work takes, in ms; give what it gives."""
    begun = perf_counter()
    done = work()
    times.append((perf_counter() - begun) * 1000)
    return done


def plain(filed, asked):
    """Compare the concepts of one record with those of all others, one by one."""
    mine = filed[asked].under("purpose", "theme", "slm_group")
    every = [one.under("purpose", "theme", "slm_group") for one in filed.values()]
    count = {}
    for theirs in every:
        for concept in theirs:
            count[concept] = count.get(concept, 0) + 1
    weight = {c: log1p(len(every) / n) for c, n in count.items()}
    scores = [
        sum(weight[c] for c in mine & its) / sum(weight[c] for c in mine | its)
        for its in every
    ]
    return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:6]


def main() -> None:
    """Measure and say so."""
    for size in SIZES:
        chance, packing, asking, looping = Random(3), [], [], []
        filed, whereabouts = made_up(chance, size)
        likes = timed(lambda f=filed, w=whereabouts: Likes(f, w), packing)
        likes.of(0)
        for asked in chance.choices(range(size), k=ASKED):
            timed(lambda a=asked, k=likes: k.of(a), asking)
            timed(lambda a=asked, f=filed: plain(f, a), looping)
        print(
            f"{size:5} records: packed once in {packing[0]:6.1f} ms; "
            f"like one {median(asking):5.2f} ms (longest {max(asking):5.2f}); "
            f"concepts alone, one by one {median(looping):6.2f} ms"
        )


if __name__ == "__main__":
    main()
