"""What a reader said about her land, there and back, and what becomes of it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotValid
from kb.regions import field_key, questions
from kb.regions.atlas import Point
from kb.regions.land_use import LAND_USES
from kb.regions.places import Provenance
from kb.regions.said import (
    FARTHEST,
    LONGEST,
    LONGEST_NAME,
    Said,
    place_of,
    read,
    without,
)


class Sahel:
    def climate_at(self, point):
        return {"BSh": 0.8, "Aw": 0.2}

    def climate_within(self, point, reach, country):
        return {"BSh": 0.5, "BWh": 0.5}

    def soil_at(self, point):
        return {}

    def figures_at(self, point):
        return {}


class Surveyed(Sahel):
    """With maps that an administrator loaded."""

    def soil_at(self, point):
        return {"VR": 0.6, "LX": 0.4}

    def figures_at(self, point):
        return {"map_mm": 640.0, "ph": 6.1}


def answers(asked):
    return st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from([a.id for a in q.answers]) for q in asked}
    )


everything = st.builds(
    Said,
    point=st.none()
    | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180, exclude_max=True)),
    reach=st.floats(0, 100),
    name=st.text(max_size=200),
    country=st.sampled_from(["", "BF", "FR"]),
    land_use=st.sampled_from(["", *LAND_USES]),
    simple=answers(questions.QUESTIONS),
    key=answers(field_key.QUESTIONS),
)


@given(everything)
def test_what_was_said_is_read_again(said):
    written = said.written()
    assert written.isascii()
    assert len(written) <= LONGEST
    assert read(written) == said


@given(st.text(max_size=300))
def test_what_was_written_elsewhere_is_refused_or_harmless(text):
    with suppress(NotValid):
        place_of(read(text), Sahel())


def test_a_point_is_kept_to_a_tenth_of_a_degree():
    said = Said(point=Point(13.56789, -2.41234))
    assert said.point == Point(13.6, -2.4)
    assert "13.567" not in said.written()
    assert Said(point=Point(10, 179.97)).point == Point(10, -180)


def test_a_country_or_district_is_known_less_well():
    rough = Said(point=Point(13.6, -2.4), reach=1.23, country="BF")
    assert rough.reach == 1.2
    assert place_of(rough, Sahel()).climate == {"BSh": 0.5, "BWh": 0.5}
    assert Said(reach=3).reach == 0
    assert Said(point=Point(0, 0), reach=1e9).reach == FARTHEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"land_use": "golf"},
        {"simple": {"frost": "maybe"}},
        {"simple": {"snow": "never"}},
        {"key": {"feel": "soft"}},
    ],
)
def test_an_answer_that_does_not_exist_is_refused(wrong):
    with pytest.raises(NotValid):
        Said(**wrong)


def test_too_much_is_refused():
    with pytest.raises(NotValid):
        read("name=" + "a" * LONGEST)
    assert len(Said(name="a" * 999).name) == LONGEST_NAME


def test_the_map_tells_the_climate_and_she_may_correct_it():
    said = Said(point=Point(13.6, -2.4), simple={"months": "arid"})
    place = place_of(said, Sahel())
    assert place.climate == {"BSh": 0.8, "Aw": 0.2}
    heat, wetness, _rain = place.axes
    assert heat == pytest.approx(0.8 * 5.5 + 0.2 * 6)
    assert wetness == questions.WETNESS["arid"]
    assert place.provenance["climate"] is Provenance.MAP
    assert place.provenance["wetness"] is Provenance.USER


def test_the_soil_key_goes_before_the_simple_question():
    simple = Said(simple={"soil": "sand"})
    both = Said(simple={"soil": "sand"}, key={"feel": "clay", "cracks": "yes"})
    soils = [place_of(said, Sahel()).soil for said in (simple, both)]
    assert [max(soil, key=soil.get) for soil in soils] == ["AR", "VR"]
    assert place_of(Said(land_use="paddy"), Sahel()).soil == {}


def test_loaded_maps_tell_soil_and_figures_and_answers_go_on_top():
    here = Said(point=Point(13.6, -2.4))
    place = place_of(here, Surveyed())
    assert place.soil == {"VR": 0.6, "LX": 0.4}
    assert (place.map_mm, place.ph) == (640.0, 6.1)
    assert place.provenance["soil"] is Provenance.ADMIN_RASTER
    asked = place_of(Said(point=here.point, key={"cracks": "no"}), Surveyed())
    assert asked.provenance["soil"] is Provenance.USER
    assert asked.soil["VR"] < 0.2 < asked.soil["LX"]
    assert asked.soil["LX"] > place_of(Said(key={"cracks": "no"}), Sahel()).soil["LX"]


@pytest.mark.parametrize("part", ["point", "land_use", "simple", "key"])
def test_each_part_can_be_taken_back(part):
    whole = Said(
        point=Point(1, 2),
        reach=0.5,
        name="Here",
        country="BF",
        land_use="paddy",
        simple={"frost": "never"},
        key={"feel": "sand"},
    )
    left = without(whole, part)
    assert not getattr(left, part)
    assert left.name == ("" if part == "point" else "Here")
    assert left.reach == (0 if part == "point" else 0.5)
    assert left


def test_nothing_said_is_nothing():
    assert not Said()
    assert not read("")
    with pytest.raises(NotValid):
        without(Said(), "all")
