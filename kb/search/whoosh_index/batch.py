"""Documents on their way into a segment: all arrays are made in a few steps at once.

Every word becomes one number that sorts by term, document, place and text; one sort
brings equal terms together, and sums over the runs give weights and counts.
"""

import json
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kb.search.whoosh_index.columns import Texts, ends_of, kind_of
from kb.search.whoosh_index.container import Array
from kb.search.whoosh_index.layout import LONGEST_WEIGHT, Layout
from kb.search.whoosh_index.runs import begins

MOST_DOCUMENTS = 1 << 17
GAP = 10
"""Places left free between two texts, so that no phrase reaches across."""
_TEXT_BITS, _PLACE_BITS, _DOCUMENT_BITS = 3, 16, 17
LAST_PLACE = (1 << _PLACE_BITS) - 1
MOST_TIMES = 255
"""Places kept of one term in one document; the weight counts them all up to 255."""


class _Numbered(dict[str, int]):
    """Numbers for terms, given as they are asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class Batch:
    """Takes documents in, then gives the arrays and the header of a segment."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._number = _Numbered()
        self.clear()

    def clear(self) -> None:
        """Begin anew; numbers of terms are kept."""
        self._terms, self._lengths = array("I"), array("I")
        self._groups = array("q")
        self._rows: dict[str, list[Any]] = {name: [] for name in self._layout.columns}
        self._stored: list[bytes] = []

    def __len__(self) -> int:
        return len(self._groups)

    def add(
        self,
        group: int,
        texts: Mapping[str, Sequence[str]],
        columns: Mapping[str, Any],
        stored: Mapping[str, Any],
    ) -> None:
        """Take a document in.

        :param texts: text → its terms in order, as many for each word as the layout
            says.
        :raises ValueError: a number of terms that is no multiple of the layers.
        """
        number = self._number.__getitem__
        for name in self._layout.texts:
            terms, layers = texts.get(name, ()), self._layout.layers_of(name)
            if len(terms) % layers:
                raise ValueError(f"{name}: {layers} terms for each word")
            self._terms.extend(map(number, terms))
            self._lengths.append(len(terms))
        self._groups.append(group)
        for name, rows in self._rows.items():
            rows.append(columns[name])
        said = json.dumps(dict(stored)).encode() if stored else b""
        self._stored.append(zlib.compress(said, 1) if said else b"")

    def segment(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Give the arrays and the header of a segment of these documents."""
        names, ranks = self._sorted_terms()
        arrays = postings(self._keys(ranks), names, self._weights(), len(self))
        arrays["group"] = np.frombuffer(self._groups, "i8")
        columns = {n: k.of(self._rows[n]) for n, k in self._layout.columns.items()}
        return finished(arrays, columns, Texts.of(self._stored))

    def _weights(self) -> Array:
        return np.array([*self._layout.texts.values(), *([0] * 8)][:8], "u4")

    def _sorted_terms(self) -> tuple[list[bytes], Array]:
        """Give the terms that occur, sorted, and number → rank among them."""
        names = list(self._number)
        used = np.zeros(len(names), bool)
        used[np.frombuffer(self._terms, "u4")] = True
        in_order = sorted(np.flatnonzero(used).tolist(), key=names.__getitem__)
        ranks = np.zeros(len(names), "u8")
        ranks[in_order] = np.arange(len(in_order), dtype="u8")
        return [names[number].encode() for number in in_order], ranks

    def _keys(self, ranks: Array) -> Array:
        """Give a sorted number for every word: term, document, place, text."""
        texts = len(self._layout.texts)
        lengths = np.frombuffer(self._lengths, "u4").astype("i8")
        per_document = lengths.reshape(-1, texts).sum(1)
        text = np.repeat(np.tile(np.arange(texts), len(self)), lengths)
        document = np.repeat(np.arange(len(self)), per_document)
        begins = np.cumsum(per_document) - per_document
        place = np.arange(len(document)) - begins[document]
        layers = np.array([self._layout.layers_of(name) for name in self._layout.texts])
        place = np.minimum(place // layers[text] + text * GAP, LAST_PLACE)
        keys: Array = ranks[np.frombuffer(self._terms, "u4")] << np.uint64(
            _DOCUMENT_BITS + _PLACE_BITS + _TEXT_BITS
        )
        keys |= (
            document << (_PLACE_BITS + _TEXT_BITS) | place << _TEXT_BITS | text
        ).astype("u8")
        keys.sort()
        return keys


def postings(
    keys: Array, names: Sequence[bytes], weights: Array, documents: int
) -> dict[str, Array]:
    """Make terms, postings and places out of sorted keys."""
    pairs = keys >> np.uint64(_PLACE_BITS + _TEXT_BITS)
    starts = begins(pairs)
    times = np.diff(np.append(starts, len(keys)))
    per_word = weights[(keys & np.uint64((1 << _TEXT_BITS) - 1)).astype("i8")]
    weight = _sums(per_word, starts)
    document = (pairs[starts] & np.uint64(MOST_DOCUMENTS - 1)).astype("u4")
    term = (pairs[starts] >> np.uint64(_DOCUMENT_BITS)).astype("i8")
    place = (keys >> np.uint64(_TEXT_BITS) & np.uint64(LAST_PLACE)).astype("u2")
    nth = np.arange(len(keys)) - np.repeat(starts, times)
    weight, times = np.minimum(weight, LONGEST_WEIGHT), np.minimum(times, MOST_TIMES)
    ends = ends_of(np.bincount(term, minlength=len(names)))
    return terms_of(names) | {
        "posting.ends": ends,
        "posting.document": document,
        "posting.weight": weight.astype("u1"),
        "posting.times": times.astype("u1"),
        "place.ends": ends_of(times)[ends.astype("i8")],
        "place": place[nth < MOST_TIMES],
        "length": np.bincount(document, weight, documents).astype("u4"),
    }


def terms_of(names: Sequence[bytes]) -> dict[str, Array]:
    """Give the arrays of a list of sorted terms, and of their numbers by checksum."""
    sums = np.fromiter(map(zlib.crc32, names), "u4", len(names))
    order = np.argsort(sums, kind="stable")
    by_sum = {"term.sum": sums[order], "term.of_sum": order.astype("u4")}
    return Texts.of(names).arrays("term") | by_sum


def finished(
    arrays: dict[str, Array], columns: Mapping[str, Any], stored: Texts
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Add columns and stored values; give arrays and header."""
    for name, column in columns.items():
        arrays |= column.arrays(f"column.{name}")
    kinds = [(name, kind_of(column)) for name, column in columns.items()]
    tables = {
        f"column.{name}": column.table
        for name, column in columns.items()
        if hasattr(column, "table")
    }
    return arrays | stored.arrays("stored"), {"columns": kinds, "sets": tables}


def _sums(values: Array, starts: Array) -> Array:
    return np.add.reduceat(values, starts) if len(starts) else values[:0]
