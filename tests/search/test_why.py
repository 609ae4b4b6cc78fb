"""Why a result stands where it does: in words, and in points that add up."""

from dataclasses import replace
from random import Random

import pytest

from kb.search.boosts import Beside, beside
from kb.search.document import Query
from kb.search.documents import Records, annotated
from kb.search.meaning import understood
from kb.search.memory_index import MemoryIndex
from kb.search.service import search
from kb.search.thesaurus import read_thesaurus
from kb.search.why import why
from tests.bench.search.judged import LANGUAGES, judged
from tests.search.named import THESAURUS
from tests.search.test_every_index import doc

PITS = replace(
    doc(3, "en", "Planting pits", "Pits hold runoff. The crust of a pit breaks."),
    summary="A pit for each plant.",
    facets={"evidence": ("E4",)},
    assessed="2026-11-20",
)
TEXTS = [annotated(d, THESAURUS) for d in [PITS, doc(4, "en", "Crops", "A pit.")]]


def told(words, beside=None, texts=TEXTS):
    index = MemoryIndex()
    index.put(texts)
    query = understood(Query(words), THESAURUS)
    return why(index, query, [d for d in texts if d.record_id == 3], beside).get(3)


FIELDS = {"pit": ("title", "summary", "body"), "plant": ("title", "summary")}


def test_a_word_is_told_field_by_field_as_it_was_typed():
    reasons = told("pit plant").reasons
    places = {(r.sort, r.said, r.field): r.points for r in reasons}
    assert set(places) == {
        ("word", word, field) for word in ("pit", "plant") for field in FIELDS[word]
    }
    assert places["word", "pit", "summary"] > places["word", "pit", "body"] > 0


def test_a_word_that_was_mended_in_the_query_is_told_as_the_text_has_it():
    assert {r.said for r in told('"planting pits"').reasons} == {"planting pits"}
    assert told('"planting pits"').reasons[0].field == "title"


def test_what_the_words_mean_is_one_line():
    sorts = [(r.sort, r.said) for r in told("crust").reasons]
    assert ("concept", "crusting") in sorts
    assert len(sorts) == len(set(sorts))


def test_what_counts_beside_the_words_comes_last_and_all_adds_up():
    plain, more = told("pit"), told("pit", Beside("pit"))
    assert [r.sort for r in more.reasons[-3:]] == ["kind", "evidence", "fresh"]
    assert more.reasons[: len(plain.reasons)] == plain.reasons
    assert more.score > plain.score
    assert sum(map(more.share, more.reasons)) == pytest.approx(1)


def test_what_was_not_found_is_not_explained():
    assert told("zzz") is None


@pytest.mark.thorough
def test_shares_of_the_seeds_add_up_to_what_results_are_ordered_by(houses):
    house = houses.house("sqlite", "seeded")
    database, index = house.office.database, house.office.index
    every = [one for language in LANGUAGES for one in judged(language)]
    with database.reading() as session:
        thesaurus = read_thesaurus(session)
        for one in Random(1).sample(every, 5):
            asked = Query(one.query, one.language)
            results = search(session, index, asked, thesaurus=thesaurus)
            ids = [hit.record_id for hit in results.found.hits]
            documents = Records(database.reading).documents(ids)
            more = beside(results.searched, None)
            found = why(index, results.searched, documents, more)
            scores = [found[record_id].score for record_id in ids]
            assert scores == sorted(scores, reverse=True)
            for hit in results.found.hits:
                this = found[hit.record_id]
                points = sum(reason.points for reason in this.reasons)
                assert points == pytest.approx(this.score, rel=1e-5)
                told_beside = {"kind", "evidence", "fresh"}
                words = [r.points for r in this.reasons if r.sort not in told_beside]
                assert sum(words) == pytest.approx(hit.score, rel=1e-5)
