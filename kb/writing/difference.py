"""What differs between two documents, field by field and word by word."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from kb.writing.versions import Document

Path = tuple[str, ...]
"""Names from the top of a document; rows go by their key, else counted from 1."""

_WORDS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+|\s+|.")
"""Words, and single signs where no spaces are written."""


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    how: str
    """``same``, ``added`` or ``removed``."""
    words: str


@dataclass(frozen=True)
class Change:
    """One field that differs."""

    path: Path
    pieces: tuple[Piece, ...]


def changes(before: Document, after: Document) -> list[Change]:
    """Give what differs, in the order of the fields."""
    return list(_walk((), _words(before), _words(after)))


def _words(document: Document) -> Document:
    """Give a document without what is said of single fields beside their words."""
    texts = document.get("texts", {}).items()
    plain = {
        language: {name: value for name, value in text.items() if name != "marks"}
        for language, text in texts
    }
    return {**document, "texts": plain}


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Mark the words that came and went.

    >>> [(p.how, p.words) for p in word_changes("dig deep", "dig")]
    [('same', 'dig'), ('removed', ' deep')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for how, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("added", "".join(new[k:m])))
    return tuple(pieces)


def _walk(path: Path, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401
    if before == after:
        return
    if _both(dict, before, after):
        old, new = before or {}, after or {}
        for name in dict.fromkeys([*old, *new]):
            yield from _walk((*path, str(name)), old.get(name), new.get(name))
    elif _both(list, before, after):
        yield from _walk_lists(path, before or [], after or [])
    else:
        yield Change(path, _values(before, after))


def _both(kind: type, *values: object) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)


def _walk_lists(path: Path, before: list[Any], after: list[Any]) -> Iterator[Change]:
    rows = [row for row in (*before, *after) if isinstance(row, Mapping)]
    if rows and all("key" in row for row in rows):
        yield from _walk(path, _by_key(before), _by_key(after))
    elif rows or path[-1] == "steps":
        for number, old, new in _aligned(before, after):
            yield from _walk((*path, str(number)), old, new)
    else:
        gone = [Piece("removed", str(one)) for one in before if one not in after]
        come = [Piece("added", str(one)) for one in after if one not in before]
        if gone or come:
            yield Change(path, (*gone, *come))


def _by_key(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {row["key"]: {k: v for k, v in row.items() if k != "key"} for row in rows}


def _aligned(before: list[Any], after: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pair the rows of two lists that are not the same; one that came has no pair."""
    old = [json.dumps(row, sort_keys=True) for row in before]
    new = [json.dumps(row, sort_keys=True) for row in after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, i, j, k, m in matcher.get_opcodes():
        if how != "equal":
            pairs = zip_longest(before[i:j], after[k:m])
            yield from ((k + n, *pair) for n, pair in enumerate(pairs, start=1))


def _values(before: object, after: object) -> tuple[Piece, ...]:
    if isinstance(before, str) and isinstance(after, str):
        return word_changes(before, after)
    gone = () if before is None else (Piece("removed", _written(before)),)
    come = () if after is None else (Piece("added", _written(after)),)
    return gone + come


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
