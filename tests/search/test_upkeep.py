"""The index follows the records, through slips that a crash cannot lose."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from kb import journal
from kb.cli.worker import next_night
from kb.errors import Unavailable
from kb.journal import JournalDue
from kb.practices.models import Practice
from kb.record.models import Part, Status, Tag, Text
from kb.regions.layers import Layers
from kb.search import upkeep
from kb.search.document import SORTS, Query
from kb.search.documents import Beside, Records, documents_of
from kb.search.drift import Compared, Drift, compare, last_compared
from kb.search.from_database import find_in_database
from kb.search.open import open_index
from kb.search.service import checked, search
from kb.search.thesaurus import Thesaurus
from kb.search.upkeep import standing
from kb.vocabulary.thesaurus_lookups import NamedConcept
from kb.worker import compare_and_repair, is_due, rebuild_all, run_once
from tests.make import record, vocabularies, words
from tests.regions.test_layers import stand
from tests.search.test_every_index import doc as document


@pytest.fixture
def index(empty):
    return empty.office.index


@pytest.fixture
def whoosh(tmp_path):
    index = open_index(f"whoosh:{tmp_path / 'index'}")
    index.refill([])
    return index


@pytest.fixture
def known(session):
    return vocabularies(session)


@pytest.fixture
def pits(session, known):
    made = record(
        session,
        known,
        "pits",
        number=7,
        tags={"theme": ["rice"]},
        texts={"en": words("Pits"), "fr": words("Cuvettes", state="draft")},
    )
    session.commit()
    return made


def test_found_after_the_worker_and_not_before(empty, session, index, pits):
    assert index.find(Query("pits")).total == 0
    assert run_once(empty.office.database, index) == 1
    assert [h.ref for h in index.find(Query("pits")).hits] == ["P-7"]
    assert [h.language for h in index.find(Query("pits", language="fr")).hits] == ["fr"]
    assert run_once(empty.office.database, index) == 0


def test_the_names_of_its_tags_find_a_record(empty, index, pits):
    run_once(empty.office.database, index)
    assert index.find(Query("rice name")).total == 1


def test_what_is_withdrawn_leaves_the_index(empty, session, index, pits):
    run_once(empty.office.database, index)
    pits.status = Status.WITHDRAWN
    journal.write(session, "withdrawn", kind="practice", record_id=pits.id, by="a test")
    session.commit()
    run_once(empty.office.database, index)
    assert index.find(Query("pits")).total == 0


def test_a_stale_index_shows_nobody_a_withdrawn_record(empty, session, index, pits):
    run_once(empty.office.database, index)
    pits.status = Status.WITHDRAWN
    session.commit()
    assert index.find(Query("pits")).total == 1
    assert search(session, index, Query("pits")).shown == []


def test_a_pass_that_fails_is_done_again(empty, session, index, pits, tmp_path):
    (tmp_path / "file").write_text("in the way")
    broken = open_index(f"whoosh:{tmp_path / 'file' / 'index'}")
    with pytest.raises(Unavailable):
        run_once(empty.office.database, broken)
    assert session.scalar(select(func.count()).select_from(JournalDue)) == 1
    session.rollback()
    assert run_once(empty.office.database, index) == 1
    assert index.find(Query("pits")).total == 1


def retitled(session, record, title):
    named = update(Text).where(Text.record_id == record.id)
    session.execute(named.values(title=title))
    session.commit()


def changed(session, record, title):
    journal.write(session, "changed", kind="practice", record_id=record.id, by="a test")
    retitled(session, record, title)


def test_a_rebuild_does_what_was_waiting(empty, session, index, pits):
    assert not standing(session, index).level
    session.rollback()
    rebuild_all(empty.office.database, index)
    now = standing(session, index)
    assert (now.indexed, now.public, now.waiting, now.level) == (1, 1, 0, True)


def test_nobody_waits_for_a_rebuild_and_no_change_is_lost(
    empty, session, whoosh, known, pits
):
    """Both records are changed after the rebuild began; one is taken in meanwhile."""
    database = empty.office.database
    bunds = record(session, known, "bunds", number=8, texts={"en": words("Bunds")})
    session.commit()
    rebuild_all(database, whoosh)
    left = [(pits, "Zai holes", True), (bunds, "Stone lines", False)]

    def meanwhile(_):
        if left:
            which, title, worker_is_there = left.pop(0)
            changed(session, which, title)
            if worker_is_there:
                assert run_once(database, whoosh) == 1

    rebuild_all(database, whoosh, meanwhile)
    assert run_once(database, whoosh) == 1
    assert [whoosh.find(Query(w)).total for w in ("holes", "lines")] == [1, 1]
    assert compare(Records(database.reading), whoosh) == Drift()


def test_many_changes_are_taken_in_batch_by_batch(
    empty, session, whoosh, pits, monkeypatch
):
    monkeypatch.setattr(upkeep, "AT_ONCE", 3)
    for n in range(7):
        changed(session, pits, f"Title {n}")
    begun = whoosh.figures().generation
    run_once(empty.office.database, whoosh)
    assert whoosh.figures().generation == begun + 3  # 8 lines in all
    assert not is_due(empty.office.database)
    assert whoosh.find(Query("6")).total == 1


def test_slips_stay_until_they_are_seen(session, pits):
    for n in range(3):
        journal.write(session, f"step {n}", kind="practice", record_id=pits.id, by="x")
    session.commit()
    lines = journal.due(session, "search", limit=3)
    assert [line.what for line in lines] == ["taken in", "step 0", "step 1"]
    journal.seen(session, "search", [line.id for line in lines])
    assert [i.what for i in journal.due(session, "search", limit=3)] == ["step 2"]
    assert journal.is_due(session, "search")
    session.rollback()
    assert journal.count_due(session, "search") == 4


@pytest.mark.thorough
def test_drift_is_found_mended_and_noted(empty, session, whoosh, pits, tmp_path):
    database = empty.office.database
    rebuild_all(database, whoosh)
    found = compare_and_repair(database, whoosh, tmp_path)
    assert (found.drifted, last_compared(tmp_path)) == (0, found)
    whoosh.remove([pits.id])
    whoosh.put([document(9999, "en", "Left over")])
    assert compare(Records(database.reading), whoosh) == Drift(
        frozenset({pits.id}), frozenset({9999})
    )
    compare_and_repair(database, whoosh, tmp_path)
    retitled(session, pits, "Changed behind everybody's back")
    found = compare_and_repair(database, whoosh, tmp_path, mend=False)
    assert (found.missing, found.left_over, found.outdated) == (0, 0, 1)
    assert not last_compared(tmp_path).repaired
    assert whoosh.find(Query("behind")).total == 0
    compare_and_repair(database, whoosh, tmp_path)
    assert whoosh.find(Query("behind")).total == 1
    assert compare(Records(database.reading), whoosh) == Drift()


def test_the_order_of_rows_makes_no_difference():
    def made(turned):
        tags = [Tag(concept_id=f"theme:{code}") for code in ("rice", "grazing")]
        parts = [Part(name=name, words=name) for name in ("how", "where")]
        text = Text(language="en", title="Pits", summary="", parts=parts[::turned])
        rows = {"tags": tags[::turned], "names": [], "sites": [], "effects": []}
        said = {"id": 7, "ref": "P-7", "kind": "practice", "source_language": "en"}
        return Practice(**said, **rows, texts=[text])

    assert documents_of(made(1), Beside()) == documents_of(made(-1), Beside())


def test_what_maps_say_is_no_drift_where_all_are_told_of_them(
    empty, session, known, whoosh, tmp_path
):
    stand(tmp_path, "map", "620.4")
    here = {"place": "Yako", "latitude": 13, "longitude": 0, "precision_km": 5}
    record(session, known, "pits", sites=[{**here, "country": "BF"}])
    session.commit()
    database, layers = empty.office.database, Layers(tmp_path)
    run_once(database, whoosh, layers)
    assert whoosh.find(Query(filters={"rainfall": ("600..700",)})).total == 1
    compared = compare_and_repair(database, whoosh, tmp_path, layers=layers)
    assert compared.drifted == 0
    assert len(compare(Records(database.reading), whoosh).outdated) == 1
    rebuild_all(database, whoosh, layers=layers)
    assert compare(Records(database.reading, layers), whoosh) == Drift()


def test_what_waits_for_the_worker_is_no_drift(empty, session, whoosh, pits):
    assert compare(Records(empty.office.database.reading), whoosh) == Drift()
    run_once(empty.office.database, whoosh)
    changed(session, pits, "Zai holes")
    assert compare(Records(empty.office.database.reading), whoosh) == Drift()


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"at": 7}', '{"at": "x"}'])
def test_a_note_that_cannot_be_read_counts_as_none(tmp_path, said):
    (tmp_path / "index-compared").write_text(said)
    assert last_compared(tmp_path) is None


def test_index_and_records_are_compared_once_a_night():
    def at(day, hour):
        return datetime(2026, 11, day, hour, 30).astimezone()

    for day, hour, then in [(23, 2, 23), (23, 3, 24), (23, 14, 24), (30, 23, 31)]:
        compared = Compared(0, 0, 0, repaired=True, at=at(day, hour).astimezone(UTC))
        night = next_night(compared)
        assert (night.hour, night.minute) == (3, 0)
        assert night.date() == date(2026, 11, 1) + timedelta(then - 1)


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


def test_without_an_index_what_is_kept_is_kept_and_the_rest_is_named(
    session, pits, tmp_path
):
    lost = open_index(f"whoosh:{tmp_path / 'none'}")
    for filters, total, passed_over in [
        ({"evidence": ("E0", "E2")}, 0, ()),
        ({"rainfall": ("..1",)}, 1, ("rainfall",)),
        ({"tells": ("x",), "year": ("..1",)}, 1, ("tells", "year")),
    ]:
        found = search(session, lost, Query("pit", filters=filters))
        assert (found.total, found.not_used) == (total, passed_over), filters
    orders = {s: search(session, lost, Query("pit", sort=s)).unordered for s in SORTS}
    assert {s for s, unordered in orders.items() if not unordered} == KEPT_ORDERS


KEPT_ORDERS = {"best", "newest", "nearest"}
"""Without a place, the nearest are the best."""


@pytest.mark.parametrize(
    ("words", "total"),
    [("fosse", 1), ("fosse zz", 0), ('"fosse"', 0), ("puits", 0), ("fosse -pit", 0)],
)
def test_without_an_index_other_names_are_searched_too(
    session, pits, tmp_path, words, total
):
    names = {"fr": ("fosse",), "en": ("planting pits", "pits"), "sw": ("shimo",)}
    thesaurus = Thesaurus([NamedConcept("pit", names, (), (), None, "", frozenset())])
    lost = open_index(f"whoosh:{tmp_path / 'none'}")
    asked = Query(words, language="fr")
    assert search(session, lost, asked, thesaurus=thesaurus).total == total


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
