"""What counts beside the words, and by how much."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.boosts import Beside, Boosts, by_age
from kb.search.document import Compared, Query
from kb.search.memory_index import MemoryIndex
from kb.search.service import search
from tests.search.test_every_index import doc

TODAY = date(2026, 11, 23)


def known(kind="practice", level=-1, published=""):
    facets = {"evidence": [f"E{level}"]} if level >= 0 else {}
    return replace(doc(1, "en", "x", kind=kind, **facets), published=published)


class Near:
    """A place to which one record is just like, one is unlike and one says nothing."""

    def score(self, record_id):
        return {1: 1.0, 2: 0.0}.get(record_id)


@pytest.mark.parametrize(
    ("words", "one", "expected"),
    [
        ("compost", known(), Boosts(kind=1.1)),
        ("compost", known("story"), Boosts()),
        ("how to compost", known(), Boosts(kind=1.2)),
        ("why compost", known(), Boosts()),
        ("why compost", known("answer"), Boosts(kind=1.2)),
        ("compost", known("story", 0), Boosts()),
        ("compost", known("story", 5), Boosts(evidence=1.075)),
        ("compost", known("story", published="2026-11-23"), Boosts(fresh=1.05)),
        ("compost", known("story", published="2016-11-23"), Boosts()),
        ("", known("practice", 5, "2026-11-23"), Boosts()),
    ],
)
def test_each_reason_has_its_number(words, one, expected):
    assert Beside(words, today=TODAY).boosts(one) == pytest.approx(expected)


def test_a_place_counts_from_half_to_one_and_a_half():
    beside = Beside("", Near(), TODAY)
    weights = beside.weights(Compared([1, 2, 3], ["story"] * 3, [-1] * 3, [0] * 3))
    assert weights == [1.5, 0.5, 1.0]


@given(
    st.sampled_from(["", "2026-11-01", "2024-02-29", "2030-01-01", "1990-01-01"]),
    st.sampled_from(["practice", "story", "answer", "else"]),
    st.integers(-1, 5),
    st.sampled_from(["", "why", "how to", "who", "price", "soil"]),
)
def test_all_stay_small_and_are_the_product_of_their_reasons(day, kind, level, words):
    beside, one = Beside(words, today=TODAY), known(kind, level, day)
    compared = Compared([1], [kind], [one.evidence_level], [one.last_day])
    (weight,) = beside.weights(compared)
    assert weight == beside.boosts(one).together
    assert 1 <= weight < 1.36


@pytest.mark.parametrize("day", [0, 20261301, 20260230, 99])
def test_what_is_no_day_counts_nothing(day):
    assert by_age(day, TODAY) == 1


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_the_older_the_less_it_counts(day):
    number = int(f"{day:%Y%m%d}")
    older = int(f"{day.replace(year=day.year - 1, day=1):%Y%m%d}")
    assert 1 <= by_age(older, TODAY) <= by_age(number, TODAY) <= 1.05


def test_search_puts_the_kind_that_is_asked_for_first(session):
    index = MemoryIndex()
    index.put([doc(2, "en", "Compost", kind="story")])
    index.put([doc(1, "en", "Compost", kind="answer")])
    found = {
        words: [h.kind for h in search(session, index, Query(words)).found.hits]
        for words in ("why compost", "compost")
    }
    assert found == {"why compost": ["answer", "story"], "compost": ["story", "answer"]}
