"""Maps kept as runs: what goes in comes out, and nothing else is believed."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import Unavailable
from kb.regions.runs import About, Row, RunGrid, read_grid, row_of
from kb.regions.sealed import write_sealed

MEND = "make it again"
LEGEND = {1: "Af", 2: "BSh", 3: "ET"}


def about(legend=LEGEND):
    return About("a map", "CC BY 4.0", "Someone 2020", "1990-2020", "a file", legend)


def grid(rows):
    return RunGrid.of_rows(about(), len(rows[0]), map(row_of, rows))


@st.composite
def maps(draw):
    """Rows of 0 to 3, where 0 is the sea."""
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    cells = st.integers(0, 3)
    return [
        bytes(draw(st.lists(cells, min_size=width, max_size=width)))
        for _ in range(height)
    ]


def centre(rows, x, y):
    """Give the latitude and longitude of the middle of a cell."""
    return 90 - (y + 0.5) * 180 / len(rows), (x + 0.5) * 360 / len(rows[0]) - 180


@settings(max_examples=40, deadline=None)
@given(maps())
def test_every_cell_is_found_again(rows):
    made = grid(rows)
    for y, row in enumerate(rows):
        for x, number in enumerate(row):
            assert made.code_at(*centre(rows, x, y)) == LEGEND.get(number)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(maps(), st.integers(0, 39), st.integers(0, 11), st.integers(0, 5))
def test_shares_are_those_of_a_plain_count(rows, x, y, reach):
    x, y = x % len(rows[0]), y % len(rows)
    width = len(rows[0])
    columns = {(x + step) % width for step in range(-reach, reach + 1)}
    near = [
        rows[row][column]
        for row in range(max(y - reach, 0), min(y + reach + 1, len(rows)))
        for column in columns
    ]
    land = [LEGEND[number] for number in near if number]
    found = grid(rows).shares_at(*centre(rows, x, y), reach=reach)
    assert found == pytest.approx({c: land.count(c) / len(land) for c in land})
    assert not found or sum(found.values()) == pytest.approx(1)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(maps(), st.integers(-180, 180), st.integers(-90, 90), st.integers(-3, 3))
def test_going_around_the_globe_changes_nothing(rows, longitude, latitude, times):
    made = grid(rows)
    again = longitude + 360 * times
    assert made.code_at(latitude, again) == made.code_at(latitude, longitude)
    here = made.shares_at(latitude, longitude, reach=2)
    assert made.shares_at(latitude, again, reach=2) == here


def test_a_window_goes_on_across_the_180th_meridian():
    made = grid([bytes([1, 0, 0, 0, 0, 0, 0, 0, 0, 2])])
    assert made.shares_at(0, 179, reach=1) == {"Af": 0.5, "BSh": 0.5}
    assert made.shares_at(0, -179, reach=1) == {"Af": 0.5, "BSh": 0.5}


def test_the_poles_belong_to_the_first_and_last_row():
    made = grid([bytes([1, 1]), bytes([0, 0]), bytes([3, 3])])
    assert made.code_at(90, 0) == "Af"
    assert made.code_at(-90, 180) == "ET"


def test_a_file_holds_the_map_and_where_it_comes_from(tmp_path):
    path = tmp_path / "soil.map"
    rows = [bytes([0, 1, 1, 2]), bytes([3, 3, 3, 3])]
    grid(rows).write(path)
    read = read_grid(path, mend=MEND)
    assert read.about == about()
    assert (read.width, read.height, read.runs) == (4, 2, 4)
    assert [read.code_at(45, x) for x in (-170, -80, 10, 100)] == [
        None,
        "Af",
        "Af",
        "BSh",
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["soil.map"]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "climate.map"
    grid([bytes(range(4)) * 9] * 5).write(path)
    return path


def refusal(path):
    with pytest.raises(Unavailable) as refused:
        read_grid(path, mend=MEND)
    assert "climate.map" in str(refused.value)
    assert MEND in str(refused.value)
    return str(refused.value)


def test_a_missing_file_is_said(tmp_path):
    assert "not there" in refusal(tmp_path / "climate.map")


def test_no_file_is_believed_after_one_bit_has_flipped(path):
    whole = path.read_bytes()
    for place in range(len(whole)):
        broken = bytearray(whole)
        broken[place] ^= 1 << place % 8
        path.write_bytes(broken)
        refusal(path)


def test_no_file_is_believed_that_was_cut_short(path):
    whole = path.read_bytes()
    for length in range(0, len(whole), 5):
        path.write_bytes(whole[:length])
        refusal(path)


@pytest.mark.parametrize("held", [b"", b"GIF89a\n\n\n", b"{}\n" * 9, bytes(99)])
def test_a_foreign_file_is_said(path, held):
    path.write_bytes(held)
    assert "not a map of this program" in refusal(path)


def test_another_version_is_said(path):
    path.write_bytes(path.read_bytes().replace(b"humus-map 1", b"humus-map 2", 1))
    assert "another format version" in refusal(path)


def test_a_map_of_something_else_is_said(path):
    write_sealed(path, "borders", {}, b"")
    assert "something else" in refusal(path)


@pytest.mark.parametrize("header", [{}, {"about": {}, "width": 1}, {"about": 3}])
def test_a_header_without_what_it_needs_is_said(path, header):
    write_sealed(path, "runs", header, b"")
    assert "do not fit together" in refusal(path)


def test_a_folder_in_the_way_is_said_and_stays(tmp_path):
    (tmp_path / "climate.map" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        grid([b"\1"]).write(tmp_path / "climate.map")
    assert [p.name for p in tmp_path.iterdir()] == ["climate.map"]
    refusal(tmp_path / "climate.map")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Row(array("H"), b"")],
        [Row(array("H", [1]), b"\1")],
        [Row(array("H", [0, 1]), b"\1")],
    ],
)
def test_rows_that_are_none_are_refused(rows):
    with pytest.raises(ValueError, match=r"row|run"):
        RunGrid.of_rows(about(), 4, rows)


def test_a_map_can_be_too_wide():
    with pytest.raises(ValueError, match=r"65,535 columns"):
        RunGrid.of_rows(about(), 65_536, [row_of(b"\1")])
