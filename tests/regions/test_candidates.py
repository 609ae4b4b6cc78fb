import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions.candidates import Candidates
from kb.regions.likeness import Facet, band
from kb.regions.places import Place
from kb.regions.similarity import alike
from tests.regions.drawn import places, some
from tests.regions.eight import EIGHT


@pytest.mark.thorough
@some
@given(places(), st.lists(places(), max_size=6))
def test_all_at_a_stroke_gives_what_one_by_one_gives(place, others):
    compared = Candidates(others).compare(place)
    one_by_one = [alike(place, other) for other in others]
    assert len(compared.scores) == len(others)
    assert np.allclose(
        compared.scores, [x.score for x in one_by_one], rtol=0, atol=1e-9
    )
    coverage = [x.coverage for x in one_by_one]
    assert np.allclose(compared.coverage, coverage, rtol=0, atol=1e-9)
    assert list(compared.climate) == [Facet.CLIMATE in x.facets for x in one_by_one]


def test_the_best_come_first_with_their_reasons():
    names = list(EIGHT)
    found = Candidates(list(EIGHT.values())).best(EIGHT["Beauce"], 3)
    assert [names[i] for i, _ in found] == ["Beauce", "Pampa", "Southern Province"]
    for i, likeness in found:
        assert likeness == alike(EIGHT["Beauce"], EIGHT[names[i]])
        assert likeness.reasons


def test_of_two_that_are_level_the_better_known_goes_first():
    bare, known = Place(climate={"Aw": 1}), Place(climate={"Aw": 1}, ph=5)
    found = Candidates([bare, known, bare]).best(known, 3)
    assert [i for i, _ in found] == [1, 0, 2]


@pytest.mark.parametrize("name", EIGHT)
def test_bands_are_those_of_the_plain_function(name):
    candidates = Candidates([*EIGHT.values(), Place(), Place(soil={"LX": 1})])
    compared = candidates.compare(EIGHT[name])
    for i, other in enumerate(candidates.places):
        assert compared.band(i) is band(alike(EIGHT[name], other))


def test_no_candidates_and_nothing_known_are_no_error():
    assert Candidates([]).best(EIGHT["Riau"], 5) == []
    assert len(Candidates([])) == 0
    compared = Candidates([Place(), EIGHT["Riau"]]).compare(Place())
    assert list(compared.scores) == [0, 0]
    assert list(compared.coverage) == [0, 0]
