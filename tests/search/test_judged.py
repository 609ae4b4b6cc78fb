"""The judged queries are whole, and what is made of them is reckoned rightly."""

import re
from collections import Counter
from functools import partial
from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.folding import fold
from kb.language import INTERFACE
from kb.regions.spelling import slips
from kb.search.document import Document
from kb.search.thesaurus import read_thesaurus
from kb.settings import ROOT
from tests.bench.search.fts5 import Fts5
from tests.bench.search.judged import ASKS, FOLDER, LANGUAGES, SPLITS, judged
from tests.bench.search.metrics import ndcg, recall, reciprocal_rank
from tests.bench.search.names import with_slips
from tests.bench.search.quality import ours, share

ANSWERS = {"P-1": 3, "P-2": 2, "A-1": 1}


@pytest.fixture(scope="module")
def folders():
    """Ref → the folder of its seeds."""
    found = {}
    for path in (ROOT / "seeds").glob("*/*/record.yaml"):
        ref = re.match(r"ref: (\S+)", path.read_text("utf-8")).group(1)
        found[ref] = path.parent.name
    return found


@pytest.fixture(scope="module")
def every():
    return {language: judged(language) for language in LANGUAGES}


def test_five_languages_of_the_interface_are_judged(every):
    assert set(LANGUAGES) == {"ar", "en", "es", "fr", "pt"} <= set(INTERFACE)
    assert all(len(queries) >= 26 for queries in every.values())
    assert sum(map(len, every.values())) >= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_query_is_asked_once_and_has_an_answer_just_as_meant(every, language):
    asked = Counter(fold(one.query) for one in every[language])
    assert max(asked.values()) == 1
    for one in every[language]:
        assert 3 in one.answers.values(), one.query
        assert set(one.answers.values()) <= {1, 2, 3}, one.query
        assert one.asks in ASKS, one.query


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_query_is_held_back(every, language):
    given_splits = [one.split for one in every[language]]
    assert given_splits == list(islice(cycle(SPLITS), len(given_splits)))


def test_answers_are_records_of_the_seeds_and_every_practice_is_one(every, folders):
    wanted = {
        ref for queries in every.values() for one in queries for ref in one.answers
    }
    assert wanted <= set(folders)
    assert {ref for ref in folders if ref.startswith("P-")} <= wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_beside_a_ref_is_that_of_its_folder(folders, language):
    text = (FOLDER / f"{language}.yaml").read_text("utf-8")
    named = re.findall(r"^    (\S+): \d  # (\S+)$", text, flags=re.M)
    assert len(named) == text.count("\n    ")
    assert all(folders[ref] == name for ref, name in named)


def test_gain_falls_with_the_place():
    came = ["P-2", "P-1", "P-9"]
    assert ndcg(ANSWERS, came) == pytest.approx(
        (3 + 4.4165) / (7 + 1.8928 + 0.5), abs=1e-4
    )
    assert ndcg(ANSWERS, ["P-9", "P-8", "A-1"]) == pytest.approx(0.5 / 9.3928, abs=1e-4)
    assert ndcg(ANSWERS, []) == 0


def test_gain_counts_no_place_beyond_the_first():
    eleven = [f"S-{n}" for n in range(10)] + ["P-1"]
    assert ndcg(ANSWERS, eleven) == 0
    many = {f"P-{n}": 3 for n in range(20)}
    assert ndcg(many, list(many)[5:15]) == pytest.approx(1)


@settings(max_examples=20)
@given(st.dictionaries(st.integers(0, 30), st.integers(1, 3), min_size=1), st.data())
def test_no_order_is_better_than_by_grade(answers, data):
    came = data.draw(st.permutations(list(answers)))
    by_grade = sorted(came, key=lambda ref: -answers[ref])
    assert 0 < ndcg(answers, came) <= ndcg(answers, by_grade) + 1e-12
    assert ndcg(answers, by_grade) == pytest.approx(1)


def test_recall_counts_only_what_was_meant_and_no_more_than_there_is_room_for():
    assert recall(ANSWERS, ["P-2", "A-1", "P-1"]) == 1
    assert recall(ANSWERS, ["P-2", "A-1", "P-9", "P-1"]) == 0
    assert recall({"P-1": 3, "P-2": 3, "P-3": 2}, ["P-3", "P-2", "P-9"]) == 0.5
    assert recall(dict.fromkeys("abcde", 3), ["a", "x", "b"]) == pytest.approx(2 / 3)


def test_rank_is_that_of_the_first_good_answer():
    assert reciprocal_rank(ANSWERS, ["P-9", "A-1", "P-2"]) == pytest.approx(1 / 3)
    assert reciprocal_rank(ANSWERS, ["A-1"]) == 0


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Half-moons (semi-circular bunds)", "en"),
        ("Bandes enherbées (vétiver et bandes naturelles)", "fr"),
        ("الأحواض الهلالية", "ar"),
        ("прямой посев", "ru"),
        ("abcde", "en"),
    ],
)
def test_slips_are_the_same_every_time_and_one_each(name, language):
    slipped = with_slips(name, language)
    assert len(set(slipped)) == 3
    assert slipped == with_slips(name, language)
    assert all(slips(name, wrong, 2) == 1 for wrong in slipped)


@pytest.mark.parametrize(
    ("name", "language"), [("zaï", "fr"), ("保护性耕作技术", "zh")]
)
def test_no_slip_is_made_where_no_word_is_long_enough(name, language):
    assert with_slips(name, language) == []


def test_the_peer_finds_a_record_once_and_takes_any_words():
    peer = Fts5(
        Document(1, "P-20", "practice", language, "en", title, (("tassa", "ha"),))
        for language, title in (("en", "Zai pits"), ("fr", "Cuvettes zaï"))
    )
    assert peer.find("zai") == peer.find('"TASSA" OR nothing*') == ["P-20"]
    assert peer.find("?!") == []


def test_what_is_measured_is_what_the_results_page_gives(houses):
    house = houses.house("sqlite", "seeded")
    with house.office.database.reading() as session:
        thesaurus = read_thesaurus(session)
        names = [("en", "Zai planting pits", ref) for ref in ("P-20", "P-0")]
        ask = partial(ours, session, house.office, thesaurus)
        assert share(ask, names) == 0.5
