"""Why two places are alike or not, as things to say, in the order of their weight."""

from collections.abc import Iterator, Mapping

from kb.regions.likeness import (
    SAME_HEAT_AND_RAIN,
    TURNED,
    WORDS,
    Degree,
    Facet,
    Reason,
    degree,
)
from kb.regions.places import Place
from kb.regions.soil import differs_most


def reasons_for(
    a: Place, b: Place, axes: Mapping[str, float], facets: Mapping[Facet, float]
) -> tuple[Reason, ...]:
    """Say in which respects ``b`` is like ``a``, and in which not.

    :param axes: how alike in temperature, moisture and rain, as far as known.
    :param facets: how alike on each side that could be compared.
    """
    climate = _of_axes(a, b, axes) if axes else _of_facet(Facet.CLIMATE, facets)
    rest = (_of_facet(facet, facets) for facet in (Facet.LAND_USE, Facet.TERRAIN))
    return (*climate, *_of_soil(a, b, facets), *(r for found in rest for r in found))


def _of_axes(a: Place, b: Place, axes: Mapping[str, float]) -> Iterator[Reason]:
    degrees = {name: degree(value) for name, value in axes.items()}
    same = {name for name, how in degrees.items() if how is Degree.SAME}
    if same == {"temperature", "moisture", "rain"}:
        yield _reason(Facet.CLIMATE, "climate", Degree.SAME)
        return
    if {"temperature", "rain"} <= same:
        yield Reason(Facet.CLIMATE, "temperature", Degree.SAME, SAME_HEAT_AND_RAIN)
        degrees = {"moisture": degrees["moisture"]} if "moisture" in degrees else {}
    for name, how in degrees.items():
        yield _turned(name, how, a, b) or _reason(Facet.CLIMATE, name, how)


def _turned(name: str, how: Degree, a: Place, b: Place) -> Reason | None:
    """Say which way it differs, where that matters."""
    if how not in TURNED.get(name, ()):
        return None
    heat, wetness = zip(a.axes[:2], b.axes[:2], strict=True)
    mine, its = heat if name == "temperature" else wetness
    more = mine is not None and its is not None and its > mine
    return Reason(Facet.CLIMATE, name, how, TURNED[name][how][more])


def _of_soil(a: Place, b: Place, facets: Mapping[Facet, float]) -> Iterator[Reason]:
    for reason in _of_facet(Facet.SOIL, facets):
        mine, its = a.soil_behaviour, b.soil_behaviour
        alike = reason.degree in {Degree.SAME, Degree.VERY_SIMILAR}
        if alike or mine is None or its is None:
            yield reason
        else:
            axis = differs_most(mine, its)
            yield Reason(Facet.SOIL, "soil", reason.degree, reason.words, axis)


def _of_facet(facet: Facet, facets: Mapping[Facet, float]) -> Iterator[Reason]:
    if facet in facets:
        yield _reason(facet, facet.value, degree(facets[facet]))


def _reason(facet: Facet, respect: str, how: Degree) -> Reason:
    return Reason(facet, respect, how, WORDS[respect][how])
