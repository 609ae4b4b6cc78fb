import pytest
from hypothesis import given

from kb.errors import NotValid
from kb.regions.axes import Rain
from kb.regions.places import RANGES, Place, Provenance
from kb.regions.soil import BEHAVIOUR, Behaviour
from tests.regions.drawn import FIGURES, places, some


def test_nothing_may_be_known():
    place = Place()
    assert place.axes == (None, None, None)
    assert place.soil_behaviour is None
    assert place == Place()


def test_shares_are_made_to_sum_to_one():
    place = Place(climate={"BSh": 40, "Aw": 9, "Cfb": 0}, soil={"AR": 0.5, "LX": 1.5})
    assert place.climate == {"BSh": pytest.approx(40 / 49), "Aw": pytest.approx(9 / 49)}
    assert place.soil == {"AR": 0.25, "LX": 0.75}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("climate", {"Ocean": 1}),
        ("climate", {"BSh": -0.1, "Aw": 1}),
        ("climate", {"BSh": float("nan")}),
        ("climate", {"BSh": 0}),
        ("soil", {"XX": 1}),
        ("soil", {"AR": float("inf")}),
        ("land_use", "golf"),
        ("heat", 7),
        ("wetness", -1),
        ("mat_c", float("nan")),
        ("map_mm", -5),
        ("ph", 15),
        ("clay_percent", 101),
        ("altitude_m", 9001),
        ("slope_percent", float("inf")),
        ("behaviour", Behaviour(0, 0, 0, 0, 0, 0, 2)),
        ("provenance", {"ph": Provenance.USER}),
        ("provenance", {"shoe_size": Provenance.USER}),
    ],
)
def test_what_cannot_be_is_refused_and_named(part, value):
    with pytest.raises(NotValid) as refused:
        Place(**{part: value})
    assert list(refused.value.problems) == [part]


def test_everything_wrong_is_named_at_once():
    with pytest.raises(NotValid) as refused:
        Place(ph=-1, land_use="golf", climate={"Ocean": 1})
    assert set(refused.value.problems) == {"ph", "land_use", "climate"}


def test_every_figure_has_a_range():
    assert {"heat", "wetness", *FIGURES} == set(RANGES)


def test_what_a_person_said_goes_before_the_map():
    place = Place.known(Provenance.MAP, climate={"Csa": 1}).but(
        Provenance.USER, heat=3.0, rain=Rain.ALL_YEAR
    )
    assert place.axes == (3.0, 1.7, Rain.ALL_YEAR)
    assert place.provenance == {"climate": "map", "heat": "user", "rain": "user"}


def test_a_new_climate_takes_the_old_axes_away():
    said = Place.known(Provenance.USER, heat=3.0, wetness=1.0, rain=Rain.WINTER)
    mapped = said.but(Provenance.ADMIN_RASTER, climate={"Aw": 1})
    assert mapped.axes == (6.0, 2.3, Rain.SUMMER)
    assert mapped.provenance == {"climate": "admin-raster"}


def test_a_new_soil_takes_the_old_behaviour_away():
    felt = Place.known(Provenance.USER, behaviour=BEHAVIOUR["AR"])
    assert felt.soil_behaviour == BEHAVIOUR["AR"]
    mapped = felt.but(Provenance.MAP, soil={"VR": 1})
    assert mapped.soil_behaviour == BEHAVIOUR["VR"]
    assert mapped.provenance == {"soil": "map"}


def test_a_part_can_be_taken_away_again():
    place = Place.known(Provenance.USER, ph=6.5, land_use="paddy")
    assert place.but(Provenance.USER, ph=None, land_use="") == Place()


def test_a_place_does_not_change():
    shares = {"AR": 1.0}
    place = Place(soil=shares)
    shares["VR"] = 1.0
    assert place.soil == {"AR": 1.0}
    with pytest.raises(TypeError):
        place.soil["VR"] = 1.0
    with pytest.raises(AttributeError):
        place.ph = 7


@some
@given(places())
def test_certainties_are_within_bounds(place):
    assert 0 <= place.climate_certainty <= 1 + 1e-9
    assert 0 <= place.soil_certainty <= 1 + 1e-9
