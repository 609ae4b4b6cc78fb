"""The index follows the records, through slips that a crash cannot lose."""

import pytest
from sqlalchemy import func, select

from kb import journal
from kb.errors import Unavailable
from kb.journal import JournalDue
from kb.record.models import Status
from kb.search.document import Query
from kb.search.from_database import find_in_database
from kb.search.open import open_index
from kb.search.service import checked, search
from kb.search.upkeep import rebuild, standing
from kb.worker import run_once
from tests.make import record, vocabularies, words


@pytest.fixture
def index(empty):
    return empty.office.index


@pytest.fixture
def pits(session):
    made = record(
        session,
        vocabularies(session),
        "pits",
        number=7,
        tags={"theme": ["rice"]},
        texts={"en": words("Pits"), "fr": words("Cuvettes", state="draft")},
    )
    session.commit()
    return made


def test_found_after_the_worker_and_not_before(empty, session, index, pits):
    assert index.find(Query("pits")).total == 0
    assert run_once(empty.office.database.writing, index) == 1
    assert [h.ref for h in index.find(Query("pits")).hits] == ["P-7"]
    assert [h.language for h in index.find(Query("pits", language="fr")).hits] == ["fr"]
    assert run_once(empty.office.database.writing, index) == 0


def test_the_names_of_its_tags_find_a_record(empty, index, pits):
    run_once(empty.office.database.writing, index)
    assert index.find(Query("rice name")).total == 1


def test_what_is_withdrawn_leaves_the_index(empty, session, index, pits):
    run_once(empty.office.database.writing, index)
    pits.status = Status.WITHDRAWN
    journal.write(session, "withdrawn", kind="practice", record_id=pits.id, by="a test")
    session.commit()
    run_once(empty.office.database.writing, index)
    assert index.find(Query("pits")).total == 0


def test_a_stale_index_shows_nobody_a_withdrawn_record(empty, session, index, pits):
    run_once(empty.office.database.writing, index)
    pits.status = Status.WITHDRAWN
    session.commit()
    assert index.find(Query("pits")).total == 1
    assert search(session, index, Query("pits")).shown == []


def test_a_pass_that_fails_is_done_again(empty, session, index, pits, tmp_path):
    (tmp_path / "file").write_text("in the way")
    broken = open_index(f"whoosh:{tmp_path / 'file' / 'index'}")
    with pytest.raises(Unavailable):
        run_once(empty.office.database.writing, broken)
    assert session.scalar(select(func.count()).select_from(JournalDue)) == 1
    session.rollback()
    assert run_once(empty.office.database.writing, index) == 1
    assert index.find(Query("pits")).total == 1


def test_a_rebuild_does_what_was_waiting(session, index, pits):
    assert not standing(session, index).level
    rebuild(session, index)
    session.commit()
    now = standing(session, index)
    assert (now.indexed, now.public, now.waiting, now.level) == (1, 1, 0, True)


def test_slips_are_handed_out_once_and_in_order(session, pits):
    for n in range(3):
        journal.write(session, f"step {n}", kind="practice", record_id=pits.id, by="x")
    session.commit()
    said = [line.what for line in journal.due(session, "search")]
    assert said == ["taken in", "step 0", "step 1", "step 2"]
    assert journal.due(session, "search") == []
    session.rollback()
    assert journal.count_due(session, "search") == 4


def test_without_an_index_the_database_browses(session, pits, tmp_path):
    lost = open_index(f"whoosh:{tmp_path / 'none'}")
    for filters, total in [
        ({}, 1),
        ({"kind": ("practice",)}, 1),
        ({"kind": ("story",)}, 0),
        ({"theme": ("rice",)}, 1),
        ({"theme": ("grazing",)}, 0),
        ({"language": ("fr",)}, 1),
        ({"language": ("ar",)}, 0),
        ({"country": ("BF",)}, 0),
    ]:
        found = search(session, lost, Query("pit%", filters=filters))
        assert (found.total, found.without_index) == (total, True), filters


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("pits", 1),
        ("goat OR pits", 1),
        ("pits goat", 0),
        ("pits -goat", 1),
        ("-pits", 0),
        ('"%"', 0),
        ("the pits", 1),
        ("???", 1),
    ],
)
def test_the_database_understands_what_is_typed(session, pits, words, total):
    assert find_in_database(session, Query(words)).total == total


def test_a_search_is_checked_before_it_is_answered():
    assert checked(Query("a\x00b "), {}).words == "a b"
    assert checked(Query("beans"), {}) == Query("beans")
