import pytest

from kb.regions.likeness import (
    BAND_WORDS,
    WORDS,
    Band,
    Degree,
    Facet,
    Likeness,
    band,
    degree,
    weakened,
)


def likeness(score, coverage, *, climate=True):
    facets = {Facet.CLIMATE: score} if climate else {Facet.SOIL: score}
    return Likeness(score, coverage, facets, ())


@pytest.mark.parametrize(
    ("score", "coverage", "climate", "shown"),
    [
        (0.9, 1.0, True, Band.VERY_LIKE),
        (0.8, 0.7, True, Band.VERY_LIKE),
        (0.9, 0.69, True, Band.LIKE),
        (0.79, 1.0, True, Band.LIKE),
        (0.65, 0.35, True, Band.LIKE),
        (0.9, 0.34, True, Band.PARTLY_LIKE),
        (0.5, 0.15, True, Band.PARTLY_LIKE),
        (0.9, 0.14, True, Band.NONE),
        (0.49, 1.0, True, Band.NONE),
        (1.0, 0.55, False, Band.PARTLY_LIKE),
        (0.0, 0.0, False, Band.NONE),
    ],
)
def test_a_band_needs_a_score_and_enough_known(score, coverage, climate, shown):
    assert band(likeness(score, coverage, climate=climate)) is shown


@pytest.mark.parametrize(
    ("score", "coverage", "climate", "said"),
    [
        (0.9, 0.9, True, False),
        (0.9, 0.5, True, True),
        (0.7, 0.5, True, False),
        (0.7, 0.5, False, True),
        (0.3, 0.1, False, False),
    ],
)
def test_it_is_said_when_too_little_is_known(score, coverage, climate, said):
    assert weakened(likeness(score, coverage, climate=climate)) is said


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, "same"),
        (0.95, "same"),
        (0.8, "very_similar"),
        (0.6, "similar"),
        (0.4, "partly"),
        (0.39, "different"),
        (0, "different"),
    ],
)
def test_degrees(value, word):
    assert degree(value) is Degree(word)


def test_every_band_has_words():
    assert set(BAND_WORDS) == set(Band)


def test_every_facet_has_words_for_every_degree():
    for facet in Facet:
        assert set(WORDS[facet.value]) == set(Degree)
