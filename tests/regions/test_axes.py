import pytest

from kb.exchange.files import read_yaml
from kb.regions.axes import (
    AXES,
    Axes,
    Rain,
    climate_certainty,
    heat_alike,
    mean_axes,
    rain_alike,
    wetness_alike,
)
from kb.settings import ROOT


def test_every_climate_of_the_vocabulary_has_axes_and_no_other():
    listed = read_yaml(ROOT / "seeds" / "vocabularies" / "climate.yaml")["concepts"]
    assert set(AXES) == {concept["code"] for concept in listed}
    assert len(AXES) == 31


@pytest.mark.parametrize(
    ("code", "axes"),
    [
        ("Af", Axes(6, 4, Rain.ALL_YEAR)),
        ("Am", Axes(6, 3.5, Rain.SUMMER)),
        ("BWh", Axes(5.3, 0, Rain.UNMARKED)),
        ("Csa", Axes(4.4, 1.7, Rain.WINTER)),
        ("Dwd", Axes(1.3, 2.2, Rain.SUMMER)),
        ("EF", Axes(0, 3, Rain.UNMARKED)),
    ],
)
def test_the_table_reads_as_it_was_written(code, axes):
    assert AXES[code] == axes


def test_axes_of_shares_are_their_means_and_the_season_of_most_land():
    mean = mean_axes({"BSh": 0.5, "Aw": 0.3, "Cwa": 0.2})
    assert mean.heat == pytest.approx(0.5 * 5.5 + 0.3 * 6 + 0.2 * 5)
    assert mean.wetness == pytest.approx(0.5 * 1 + 0.3 * 2.3 + 0.2 * 2.5)
    assert mean_axes({"BSh": 0.4, "Aw": 0.3, "Cwa": 0.3}).rain is Rain.SUMMER
    assert mean_axes({"Csa": 1}) == AXES["Csa"]


def test_three_steps_of_heat_or_two_and_a_half_of_wetness_leave_nothing():
    assert heat_alike(6, 3) == wetness_alike(4, 1.5) == 0
    assert heat_alike(6, 4.5) == wetness_alike(4, 2.75) == 0.5


def test_opposite_rain_is_least_alike_but_no_veto():
    assert rain_alike(Rain.SUMMER, Rain.WINTER) == 0.2
    assert rain_alike(Rain.SUMMER, Rain.ALL_YEAR) == 0.6
    assert rain_alike(Rain.UNMARKED, Rain.ALL_YEAR) == 0.8
    assert rain_alike(Rain.UNMARKED, Rain.UNMARKED) == 1


def test_one_class_is_certain_and_a_country_of_all_kinds_is_not():
    assert climate_certainty({"Cfb": 1}) == 1
    kenya = {"BSh": 0.55, "BWh": 0.2, "Aw": 0.14, "Cfb": 0.11}
    assert 0.3 < climate_certainty(kenya) < climate_certainty({"BSh": 0.9, "Aw": 0.1})
