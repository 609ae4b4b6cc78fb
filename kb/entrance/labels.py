"""Names for the reader: of facets, of their values, of kinds."""

from collections.abc import Collection

from flask_babel import gettext

from kb.entrance.request import this_language, this_vocabulary
from kb.kinds import KINDS
from kb.language import country_name, name_of
from kb.record.schemas import COUNTRIES
from kb.search.document import FACETS


def _(message: str, **named: object) -> str:
    """Translate for the reader of this request."""
    return str(gettext(message, **named))


def known_values() -> dict[str, Collection[str]]:
    """Give the values there are for each facet; languages are not checked."""
    vocabulary = this_vocabulary()
    values: dict[str, Collection[str]] = {
        name: {entry.code for entry in vocabulary.scheme(name)} for name in FACETS
    }
    del values["language"]
    return values | {"kind": set(KINDS), "country": COUNTRIES}


def facet_labels() -> dict[str, str]:
    """Name the facets."""
    return {
        "kind": _("Kind"),
        "land_use": _("Land use"),
        "climate": _("Climate"),
        "soil": _("Soil"),
        "theme": _("Theme"),
        "purpose": _("Purpose"),
        "country": _("Country"),
        "evidence": _("Evidence"),
        "labour": _("Labour"),
        "cost": _("Cost"),
        "suits": _("Who can do it"),
        "language": _("Language"),
    }


def kind_names() -> dict[str, str]:
    """Name the kinds, in the plural."""
    return {
        "practice": _("Practices"),
        "story": _("Success stories"),
        "answer": _("Questions and answers"),
    }


def kind_name() -> dict[str, str]:
    """Name the kinds, in the singular."""
    return {
        "practice": _("Practice"),
        "story": _("Success story"),
        "answer": _("Question and answer"),
    }


def value_label(name: str, value: str) -> str:
    """Name one value of a facet in the reader's language."""
    if name == "kind":
        return kind_names().get(value, value)
    if name == "country":
        return country_name(value, in_language=this_language())
    if name == "language":
        return name_of(value, in_language=this_language())
    entry = this_vocabulary().get(f"{name}:{value}")
    if entry is None:
        return value
    if name in {"soil", "climate", "evidence"} and entry.plain:
        return f"{entry.name} ({entry.plain})"
    return entry.name
