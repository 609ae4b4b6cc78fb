"""Rings around areas: inside, outside, holes, and the real ones."""

from array import array

import pytest

from kb.errors import Unavailable
from kb.regions.borders import PER_DEGREE, Area, Borders, Ring, read_borders
from kb.regions.borders import write_borders as write
from kb.settings import shipped

ONE, TWO = Area("AA", "AA"), Area("Part of B", "BB")


def ring(area, *corners):
    closed = [*corners, corners[0]]
    xs = array("i", (round(x * PER_DEGREE) for x, _y in closed))
    return Ring(area, xs, array("i", (round(y * PER_DEGREE) for _x, y in closed)))


def square(area, west, south, size):
    east, north = west + size, south + size
    return ring(area, (west, south), (east, south), (east, north), (west, north))


@pytest.fixture
def made():
    """A square with a hole, in which another area lies."""
    return [square(ONE, 0, 0, 30), square(ONE, 10, 10, 10), square(TWO, 10, 10, 10)]


def test_a_point_is_in_the_area_whose_ring_goes_around_it(made):
    borders = Borders(made)
    assert borders.area_at(5, 5) == ONE
    assert borders.area_at(15, 15) == TWO
    assert borders.area_at(25, 15) == ONE
    assert borders.area_at(31, 15) is None
    assert borders.area_at(-1, 15) is None


def test_a_long_ring_is_followed_through_all_its_stretches():
    corners = [(x, 0) for x in range(100)] + [(x, 10) for x in range(99, -1, -1)]
    borders = Borders([ring(ONE, *corners)])
    assert all(borders.area_at(5, x + 0.5) == ONE for x in range(99))
    assert borders.area_at(5, 99.5) is None


def test_a_file_gives_back_the_rings(made, tmp_path):
    write(tmp_path / "borders.map", made, {"licence": "ISC"})
    read = read_borders(tmp_path / "borders.map", mend="reinstall")
    assert read.rings == made


def test_a_damaged_file_is_refused_with_the_mend(made, tmp_path):
    path = tmp_path / "borders.map"
    write(path, made, {})
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Unavailable, match=r"cut short.*reinstall"):
        read_borders(path, mend="reinstall")


@pytest.fixture(scope="module")
def real():
    return read_borders(shipped("seeds") / "regions" / "borders.map", mend="reinstall")


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "country"),
    [
        ("metropolitan France, which the data call FX", 45.76, 4.84, "FR"),
        ("Réunion", -21.10, 55.50, "RE"),
        ("Guadeloupe", 16.20, -61.60, "GP"),
        ("Scotland", 56.80, -4.50, "GB"),
        ("Lesotho within South Africa", -29.6, 28.2, "LS"),
        ("San Marino within Italy", 43.94, 12.46, "SM"),
        ("the Vatican within Rome", 41.903, 12.453, "VA"),
        ("Campione's neighbour Lugano", 46.01, 8.95, "CH"),
        ("Cabinda", -5.56, 12.19, "AO"),
        ("Oecusse", -9.20, 124.40, "TL"),
        ("Kaliningrad", 54.71, 20.51, "RU"),
        ("Ceuta", 35.89, -5.31, "ES"),
        ("the Canary Islands, which ISO merely reserves", 28.12, -15.43, "ES"),
        ("Bonaire, grouped in BQ", 12.20, -68.26, "BQ"),
        ("Ascension, grouped in SH", -7.95, -14.36, "SH"),
        ("Svalbard", 78.22, 15.63, "SJ"),
        ("Kerguelen", -49.35, 70.22, "TF"),
        ("Guernsey", 49.46, -2.58, "GG"),
        ("Kosovo, which ISO does not list", 42.66, 21.16, "XK"),
    ],
)
def test_parts_of_countries_have_the_code_a_reader_expects(
    real, where, latitude, longitude, country
):
    assert real.area_at(latitude, longitude).country == country, where


def test_the_180th_meridian_leaves_no_gap(real):
    for longitude in (179, 179.99, -180, -179.995, -179):
        assert real.area_at(71.2, longitude).country == "RU"


def test_nobody_owns_the_high_sea(real):
    for latitude, longitude in [(-40, -100), (30, -40), (90, 0), (-20, 80)]:
        assert real.area_at(latitude, longitude) is None
