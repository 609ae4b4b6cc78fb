"""What to say of a soil in plain words, without naming a group."""

from kb.language import _
from kb.regions.soil import Shares, family_shares, soil_certainty

FAMILY_WORDS = {
    "peat": _("peaty"),
    "wet": _("wet for much of the year"),
    "cracking": _("heavy clay that cracks"),
    "salty": _("salty"),
    "sandy": _("sandy"),
    "thin": _("thin or stony"),
    "weathered": _("red or yellow, deep and poor"),
    "dark": _("dark and rich"),
    "ordinary": _("brown and loamy"),
    "other": _("built up by people, or frozen"),
}
"""Each family as it stands after "soils here are"."""

AXIS_WORDS = {
    "clay": _("soil differs most in clay content"),
    "nutrients": _("soil differs most in how well it holds nutrients"),
    "bases": _("soil differs most in lime or acidity"),
    "wetness": _("soil differs most in wetness"),
    "rooting": _("soil differs most in rooting depth"),
    "organic": _("soil differs most in organic matter"),
    "salt": _("soil differs most in salt"),
}

MOST, OFTEN = 0.6, 0.2
"""Share from which soils are mostly so; share from which they are often so."""

SURE, FAIRLY_SURE = 0.8, 0.6
"""Certainty from which "sure" and "fairly sure" is said; judged, not measured."""


def soil_words(soil: Shares) -> object:
    """Say what soils are like here: mostly this, often this or that, or all kinds."""
    ranked = list(family_shares(soil).items())
    if not ranked or ranked[0][1] < OFTEN:
        return _("Soils here differ much from field to field.")
    (first, share), *rest = ranked
    if share >= MOST:
        return _("Soils here are mostly %(kind)s.", kind=FAMILY_WORDS[first])
    if rest and rest[0][1] >= OFTEN:
        second = FAMILY_WORDS[rest[0][0]]
        kinds = {"first": FAMILY_WORDS[first], "second": second}
        return _("Soils here are often %(first)s or %(second)s.", **kinds)
    return _("Soils here are often %(kind)s.", kind=FAMILY_WORDS[first])


def sure_words(soil: Shares) -> object:
    """Say how sure that is."""
    return sure_of(soil_certainty(soil))


def sure_of(certainty: float) -> object:
    """Say how sure something is that is known to a certainty of 0 to 1."""
    if certainty >= SURE:
        return _("We are quite sure of that.")
    if certainty >= FAIRLY_SURE:
        return _("We are fairly sure of that.")
    return _("We are not sure of that.")
