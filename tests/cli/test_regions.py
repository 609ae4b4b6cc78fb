"""``kb regions``, and what other commands do about the maps."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.regions.atlas import CLIMATE_MAP
from kb.regions.gazetteer import FILE, Gazetteer


@pytest.fixture
def home(demo):
    """The home folder of the demo; not to be changed."""
    return demo / "home"


@pytest.fixture
def broken(demo, tmp_path):
    """A home folder whose map of climates and list of places were cut short."""
    home = Path(shutil.copytree(demo / "home", tmp_path / "home"))
    for name in (CLIMATE_MAP, FILE):
        path = home / "regions" / name
        path.write_bytes(path.read_bytes()[:-100])
    return home


def kb(home, *words):
    return CliRunner().invoke(main, ["--home", str(home), *words])


def test_the_first_command_has_built_the_map_and_the_list(home, demo):
    said = (demo / "said.txt").read_text()
    assert "Building the map of climates" in said
    assert "Building the list of places" in said
    assert Gazetteer(home / "regions").candidates("Ouahigoya")[0].country == "BF"
    assert kb(home, "regions", "build").stdout == "nothing to do\n"


@pytest.mark.thorough
def test_a_list_of_places_that_is_missing_is_said_with_the_mend(broken):
    (broken / "regions" / FILE).unlink()
    ill = kb(broken, "doctor")
    assert "BAD  The list of places cannot be read" in ill.stdout


def test_a_point_is_described(home):
    out = kb(home, "regions", "at", "13.58", "-2.42")
    assert out.exit_code == 0, out.output
    said = dict(line.split(maxsplit=1) for line in out.stdout.splitlines())
    assert said["country"] == "BF"
    assert said["climate"] == "BSh* 1.00"
    assert said["ipcc"].startswith("tropical_dry 0.66")
    assert said["agroclimate"].startswith("semi_arid 0.65")
    assert out.stderr == ""


def test_of_the_high_sea_nothing_is_known(home):
    out = kb(home, "regions", "at", "-40", "-100")
    assert {line.split()[1] for line in out.stdout.splitlines()} == {"-"}


def test_a_disputed_place_comes_with_the_disclaimer(home):
    out = kb(home, "regions", "at", "44.95", "34.10")
    assert "United Nations" in out.stderr


@pytest.mark.parametrize("words", [("91", "0"), ("x", "0"), ("", "0"), ("nan", "0")])
def test_what_is_no_place_is_refused(home, words):
    out = kb(home, "regions", "at", *words)
    assert out.exit_code == 1
    assert "latitude" in out.stderr


def test_a_map_that_is_missing_is_said_with_the_mend(tmp_path):
    out = kb(tmp_path, "regions", "at", "1", "2")
    assert out.exit_code == 1
    assert "kb regions build" in out.stderr
    doctor = kb(tmp_path, "doctor").stdout
    assert doctor.count("mend: kb regions build") == 2
    assert "The list of places cannot be read" in doctor


@pytest.mark.thorough
def test_a_damaged_map_or_list_is_found_and_built_anew(broken):
    ill = kb(broken, "doctor")
    assert "BAD  The map climate.map cannot be used: it is damaged" in ill.stdout
    assert "BAD  the list of places is old or damaged" in ill.stdout
    out = kb(broken, "prepare")
    assert out.exit_code == 0, out.output
    assert "Building the map of climates" in out.stderr
    assert "Building the list of places" in out.stderr
    well = kb(broken, "doctor").stdout
    assert "ok   the map of climates" in well
    assert "ok   the list of places is made from GeoNames" in well
    assert kb(broken, "regions", "at", "13.58", "-2.42").exit_code == 0
