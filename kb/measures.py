"""Units that a plain factor leads from one to the other, with the source of each.

Left out on purpose: percent (of what, differs), g/kg to percent (contents and relative
changes are both given in percent), a rate in a day or season to one in a year (nobody
says for how many days), degrees of slope to percent (no factor), money of different
currencies (it changes daily), CO2-equivalents to carbon (they hold methane and nitrous
oxide as well), and what is another amount from place to place (bag, feddan, quintal).
"""

from collections.abc import Iterable, Mapping
from math import floor, log10

TONNE_KG, HECTARE_M2, KM2_HA = 1000.0, 10_000.0, 100.0
"""BIPM, The International System of Units, 9th edition (2019), table 8 and prefixes."""

SHORT_TON_KG = 2000 * 0.45359237
"""2,000 pounds. NIST Special Publication 811 (2008), appendix B.8: exact."""

ACRE_HA = 43_560 * 0.3048**2 / HECTARE_M2
"""43,560 square feet; a foot is 0.3048 m, exact (NIST SP 811, appendix B.8). The acre
of the US survey is larger by 4 in a million, which no figure here can tell."""

CARBON_IN_CO2 = 12 / 44
"""By mass. IPCC 2006 Guidelines for National Greenhouse Gas Inventories, volume 4,
chapter 2: carbon to CO2 by 44/12."""

MM_M3_HA = 10.0
"""A millimetre of water on a hectare: 0.001 m x 10,000 m2."""

_FAMILIES: tuple[Mapping[str, float], ...] = (
    {
        "kg_ha": 1.0,
        "t_ha": TONNE_KG,
        "t_km2": TONNE_KG / KM2_HA,
        "short_ton_acre": SHORT_TON_KG / ACRE_HA,
    },
    {"kg_ha_yr": 1.0, "t_ha_yr": TONNE_KG},
    {
        "kg_c_ha_yr": 1.0,
        "t_c_ha_yr": TONNE_KG,
        "t_co2_c_ha_yr": TONNE_KG,
        "t_co2_ha_yr": TONNE_KG * CARBON_IN_CO2,
    },
    {"ha": 1.0, "km2": KM2_HA, "million_ha": 1e6},
    {"mm": 1.0, "m3_ha": 1 / MM_M3_HA},
    {"cm": 1.0, "m": 100.0, "km": 100_000.0},
    {"months": 1.0, "years": 12.0},
    {"usd_ha": 1.0, "usd_acre": 1 / ACRE_HA},
)
"""Units that measure the same, each with what it is in the first."""

_FAMILY_OF = {code: family for family in _FAMILIES for code in family}

DIGITS = 3
"""Significant digits of a figure that a crooked factor was applied to."""


def factor(unit: str, other: str) -> float | None:
    """Give what a figure has to be multiplied by to be in another unit.

    Nothing where no plain factor leads from one to the other.

    :param unit: code of the vocabulary ``unit``, such as ``kg_ha``.

    >>> factor("kg_ha", "t_ha"), factor("percent", "percent"), factor("mm", "t_ha")
    (0.001, 1.0, None)
    """
    if unit == other:
        return 1.0
    family = _FAMILY_OF.get(unit, {})
    return family[unit] / family[other] if other in family else None


def converted(value: float, unit: str, other: str) -> float | None:
    """Give a figure in another unit; no more digits than it can have.

    Powers of ten move the point alone; any other factor leaves `DIGITS`.

    >>> converted(388, "kg_ha", "t_ha"), converted(1, "short_ton_acre", "t_ha")
    (0.388, 2.24)
    """
    by = factor(unit, other)
    if by is None:
        return None
    found = value * by
    if found == 0 or by == 1:
        return found
    plain = abs(log10(by) - round(log10(by))) < 1e-9
    return round(found, 12) if plain else _significant(found)


def common(units: Iterable[str]) -> str:
    """Give the unit to show all of them in: the one most of them are in already.

    Of two that are level the one named first. They have to be convertible.

    >>> common(["kg_ha", "t_ha", "t_ha"])
    't_ha'
    """
    named = list(units)
    return max(dict.fromkeys(named), key=named.count)


def _significant(value: float) -> float:
    return round(value, DIGITS - 1 - floor(log10(abs(value))))
