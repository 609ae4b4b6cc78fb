"""Whoever asks in one language finds what is written in any: with the real seeds."""

from dataclasses import replace

import pytest

from kb.language import INTERFACE
from kb.search.document import Query
from kb.search.meaning import understood
from kb.search.service import search
from kb.search.thesaurus import read_thesaurus

EVERY = 10
"""Of how many concepts one is tried."""
ALL = 10_000


@pytest.fixture(scope="module")
def house(houses):
    return houses.house("sqlite", "seeded")


@pytest.fixture(scope="module")
def thesaurus(house):
    with house.office.database.reading() as session:
        return read_thesaurus(session)


@pytest.fixture(scope="module")
def speaking(house):
    """Concept → the records with a text that speaks of it or of a narrower one."""
    found = {}
    for part in house.office.index._open().parts:
        segment = part.segment
        for number in range(segment.find(b"#"), segment.find(b"$")):
            code, documents = (
                segment.term(number)[1:].decode(),
                segment.postings(number),
            )
            found.setdefault(code, set()).update(segment.groups[documents[0]].tolist())
    return found


def found_by(house, thesaurus, words, language):
    query = understood(Query(words, language, per_page=ALL), thesaurus)
    return {hit.record_id for hit in house.office.index.find(query).hits}


def test_the_seeds_speak_of_most_concepts(thesaurus, speaking):
    assert len(thesaurus.concepts) >= 250
    assert set(speaking) <= set(thesaurus.concepts)
    assert len(speaking) > len(thesaurus.concepts) / 2


@pytest.mark.parametrize("language", INTERFACE)
def test_the_name_of_a_concept_finds_every_record_that_speaks_of_it(
    house, thesaurus, speaking, language
):
    tried = sorted(speaking)[::EVERY]
    assert len(tried) >= 30
    for code in tried:
        name = thesaurus.concepts[code].name(language)
        came = found_by(house, thesaurus, name, language)
        assert speaking[code] <= came, (code, name, speaking[code] - came)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("cover crops", "en"),
        ("culture de couverture", "fr"),
        ("plantes de couverture", "en"),
        ("cultivos de cobertura", "es"),
        ("محاصيل التغطية", "ar"),
        ("mazao funika", "sw"),
        ("आवरण फसल", "hi"),
        ("覆盖作物", "zh"),
    ],
)
def test_a_practice_is_near_the_top_in_whatever_language_it_is_named(
    house, thesaurus, words, language
):
    with house.office.database.reading() as session:
        query = Query(words, language)
        shown = search(session, house.office.index, query, thesaurus=thesaurus).shown
    first = {one.record.ref: one.text.language for one in shown[:5]}
    assert first["P-1"] == language


def test_words_for_what_was_meant_are_marked_in_the_language_shown(house, thesaurus):
    with house.office.database.reading() as session:
        query = Query("mazao funika", "fr", per_page=50)
        results = search(session, house.office.index, query, thesaurus=thesaurus)
    assert results.total > 5
    french = [one for one in results.shown if one.text.language == "fr"]
    marked = {
        piece.words.casefold()
        for one in french
        for piece in one.title + one.summary + one.excerpt
        if piece.marked
    }
    assert "cultures de couverture" in marked
    (practice,) = [one for one in french if one.record.ref == "P-1"]
    assert not practice.found_elsewhere


@pytest.mark.thorough
def test_a_broader_name_finds_the_narrower_thing_but_not_the_other_way(
    house, thesaurus, speaking
):
    narrow = found_by(house, thesaurus, "faidherbia", "fr")
    wide = found_by(house, thesaurus, "agroforesterie", "fr")
    assert speaking["faidherbia_parkland"] <= wide
    assert len(narrow) < len(wide)


def test_what_a_thesaurus_adds_is_never_lost_words(house, thesaurus):
    for words, language in [
        ("erosion", "en"),
        ("compost fumier", "fr"),
        ("حراثة", "ar"),
    ]:
        plain = Query(words, language, per_page=ALL)
        bare = {hit.record_id for hit in house.office.index.find(plain).hits}
        assert bare <= found_by(house, thesaurus, words, language)
        quoted = replace(plain, words=f'"{words}"')
        assert understood(quoted, thesaurus) == quoted
