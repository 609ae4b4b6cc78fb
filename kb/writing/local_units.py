"""Units that are another amount from place to place, and drafts that name no place."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.language import _
from kb.vocabulary.models import Concept
from kb.writing.versions import Document

BY_PLACE = "by_place"
"""Group of the vocabulary ``unit`` that holds them: bag, feddan, quintal …"""
SAID = _(
    "This unit is not the same amount everywhere, so readers cannot know how much"
    " it is. Please name the place or the country in the part “Where it was done”,"
    " or choose another unit."
)


def placeless(session: Session, document: Document) -> dict[str, list[str]]:
    """Give the fields with such a unit, if no site says where; else nothing."""
    facts = document.get("facts", {})
    if any(site.get("place") or site.get("country") for site in facts.get("sites", [])):
        return {}
    codes = set(session.scalars(_codes)) if (rows := _with_unit(facts)) else set()
    return {f"{name}.unit": [str(SAID)] for name, unit in rows if unit in codes}


_codes = select(Concept.code).where(Concept.scheme == "unit", Concept.group == BY_PLACE)


def _with_unit(facts: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (f"{name}.{number}", row["unit"])
        for name, part in facts.items()
        if isinstance(part, list)
        for number, row in enumerate(part)
        if isinstance(row, dict) and "unit" in row
    ]
