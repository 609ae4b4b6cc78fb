"""Languages: which are offered, how each is written, what to fall back on.

The only module below the doors that knows Flask-Babel.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from flask_babel import lazy_gettext as _

__all__ = [
    "INTERFACE",
    "_",
    "best_of",
    "chain",
    "country_name",
    "direction",
    "name_of",
    "offered",
]

INTERFACE = ("en", "fr", "es", "pt", "ar", "sw", "hi", "bn", "zh", "ru")
"""Languages that every page is complete in. One more: a catalogue and a word here."""

FALLBACK = "en"


def offered(language: str | None) -> str:
    """Give a language if all we say can be said in it, else the one that can always."""
    return language if language in INTERFACE else FALLBACK


_FROM_RIGHT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
"""Scripts written from right to left (ISO 15924)."""
SCRIPT_CODE = 4
"""Letters of a script's code."""


_OWN_NAMES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "hi": "हिन्दी",
    "it": "italiano",
    "pt": "português",
    "ru": "русский",
    "sw": "Kiswahili",
    "zh": "中文",
}
"""Languages met on many pages, in themselves, as CLDR has them: to look each up there
takes half a megabyte and hundredths of a second."""


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Say in which direction ``language`` is written: that of its likely script."""
    locale = _locale(language)
    return "rtl" if locale and _script(locale) in _FROM_RIGHT else "ltr"


def _script(locale: Locale) -> str:
    """Give the script a language is written in, without loading all CLDR says of it."""
    likely = get_global("likely_subtags")
    tags = likely.get(str(locale)) or likely.get(locale.language, "")
    scripts = [part for part in tags.split("_")[1:] if len(part) == SCRIPT_CODE]
    return locale.script or "".join(scripts)


def name_of(language: str, *, in_language: str | None = None) -> str:
    """Name a language, in itself unless told otherwise; its code if CLDR has no name.

    >>> name_of("fr"), name_of("ha", in_language="fr")
    ('français', 'haoussa')
    """
    if in_language in {None, language} and language in _OWN_NAMES:
        return _OWN_NAMES[language]
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
