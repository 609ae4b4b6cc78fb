"""What is measured of one engine in a process of its own: building, changing, opening.

``python -m tests.bench.search.apart FOLDER ENGINE WHAT TEXTS`` prints it as JSON.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from tests.bench.search.asked import CLASSES, questions
from tests.bench.search.corpus import shards
from tests.bench.search.engines import engine, weigher
from tests.bench.search.texts import Texts


def apart(folder, name, what, count):
    """Measure one thing of one engine in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.search.apart"]
    command += [str(folder), name, what, str(count)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(said)


def building(folder, name, count, processes):
    """Give texts per second, by the clock and by the processor; reading is left out."""
    os.sched_setaffinity(0, range(processes))
    home = folder / f"{name}-anew"
    shutil.rmtree(home, ignore_errors=True)
    documents = [d for shard in shards(folder.parent, count) for d in shard]
    begun, worked = perf_counter(), process_time()
    engine(name, home).build(documents, processes)
    seconds, used = perf_counter() - begun, process_time() - worked
    size = sum(p.stat().st_size for p in home.rglob("*") if p.is_file())
    shutil.rmtree(home)
    return {
        f"texts/s in {processes}": round(count / seconds),
        f"texts/s of processor in {processes}": round(count / used),
        "MB on disk": size >> 20,
    }


def updating(folder, name, count):
    """Give how long one text takes to be there for a reader, in ms."""
    home = folder / f"{name}-changed"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(folder / name, home)
    changed = engine(name, home)
    documents = next(shards(folder.parent, min(count, 20)))
    changed.open(Texts(folder / "texts.sqlite"), weigher())
    taken = []
    for d in documents:
        begun = perf_counter()
        changed.update([d])
        changed.count()
        taken.append(perf_counter() - begun)
    shutil.rmtree(home)
    return {"update ms": round(float(np.median(taken)) * 1000, 1)}


def holding(folder, name):
    """Give the memory of a process that answered all, own and mapped, and open time."""
    classes = [kind for kind in CLASSES if kind != "fuzzy"]
    asked = [one for kind in classes for one in questions(kind, 50)]
    before, begun = memory(), perf_counter()
    opened = engine(name, folder / name)
    opened.open(Texts(folder / "texts.sqlite"), weigher())
    opened.ask(asked[0])
    seconds = perf_counter() - begun
    for question in asked:
        opened.ask(question)
    after = memory()
    return {
        "open and first answer ms": round(seconds * 1000, 1),
        "own MB": after["RssAnon"] - before["RssAnon"],
        "mapped MB": after["RssFile"] - before["RssFile"],
    }


def memory():
    said = Path("/proc/self/status").read_text().splitlines()
    pairs = (line.split(":") for line in said if line.startswith("Rss"))
    return {name: int(rest.split()[0]) >> 10 for name, rest in pairs}


def main():
    folder, name, what, count = Path(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4])
    if what.startswith("build"):
        measured = building(folder, name, count, int(what[-1]))
    elif what == "update":
        measured = updating(folder, name, count)
    else:
        measured = holding(folder, name)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
