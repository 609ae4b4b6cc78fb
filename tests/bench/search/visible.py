"""How soon a change is found: published, taken in by a real worker, seen by a reader.

``python -m tests.bench.search.visible`` makes an installation with the seeds in a
folder of its own, starts ``kb worker`` beside it and gives 50 records a new title, one
after the other at odd moments. It prints how long each was in coming, from the commit
to the first search that finds it, and what the worker costs while nothing is to do.
The database is an SQLite file, or the empty one that ``KB_DATABASE`` names.
"""

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from kb import journal
from kb.cli.office import Desk
from kb.kinds import KINDS
from kb.record.lookups import is_public
from kb.record.models import Record
from kb.search.document import Query
from kb.settings import Settings

CHANGES, IDLE_SECONDS = 50, 30
KB = [sys.executable, "-m", "kb.cli"]


def main():
    with TemporaryDirectory() as home:
        desk = prepared(home)
        worker = subprocess.Popen([*KB, "--home", home, "worker"], stderr=sys.stderr)
        try:
            sleep(3)
            told(changes(desk))
            before = cpu_seconds(worker.pid)
            sleep(IDLE_SECONDS)
            spent = cpu_seconds(worker.pid) - before
            print(f"with nothing to do: {spent / IDLE_SECONDS:.2%} of one core")
        finally:
            worker.terminate()
            worker.wait()


def prepared(home):
    for words in (("db", "upgrade"), ("seed",), ("index", "rebuild")):
        subprocess.run([*KB, "--home", home, *words], check=True, capture_output=True)
    return Desk(Settings(home=home, database=os.environ.get("KB_DATABASE", "")))


def changes(desk):
    """Give how long each change was in coming, in seconds."""
    chance = Random(4)
    for number in range(CHANGES):
        sleep(chance.uniform(0.1, 1.5))
        word = f"word{number}"
        publish(desk, chance, word)
        begun = perf_counter()
        while not desk.index.find(Query(word)).total:
            sleep(0.002)
        yield perf_counter() - begun


def publish(desk, chance, word):
    with desk.database.writing() as session:
        public = select(Record).where(is_public(), Record.kind.in_(KINDS))
        records = session.scalars(public.options(selectinload(Record.texts))).all()
        record = chance.choice(records)
        record.texts[0].title = f"A title with {word}"
        said = {"kind": record.kind, "record_id": record.id, "by": "the bench"}
        journal.write(session, "changed", **said)
        session.commit()


def told(seconds):
    in_ms = sorted(1000 * s for s in seconds)
    p95 = quantiles(in_ms, n=20)[-1]
    print(
        f"{len(in_ms)} changes: found after {median(in_ms):.0f} ms (median), "
        f"{p95:.0f} ms (p95), {in_ms[-1]:.0f} ms (longest)"
    )


def cpu_seconds(process):
    said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
