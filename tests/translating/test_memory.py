"""What was said before is found again, in its pair of languages, while it is public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.record.models import Status
from kb.search.thesaurus import Thesaurus
from kb.translating.memory import Remembered, left_behind, refill, remember, suggestions
from kb.translating.models import MemoryBand, MemoryUnit
from kb.translating.signature import BANDS, bands_of, words_of
from kb.translating.terms import Term, terms_in
from kb.vocabulary.thesaurus_lookups import NamedConcept
from kb.worker import remember_translations
from tests.translating.house import COMMENT, HOW, Team

LONG = "Dig small pits along the line before the rains and put manure in each of them."


@pytest.fixture
def team(session):
    return Team(session)


def unit(team, source, words, *, field="x", state="reviewed", language="fr"):
    return Remembered(
        record_id=team.record.id,
        source_language="en",
        language=language,
        field=field,
        source=source,
        words=words,
        state=state,
    )


def found(team, source, field="how", pair=("en", "fr"), record_id=0):
    return suggestions(team.session, pair, {field: source}, record_id).get(field, [])


def test_what_was_accepted_is_found_for_the_same_words_elsewhere(team):
    team.hand_in(how=COMMENT)
    team.accept("how")
    one = found(team, HOW)[0]
    assert (one.words, one.alike, one.state) == (COMMENT, 100, "reviewed")
    assert one.ref == team.record.ref
    (sentence,) = found(team, "Dig pits 25 cm deep.")
    assert sentence.words == "Creusez des trous de 25 cm."
    assert found(team, HOW, pair=("en", "es")) == []
    assert found(team, HOW, record_id=team.record.id) == []


def test_what_is_alike_says_how_much(team):
    remember(team.session, [unit(team, LONG, "Creusez de petits trous.")])
    (one,) = found(team, LONG.replace("manure", "compost"))
    assert (one.source, 90 <= one.alike < 100) == (LONG, True)
    assert found(team, "Nothing of all that is meant here by anybody.") == []


def test_reviewed_words_come_before_those_of_a_machine(team):
    remember(
        team.session,
        [
            unit(team, LONG, "Machine", field="a", state="machine-drafted"),
            unit(team, LONG, "Human", field="b"),
        ],
    )
    assert [one.words for one in found(team, LONG)] == ["Human", "Machine"]


def test_what_is_not_public_is_not_suggested(team):
    remember(team.session, [unit(team, LONG, "Creusez.")])
    team.record.status = Status.WITHDRAWN
    team.session.flush()
    assert found(team, LONG) == []


def test_the_worker_remembers_what_was_published(either):
    with either.office.database.writing() as session:
        team = Team(session)
        session.commit()
    sessions = either.office.database.writing
    assert remember_translations(sessions) == 1
    assert remember_translations(sessions) == 0
    with sessions() as session:
        assert left_behind(session) == []
        assert session.query(MemoryUnit).count() == 3
        refill(session, team.record.id)
        assert session.query(MemoryUnit).count() == 3
        assert session.query(MemoryBand).count() <= 3 * BANDS


WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1)


@given(WORDS)
def test_the_same_words_have_the_same_numbers(words):
    text = " ".join(words)
    assert len(bands_of(text, "en")) == BANDS
    assert bands_of(text, "en") == bands_of(text.upper(), "en")
    assert not set(bands_of(text, "en")) & set(bands_of(text, "es"))


def test_a_text_without_spaces_has_words():
    assert words_of("挖25厘米") == ["挖", "25", "厘", "米"]
    assert bands_of("…", "en") == []


def test_terms_are_those_with_a_name_in_the_language():
    concepts = [
        NamedConcept("compost", {"en": ("compost",), "fr": ("compost", "terreau")}),
        NamedConcept("zai", {"en": ("planting pit",)}),
    ]
    found = terms_in(Thesaurus(concepts), "Put compost in a planting pit", "en", "fr")
    assert found == [Term("compost", ("compost", "terreau"), "")]


@pytest.mark.parametrize("same", [8, 9])
def test_texts_share_as_many_numbers_as_reckoned(same):
    """Of a text with eight of its ten words, 0.8 to the fourth are shared."""
    shares = []
    for start in range(0, 400, 20):
        words = [f"word{start + n}" for n in range(10)]
        one, other = (set(bands_of(" ".join(x), "")) for x in (words, words[:same]))
        shares.append(len(one & other) / BANDS)
    assert abs(sum(shares) / len(shares) - (same / 10) ** 4) < 0.1
