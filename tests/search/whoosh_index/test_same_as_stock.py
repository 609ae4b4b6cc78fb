"""The fast path finds what stock Whoosh finds on the same segments, and what is so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query import FuzzyTerm

from kb.search.whoosh_index import matching
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.matching import matches
from kb.search.whoosh_index.policy import all_of_them
from kb.search.whoosh_index.shelf import Shelf, StockIndex
from kb.search.whoosh_index.snapshot import Snapshot
from kb.search.whoosh_index.writer import refilling, writing
from tests.search.whoosh_index.corpus import (
    LAYOUT,
    VOCABULARY,
    Doc,
    Oracle,
    add,
    beyond_stock,
    corpora,
    queries,
    thorough,
    write,
)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index", LAYOUT)


def fill(shelf, documents):
    with refilling(shelf) as writer:
        for d in documents:
            add(writer, d)


def found(shelf, query):
    """Give (place among all documents of all parts) → score, gone ones left out."""
    snapshot, first, scores = Snapshot(shelf), 0, {}
    for part, matched in zip(snapshot.parts, matches(snapshot, query), strict=True):
        pairs = zip(matched.documents.tolist(), matched.scores.tolist(), strict=True)
        scores |= {first + document: score for document, score in pairs}
        first += part.segment.count
    return scores


def found_by_stock(shelf, query):
    with StockIndex(shelf).searcher() as searcher:
        return {
            number: score for score, number in searcher.search(query, limit=None).top_n
        }


def close(scores):
    return pytest.approx(scores, rel=1e-6, abs=1e-6)


@given(corpora, st.lists(queries, min_size=1, max_size=5))
@thorough
def test_one_segment_answers_like_the_oracle_and_like_stock_whoosh(
    shelf, documents, asked
):
    fill(shelf, documents)
    for query in asked:
        expected = Oracle(documents).find(query)
        assert found(shelf, query) == close(expected)
        assert found_by_stock(shelf, query) == close(expected)


@pytest.mark.thorough
@given(corpora, st.lists(queries | beyond_stock, min_size=1, max_size=5))
@thorough
def test_long_lists_answer_like_short_ones(shelf, documents, asked):
    fill(shelf, documents)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(matching, "FEW", 0)
        patched.setattr(matching, "SPARSE", 10**6)
        for query in asked:
            assert found(shelf, query) == close(Oracle(documents).find(query))


@pytest.mark.thorough
@given(corpora, beyond_stock)
@thorough
def test_what_stock_whoosh_gets_wrong_is_right(shelf, documents, query):
    fill(shelf, documents)
    assert found(shelf, query) == close(Oracle(documents).find(query))


@pytest.mark.thorough
@given(st.lists(corpora, min_size=1, max_size=4), queries, st.booleans())
@thorough
def test_many_changes_answer_like_stock_whoosh(shelf, changes, query, merging):
    fill(shelf, [])
    for documents in changes:
        write(shelf, documents)
    if merging:
        with writing(shelf, all_of_them):
            pass
    assert found(shelf, query) == close(found_by_stock(shelf, query))


@given(corpora)
@thorough
def test_stock_whoosh_can_read_all_of_it(shelf, documents):
    fill(shelf, documents)
    with StockIndex(shelf).reader() as reader:
        assert reader.doc_count() == reader.doc_count_all() == len(documents)
        held = {word for d in documents for word in (*d.title, *d.body)}
        assert {text.decode() for _, text in reader.all_terms()} == held
        assert set(reader.lexicon(WORDS)) == {word.encode() for word in held}
        for number, d in enumerate(documents):
            assert reader.stored_fields(number) == {}  # fields outside the schema
            length = sum(d.weights().values())
            assert reader.doc_field_length(number, WORDS) == length
        for word in held:
            holders = [n for n, d in enumerate(documents) if word in d.weights()]
            about = reader.term_info(WORDS, word)
            assert about.doc_frequency() == len(holders)
            assert (about.min_id(), about.max_id()) == (holders[0], holders[-1])
            at = reader.postings(WORDS, word)
            assert list(at.all_ids()) == holders
            places = [place for place, w in documents[holders[0]].places() if w == word]
            assert at.value_as("positions") == places


@pytest.mark.thorough
@given(corpora, st.sampled_from(["b", "be", "bean", "x", "é", "ز"]))
@thorough
def test_the_beginning_of_a_word_finds_what_stock_whoosh_finds(shelf, documents, start):
    """All score alike here; stock Whoosh scores one word so and several otherwise."""
    fill(shelf, documents)
    query = wq.Prefix(WORDS, start, boost=1.5)
    assert found(shelf, query) == dict.fromkeys(found_by_stock(shelf, query), 1.5)
    assert found(shelf, query) == Oracle(documents).find(query)


def test_stock_whoosh_corrects_a_typo_on_it(shelf):
    fill(shelf, [Doc(1, ["climbing", "beans"], []), Doc(2, ["maize"], [])])
    with StockIndex(shelf).searcher() as searcher:
        assert searcher.suggest(WORDS, "beens") == ["beans"]
        hits = searcher.search(FuzzyTerm(WORDS, "maiz"))
        assert [hit.docnum for hit in hits] == [1]


def test_a_word_counts_at_most_255_and_still_is_found_in_a_row(shelf):
    long = Doc(1, [], [*["soil"] * 3000, "maize"])
    fill(shelf, [long, Doc(2, [], ["soil"])])
    for query in (wq.Term(WORDS, "soil"), wq.Phrase(WORDS, ["soil", "soil"])):
        assert set(found(shelf, query)) == set(found_by_stock(shelf, query))
    assert found(shelf, wq.Term(WORDS, "soil")) == close(
        Oracle([long, Doc(2, [], ["soil"])]).find(wq.Term(WORDS, "soil"))
    )


def test_a_kind_of_query_that_is_not_known_is_refused(shelf):
    fill(shelf, [Doc(1, VOCABULARY, [])])
    with pytest.raises(TypeError, match="Wildcard is not searched"):
        found(shelf, wq.Wildcard(WORDS, "b*"))
