"""Languages: which are offered, how each is written, what to fall back on.

The only module below the doors that knows Flask-Babel.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from flask_babel import lazy_gettext as _

__all__ = [
    "INTERFACE",
    "_",
    "best_of",
    "chain",
    "country_name",
    "direction",
    "name_of",
]

INTERFACE = ("en", "fr", "es", "ar")
"""Languages that every page is complete in. One more: a catalogue and a word here."""

FALLBACK = "en"


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Say in which direction ``language`` is written."""
    locale = _locale(language)
    return "rtl" if locale is not None and locale.text_direction == "rtl" else "ltr"


def name_of(language: str, *, in_language: str | None = None) -> str:
    """Name a language, in itself unless told otherwise; its code if CLDR has no name.

    >>> name_of("fr"), name_of("ha", in_language="fr")
    ('français', 'haoussa')
    """
    reader = _locale(in_language or language) or _locale(FALLBACK)
    named = reader.languages.get(language) if reader else None
    return str(named or language)


def country_name(code: str, *, in_language: str) -> str:
    """Name a country (ISO 3166-1 alpha-2) or M49 region; its code if CLDR has none."""
    reader = _locale(in_language) or _locale(FALLBACK)
    named = reader.territories.get(code) if reader else None
    return str(named or code)


def chain(reader: str, source: str) -> tuple[str, ...]:
    """Give the languages to try for a reader, best first: hers, English, the source."""
    return tuple(
        dict.fromkeys((reader, reader.split("-", maxsplit=1)[0], FALLBACK, source))
    )


def best_of(available: Collection[str], *, reader: str, source: str) -> str:
    """Pick the language to show; never nothing while one is available."""
    for language in chain(reader, source):
        if language in available:
            return language
    return min(available)
