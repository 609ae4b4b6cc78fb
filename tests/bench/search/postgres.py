"""The index in PostgreSQL beside the one in a folder, in one run.

``python -m tests.bench.search.postgres --texts 10000`` starts a server of its own, as
the tests do, fills both with the same made-up texts and asks each question of both in
turn. Here the clock counts, for most of the work is done in another process. The median
of each question's rounds counts; all ratios are PostgreSQL to ours, p95 to p95.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np

from kb.search.postgres_index.index import PostgresIndex
from tests.bench.search.asked import CLASSES, questions
from tests.bench.search.corpus import shards
from tests.bench.search.engines import built, weigher
from tests.bench.search.ours import Ours
from tests.bench.search.texts import Texts
from tests.postgres import running

ROUNDS = 3


class Postgres(Ours):
    """`PostgresIndex` behind `SearchIndex`."""

    cannot = ("prefix",)

    def __init__(self, address):
        self.index = PostgresIndex(address)

    def forget(self):
        """Nothing is kept of a query."""


def seconds(engines, kind):
    """Give engine → seconds of each question of a class."""
    asked = questions(kind)
    times = {name: np.zeros((ROUNDS, len(asked))) for name in engines}
    for turn in range(ROUNDS):
        for name, engine in engines.items():
            engine.forget()
            for number, question in enumerate(asked):
                begun = perf_counter()
                engine.ask(question)
                times[name][turn, number] = perf_counter() - begun
    return {name: np.median(rounds, 0) for name, rounds in times.items()}


def tell(folder, count, classes, address):
    """Print a row for each class."""
    postgres, ours = Postgres(address), Ours(folder / "ours")
    begun = perf_counter()
    postgres.build(d for shard in shards(folder.parent, count) for d in shard)
    print(f"PostgreSQL was filled with {count / (perf_counter() - begun):.0f} texts/s")
    texts, weights = Texts(folder / "texts.sqlite"), weigher()
    engines = {"ours": ours, "postgresql": postgres}
    for engine in engines.values():
        engine.open(texts, weights)
    for kind in classes:
        if kind not in Postgres.cannot:
            p95 = {}
            print(f"{kind:9}", end="")
            for name, times in seconds(engines, kind).items():
                p50, p95[name] = np.percentile(times, (50, 95)) * 1000
                print(f"{name} {p50:.2f} / {p95[name]:.2f} ms", end="   ")
            print(f"{p95['postgresql'] / p95['ours']:.1f}x", flush=True)
    postgres.index.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--classes", default=",".join(CLASSES))
    parser.add_argument("--folder", default="/tmp/humus-bench")
    given = parser.parse_args()
    folder = Path(given.folder) / str(given.texts)
    folder.mkdir(parents=True, exist_ok=True)
    built(folder, ["ours"], given.texts)
    with running() as address:
        place = address.format(name="postgres")
        tell(folder, given.texts, given.classes.split(","), place)


if __name__ == "__main__":
    main()
