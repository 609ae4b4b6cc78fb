"""Bringing together what two people wrote from the same document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.writing.difference import Path
from kb.writing.versions import Document

NOTHING = object()
"""Stands for a field that is not there, which is not the same as an empty one."""


@dataclass(frozen=True)
class Clash:
    """A field that both changed, each in another way."""

    path: Path
    base: Any
    theirs: Any
    mine: Any


def merged(
    base: Document, mine: Document, theirs: Document
) -> tuple[Document, list[Clash]]:
    """Give one document with the changes of both; mine where both changed a field.

    Rows are told apart by their key. Lists of rows without keys, such as steps, count
    as one field.
    """
    clashes: list[Clash] = []
    whole = _merge_fields((), (base, mine, theirs), clashes)
    return whole, clashes


def only_translated(base: Document, last: Document) -> bool:
    """Say whether a later version differs in translations alone."""
    return (base["facts"], _source(base)) == (last["facts"], _source(last))


def with_steps_translated(
    base: Document, mine: Document, theirs: Document
) -> tuple[Document, list[Path]]:
    """Give my document with steps that they translated anew, wherever I moved them to.

    :return: also the fields that are settled by that.
    """
    texts = dict(mine["texts"])
    settled: list[Path] = []
    for language, text in mine["texts"].items():
        then, now = (one["texts"].get(language, {}) for one in (base, theirs))
        old, new = then.get("steps", []), now.get("steps", [])
        if text.get("state") == "source" or len(old) != len(new) or old == new:
            continue
        anew = dict(zip(old, new, strict=True))
        steps = [anew.get(words, words) for words in text.get("steps", [])]
        texts[language] = text | {"steps": steps}
        settled.append(("texts", language, "steps"))
    return mine | {"texts": texts}, settled


def _source(document: Document) -> object:
    texts = document["texts"].values()
    return next((text for text in texts if text.get("state") == "source"), None)


def _merge(path: Path, three: Sequence[object], clashes: list[Clash]) -> object:
    """Bring together a field as it was, as I have it and as they have it."""
    base, mine, theirs = three
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _merge_fields(path, (base, mine, theirs), clashes)
    if _keyed(mine) and _keyed(theirs):
        rows = _merge_fields(path, [_by_key(one) for one in three], clashes)
        return list(rows.values())
    shown = [None if one is NOTHING else one for one in three]
    clashes.append(Clash(path, base=shown[0], mine=shown[1], theirs=shown[2]))
    return mine


def _merge_fields(
    path: Path, three: Sequence[object], clashes: list[Clash]
) -> dict[str, object]:
    known = [one if isinstance(one, Mapping) else {} for one in three]
    found = {
        name: _merge((*path, name), [x.get(name, NOTHING) for x in known], clashes)
        for name in dict.fromkeys([*known[2], *known[1]])
    }
    return {name: value for name, value in found.items() if value is not NOTHING}


def _keyed(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, Mapping) and "key" in row for row in value)
    )


def _by_key(rows: object) -> dict[str, object]:
    return {row["key"]: row for row in rows} if _keyed(rows) else {}  # type: ignore[attr-defined]
