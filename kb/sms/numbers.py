"""Telephone numbers as they are kept: with their country, digits only (E.164)."""

from functools import cache
from importlib.resources import files

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from kb.errors import NotValid
from kb.language import _

LONGEST = 40
MOST_SHORT = 6
"""Digits of a short code at most: a service, no telephone."""


def is_service(typed: str) -> bool:
    """Say whether a sender is a name or a short code: a program, never answered."""
    signs = typed.strip()
    letters = any(sign.isalpha() for sign in signs)
    return letters or sum(sign.isdecimal() for sign in signs) <= MOST_SHORT


def normal(typed: str, country: str = "") -> str:
    """Give a number as it is kept.

    :param country: of a number without one; ISO 3166-1 alpha-2.
    :raises NotValid: it is none, or it may be one of several countries.

    >>> normal("70 12 34 56", "BF"), normal("0022670123456", "FR")
    ('+22670123456', '+22670123456')
    """
    given = typed.strip()[:LONGEST]
    for written in _ways(given, country):
        found = _read(written, country)
        if found is not None:
            return str(phonenumbers.format_number(found, PhoneNumberFormat.E164))
    if not country and not given.startswith(("+", "00")):
        said = _(
            "This number does not say its country: write it with + before it, or name"
            " a country in the file of the gateway."
        )
        raise NotValid(said, {"from": [str(said)]})
    said = _("This is no telephone number.")
    raise NotValid(said, {"from": [str(said)]})


def country_of(number: str) -> str:
    """Give the country of a number, ISO 3166-1 alpha-2; empty if it has none."""
    found = _read(number, "")
    region = phonenumbers.region_code_for_number(found) if found else None
    return region if region and region.isalpha() else ""


def zone_of(country: str) -> str:
    """Give the time zone of a country; empty if it has several."""
    zones = _zones().get(country, ())
    return zones[0] if len(zones) == 1 else ""


def example(country: str) -> str:
    """Give a number that nobody has, for trying; of Burkina Faso where none is known.

    >>> example("BF")
    '+22670123456'
    """
    mobile = phonenumbers.PhoneNumberType.MOBILE
    found = phonenumbers.example_number_for_type(country, mobile)
    found = found or phonenumbers.example_number_for_type("BF", mobile)
    e164 = PhoneNumberFormat.E164
    return str(phonenumbers.format_number(found, e164)) if found else ""


def _ways(given: str, country: str) -> list[str]:
    """Give how a number may be meant, the likeliest first."""
    if given.startswith("00"):
        return ["+" + given[2:]]
    return [given] if given.startswith("+") or not country else [given, "+" + given]


def _read(written: str, country: str) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(written, country or None)
    except NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) else None


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Read which country has which zones, from the list of IANA."""
    found: dict[str, tuple[str, ...]] = {}
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            country, _where, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found
