"""Climates of land of which no more than a country or district is known."""

import pytest

from kb.regions.atlas import Point


def test_a_country_has_the_shares_of_its_land(atlas):
    found = atlas.climate_within(Point(12.4, -1.7), 4, "BF")
    assert sum(found.values()) == pytest.approx(1)
    assert list(found)[:2] == ["BSh", "Aw"]
    assert found["BSh"] == pytest.approx(0.64, abs=0.06)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize(
    ("country", "point", "reach", "first"),
    [
        ("FR", Point(46.2, 2.4), 7.7, "Cfb"),
        ("RU", Point(57.5, 104.5), 85, "Dfc"),
        ("FJ", Point(-15.4, 179.1), 4, "Af"),
        ("EG", Point(27, 30), 6, "BWh"),
    ],
)
def test_each_country_has_its_own(atlas, country, point, reach, first):
    found = atlas.climate_within(point, reach, country)
    assert next(iter(found)) == first


def test_land_of_other_countries_does_not_count(atlas):
    """Near the border of Chad only the dry north of the Central African Republic."""
    here = Point(15, 20)
    assert atlas.climate_within(here, 8, "CF") != atlas.climate_within(here, 8, "TD")


def test_a_district_has_no_more_than_is_within_reach(atlas):
    north = atlas.climate_within(Point(14.2, -0.5), 0.7, "BF")
    south = atlas.climate_within(Point(10.5, -4.7), 0.7, "BF")
    assert set(north) == {"BSh", "BWh"}
    assert south["Aw"] > 0.9


def test_without_a_country_all_land_counts(atlas):
    assert "Csa" in atlas.climate_within(Point(38, 0), 5, "")


@pytest.mark.parametrize("country", ["MU", "MT", "SC", "XX"])
def test_where_the_map_has_nothing_the_point_tells(atlas, country):
    here = Point(-20.2, 57.5)
    assert atlas.climate_within(here, 0.5, country) == atlas.climate_at(here)


def test_what_is_given_may_be_changed_without_harm(atlas):
    atlas.climate_within(Point(12.4, -1.7), 4, "BF").clear()
    assert atlas.climate_within(Point(12.4, -1.7), 4, "BF")


def test_a_parallel_runs_through_a_country_from_west_to_east(atlas):
    ((west, east),) = atlas.borders.spans_of("BF", 12.4)
    assert (west, east) == (pytest.approx(-4.5, abs=0.5), pytest.approx(2.1, abs=0.3))
    assert atlas.borders.spans_of("BF", 50) == []
    assert atlas.borders.reach_of("XX") is None
    south, north = atlas.borders.reach_of("BF")
    assert 9 < south < 10 < 15 < north < 15.5
