"""The index in PostgreSQL: what only it can get wrong."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from kb.errors import Unavailable
from kb.search.document import Query
from kb.search.open import open_index
from kb.search.postgres_index.lexemes import words_of
from tests.search.test_every_index import BEANS, MAIZE, PITS, doc

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def address(houses):
    return houses.url("postgresql", "searched")


@pytest.fixture
def index(address):
    index = open_index(address)
    index.refill([*BEANS, MAIZE, *PITS])
    yield index
    index.close()


def change(address, words):
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(words))
    engine.dispose()


def found(index, words="", **said):
    return [hit.record_id for hit in index.find(Query(words, **said)).hits]


@pytest.mark.parametrize(
    "wrong",
    [
        "DROP SCHEMA kb_search CASCADE",
        "DROP TABLE kb_search.vocabulary",
        "UPDATE kb_search.about SET version = 'older'",
        "DELETE FROM kb_search.about",
    ],
)
def test_what_cannot_be_used_is_said_with_the_mend(index, address, wrong):
    change(address, wrong)
    for verb in (
        lambda: index.find(Query("beans")),
        lambda: index.put([MAIZE]),
        lambda: index.remove([1]),
    ):
        with pytest.raises(Unavailable, match="kb index rebuild"):
            verb()
    index.refill([MAIZE])
    assert found(index, "maize") == [2]


def test_a_server_that_is_not_there_is_said(address):
    index = open_index(address.replace("searched", "nowhere"))
    with pytest.raises(Unavailable, match="nowhere"):
        index.find(Query("beans"))
    index.close()


def test_a_change_that_fails_changes_nothing(index):
    def broken():
        yield doc(7, "en", "Sorghum")
        raise RuntimeError

    for verb in (index.put, index.refill):
        with pytest.raises(RuntimeError):
            verb(broken())
        assert found(index) == [1, 2, 3]
        assert found(index, "sorghum") == []


def test_readers_see_the_old_or_the_new_while_it_is_filled(index, address):
    seen, done = [], threading.Event()

    def read():
        reader = open_index(address)
        while not done.is_set():
            seen.append(tuple(found(reader)))
        reader.close()

    reading = threading.Thread(target=read)
    reading.start()
    for _ in range(5):
        index.refill([MAIZE])
        index.refill([*BEANS, MAIZE, *PITS])
    done.set()
    reading.join()
    assert seen
    assert set(seen) <= {(1, 2, 3), (2,)}


def test_two_writers_take_turns(index, address):
    def write(first):
        writer = open_index(address)
        for n in range(first, first + 5):
            writer.put([doc(n, "en", f"Sorghum {n}")])
        writer.close()

    writers = [threading.Thread(target=write, args=[first]) for first in (10, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert found(index, "sorghum", per_page=50) == [*range(10, 15), *range(20, 25)]


def test_how_rare_words_are_is_kept_right(index, address):
    index.put([doc(1, "en", "Beans, goats and goats")])
    index.remove([3])
    engine = create_engine(address)
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT term, holders FROM kb_search.vocabulary WHERE holders <> 0")
        )
        counted = connection.execute(
            text(
                "SELECT lexeme, count(*) FROM kb_search.text, unnest(words)"
                " GROUP BY lexeme"
            )
        )
        assert dict(kept.all()) == dict(counted.all())
    engine.dispose()


def test_words_that_are_rare_count_more(index):
    index.put([doc(n, "en", "Common words", "goat") for n in range(10, 19)])
    index.put([doc(19, "en", "Common words", "sheep")])
    best = index.find(Query("goat sheep", match="any")).hits[0]
    assert best.record_id == 19


def test_a_very_long_text_is_cut_and_still_found(index):
    words = " ".join(f"word{n}" for n in range(30_000))
    index.put([doc(5, "en", "Long " + "x" * 3000, f"{words} {'again ' * 400}")])
    assert found(index, "long") == [5]
    assert found(index, "again word29999") == [5]


# PostgreSQL keeps no NUL, and nothing that holds half a pair of signs.
signs = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60)


@given(signs, signs)
@settings(max_examples=30, deadline=None)
def test_signs_do_no_harm(engine, one, other):
    written = words_of({"title": [f"en:{one}", f"en={other}"]})
    with engine.connect() as connection:
        read = connection.scalar(
            text("SELECT tsvector_to_array(cast(:written AS tsvector))"),
            {"written": written},
        )
    assert set(read) == {f"en:{one}", f"en={other}"}


@pytest.fixture(scope="module")
def engine(address):
    engine = create_engine(address)
    yield engine
    engine.dispose()
