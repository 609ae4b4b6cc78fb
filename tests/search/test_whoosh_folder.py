"""The folder of the Whoosh index: damage, a full disk, several readers and writers."""

import os
import resource
import threading
from dataclasses import replace
from itertools import count
from time import sleep

import pytest

from kb.errors import Unavailable
from kb.search.document import Query, fingerprints
from kb.search.open import open_index
from kb.search.whoosh_index.index import LAYOUT
from kb.search.whoosh_index.shelf import Shelf, State
from tests.conftest import often
from tests.search.test_every_index import BEANS, MAIZE, PITS, doc

REBUILDS = min(25, often(4, 25))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "index"
    open_index(f"whoosh:{folder}").refill([*BEANS, MAIZE])
    return folder


def fresh(folder):
    return open_index(f"whoosh:{folder}")


def test_a_missing_index_is_unavailable_and_says_the_mend(tmp_path):
    with pytest.raises(Unavailable, match="kb index rebuild"):
        fresh(tmp_path / "none").find(Query("beans"))


@pytest.mark.parametrize("which", ["*.arrays", "CURRENT"])
@pytest.mark.parametrize("harm", ["cut", "flip", "gone"])
def test_a_damaged_file_is_noticed_before_it_is_read(folder, which, harm):
    path = next(folder.rglob(which)) if which != "CURRENT" else folder / which
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        middle = len(whole) // 2
        path.write_bytes(
            whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
        )
    with pytest.raises(Unavailable):
        fresh(folder).find(Query("beans"))
    with pytest.raises(Unavailable):
        fresh(folder).put(PITS)
    fresh(folder).refill([MAIZE])
    assert fresh(folder).find(Query("beans")).total == 1


def test_an_index_whose_words_were_read_in_another_way_is_made_anew(folder):
    older = Shelf(folder, replace(LAYOUT, version="older"))
    older.replace(State(9, ()))
    with pytest.raises(Unavailable, match=r"another way.*kb index rebuild"):
        fresh(folder).find(Query("beans"))
    fresh(folder).refill([MAIZE])
    assert fresh(folder).find(Query("maize")).total == 1


def test_another_process_sees_what_was_put(folder):
    reader = fresh(folder)
    assert reader.find(Query("pits")).total == 0
    fresh(folder).put(PITS)
    assert reader.find(Query("pits")).total == 1
    fresh(folder).refill([MAIZE])
    assert reader.find(Query("pits")).total == 0
    assert reader.find(Query("maize")).total == 1


def test_a_refill_that_fails_leaves_the_old_index(folder):
    def documents():
        yield MAIZE
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fresh(folder).refill(documents())
    assert fresh(folder).find(Query("beans")).total == 2


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be written"):
        fresh(tmp_path / "file" / "index").refill([MAIZE])


@pytest.mark.parametrize("setting", ["elastic:x", "whoosh:", ""])
def test_an_unknown_index_is_refused(setting):
    with pytest.raises(ValueError, match="KB_SEARCH"):
        open_index(setting)


class Records:
    """What a database holds: some records stay, one is changed again and again."""

    def __init__(self):
        self.changed = doc(50, "en", "Version 0")

    def documents(self):
        yield from BEANS
        sleep(0.005)
        yield self.changed
        sleep(0.005)
        yield from [doc(n, "en", f"Terrace {n}") for n in range(60, 90)]


class Busy:
    """Threads that do something again and again, and what went wrong in them."""

    def __init__(self, *works):
        self.wrong, self._stop = [], threading.Event()
        self._threads = [threading.Thread(target=self._do, args=[w]) for w in works]

    def _do(self, work):
        while not self._stop.is_set():
            try:
                self.wrong.extend(work() or [])
            except Exception as failed:
                self.wrong.append(failed)
            sleep(0.003)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failed):
        self._stop.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.thorough
def test_readers_and_writers_go_on_while_it_is_filled_anew(folder):
    records, shared, writes = Records(), fresh(folder), fresh(folder)
    shared.refill(records.documents())
    reader, version = reading_process(folder), count(1)

    def read():
        found = [shared.find(Query(w)).total for w in ("beans", "terrace")]
        return [] if found == [1, 30] else [found]

    def write():
        records.changed = doc(50, "en", f"Version {next(version)}")
        writes.put([records.changed])

    with Busy(read, read, write) as busy:
        for _ in range(REBUILDS):
            fresh(folder).refill(records.documents())
    assert busy.wrong == []
    assert ended_well(reader)
    assert next(version) > REBUILDS
    assert fresh(folder).held() == fingerprints(records.documents())


def reading_process(folder):
    """Fork a process that reads until its pipe is closed; it says what went wrong."""
    ask, answer = os.pipe(), os.pipe()
    child = os.fork()
    if child:
        os.close(ask[0])
        os.close(answer[1])
        return child, ask[1], answer[0]
    os.close(ask[1])
    os.set_blocking(ask[0], False)
    os._exit(0 if all(map(reads_well, until_closed(fresh(folder), ask[0]))) else 1)


def until_closed(index, pipe):
    while True:
        yield index
        try:
            os.read(pipe, 1)
        except BlockingIOError:
            sleep(0.002)
        else:
            return


def reads_well(index):
    try:
        return index.find(Query("beans")).total == 1
    except Unavailable:
        return False


def ended_well(reader):
    child, ask, answer = reader
    os.close(ask)
    os.close(answer)
    return os.waitpid(child, 0)[1] == 0


def test_threads_share_one_opened_index(folder):
    index, seen = fresh(folder), []
    threads = [
        threading.Thread(target=lambda: seen.append(index._open())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, seen))) == 1
    fresh(folder).put(PITS)
    assert index.find(Query("pits")).total == 1


LARGE = [
    doc(n, "en", "Long", " ".join(f"word{n}x{m}" for m in range(99)))
    for n in range(110, 125)
]


@pytest.mark.parametrize("verb", ["put", "refill"])
def test_on_a_full_disk_the_old_index_serves_and_later_it_is_written(folder, verb):
    assert refused_for_want_of_space(lambda: getattr(fresh(folder), verb)(LARGE))
    assert not list((folder / "filling").glob("*"))
    assert len(list(folder.glob("*.arrays"))) == 1
    assert fresh(folder).find(Query("beans")).total == 2
    getattr(fresh(folder), verb)(LARGE)
    assert fresh(folder).find(Query("word120x7")).total == 1


def refused_for_want_of_space(work):
    """Let a child do it that may write no file beyond 10 kB, as on a full disk."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            work()
        except Unavailable as refused:
            os._exit(0 if "cannot be written" in str(refused) else 2)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def test_a_foreign_or_swapped_segment_is_refused_with_the_mend(folder, tmp_path):
    (segment,) = folder.glob("*.arrays")
    other = tmp_path / "other"
    fresh(other).refill([*BEANS, MAIZE, *PITS])
    (foreign,) = other.glob("*.arrays")
    segment.write_bytes(foreign.read_bytes())
    with pytest.raises(Unavailable, match=r"not the segment.*kb index rebuild"):
        fresh(folder).find(Query("beans"))
    fresh(folder).refill([replace(MAIZE, title="Sorghum")])
    assert fresh(folder).find(Query("sorghum")).total == 1
