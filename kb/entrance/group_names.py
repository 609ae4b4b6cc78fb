"""What groups of land uses and main classes of climates are called."""

from collections.abc import Mapping

from kb.language import _

GROUPS: Mapping[str, object] = {
    "land_use:crop": _("Field crops and vegetables"),
    "land_use:perennial": _("Crops that stand for years, orchards"),
    "land_use:mixed": _("Crops with trees or animals"),
    "land_use:grazing": _("Grazing land"),
    "land_use:forest": _("Forest"),
    "land_use:wet": _("Wet land"),
    "land_use:other": _("Towns, land to be healed"),
    "climate:A": _("A: tropical"),
    "climate:B": _("B: dry"),
    "climate:C": _("C: mild winters"),
    "climate:D": _("D: cold winters"),
    "climate:E": _("E: always cold"),
}
"""Facet and value → the name. A group that is not here goes by its code."""
