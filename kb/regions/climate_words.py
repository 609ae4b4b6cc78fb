"""What to say of a climate in plain words: heat, wetness, and when the rain falls."""

from kb.language import _
from kb.regions.axes import Rain
from kb.regions.places import Place
from kb.regions.soil_words import sure_of

HEAT_WORDS = (
    (5.2, _("hot")),
    (4.0, _("warm")),
    (3.1, _("mild, with some frost")),
    (2.2, _("cool, with a long winter")),
    (1.4, _("cold, with short summers")),
    (0.0, _("icy")),
)
"""Heat (the axis of `kb.regions.axes`) from which each is said.

Mild are the climates of western Europe and of cool steppes (3.3 to 3.8), cool those of
eastern Europe and the prairies (2.5 to 3), cold those of the northern forests.
"""

WETNESS_WORDS = (
    (3.25, _("wet")),
    (2.45, _("moist")),
    (1.5, _("neither dry nor wet")),
    (0.5, _("dry")),
    (0.0, _("very dry")),
)
"""Wetness from which each is said: very dry is desert, dry is steppe and Sahel; what
is neither has a dry season of some months."""

RAIN_WORDS = {
    Rain.SUMMER: _("There is one rainy season, in the hot months."),
    Rain.WINTER: _("There is one rainy season, in the cool months."),
    Rain.ALL_YEAR: _("Rain falls all year round."),
    Rain.UNMARKED: _("The map does not say when the rain falls."),
}


def climate_words(place: Place) -> object:
    """Say how hot and how wet it is, as far as that is known; else nothing."""
    heat, wetness, _rain = place.axes
    said = {
        "heat": _step(HEAT_WORDS, heat) if heat is not None else None,
        "wetness": _step(WETNESS_WORDS, wetness) if wetness is not None else None,
    }
    if heat is not None and wetness is not None:
        return _("The climate is %(wetness)s and %(heat)s.", **said)
    if heat is not None:
        return _("The climate is %(heat)s.", heat=said["heat"])
    if wetness is not None:
        return _("The climate is %(wetness)s.", wetness=said["wetness"])
    return None


def rain_words(place: Place) -> object:
    """Say when the rain falls; nothing if nothing is known of the climate."""
    rain = place.axes[2]
    return RAIN_WORDS[rain] if rain is not None else None


def climate_sure_words(place: Place) -> object:
    """Say how sure that is; nothing if nothing is known."""
    if place.axes == (None, None, None):
        return None
    return sure_of(place.climate_certainty)


def _step(words: tuple[tuple[float, object], ...], value: float) -> object:
    return next(said for least, said in words if value >= least)
