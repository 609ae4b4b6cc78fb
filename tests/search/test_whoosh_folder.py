"""The folder of the Whoosh index: damage, several processes, the swap."""

import threading
from dataclasses import replace
from time import sleep

import pytest

from kb.errors import Unavailable
from kb.search.document import Query
from kb.search.open import open_index
from kb.search.whoosh_index.index import LAYOUT
from kb.search.whoosh_index.shelf import Shelf, State
from tests.search.test_every_index import BEANS, MAIZE, PITS


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


def test_readers_see_the_old_or_the_new_while_it_is_refilled(folder):
    wrong, stop = [], threading.Event()

    def read():
        reader = fresh(folder)
        while not stop.is_set():
            sleep(0.002)
            if reader.find(Query("beans")).total != 2:
                wrong.append("half")

    readers = [threading.Thread(target=read) for _ in range(1)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        fresh(folder).refill([*BEANS, MAIZE])
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


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
