"""Suggestions of the memory among 100,000 units, beside comparing with each of them.

`python -m tests.bench.translating.memory [UNITS]`: how long it takes to remember them,
then the median and the 99th percentile of 200 fields in milliseconds, a field at a time
and a page of thirty at once, and how much of what the peer finds is found. Units are
sentences of the seeds with some words changed by chance, so that many are alike.
"""

import random
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import yaml

from kb.database import open_database
from kb.migrations.apply import upgrade
from kb.record.models import Record, Status
from kb.record.parts import words_in
from kb.settings import shipped
from kb.translating.memory import ALIKE, Remembered, remember, suggestions
from kb.translating.signature import words_of

PAIR = ("en", "fr")
ASKED, PEERS, PAGE = 200, 20, 30
RECORDS = 1000


def sentences():
    """Give pairs of the seeds, field by field."""
    found = []
    for path in sorted((shipped("seeds") / "practices").glob("*/en.yaml")):
        here, there = (
            words_in(yaml.safe_load(path.with_name(f"{x}.yaml").read_text()))
            for x in PAIR
        )
        found += [(said, there[name]) for name, said in here.items() if name in there]
    return found


def changed(chance, text, words, share):
    parts = text.split()
    for place in range(len(parts)):
        if chance.random() < share:
            parts[place] = chance.choice(words)
    return " ".join(parts)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance, pairs = random.Random(7), sentences()
    words = sorted({word for said, _there in pairs for word in said.split()})
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        upgrade(database.engine)
        sources = fill(database, chance, pairs, words, count)
        size = (Path(folder) / "bench.sqlite").stat().st_size / 1e6
        print(f"{len(pairs)} fields of the seeds, {count} units, {size:.0f} MB")
        asked = [
            changed(chance, chance.choice(sources), words, 0.15) for _ in range(ASKED)
        ]
        with database.reading() as session:

            def ours(fields):
                wanted = {str(n): said for n, said in enumerate(fields)}
                return suggestions(session, PAIR, wanted, 0)

            ours(asked[:1])
            told("one field", [timed(lambda one=one: ours([one])) for one in asked])
            pages = [chance.sample(asked, PAGE) for _each in range(20)]
            told("a page of 30", [timed(lambda one=one: ours(one)) for one in pages])
            compare(asked[:PEERS], sources, lambda one: ours([one]).get("0", []))


def fill(database, chance, pairs, words, count):
    sources, began = [], perf_counter()
    with database.writing() as session:
        for number in range(RECORDS):
            session.add(
                Record(
                    id=number + 1,
                    ref=f"P-{number + 1}",
                    key=f"k{number}",
                    status=Status.PUBLISHED,
                )
            )
        session.flush()
        for start in range(0, count, 5000):
            rows = []
            for number in range(start, min(start + 5000, count)):
                source, there = chance.choice(pairs)
                source = changed(chance, source, words, chance.choice((0.1, 0.3, 0.8)))
                sources.append(source)
                rows.append(
                    Remembered(
                        record_id=number % RECORDS + 1,
                        source_language=PAIR[0],
                        language=PAIR[1],
                        field=f"f{number}",
                        source=source,
                        words=f"{there} {number}",
                        state="reviewed",
                    )
                )
            remember(session, rows)
        session.commit()
    print(f"remembered in {perf_counter() - began:.1f} s")
    return sources


def compare(asked, sources, found_by_us):
    """Say how often the most alike of all is among ours, and how long a peer takes."""
    split = [words_of(source) for source in sources]
    times, wanted, found = [], 0, 0
    for one in asked:
        began = perf_counter()
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(words_of(one))
        best = 0.0
        for words in split:
            matcher.set_seq1(words)
            if min(matcher.real_quick_ratio(), 1) > max(best, ALIKE) and (
                matcher.quick_ratio() > max(best, ALIKE)
            ):
                best = max(best, matcher.ratio())
        times.append(1000 * (perf_counter() - began))
        if best >= ALIKE:
            wanted += 1
            mine = max((each.alike for each in found_by_us(one)), default=0)
            found += mine >= int(100 * best) - 2
    told("peer, one field", times)
    print(f"the most alike of all found: {found} of {wanted}")


def timed(work):
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


def told(name, times):
    print(f"{name:18} {median(times):8.1f} ms {quantiles(times, n=100)[98]:8.1f} ms")


if __name__ == "__main__":
    main()
