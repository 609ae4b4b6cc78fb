"""Making one segment of several, leaving out documents that are gone.

Postings are not sorted again: every segment holds them by term and document, so each
piece moves to its place as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kb.search.whoosh_index.batch import finished, terms_of
from kb.search.whoosh_index.columns import Texts
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.segment import Segment


@dataclass
class _Part:
    """What one segment brings."""

    segment: Segment
    kept: Array
    """Of each document: whether it stays."""
    first: int
    """Number its first document gets."""
    terms: Array
    """Number of each of its terms in the new segment."""
    holders: Array
    """Of each of its terms: how many postings stay."""
    stay: Array
    """Of each posting: whether it stays."""


def merged(
    segments: Sequence[tuple[Segment, Array]],
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Give the arrays and the header of one segment.

    :param segments: each with which of its documents stay, (count,) of truth values.
    """
    names, numbers = _all_terms([segment for segment, _ in segments])
    parts, first = [], 0
    for (segment, kept), terms in zip(segments, numbers, strict=True):
        parts.append(_part(segment, kept, first, terms))
        first += int(kept.sum())
    names, parts = _without_empty(names, parts)
    arrays = terms_of(names) | _postings(parts, len(names))
    for name in ("length", "group"):
        arrays[name] = np.concatenate([p.segment.raw[name][p.kept] for p in parts])
    stored = [(Texts.read(p.segment.raw, "stored"), p.kept) for p in parts]
    return finished(arrays, _columns(parts), Texts.joined(stored))


def _all_terms(segments: Sequence[Segment]) -> tuple[list[bytes], list[Array]]:
    """Give all terms, sorted, and for each segment what number each of its gets."""
    own = [[segment.term(i) for i in range(segment.terms)] for segment in segments]
    names = sorted(set().union(*own))
    number = {name: i for i, name in enumerate(names)}
    return names, [np.array([number[n] for n in terms], "i8") for terms in own]


def _part(segment: Segment, kept: Array, first: int, terms: Array) -> _Part:
    stay = kept[segment.documents]
    ends = segment.raw["posting.ends"].astype("i8")
    before = np.concatenate(([0], np.cumsum(stay)))
    holders = before[ends[1:]] - before[ends[:-1]]
    return _Part(segment, kept, first, terms, holders, stay)


def _without_empty(
    names: list[bytes], parts: list[_Part]
) -> tuple[list[bytes], list[_Part]]:
    """Drop the terms that no document holds any more."""
    total = np.zeros(len(names), "i8")
    for part in parts:
        total[part.terms] += part.holders
    new = np.cumsum(total > 0) - 1
    for part in parts:
        part.terms = np.where(total[part.terms] > 0, new[part.terms], -1)
    return [name for name, n in zip(names, total.tolist(), strict=True) if n], parts


def _postings(parts: Sequence[_Part], terms: int) -> dict[str, Array]:
    moved = [_moved(part) for part in parts]
    runs = [(part.terms, part.holders) for part in parts]
    places = [
        (part.terms, _per_term(m["posting.times"], part.holders))
        for part, m in zip(parts, moved, strict=True)
    ]
    by_posting, ends = _destinations(runs, terms)
    by_place, place_ends = _destinations(places, terms)
    names = ("posting.document", "posting.weight", "posting.times")
    arrays = {n: _gathered([m[n] for m in moved], by_posting) for n in names}
    arrays["place"] = _gathered([m["place"] for m in moved], by_place)
    return arrays | {"posting.ends": ends, "place.ends": place_ends}


def _moved(part: _Part) -> dict[str, Array]:
    """Give what stays of a segment's postings and places, with new numbers."""
    held, stay = part.segment.raw, part.stay
    new = (np.cumsum(part.kept) - 1 + part.first).astype("u4")
    times = held["posting.times"]
    return {
        "posting.document": new[part.segment.documents[stay]],
        "posting.weight": part.segment.weights[stay],
        "posting.times": times[stay],
        "place": held["place"][np.repeat(stay, times)],
    }


def _per_term(times: Array, holders: Array) -> Array:
    ends = np.concatenate(([0], np.cumsum(holders)))
    before = np.concatenate(([0], np.cumsum(times, dtype="i8")))
    return before[ends[1:]] - before[ends[:-1]]


def _destinations(
    runs: Sequence[tuple[Array, Array]], terms: int
) -> tuple[list[Array], Array]:
    """Say where each item goes so that those of a term stand together.

    :param runs: for each segment the new number of its terms, and how many items each
        has; a term that no document holds any more is numbered -1 and has none.
    :returns: for each segment the new position of its items; where each term ends.
    """
    total = np.zeros(terms, "i8")
    for numbers, lengths in runs:
        total[numbers[numbers >= 0]] += lengths[numbers >= 0]
    ends = np.concatenate(([0], np.cumsum(total)))
    free = ends[:-1].copy()
    found = []
    for numbers, lengths in runs:
        held = numbers >= 0
        mine, count = numbers[held], lengths[held]
        shift = free[mine] - (np.cumsum(count) - count)
        found.append(np.arange(int(count.sum())) + np.repeat(shift, count))
        free[mine] += count
    return found, ends.astype("u8")


def _gathered(pieces: Sequence[Array], destinations: Sequence[Array]) -> Array:
    whole = np.empty(sum(len(piece) for piece in pieces), pieces[0].dtype)
    for piece, destination in zip(pieces, destinations, strict=True):
        whole[destination] = piece
    return whole


def _columns(parts: Sequence[_Part]) -> dict[str, Any]:
    first = parts[0].segment.columns
    return {
        name: type(first[name]).joined(
            (part.segment.columns[name], part.kept)  # type: ignore[misc]
            for part in parts
        )
        for name in first
    }
