"""How complete a document is, before it is a record."""

from typing import Any

from kb.record.kind import Kind
from kb.writing.versions import Document

CARBON = "soc_effect"
"""Stands for a result about soil carbon among the effects."""


def lacking(kind: Kind, document: Document, language: str) -> list[str]:
    """Name what a document lacks of what its kind wants."""
    facts = document.get("facts", {})
    text = document.get("texts", {}).get(language, {})
    tags = facts.get("tags", {})
    return [
        name
        for name in kind.wanted
        if not (text.get(name) or tags.get(name) or _has(facts, name))
    ]


def percent(kind: Kind, document: Document, language: str) -> int:
    """Give the share of what its kind wants that a document has, in whole percent."""
    missing = len(lacking(kind, document, language))
    return 100 - round(100 * missing / len(kind.wanted)) if kind.wanted else 100


def _has(facts: dict[str, Any], name: str) -> bool:
    if name == CARBON:
        return any(
            "soc" in row.get("indicator", "") for row in facts.get("effects", [])
        )
    return bool(facts.get(name))
