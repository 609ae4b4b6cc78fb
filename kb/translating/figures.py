"""Numbers with their units in a text, however a language writes them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from kb.translating.unit_names import UNITS

_BY_NAME = {name: unit for unit, names in UNITS.items() for name in names.split()}
_GAPS = "\u00a0\u202f\u2009 "
_GROUPS = ".,'\u2019\u066b\u066c" + _GAPS
_NUMBER = re.compile(rf"\d+(?:[{_GROUPS}]\d+)*")
_UNIT = re.compile(
    rf"[{_GAPS}]?("
    + "|".join(re.escape(x) for x in sorted(_BY_NAME, key=len, reverse=True))
    + r")(?!\w)"
)
_UNSPACED = re.compile("[\u3400-\u9fff]")
THOUSAND = 3
"""Digits of a group."""


@dataclass(frozen=True)
class Figure:
    """A number as it stands in a text."""

    written: str
    readings: frozenset[Decimal]
    """What it may mean: a point parts thousands here and decimals there."""
    unit: str

    def is_same(self, other: "Figure") -> bool:
        """Say whether both may mean the same number."""
        return bool(self.readings & other.readings)

    @property
    def is_small(self) -> bool:
        """Whether it is often written out: a whole number up to ten without a unit."""
        whole = all(one == one.to_integral_value() for one in self.readings)
        return not self.unit and whole and max(self.readings) <= 10


def figures_in(text: str, language: str) -> list[Figure]:
    """Give the numbers of a text in order, dates as the numbers they are made of."""
    return list(_figures(text, language))


def _figures(text: str, language: str) -> Iterator[Figure]:
    for found in _NUMBER.finditer(text):
        *before, last = _apart(found[0])
        for written in before:
            yield Figure(written, _readings(written, language), "")
        yield Figure(last, _readings(last, language), _unit_after(text, found.end()))


def _unit_after(text: str, at: int) -> str:
    found = _UNIT.match(text, at)
    if found:
        return _BY_NAME[found[1]]
    for name, unit in _BY_NAME.items():
        if _UNSPACED.match(name) and text.startswith(name, at):
            return unit
    return ""


def _apart(written: str) -> list[str]:
    """Part two numbers that only stand side by side, as in "1, 2" or "10 20"."""
    groups = re.split(f"([{_GROUPS}])", written)
    numbers = [groups[0]]
    for sign, digits in zip(groups[1::2], groups[2::2], strict=True):
        if sign in _GAPS and len(digits) != THOUSAND:
            numbers.append(digits)
        else:
            numbers[-1] += sign + digits
    return numbers


def _readings(written: str, language: str) -> frozenset[Decimal]:
    plain = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in written
    )
    signs = [sign for sign in plain if not sign.isdigit()]
    bare = re.sub(r"\D", "", plain)
    if not signs:
        return frozenset({Decimal(bare)})
    head, _sign, tail = plain.rpartition(signs[-1])
    decimal = Decimal(f"{re.sub(r'[^0-9]', '', head)}.{tail}")
    point, group = _symbols(language)
    if signs[-1] == "\u066b" or len(tail) != THOUSAND or len(set(signs)) > 1:
        several = len(signs) > 1 and len(set(signs)) == 1
        return frozenset({Decimal(bare) if several else decimal})
    if len(signs) > 1 or signs[-1] in _GAPS + "'\u2019\u066c" or signs[-1] == group:
        return frozenset({Decimal(bare)})
    return frozenset({decimal, Decimal(bare)} if signs[-1] == point else {decimal})


@lru_cache(maxsize=64)
def _symbols(language: str) -> tuple[str, str]:
    """Give how a language parts decimals and thousands."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ".", ","
    return get_decimal_symbol(locale), get_group_symbol(locale)
