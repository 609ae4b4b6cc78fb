"""``kb regions load``, ``layers`` and ``unload`` as an administrator types them."""

import shutil
import sys

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.regions.layers import layer_path
from tests.regions.rasters import globe, write


@pytest.fixture
def home(demo, tmp_path):
    """A home folder with the map of climates and no layer."""
    shutil.copytree(demo / "home" / "regions", tmp_path / "home" / "regions")
    return tmp_path / "home"


@pytest.fixture
def soils(tmp_path):
    return str(write(tmp_path / "soils.tif", globe(17)))


def kb(home, *words, answer=None):
    return CliRunner().invoke(main, ["--home", str(home), *words], input=answer)


def load(home, *words, answer=None):
    return kb(home, "regions", "load", *words, answer=answer)


SOILS = ("--legend", "soilgrids-wrb")


def test_the_licence_is_shown_and_agreed_to(home, soils):
    out = load(home, "soil", soils, *SOILS, answer="y\n")
    assert out.exit_code == 0, out.output
    assert "soils.tif: 36 x 18 pixels" in out.stdout
    assert "CC BY 4.0" in out.stdout
    assert "Poggio" in out.stdout
    assert "soil is loaded" in out.stdout
    said = kb(home, "regions", "at", "13.58", "-2.42").stdout
    assert "soil           LX* 1.00" in said
    assert "ipcc_soil      LAC* 1.00" in said


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_who_does_not_agree_loads_nothing(home, soils, answer):
    out = load(home, "soil", soils, *SOILS, answer=answer)
    assert out.exit_code == 1
    assert "CC BY 4.0" in out.stdout
    assert not layer_path(home / "regions", "soil").exists()


def test_another_dataset_is_told_as_it_was_given(home, tmp_path):
    heat = str(write(tmp_path / "heat.tif", globe(27)))
    told = ("--dataset", "Heat of ours", "--licence", "CC0", "--date", "1991-2020")
    words = ("mat", heat, "--legend", "celsius", *told)
    assert load(home, *words, "--yes").exit_code == 0
    assert kb(home, "regions", "layers").stdout == "mat\tHeat of ours\tCC0\t1991-2020\n"
    assert "mat_c          27 °C" in kb(home, "regions", "at", "13.58", "-2.42").stdout
    assert "ok   the layer mat is Heat of ours" in kb(home, "doctor").stdout


@pytest.mark.parametrize(
    "told", [(), ("--dataset", "A map"), ("--licence", "CC0"), ("--licence", " ")]
)
def test_without_title_or_licence_nothing_is_loaded(home, tmp_path, told):
    heat = str(write(tmp_path / "heat.tif", globe(27)))
    out = load(home, "mat", heat, "--legend", "celsius", "--yes", *told)
    assert out.exit_code == 1
    assert "without a licence" in out.stderr
    assert not layer_path(home / "regions", "mat").exists()


def test_what_is_wrong_is_said_before_anybody_is_asked(home, soils):
    out = load(home, "climate", soils, *SOILS, answer="y\n")
    assert out.exit_code == 1
    assert "beck-koppen" in out.stderr
    assert "May the map" not in out.output
    assert "Traceback" not in out.output


@pytest.mark.parametrize(
    "words",
    [
        ("weather", "soils.tif", *SOILS),
        ("soil", "none.tif", *SOILS),
        ("soil", ".", *SOILS),
        ("soil", "soils.tif"),
        ("soil", "soils.tif", *SOILS, "--crs", "EPSG:3857"),
        ("soil", "soils.tif", *SOILS, "--nodata", "none"),
        ("soil", "soils.tif", *SOILS, "--table", "none.csv"),
    ],
)
def test_what_cannot_be_meant_is_refused(home, soils, monkeypatch, tmp_path, words):
    monkeypatch.chdir(tmp_path)
    assert load(home, *words).exit_code == 2


def test_a_damaged_layer_is_named_with_the_mend(home, soils):
    load(home, "soil", soils, *SOILS, "--yes")
    path = layer_path(home / "regions", "soil")
    path.write_bytes(path.read_bytes()[:-9])
    ill = kb(home, "doctor")
    assert ill.exit_code == 1
    assert "BAD  The map soil.map cannot be used: it is damaged" in ill.stdout
    assert "mend: kb regions load soil …, or kb regions unload soil" in ill.stdout
    assert "damaged" in kb(home, "regions", "layers").stderr
    assert kb(home, "regions", "at", "13.58", "-2.42").exit_code == 0
    assert kb(home, "regions", "unload", "soil").exit_code == 0
    assert "soil.map" not in kb(home, "doctor").stdout
    again = kb(home, "regions", "unload", "soil")
    assert (again.exit_code, again.stderr) == (1, "Error: There is no layer soil.\n")


def test_without_rasterio_it_says_what_to_install(home, soils, monkeypatch):
    for name in ("kb.regions.load", "kb.regions.raster"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "rasterio", None)
    out = load(home, "soil", soils, *SOILS, "--yes")
    assert out.exit_code == 1
    assert "pip install 'humus-kb[raster]'" in out.stderr
    assert len(out.stderr.splitlines()) == 1
    assert kb(home, "regions", "at", "13.58", "-2.42").exit_code == 0
