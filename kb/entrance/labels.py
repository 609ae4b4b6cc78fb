"""Names for the reader: of facets, of their values, of kinds."""

from collections.abc import Collection
from functools import lru_cache

from babel.numbers import format_decimal
from flask_babel import gettext

from kb.entrance.group_names import GROUPS
from kb.entrance.levels import this_levels
from kb.entrance.request import this_language, this_vocabulary
from kb.kinds import KINDS
from kb.language import country_name, name_of
from kb.practices.models import WORK_BY_SEX
from kb.record.models import WHO_BENEFITS
from kb.record.schemas import COUNTRIES
from kb.search.document import FACETS
from kb.search.ranges import UNITS, read_range

YEAR, WHOLE = "0", "#,##0"
"""How numbers are written: years without a thousands mark."""


def _(message: str, **named: object) -> str:
    """Translate for the reader of this request."""
    return str(gettext(message, **named))


def known_values() -> dict[str, Collection[str]]:
    """Give the values there are for each facet; languages are not checked."""
    vocabulary, levels = this_vocabulary(), this_levels()
    values: dict[str, Collection[str]] = {
        name: {entry.code for entry in vocabulary.scheme(name)} for name in FACETS
    }
    del values["language"]
    values |= {"kind": set(KINDS), "country": COUNTRIES, "region": COUNTRIES}
    values["tells"] = {WORK_BY_SEX, WHO_BENEFITS}
    greater = {name: set(each.values()) for name, each in levels.items()}
    return values | {n: {*values[n], *codes} for n, codes in greater.items()}


def facet_labels() -> dict[str, str]:
    """Name the facets."""
    return {
        "kind": _("Kind"),
        "land_use": _("Land use"),
        "climate": _("Climate"),
        "soil": _("Soil"),
        "theme": _("Theme"),
        "purpose": _("Purpose"),
        "region": _("Region"),
        "country": _("Country"),
        "evidence": _("Evidence"),
        "labour": _("Labour"),
        "cost": _("Cost"),
        "suits": _("Who can do it"),
        "benefits": _("Who benefits"),
        "tells": _("What it tells"),
        "language": _("Language"),
        "rainfall": _("Rain in a year"),
        "altitude": _("Height above the sea"),
        "year": _("Year"),
        "cost_usd": _("Money needed at the start"),
    }


def order_names(*, placed: bool) -> list[tuple[str, str]]:
    """Name the orders of results, the usual one first.

    :param placed: whether the reader said where her land is; else nothing is near.
    """
    named = [
        ("best", _("best match")),
        ("evidence", _("strongest evidence")),
        ("newest", _("newest")),
        ("tried", _("tried in most places")),
        ("nearest", _("most like your place")),
        ("title", _("title")),
    ]
    return [order for order in named if placed or order[0] != "nearest"]


def kind_names() -> dict[str, str]:
    """Name the kinds, in the plural."""
    return {
        "practice": _("Practices"),
        "story": _("Success stories"),
        "answer": _("Questions and answers"),
        "guideline": _("Guidelines"),
    }


def kind_name() -> dict[str, str]:
    """Name the kinds, in the singular."""
    return {
        "practice": _("Practice"),
        "story": _("Success story"),
        "answer": _("Question and answer"),
        "guideline": _("Guideline"),
    }


def told_names() -> dict[str, str]:
    """Name what records say beyond their words."""
    return {
        WORK_BY_SEX: _("who does the work (women and men)"),
        WHO_BENEFITS: _("who benefits"),
    }


def value_label(name: str, value: str) -> str:
    """Name one value of a facet, or a range, in the reader's language."""
    if name == "kind":
        return kind_names().get(value, value)
    if name in {"country", "region"}:
        return country_name(value, in_language=this_language())
    if name == "tells":
        return told_names().get(value, value)
    if name == "language":
        return name_of(value, in_language=this_language())
    return range_label(name, value) if name in UNITS else _filed_label(name, value)


def _filed_label(name: str, value: str) -> str:
    entry = this_vocabulary().get(f"{name}:{value}")
    if entry is None:
        return str(GROUPS.get(f"{name}:{value}", value))
    if name in {"soil", "climate", "evidence"} and entry.plain:
        return f"{entry.name} ({entry.plain})"
    return entry.name


def range_label(name: str, written: str) -> str:
    """Write a range with its unit in the reader's language.

    :param written: as `read_range` reads it.
    """
    asked = read_range(written)
    pattern = YEAR if name == "year" else WHOLE
    low, high = (
        "" if end is None else _number(end, pattern, this_language())
        for end in (asked.low, asked.high)
    )
    if not low:
        said = _("up to %(high)s", high=high)
    elif not high:
        said = _("%(low)s or more", low=low)
    else:
        said = low if low == high else _("%(low)s to %(high)s", low=low, high=high)
    unit = unit_label(name)
    return f"{said}\N{NO-BREAK SPACE}{unit}" if unit else said


def unit_label(name: str) -> str:
    """Name the unit of a range; nothing for years."""
    return this_vocabulary().name(UNITS[name])


@lru_cache(maxsize=1000)
def _number(value: int, pattern: str, language: str) -> str:
    """Write a figure; a mark keeps a minus before the digits."""
    sign = "\N{LEFT-TO-RIGHT MARK}" if value < 0 else ""
    return sign + format_decimal(value, format=pattern, locale=language)


def share_names() -> dict[str, str]:
    """Name what people do for a record, in the order in which they are listed."""
    return {
        "author": _("Author"),
        "land_user": _("Land user"),
        "compiler": _("Compiled by"),
        "translator": _("Translator"),
        "reviewer": _("Reviewer"),
    }
