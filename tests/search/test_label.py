"""What search reads in a label is kept beside it, and made anew when it is old."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from kb.search.label import first_exact, first_stem, is_current, label_of, reading_of
from kb.search.thesaurus import Thesaurus, keep_readings, read_thesaurus
from kb.search.words import ANALYSED
from kb.vocabulary.sowing import store
from kb.vocabulary.thesaurus import Label
from kb.vocabulary.thesaurus_lookups import read_concepts
from tests.make import vocabularies
from tests.search.named import CONCEPTS, THESAURUS

TEXTS = [
    "A crust forms: no till, cover crops",
    "les cultures de couverture",
    "覆盖作物",
]


@pytest.fixture
def sown(session):
    """The database with a few concepts whose labels nobody has read."""
    vocabularies(session)
    store(session, {concept.code: concept for concept in CONCEPTS})
    return session


def read(session):
    return session.scalars(select(Label.reading)).all()


def spans(thesaurus):
    return [thesaurus.spans(text, x) for text in TEXTS for x in ANALYSED]


def test_labels_are_read_once(sown):
    assert set(read(sown)) == {""}
    assert keep_readings(sown) == len(read(sown))
    assert all(map(is_current, read(sown)))
    assert keep_readings(sown) == 0


def test_what_was_read_finds_the_same_as_what_was_not(sown):
    unread = Thesaurus(read_concepts(sown))
    keep_readings(sown)
    kept = Thesaurus(read_concepts(sown))
    assert spans(unread) == spans(kept) == spans(THESAURUS)
    assert list(unread.alike()) == list(kept.alike())


@pytest.mark.thorough
def test_what_an_older_program_read_is_not_used_and_read_again(sown):
    keep_readings(sown)
    sown.execute(update(Label).values(reading="0badc0de\ten:x\ten=x\ten=x\t\t0\t0"))
    assert spans(Thesaurus(read_concepts(sown))) == spans(THESAURUS)
    assert keep_readings(sown) == len(read(sown))
    assert all(map(is_current, read(sown)))


def test_every_label_of_the_seeds_was_read_when_it_was_sown(seeded):
    with seeded.office.database.reading() as session:
        assert all(map(is_current, read(session)))
        assert read_thesaurus(session).spans("cover crops", "en")


@given(st.text(max_size=30), st.sampled_from(ANALYSED))
def test_whatever_a_label_is_it_comes_back_whole(name, language):
    reading = reading_of(name, language)
    label = label_of("x", reading)
    assert label.stems[:1] == tuple(filter(None, [first_stem(reading)]))
    assert label.exact[:1] == tuple(filter(None, [first_exact(reading)]))
    assert len(label.stems) == len(label.exact)
    assert label.stands_whole(name)
