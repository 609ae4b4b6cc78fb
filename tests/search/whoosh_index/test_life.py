"""An index after any sequence of changes; two writers; a writer that is killed."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from whoosh import query as wq
from whoosh.index import LockError

from kb.search.whoosh_index import shelf as shelves
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.matching import matches
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.snapshot import Snapshot
from kb.search.whoosh_index.writer import (
    MOST_SMALL,
    all_of_them,
    refilling,
    writing,
)
from tests.search.whoosh_index.corpus import (
    EXAMPLES,
    LAYOUT,
    Doc,
    add,
    corpora,
    thorough,
    write,
)


def held(shelf, query=None):
    """Give what a fresh reader sees: group, stored title and columns, in order."""
    snapshot = Snapshot(shelf)
    return sorted(
        (
            int(part.segment.groups[number]),
            tuple(part.segment.stored(number)["title"]),
            part.segment.columns["crop"][number],
            part.segment.columns["year"][number],
            part.segment.columns["name"][number].decode(),
        )
        for part, found in zip(
            snapshot.parts, matches(snapshot, query or wq.Every()), strict=True
        )
        for number in found.documents.tolist()
    )


def rows(documents):
    return sorted(
        (d.group, tuple(d.title), d.crops, d.year, " ".join(d.title)) for d in documents
    )


class Life(RuleBasedStateMachine):
    """Add, replace, take out, merge, reopen in any order."""

    @initialize(documents=corpora)
    def begin(self, documents):
        self._folder = TemporaryDirectory()
        self.shelf = Shelf(Path(self._folder.name), LAYOUT)
        self.expected = []
        with refilling(self.shelf) as writer:
            for d in documents:
                add(writer, d)
        self.expected = documents

    def teardown(self):
        self._folder.cleanup()

    @rule(documents=corpora)
    def put(self, documents):
        write(self.shelf, documents)
        groups = {d.group for d in documents}
        left = [d for d in self.expected if d.group not in groups]
        self.expected = left + documents

    @rule(groups=st.sets(st.integers(1, 6), max_size=3))
    def remove(self, groups):
        with writing(self.shelf) as writer:
            writer.drop(groups)
        self.expected = [d for d in self.expected if d.group not in groups]

    @rule()
    def merge(self):
        with writing(self.shelf, all_of_them):
            pass

    @rule()
    def reopen(self):
        self.shelf = Shelf(self.shelf.folder, LAYOUT)

    @rule(documents=corpora)
    def fail(self, documents):
        with suppress(RuntimeError), writing(self.shelf) as writer:
            writer.drop(range(7))
            for d in documents:
                add(writer, d)
            raise RuntimeError

    @invariant()
    def a_reader_sees_just_what_was_put(self):
        assert held(self.shelf) == rows(self.expected)
        for word in ("bean", "土"):
            holding = [d for d in self.expected if word in d.weights()]
            assert held(self.shelf, wq.Term(WORDS, word)) == rows(holding)
        assert len(Snapshot(self.shelf).parts) <= MOST_SMALL + 1


TestLife = Life.TestCase
TestLife.settings = settings(
    thorough, max_examples=EXAMPLES // 4, stateful_step_count=12
)


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path / "index", LAYOUT)
    with refilling(shelf):
        pass
    return shelf


def test_many_small_segments_become_one(shelf):
    for group in range(MOST_SMALL + 1):
        assert len(Snapshot(shelf).parts) == group
        write(shelf, [Doc(group, ["bean"], [])])
    assert len(Snapshot(shelf).parts) == 1


def test_segments_whose_last_word_is_gone_can_be_merged(shelf):
    write(shelf, [Doc(1, ["bean"], []), Doc(2, [], [])])
    write(shelf, [Doc(1, [], [])])
    with writing(shelf, all_of_them):
        pass
    assert held(shelf) == rows([Doc(1, [], []), Doc(2, [], [])])
    assert held(shelf, wq.Term(WORDS, "bean")) == []


def test_old_segments_stay_for_a_while_then_go(shelf, monkeypatch):
    write(shelf, [Doc(1, ["bean"], [])])
    old = Snapshot(shelf)
    write(shelf, [Doc(1, ["maize"], [])])
    assert len(list(shelf.folder.glob("*.arrays"))) == 2
    monkeypatch.setattr(shelves, "KEEP_OLD_SECONDS", -1)
    write(shelf, [Doc(2, ["soil"], [])])
    assert len(list(shelf.folder.glob("*.arrays"))) == 2
    assert [len(m) for m in matches(old, wq.Term(WORDS, "bean"))] == [1]


def test_a_group_that_comes_twice_in_one_change_is_refused(shelf):
    documents = [Doc(1, ["bean"], []), Doc(2, ["maize"], []), Doc(1, ["soil"], [])]
    with pytest.raises(ValueError, match="group 1 comes twice"):
        write(shelf, documents)
    assert held(shelf) == []


def test_a_second_writer_waits_for_the_first(shelf):
    done = []

    def second():
        write(Shelf(shelf.folder, LAYOUT), [Doc(2, ["maize"], [])])
        done.append("second")

    with writing(shelf) as writer:
        other = threading.Thread(target=second)
        other.start()
        sleep(0.05)
        add(writer, Doc(1, ["bean"], []))
        done.append("first")
    other.join()
    assert done == ["first", "second"]
    assert held(shelf) == rows([Doc(1, ["bean"], []), Doc(2, ["maize"], [])])


def test_a_second_writer_is_told_when_the_first_does_not_end(shelf, monkeypatch):
    monkeypatch.setattr(shelves, "WAIT_SECONDS", 0.02)
    with writing(shelf), pytest.raises(LockError):
        write(Shelf(shelf.folder, LAYOUT), [Doc(2, ["maize"], [])])


KILLS = EXAMPLES


def test_a_writer_killed_at_any_moment_loses_nothing_it_had_said(shelf):
    """Each round a child process changes the index and says so; then it is killed."""
    random, said = Random(1), 0
    for _ in range(KILLS):
        said = _killed_after(shelf.folder, said, random.uniform(0, 0.05))
        standing = {group for group, *_ in held(Shelf(shelf.folder, LAYOUT))}
        assert standing in ({said % 7}, {(said + 1) % 7}) or not said
        said = max([said, *(n for n in (said, said + 1) if {n % 7} == standing)])
    assert said > KILLS // 4


def _killed_after(folder, said, seconds):
    """Let a child write document after document; give the last it spoke of."""
    reading, writing_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _write_until_killed(folder, said, writing_end)
    os.close(writing_end)
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as heard:
        words = heard.read()
    return said + len(words)


def _write_until_killed(folder, said, out):
    shelf, number = Shelf(folder, LAYOUT), said
    while True:
        number += 1
        with writing(shelf) as writer:
            writer.drop(range(7))
            add(writer, Doc(number % 7, ["bean"] * (number % 5), ["soil"]))
        os.write(out, b".")
