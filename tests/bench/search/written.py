"""How much is written to keep an index of 10,000 texts through 2,000 single changes.

``python -m tests.bench.search.written`` prints the megabytes written, how often the
whole index could have been written for that, how many segments stood at most, and the
time of a change (median, p95, longest): once as it is, once by the simplest rule, which
makes one of all small segments whenever there are more than eight.
"""

from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from kb.search.whoosh_index.policy import MOST_SMALL, SMALL, all_of_them, many_small
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.writer import refilling, writing
from tests.search.whoosh_index.corpus import LAYOUT, Doc, add

TEXTS, WORDS_EACH, CHANGES = 10_000, 150, 2_000


def simplest(segments):
    small = [s for s in segments if s.doc_count_all() <= SMALL]
    return small if len(small) > MOST_SMALL else ()


def main():
    for name, policy in (("as it is", many_small), ("simplest rule", simplest)):
        with TemporaryDirectory() as folder:
            measure(name, Shelf(Path(folder), LAYOUT), policy)


def measure(name, shelf, policy):
    chance, times, most = Random(1), [], 0
    with refilling(shelf) as writer:
        for group in range(TEXTS):
            add(writer, document(chance, group))
    whole = written = shelf.size_bytes(shelf.state())
    seen = {path.name for path in shelf.folder.glob("*.arrays")}
    for _ in range(CHANGES):
        changed = document(chance, chance.randrange(TEXTS))
        begun = perf_counter()
        with writing(shelf, policy) as writer:
            writer.drop([changed.group])
            add(writer, changed)
        times.append(1000 * (perf_counter() - begun))
        fresh = [p for p in shelf.folder.glob("*.arrays") if p.name not in seen]
        written += sum(path.stat().st_size for path in fresh)
        seen |= {path.name for path in fresh}
        most = max(most, len(shelf.state().segments))
    with writing(shelf, all_of_them):
        pass
    written -= whole
    print(
        f"{name}: {written / 1e6:.1f} MB, {written / whole:.1f} times the index of "
        f"{whole / 1e6:.1f} MB, at most {most} segments; a change took "
        f"{median(times):.0f} ms (median), {quantiles(times, n=20)[-1]:.0f} ms (p95), "
        f"{max(times):.0f} ms (longest)"
    )


def document(chance, group):
    """Give a text whose words are as unequal as those of a language."""
    words = [f"w{int(chance.paretovariate(0.8)) % 50_000}" for _ in range(WORDS_EACH)]
    return Doc(group, words[:8], words[8:])


if __name__ == "__main__":
    main()
