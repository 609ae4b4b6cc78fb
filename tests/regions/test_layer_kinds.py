"""Kinds of layer and their scales."""

from dataclasses import fields
from itertools import pairwise

import pytest

from kb.regions.axes import AXES
from kb.regions.layer_kinds import CLASS_LAYERS, FIGURE_LAYERS, GROWING_DAYS
from kb.regions.places import RANGES, Place, Provenance
from kb.regions.soil import GROUPS


@pytest.mark.parametrize("layer", FIGURE_LAYERS.values(), ids=FIGURE_LAYERS)
def test_every_figure_is_a_part_of_a_place_and_possible_there(layer):
    assert layer.part in {part.name for part in fields(Place)}
    low, high = RANGES[layer.part]
    assert low <= layer.low < layer.high <= high
    for number in (1, 2, 128, 255):
        Place.known(Provenance.ADMIN_RASTER, **{layer.part: layer.figure(number)})


@pytest.mark.parametrize("layer", FIGURE_LAYERS.values(), ids=FIGURE_LAYERS)
def test_a_scale_climbs_from_its_lowest_to_its_highest(layer):
    figures = [layer.figure(number) for number in range(1, 256)]
    assert (figures[0], figures[-1]) == (layer.low, layer.high)
    assert figures == sorted(set(figures))
    assert {n: float(said) for n, said in layer.legend.items()} == dict(
        enumerate(figures, 1)
    )


@pytest.mark.parametrize(
    ("kind", "figure", "half_a_step"),
    [
        ("mat", 25, 0.26),
        ("map", 500, 11),
        ("map", 3000, 27),
        ("ai", 0.2, 0.008),
        ("ai", 0.65, 0.02),
        ("altitude", 1500, 19),
        ("slope", 10, 0.3),
        ("ph", 5.5, 0.026),
        ("clay", 35, 0.2),
        ("soc", 1, 0.03),
    ],
)
def test_half_a_step_is_as_small_as_was_said(kind, figure, half_a_step):
    figures = [FIGURE_LAYERS[kind].figure(number) for number in range(1, 256)]
    assert min(abs(known - figure) for known in figures) <= half_a_step
    gaps = [b - a for a, b in pairwise(figures) if a <= figure <= b]
    assert max(gaps) / 2 <= half_a_step


def test_classes_are_those_of_the_vocabularies():
    assert CLASS_LAYERS["soil"].codes == set(GROUPS)
    assert CLASS_LAYERS["climate"].codes == set(AXES)
    assert len(CLASS_LAYERS["ipcc_zone"].codes) == 12
    assert CLASS_LAYERS["lgp"].codes == set(GROWING_DAYS)
    assert "SAN" in CLASS_LAYERS["ipcc_soil"].codes
