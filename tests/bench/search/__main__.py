"""Our index beside others, on made-up texts, in one run.

``python -m tests.bench.search --texts 10000 --engines ours,tantivy,sqlite`` builds what
is not in the folder yet and asks each question of every engine in turn. The time of the
processor counts, which neighbours on the machine disturb least; nothing waits for a
disk once it was read. The first round shows an index just opened; of the others each
question's median counts. Then come building, changing and opening, each in a process of
its own. All ratios are to tantivy, p95 to p95.
"""

import argparse
from pathlib import Path

import numpy as np

from tests.bench.search.apart import apart
from tests.bench.search.asked import CLASSES
from tests.bench.search.engines import ask_all, built


def tell(kind, times):
    """Print one row: p50 / p95 in ms, p95 of the first round, ratio to tantivy."""
    cells = []
    for name, (first, later) in times.items():
        p50, p95 = np.percentile(later, (50, 95)) * 1000
        cold = np.percentile(first, 95) * 1000
        cell = f"{name} {p50:.2f} / {p95:.2f} ({cold:.2f})"
        if name != "tantivy" and "tantivy" in times:
            cell += f" = {p95 / (np.percentile(times['tantivy'][1], 95) * 1000):.2f}x"
        cells.append(cell)
    print(f"{kind:9}" + "   ".join(cells), flush=True)


def tell_apart(folder, names, count, build):
    small = folder.parent / str(build)
    small.mkdir(exist_ok=True)
    for what in ("build1", "build2"):
        for name in names * 2:
            if what == "build1" or name == "tantivy":  # the others use one
                print(name, apart(small, name, what, build), flush=True)
    for name in names:
        for what in ("update", "memory"):
            print(name, apart(folder, name, what, count), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--engines", default="ours,tantivy,sqlite")
    parser.add_argument("--classes", default=",".join(CLASSES))
    parser.add_argument("--folder", default="/tmp/humus-bench")
    parser.add_argument("--build", type=int, default=10_000, help="texts; 0: not now")
    given = parser.parse_args()
    folder = Path(given.folder) / str(given.texts)
    folder.mkdir(parents=True, exist_ok=True)
    names = given.engines.split(",")
    built(folder, names, given.texts)
    print(f"{given.texts} texts; ms: p50 / p95 (p95 at first) = p95 to tantivy's")
    for kind, times in ask_all(folder, names, given.classes.split(",")):
        tell(kind, times)
    if given.build:
        tell_apart(folder, names, given.texts, given.build)


if __name__ == "__main__":
    main()
