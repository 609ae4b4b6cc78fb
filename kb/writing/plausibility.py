"""Claims about soil carbon that stand out, each with the reason.

They are not refused: a reviewer may vouch for one, and says why. Bulk density is not
asked for, since an effect has no field for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from kb.language import _
from kb.measures import converted
from kb.writing.versions import Document

RATE_UNIT = "t_c_ha_yr"
HIGHEST_RATE = 2.0
"""Tonnes of carbon per hectare and year above which a claim stands out. Reviews find
0.2 to 0.5 on farmland under better use (Minasny et al. 2017, Geoderma 292, 59-86)."""
FEWEST_YEARS = 3.0
"""Years below which a change of stocks can hardly be told from chance in sampling."""
UNITS: Mapping[str, frozenset[str]] = {
    "soc_rate": frozenset(
        {RATE_UNIT, "kg_c_ha_yr", "t_co2_c_ha_yr", "t_co2_ha_yr", "percent_yr"}
    ),
    "soc_stock_change": frozenset({"t_c_ha"}),
    "soc_stock": frozenset({"t_c_ha"}),
    "soc_stock_percent": frozenset({"percent"}),
    "soc_content": frozenset({"g_kg", "percent", "percent_yr"}),
}
"""Indicators of carbon in the soil → the units that each can be in."""
CHANGES = frozenset({"soc_rate", "soc_stock_change", "soc_stock_percent"})
"""Those that tell of a change in time."""
ONE_PLACE = frozenset({"trial", "long_term_trial", "comparison", "survey", "account"})
"""Methods that measure in the field, so that they know to which depth."""


@dataclass(frozen=True)
class Doubt:
    """Why one result stands out."""

    field: str
    """Its place among the facts, such as ``effects.0.value``."""
    reason: object
    row: Mapping[str, Any]


def doubts(document: Document) -> list[Doubt]:
    """Give what stands out in a document whose fields fit."""
    rows = document.get("facts", {}).get("effects", [])
    return [
        Doubt(f"effects.{number}.{field}", reason, row)
        for number, row in enumerate(rows)
        for field, reason in _of(row)
    ]


def new_doubts(document: Document, base: Document | None) -> list[Doubt]:
    """Give what stands out and did not stand so in the version it began from."""
    rows = base.get("facts", {}).get("effects", []) if base else []
    return [one for one in doubts(document) if one.row not in rows]


def _of(row: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    indicator, unit = row.get("indicator", ""), row.get("unit", "")
    if indicator not in UNITS:
        return
    if unit not in UNITS[indicator]:
        yield "unit", _("This cannot be measured in this unit.")
    elif any(abs(rate) > HIGHEST_RATE for rate in _rates(row)):
        said = _("More than %(most)s t of carbon per hectare and year.", most=2)
        yield "value", said
    years = row.get("years")
    if indicator in CHANGES and _is_figure(years) and years < FEWEST_YEARS:
        yield (
            "years",
            _("Under three years: too short to tell a change of soil carbon."),
        )
    if not row.get("depth_cm") and row.get("method") in ONE_PLACE:
        yield "depth_cm", _("It does not say to which depth the soil was measured.")


def _rates(row: Mapping[str, Any]) -> Sequence[float]:
    """Give the figures as tonnes of carbon per hectare and year, where they can be."""
    figures = [row.get(name) for name in ("value", "low", "high")]
    before, after = row.get("baseline"), row.get("after")
    if _is_figure(before) and _is_figure(after):
        figures.append(after - before)
    known = [one for one in figures if _is_figure(one)]
    unit, years = row.get("unit", ""), row.get("years")
    if unit == "t_c_ha" and row.get("indicator") != "soc_stock":
        return [one / years for one in known] if _is_figure(years) and years > 0 else []
    rates = (converted(one, unit, RATE_UNIT) for one in known)
    return [rate for rate in rates if rate is not None]


def _is_figure(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)
