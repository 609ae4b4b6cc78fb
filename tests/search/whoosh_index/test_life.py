"""An index after any sequence of changes; two writers; a writer that is killed."""

import json
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from whoosh import query as wq
from whoosh.index import LockError

from kb.search.whoosh_index import locks, policy
from kb.search.whoosh_index import shelf as shelves
from kb.search.whoosh_index import writer as writer_module
from kb.search.whoosh_index.container import Damaged, write_container
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.matching import matches
from kb.search.whoosh_index.policy import MOST_SMALL, all_of_them
from kb.search.whoosh_index.shelf import Shelf
from kb.search.whoosh_index.snapshot import Snapshot
from kb.search.whoosh_index.writer import refilling, writing
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

    @rule(documents=corpora, meanwhile=corpora, gone=st.sets(st.integers(1, 6)))
    def fill_anew(self, documents, meanwhile, gone):
        with refilling(self.shelf) as writer:
            for d in documents:
                add(writer, d)
            write(Shelf(self.shelf.folder, LAYOUT), meanwhile)
            with writing(self.shelf) as other:
                other.drop(gone)
        touched = {d.group for d in meanwhile} | gone
        left = [d for d in documents if d.group not in touched]
        self.expected = left + [d for d in meanwhile if d.group not in gone]

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


@pytest.mark.parametrize(("together", "left"), [(5, 1), (4, 3)])
def test_what_fills_an_index_anew_is_one_unless_it_is_much(
    shelf, monkeypatch, together, left
):
    monkeypatch.setattr(writer_module, "BATCH", 2)
    monkeypatch.setattr(policy, "TOGETHER", together)
    documents = [Doc(n, ["bean"], []) for n in range(5)]
    with refilling(shelf) as filling:
        for d in documents:
            add(filling, d)
    assert len(shelf.state().segments) == left
    assert held(shelf) == rows(documents)


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


def test_an_old_segment_stays_for_a_while_after_its_last_day(shelf):
    """A reader may have read ``CURRENT`` just before it was replaced."""
    write(shelf, [Doc(1, ["bean"], [])])
    (old,) = shelf.folder.glob("*.arrays")
    os.utime(old, (1, 1))
    write(shelf, [Doc(1, ["maize"], [])])
    assert old.exists()
    os.utime(old, (1, 1))
    write(shelf, [Doc(1, ["soil"], [])])
    assert not old.exists()


def test_what_is_filled_beside_is_not_cleared_away(shelf, monkeypatch):
    monkeypatch.setattr(writer_module, "BATCH", 1)
    monkeypatch.setattr(shelves, "KEEP_OLD_SECONDS", -1)
    with refilling(shelf) as writer:
        for group in range(1, 5):
            add(writer, Doc(group, ["bean"], []))
        write(shelf, [Doc(9, ["maize"], [])])
    assert [group for group, *_ in held(shelf)] == [1, 2, 3, 4, 9]


def test_the_room_of_one_who_was_killed_is_cleared_away(shelf):
    child = os.fork()
    if not child:
        with refilling(shelf) as writer:
            add(writer, Doc(1, ["bean"], []))
            os._exit(0)
    os.waitpid(child, 0)
    assert (shelf.folder / "filling").exists()
    write(shelf, [Doc(2, ["maize"], [])])
    assert not (shelf.folder / "filling").exists()
    assert held(shelf) == rows([Doc(2, ["maize"], [])])


def test_two_who_fill_anew_take_turns(shelf, monkeypatch):
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.02)
    with refilling(shelf) as writer:
        add(writer, Doc(1, ["bean"], []))
        with pytest.raises(LockError), refilling(Shelf(shelf.folder, LAYOUT)):
            pass
    assert held(shelf) == rows([Doc(1, ["bean"], [])])


def test_a_damaged_segment_does_not_stop_one_who_fills_anew(shelf):
    write(shelf, [Doc(1, ["bean"], []), Doc(2, ["soil"], [])])
    with refilling(Shelf(shelf.folder, LAYOUT)) as writer:
        add(writer, Doc(1, ["maize"], []))
        write(shelf, [Doc(3, ["bean"], [])])
        for path in shelf.folder.glob("*.arrays"):
            path.write_bytes(b"x" * 100)
    assert held(Shelf(shelf.folder, LAYOUT)) == rows([Doc(1, ["maize"], [])])


@pytest.mark.parametrize(
    "said", ["[]", "7", '{"version": "test"}', '{"version": "test", "segments": 1}']
)
def test_a_foreign_pointer_is_refused_whatever_it_says(shelf, said):
    """Its checksum agrees, so it was not damaged: something else wrote it."""
    foreign = json.loads(said)
    if isinstance(foreign, dict):
        foreign["checksum"] = shelves._checksum(foreign)
    (shelf.folder / "CURRENT").write_text(json.dumps(foreign))
    with pytest.raises(Damaged, match="CURRENT: it cannot be read"):
        Snapshot(shelf)


def test_a_container_that_is_no_segment_is_refused(shelf):
    write(shelf, [Doc(1, ["bean"], [])])
    (path,) = shelf.folder.glob("*.arrays")
    write_container(path, {"length": np.ones(1)}, {})
    with pytest.raises(Damaged, match="not a segment"):
        Snapshot(Shelf(shelf.folder, LAYOUT))


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
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.02)
    with writing(shelf), pytest.raises(LockError):
        write(Shelf(shelf.folder, LAYOUT), [Doc(2, ["maize"], [])])


KILLS = EXAMPLES


@pytest.mark.thorough
def test_a_writer_killed_at_any_moment_loses_nothing_it_had_said(shelf):
    """Each round a child process changes the index and says so; then it is killed."""
    random, said = Random(1), 0
    for turn in range(KILLS):
        seconds = random.uniform(0, 0.05)
        said = _killed_after(shelf.folder, said, seconds, at_least=turn % 2)
        standing = {group for group, *_ in held(Shelf(shelf.folder, LAYOUT))}
        assert standing in ({said % 7}, {(said + 1) % 7}) or not said
        said = max([said, *(n for n in (said, said + 1) if {n % 7} == standing)])
    assert said >= KILLS // 2


def _killed_after(folder, said, seconds, at_least):
    """Let a child write document after document; give the last it spoke of.

    The time runs from its start, or from when it has spoken of the first.
    """
    reading, writing_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _write_until_killed(folder, said, writing_end)
    os.close(writing_end)
    first = os.read(reading, at_least) if at_least else b""
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as heard:
        words = heard.read()
    return said + len(first + words)


def _write_until_killed(folder, said, out):
    shelf, number = Shelf(folder, LAYOUT), said
    while True:
        number += 1
        with writing(shelf) as writer:
            writer.drop(range(7))
            add(writer, Doc(number % 7, ["bean"] * (number % 5), ["soil"]))
        os.write(out, b".")
