"""The words of a text, field by field, and putting them back where they belong."""

import re
from collections.abc import Mapping
from typing import Any

STEP, DRAWING, LABEL = "step:", "drawing:", "label:"
HEAD = ("title", "summary")
ABOUT = frozenset({"state", "marks"})
"""What a text says of its words, beside them."""
_LISTED = {
    "effect": "effects",
    "limit": "limits",
    "cost": "costs",
    "drawing": "drawings",
    "label": "labels",
}


_WRAPPED = re.compile(r"(?<!\n)[ \t]*\n(?![\n>#*\-+ \t]|\d+[.)])")
"""The end of a line within a paragraph, which files have and readers do not see."""


def unwrapped(words: str) -> str:
    r"""Give words with each paragraph on one line; lists and quotes keep theirs.

    >>> unwrapped("Dig\npits.\n\n- one\n- two")
    'Dig pits.\n\n- one\n- two'
    """
    return _WRAPPED.sub(" ", words)


def parts_of(given: Mapping[str, Any]) -> dict[str, str]:
    """Give every section, step and note of a text under one name."""
    parts: dict[str, str] = {}
    for name, value in given.items():
        if name in ABOUT or name in HEAD:
            continue
        if name == "steps":
            numbered = enumerate(value, start=1)
            parts |= {f"{STEP}{i}": words for i, words in numbered if words}
        elif isinstance(value, dict):
            parts |= {f"{name[:-1]}:{key}": words for key, words in value.items()}
        else:
            parts[name] = value.strip()
    return parts


def words_in(text: Mapping[str, Any]) -> dict[str, str]:
    """Give all words of a text by the name of their field, the title first."""
    head = {name: text.get(name, "") for name in HEAD}
    return {name: said for name, said in (head | parts_of(text)).items() if said}


def with_words(
    text: Mapping[str, Any], field: str, words: str, *, steps: int
) -> dict[str, Any]:
    """Give a text with other words in one field.

    :param steps: how many the record has; those not translated are empty.
    """
    first, _colon, key = field.partition(":")
    if field.startswith(STEP):
        said = [*text.get("steps", []), *[""] * steps][:steps]
        said[int(key) - 1] = words
        return {**text, "steps": said}
    if first in _LISTED and key:
        rows = text.get(_LISTED[first], {}) | {key: words}
        return {**text, _LISTED[first]: rows}
    return {**text, field: words}
