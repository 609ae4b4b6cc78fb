from itertools import product

import pytest

from kb.errors import NotValid
from kb.regions.axes import Rain
from kb.regions.places import Place, Provenance
from kb.regions.questions import HEAT, QUESTIONS, SOIL, WETNESS, place_from

IDS = {q.id: [a.id for a in q.answers] for q in QUESTIONS}


def test_there_are_four_questions_and_every_answer_is_understood():
    assert list(IDS) == ["frost", "months", "rain", "soil"]
    assert (IDS["frost"], IDS["months"]) == (list(HEAT), list(WETNESS))
    assert IDS["soil"] == list(SOIL)
    assert all(Rain(answer) for answer in IDS["rain"])


def test_the_answers_set_the_axes_without_naming_a_climate():
    place = place_from(
        {"frost": "never", "months": "semi_arid", "rain": "summer", "soil": "sand"},
        land_use="crop_livestock",
    )
    assert place.axes == (6.0, 1.0, Rain.SUMMER)
    assert place.climate == {}
    assert max(place.soil, key=place.soil.get) == "AR"
    assert set(place.provenance.values()) == {Provenance.USER}
    assert set(place.provenance) == {"heat", "wetness", "rain", "soil", "land_use"}


def test_every_set_of_answers_gives_a_place():
    for chosen in product(*([*answers, ""] for answers in IDS.values())):
        assert isinstance(place_from(dict(zip(IDS, chosen, strict=True))), Place)


def test_what_is_skipped_stays_unknown():
    assert place_from({}) == Place()
    assert place_from({"frost": ""}).axes == (None, None, None)


@pytest.mark.parametrize(
    ("answers", "land_use", "field"),
    [
        ({"frost": "hot"}, "", "frost"),
        ({"rain": "unmarked"}, "", "rain"),
        ({"wind": "never"}, "", "wind"),
        ({}, "golf", "land_use"),
    ],
)
def test_an_unknown_answer_is_named(answers, land_use, field):
    with pytest.raises(NotValid) as refused:
        place_from(answers, land_use)
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize(
    ("answer", "axis", "least"),
    [("cracking_clay", "clay", 0.7), ("peat", "organic", 0.7)],
)
def test_the_feel_of_the_soil_says_what_it_does(answer, axis, least):
    assert getattr(place_from({"soil": answer}).soil_behaviour, axis) > least


def test_a_stony_soil_roots_least_deeply():
    depth = {a: place_from({"soil": a}).soil_behaviour.rooting for a in IDS["soil"]}
    assert min(depth, key=depth.get) == "stony"
