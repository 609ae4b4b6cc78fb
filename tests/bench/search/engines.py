"""Asking several engines the same, question by question in turn."""

import random
import shutil
from time import perf_counter, thread_time

import numpy as np

from tests.bench.search.asked import questions
from tests.bench.search.corpus import shards
from tests.bench.search.texts import Texts

ROUNDS = 5
"""The median of so many counts."""


def engine(name, home):
    """Open one; its library is only needed where it is asked for."""
    if name == "tantivy":
        from tests.bench.search.tantivy_engine import Tantivy as Engine
    elif name == "sqlite":
        from tests.bench.search.sqlite_engine import Sqlite as Engine
    elif name == "whoosh":
        from tests.bench.search.stock_whoosh import StockWhoosh as Engine
    else:
        from tests.bench.search.ours import Ours as Engine
    return Engine(home)


def weigher():
    """Give what stands for the place: how much each record counts, at a stroke."""
    likeness = np.random.default_rng(9).random(1_100_000, "f4") + np.float32(0.5)
    return lambda numbers: likeness[np.asarray(numbers, "i8")]


def built(folder, names, count):
    """Build the texts and the indexes that are not there yet."""
    path = folder / "texts.sqlite"
    if not path.exists():
        path.with_suffix(".new").unlink(missing_ok=True)
        texts = Texts(path.with_suffix(".new"))
        texts.fill(d for shard in shards(folder.parent, count) for d in shard)
        path.with_suffix(".new").rename(path)
    for name in names:
        done = folder / f"{name}.done"
        if not done.exists():
            shutil.rmtree(folder / name, ignore_errors=True)
            begun = perf_counter()
            documents = (d for shard in shards(folder.parent, count) for d in shard)
            engine(name, folder / name).build(documents)
            done.write_text(f"{count / (perf_counter() - begun):.0f}")


def ask_all(folder, names, classes):
    """Give class → engine → seconds of each question: of the first time, and later.

    Before each round engines forget what they were asked: the questions of a class come
    once in a round.
    """
    texts, weights = Texts(folder / "texts.sqlite"), weigher()
    engines = {name: engine(name, folder / name) for name in names}
    for each in engines.values():
        each.open(texts, weights)
    for kind in classes:
        asked = questions(kind)
        able = [name for name in names if kind not in engines[name].cannot]
        times = {name: np.zeros((ROUNDS + 1, len(asked))) for name in able}
        for turn in range(ROUNDS + 1):
            for name in able:
                engines[name].forget()
            for number, question in enumerate(asked):
                for name in random.sample(able, len(able)):
                    begun = thread_time()
                    engines[name].ask(question)
                    times[name][turn, number] = thread_time() - begun
        yield kind, {n: (t[0], np.median(t[1:], 0)) for n, t in times.items()}
