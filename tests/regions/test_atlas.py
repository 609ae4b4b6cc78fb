"""What the atlas says of places that people know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import NotValid, Unavailable
from kb.regions.atlas import CLIMATE_MAP, checked_point, is_built, open_atlas
from kb.regions.climate import climates
from tests.regions.members import CAPITALS, FAR_ISLANDS, read
from tests.regions.towns import CITIES, FARMING_TOWNS, MONSOON_TOWNS


def classes(atlas, towns):
    """Give for each town its name, the class found, and those expected."""
    for name, latitude, longitude, first, others in towns:
        found = atlas.class_at(checked_point(latitude, longitude))
        yield name, found, first, {first, *others}


@pytest.mark.parametrize(
    ("towns", "first", "accepted"), [(CITIES, 34, 40), (FARMING_TOWNS, 33, 38)]
)
def test_known_towns_have_their_climate(atlas, towns, first, accepted):
    found = list(classes(atlas, towns))
    assert len(found) == 40
    assert sum(code == expected for _n, code, expected, _o in found) >= first
    assert sum(code in others for _n, code, _f, others in found) >= accepted
    for name, code, _first, others in found:
        assert code[0] in {other[0] for other in others}, name


def test_where_the_monsoon_rains_summers_are_not_dry(atlas):
    found = list(classes(atlas, MONSOON_TOWNS))
    assert len(found) == 9
    assert [name for name, code, _f, others in found if code not in others] == [
        "Jabalpur"
    ]
    for name, code, _first, _others in found:
        assert "s" not in code, name


@pytest.mark.parametrize(
    ("where", "latitude", "longitude"),
    [("Natal", -5.79, -35.21), ("Jaffna", 9.66, 80.02), ("Mombasa", -4.05, 39.67)],
)
def test_where_summers_are_dry_indeed_they_stay_so(atlas, where, latitude, longitude):
    assert "As" in atlas.climate_at(checked_point(latitude, longitude)), where


def test_all_member_states_are_there():
    codes = [code for code, _name, _up, _across in read(CAPITALS)]
    assert len(codes) == len(set(codes)) == 193


@pytest.mark.parametrize("listed", [CAPITALS, FAR_ISLANDS], ids=["capitals", "islands"])
def test_every_member_state_has_its_country_and_a_climate(atlas, listed):
    for code, name, latitude, longitude in read(listed):
        point = checked_point(latitude, longitude)
        assert atlas.country_at(point) == code, name
        assert set(atlas.climate_at(point)) & set(climates()), name


degrees = st.integers(-90 * 64, 90 * 64).map(lambda part: part / 64)
around = st.integers(-180 * 64, 180 * 64).map(lambda part: part / 64)


@settings(max_examples=60, deadline=None)
@given(degrees, around)
def test_shares_add_up_to_1_or_are_none(atlas, latitude, longitude):
    found = atlas.climate_at(checked_point(latitude, longitude))
    assert not found or sum(found.values()) == pytest.approx(1)
    assert set(found) <= set(climates())


@settings(max_examples=60, deadline=None)
@given(degrees, around, st.integers(-3, 3))
def test_going_around_the_globe_leads_to_the_same_place(
    atlas, latitude, longitude, times
):
    here = checked_point(latitude, longitude)
    again = checked_point(latitude, longitude + 360 * times)
    assert again == here
    assert atlas.country_at(again) == atlas.country_at(here)


@given(st.floats(-1e9, 1e9))
def test_every_longitude_comes_to_lie_on_the_globe(longitude):
    assert -180 <= checked_point(0, longitude).longitude < 180


def test_longitudes_go_around():
    assert checked_point(40, -400).longitude == -40
    assert checked_point(40, 180).longitude == -180
    assert checked_point(40, 360).longitude == 0


@pytest.mark.parametrize(
    ("latitude", "longitude", "fields"),
    [
        (91, 0, {"latitude"}),
        (-90.001, 0, {"latitude"}),
        (float("nan"), 0, {"latitude"}),
        (0, float("nan"), {"longitude"}),
        (0, float("inf"), {"longitude"}),
        ("north", "east", {"latitude", "longitude"}),
        ("", "", {"latitude", "longitude"}),
        (None, None, {"latitude", "longitude"}),
        ("   ", 3, {"latitude"}),
        (True, 3, {"latitude"}),
        ([1], {"x": 1}, {"latitude", "longitude"}),
        ("1e999", "-1e999", {"latitude", "longitude"}),
        (10**400, 0, {"latitude"}),
        ("12°30'", "1.5 W", {"latitude", "longitude"}),
        (b"12", 3, {"latitude"}),
    ],
)
def test_what_is_no_place_is_refused_by_field(latitude, longitude, fields):
    with pytest.raises(NotValid) as refused:
        checked_point(latitude, longitude)
    assert set(refused.value.problems) == fields
    for field, (said,) in refused.value.problems.items():
        assert field in said


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("13.5", "-2.25"), (" 13,5 ", "-2,25"), ("١٣.٥", -2.25)]
)
def test_numbers_are_read_as_people_write_them(latitude, longitude):
    point = checked_point(latitude, longitude)
    assert (point.latitude, point.longitude) == (13.5, -2.25)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(-40, -100), (30, -40), (0, -150), (90, 0), (-60, 0), (0, 180), (0, -180)],
)
def test_of_the_high_sea_nothing_is_said(atlas, latitude, longitude):
    assert atlas.climate_at(checked_point(latitude, longitude)) == {}


def test_the_coast_is_land(atlas):
    rabat_pier = checked_point(34.05, -6.87)
    assert atlas.climate_at(rabat_pier) == {"Csa": 1.0}
    twenty_kilometres_off = checked_point(34.10, -7.02)
    assert set(atlas.climate_at(twenty_kilometres_off)) <= {"Csa"}


def test_antarctica_is_ice_that_no_country_owns(atlas):
    for longitude in (0, 180, -180, 77):
        point = checked_point(-90, longitude)
        assert atlas.country_at(point) == "AQ"
        assert atlas.climate_at(point) == {"EF": 1.0}


def test_the_antimeridian_runs_through_countries(atlas):
    for longitude in (179.9, 180, -180, -179.95):
        assert atlas.country_at(checked_point(-16.85, longitude)) == "FJ"
        assert atlas.country_at(checked_point(71.2, longitude)) == "RU"
        assert atlas.climate_at(checked_point(71.2, longitude)) == {"ET": 1.0}


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "country"),
    [
        ("Simferopol", 44.95, 34.10, None),
        ("Kyrenia", 35.34, 33.32, None),
        ("Laayoune", 27.15, -13.20, None),
        ("Golan Heights", 33.00, 35.80, None),
        ("Bir Tawil", 21.87, 33.73, None),
        ("Srinagar", 34.08, 74.80, "IN"),
        ("Ramallah", 31.90, 35.20, "PS"),
        ("Pristina", 42.66, 21.16, "XK"),
        ("Taipei", 25.03, 121.56, "TW"),
        ("Stanley", -51.70, -57.85, "FK"),
        ("Abyei", 9.60, 28.43, "SS"),
    ],
)
def test_where_borders_are_disputed_it_is_said(
    atlas, where, latitude, longitude, country
):
    point = checked_point(latitude, longitude)
    assert atlas.disputed_at(point), where
    assert atlas.country_at(point) == country
    assert atlas.climate_at(point)


@pytest.mark.parametrize("capital", ["Bamako", "Paris", "Brasilia", "Rabat", "Jakarta"])
def test_most_places_need_no_disclaimer(atlas, capital):
    (place,) = (row for row in read(CAPITALS) if row[1] == capital)
    assert not atlas.disputed_at(checked_point(*place[2:]))


def test_an_atlas_is_opened_once(built):
    assert open_atlas(built) is open_atlas(built)


def test_an_atlas_that_was_not_built_is_refused_with_the_mend(tmp_path):
    assert not is_built(tmp_path)
    with pytest.raises(Unavailable, match="kb regions build"):
        open_atlas(tmp_path)
    (tmp_path / CLIMATE_MAP).write_bytes(b"broken")
    assert not is_built(tmp_path)
    with pytest.raises(Unavailable, match="kb regions build"):
        open_atlas(tmp_path)
