"""Layers as they stand: asked, listed, replaced, damaged, taken away."""

import logging
import os
import subprocess
import sys

import pytest

from kb.errors import NotFound, Unavailable
from kb.regions.atlas import Atlas, checked_point
from kb.regions.layers import (
    HEIGHT,
    WIDTH,
    Layers,
    layer_path,
    read_layer,
    standing_layers,
    unload,
)
from kb.regions.places import Place, Provenance
from kb.regions.runs import About, RunGrid, row_of

YATENGA = checked_point(13.58, -2.42)
SAHARA = checked_point(23.0, 5.0)


def stand(folder, kind, code, *, west=-180, east=180, other=None):
    """Put a layer there with one code, between two meridians; maybe another beyond."""
    left, right = (int((degrees + 180) * 20) for degrees in (west, east))
    row = bytes([2]) * left + bytes([1]) * (right - left) + bytes([2]) * (WIDTH - right)
    legend = {1: code} | ({2: other} if other else {})
    about = About("A map", "CC0", "Someone", "2020", "a.tif", legend, kind=kind)
    rows = [row_of(row)] * HEIGHT
    RunGrid.of_rows(about, WIDTH, rows).write(layer_path(folder, kind))


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def laid(atlas, folder):
    """The atlas over a folder of layers of our own."""
    return Atlas(atlas._climates, atlas._borders, Layers(folder))


def test_without_layers_the_atlas_answers_as_before(atlas):
    assert atlas.soil_at(YATENGA) == atlas.ipcc_soil_at(YATENGA) == {}
    assert atlas.figures_at(YATENGA) == {}
    assert atlas.class_at(YATENGA) == "BSh"
    assert next(iter(atlas.ipcc_at(YATENGA))) == "tropical_dry"
    assert next(iter(atlas.agroclimate_at(YATENGA))) == "semi_arid"
    assert atlas.about_layer("soil") is None


def test_a_layer_goes_before_the_built_in_map_where_it_has_a_value(laid, folder):
    stand(folder, "climate", "Aw", west=-6, east=4)
    stand(folder, "ipcc_zone", "tropical_dry", west=-6, east=4)
    stand(folder, "lgp", "arid", west=-6, east=4)
    assert laid.class_at(YATENGA) == "Aw"
    assert laid.climate_at(YATENGA) == {"Aw": 1.0}
    assert laid.ipcc_at(YATENGA) == {"tropical_dry": 1.0}
    assert laid.agroclimate_at(YATENGA) == {"arid": 1.0}
    assert laid.climate_at(SAHARA) == {"BWh": 1.0}
    assert len(laid.ipcc_at(SAHARA)) == 2
    assert laid.about_layer("climate").citation == "Someone"


def test_a_layer_of_climates_decides_zones_that_have_no_layer(laid, folder):
    stand(folder, "climate", "Af")
    assert next(iter(laid.ipcc_at(YATENGA))) == "tropical_wet"
    assert laid.agroclimate_at(YATENGA) == {"humid": 1.0}


def test_soils_are_shares_of_cells_around_and_within_them(laid, folder):
    stand(folder, "soil", "LX 60; AR 40", east=-2.45, other="VR 100")
    found = laid.soil_at(YATENGA)
    assert found == pytest.approx({"VR": 2 / 3, "LX": 0.2, "AR": 4 / 30})
    assert next(iter(found)) == "VR"
    Place.known(Provenance.ADMIN_RASTER, soil=found)


def test_ipcc_soils_follow_from_soils_unless_they_are_loaded(laid, folder):
    stand(folder, "soil", "LX 60; AR 40")
    assert laid.ipcc_soil_at(YATENGA) == pytest.approx({"LAC": 0.6, "SAN": 0.4})
    stand(folder, "ipcc_soil", "HAC")
    assert laid.ipcc_soil_at(YATENGA) == {"HAC": 1.0}


def test_figures_have_the_names_of_a_place(laid, folder):
    stand(folder, "mat", "27.5")
    stand(folder, "ph", "6.2")
    stand(folder, "altitude", "340", east=-3)
    found = laid.figures_at(YATENGA)
    assert found == {"mat_c": 27.5, "ph": 6.2}
    assert Place.known(Provenance.ADMIN_RASTER, **found).mat_c == 27.5
    assert laid.figures_at(checked_point(13.6, -3.5))["altitude_m"] == 340


def test_figures_rule_zones_out(laid, folder):
    stand(folder, "ai", "0.3")
    assert laid.agroclimate_at(YATENGA) == {"semi_arid": 1.0}
    assert "warm_temperate_dry" in laid.ipcc_at(YATENGA)
    stand(folder, "mat", "28")
    stand(folder, "map", "620")
    stand(folder, "altitude", "340")
    found = laid.ipcc_at(YATENGA)
    assert next(iter(found)) == "tropical_dry"
    assert set(found) <= {"tropical_dry", "warm_temperate_dry"}


def test_at_a_coast_the_cells_around_give_the_figure(folder):
    stand(folder, "altitude", "340", east=-3)
    layers = Layers(folder)
    assert layers.figures_at(13.6, -2.96) == {"altitude_m": 340}
    assert layers.figures_at(13.6, -2.8) == {}


def test_layers_answer_at_the_ends_of_the_globe(folder):
    stand(folder, "soil", "CR 100")
    layers = Layers(folder)
    for latitude, longitude in ((90, 0), (-90, 180), (0, -180), (0, 180), (0, 179.99)):
        assert layers.shares_at("soil", latitude, longitude) == {"CR": 1.0}


def test_a_layer_that_is_replaced_is_noticed(laid, folder):
    assert laid.soil_at(YATENGA) == {}
    stand(folder, "soil", "LX 100")
    assert laid.soil_at(YATENGA) == {"LX": 1.0}
    before = layer_path(folder, "soil").stat()
    stand(folder, "soil", "AC 100")
    os.utime(layer_path(folder, "soil"), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert laid.soil_at(YATENGA) == {"AC": 1.0}
    unload(folder, "soil")
    assert laid.soil_at(YATENGA) == {}


def test_a_layer_is_read_once_while_it_stays(folder):
    stand(folder, "soil", "LX 100")
    layers = Layers(folder)
    assert layers.get("soil") is layers.get("soil")


def test_a_damaged_layer_counts_as_none_and_is_logged_once(laid, folder, caplog):
    stand(folder, "climate", "Aw")
    path = layer_path(folder, "climate")
    path.write_bytes(path.read_bytes()[:-1])
    with caplog.at_level(logging.WARNING, "kb.regions"):
        assert laid.climate_at(YATENGA) == {"BSh": 1.0}
        assert laid.climate_at(YATENGA) == {"BSh": 1.0}
    assert len(caplog.records) == 1
    assert "climate.map cannot be used: it is damaged" in caplog.text
    assert "kb regions unload climate" in caplog.text


def test_layers_that_stand_are_listed_the_damaged_ones_too(folder):
    assert list(standing_layers(folder)) == []
    stand(folder, "mat", "27.5")
    stand(folder, "soil", "LX 100")
    layer_path(folder, "soil").write_bytes(b"broken")
    soil, mat = standing_layers(folder)
    assert (mat.kind, mat.about.dataset, mat.problem) == ("mat", "A map", "")
    assert (soil.kind, soil.about) == ("soil", None)
    assert "kb regions load soil" in soil.problem


def test_a_layer_of_another_kind_is_not_believed(folder):
    stand(folder, "mat", "27.5")
    layer_path(folder, "mat").rename(layer_path(folder, "ph"))
    with pytest.raises(Unavailable, match="something else"):
        read_layer(folder, "ph")
    assert Layers(folder).figures_at(0, 0) == {}


def test_a_layer_is_taken_away_damaged_or_not(folder):
    stand(folder, "soil", "LX 100")
    layer_path(folder, "soil").write_bytes(b"broken")
    unload(folder, "soil")
    assert not layer_path(folder, "soil").exists()
    with pytest.raises(NotFound, match="no layer soil"):
        unload(folder, "soil")


@pytest.mark.thorough
def test_asking_layers_needs_neither_numpy_nor_rasterio(folder):
    stand(folder, "soil", "LX 100")
    asked = (
        "import sys; from pathlib import Path; from kb.regions.layers import Layers;"
        "print(Layers(Path(sys.argv[1])).shares_at('soil', 1, 2));"
        "print(sorted({'numpy', 'rasterio', 'PIL'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked, str(folder)], capture_output=True, check=True
    )
    assert said.stdout.decode().splitlines() == ["{'LX': 1.0}", "[]"]
