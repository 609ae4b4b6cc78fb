"""The lists that users choose from, as data; each has its words for the reader."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from kb.language import INTERFACE, _

Named = Mapping[str, Any]
"""Code → its words, translated when they are shown."""


def _named(**words: object) -> Named:
    return MappingProxyType(words)


YES_REASONS = _named(
    clear=_("It is clear what to do"),
    fits=_("It fits my land"),
    new=_("I learned something new"),
)
NO_REASONS = _named(
    unclear=_("I did not understand it"),
    other_land=_("It does not fit my land"),
    costly=_("It costs too much money or work"),
    missing=_("Something I need is missing"),
    wrong=_("I think it is wrong"),
)
REASONS = _named(**YES_REASONS, **NO_REASONS)
"""One of them may be given with yes or no."""

REPORTS = _named(
    danger=_("A danger: somebody or something could come to harm"),
    error=_("An error: something is not right"),
)
DAYS: Mapping[str, int] = MappingProxyType({"danger": 2, "error": 14})
"""Within so many days an editor has to settle a report."""

OUTCOMES = _named(
    kept=_("I go on with it"),
    changed=_("I go on, but do it differently"),
    stopped=_("I stopped"),
)
ANSWERS = _named(
    considering=_("I am still thinking about it"),
    planning=_("I plan to do it"),
    did=_("I did it; it is too early to say"),
    worked=_("I did it and it worked"),
    failed=_("I did it and it did not work"),
)
"""What may be answered to the question after a season."""

WAITS: Mapping[str, timedelta] = MappingProxyType(
    {str(months): timedelta(days=30.5 * months) for months in (3, 6, 12)}
)
"""Months → how long to wait before asking."""

INDICATORS = (
    "crop_yield",
    "plant_biomass",
    "animal_output",
    "income",
    "cost",
    "plants_cover",
    "soil_water",
    "soil_loss",
    "runoff",
    "organic_matter",
    "soc_content",
    "water_use",
    "hunger",
    "other",
)
"""What a land user may measure or count herself, by its code in the vocabulary."""
UNITS = (
    "t_ha",
    "kg_ha",
    "percent",
    "g_kg",
    "mm",
    "cm",
    "m3_ha",
    "litre_cow_day",
    "usd_ha",
    "usd",
    "eur_ha",
    "months",
    "trees",
    "times",
)
SEASONS = (
    "first_rains",
    "growing",
    "dry_season",
    "cold_season",
    "spring",
    "summer",
    "autumn",
    "each_year",
)
FIRST_YEAR = 1950
LANGUAGES = (*INTERFACE, "am", "ha", "id", "km", "my", "th", "vi", "wo", "yo", "und")
"""Languages that words may be said to be in; ``und`` for any other."""
