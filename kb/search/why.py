"""Why a record was found, and why it stands where it does: reasons that add up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from kb.search.boosts import Beside, Boosts
from kb.search.document import Document, Query, Reasons, SearchIndex
from kb.search.terms import CONCEPTS, FIELDS, field_terms
from kb.search.words import LAYERS, tokens


class Reason(NamedTuple):
    """One thing that adds to a score, or takes from it."""

    sort: str
    """``word``, ``concept``, ``kind``, ``evidence``, ``fresh`` or ``place``."""
    points: float
    said: str = ""
    """The word, or the code of the concept."""
    field: str = ""
    """Where it stands, a name of `kb.search.terms.FIELDS`."""


@dataclass(frozen=True)
class Why:
    """What the place of one record among the results is made of."""

    language: str
    """Of the text that the words were found in."""
    score: float
    """What it is ordered by: the sum of the points."""
    reasons: tuple[Reason, ...]
    """Those of the words first, each sort with the weightiest first."""

    def share(self, reason: Reason) -> float:
        """Give how much of the score a reason is; below 0 if it takes from it."""
        return reason.points / self.score if self.score else 0.0


def why(
    index: SearchIndex,
    query: Query,
    documents: Iterable[Document],
    beside: Beside | None,
) -> dict[int, Why]:
    """Explain the scores of some records.

    :param query: what the index was asked in the end.
    :param documents: of these records, in all their languages, one record after the
        other.
    """
    texts = {
        record_id: {d.language: d for d in some}
        for record_id, some in groupby(documents, lambda d: d.record_id)
    }
    found = index.reasons(query, list(texts))
    return {
        record_id: _one(query, texts[record_id][reasons.language], reasons, beside)
        for record_id, reasons in found.items()
        if reasons.language in texts[record_id]
    }


def _one(query: Query, d: Document, reasons: Reasons, beside: Beside | None) -> Why:
    added: dict[tuple[str, str, str], float] = defaultdict(float)
    said = _Said(query, d)
    for row, points in reasons.ways:
        for key, share in said.shares(row).items():
            added[key] += share * points
    told = [Reason(sort, n, what, at) for (sort, what, at), n in added.items()]
    told.sort(key=lambda reason: -reason.points)
    score, more = reasons.score, list[Reason]()
    for sort, factor in (beside.boosts(d) if beside else Boosts())._asdict().items():
        if factor != 1:
            more.append(Reason(sort, score * (factor - 1)))
            score *= factor
    return Why(d.language, score, (*told, *more))


class _Said:
    """Where the terms of a text stand, and the words they were typed as."""

    def __init__(self, query: Query, d: Document) -> None:
        self._fields, self._document = field_terms(d), d
        self._typed = {
            term: query.words[token.start : token.end]
            for token in tokens(query.words, d.language)
            for term in token.terms
        }

    def shares(self, row: tuple[str, ...]) -> Mapping[tuple[str, str, str], float]:
        """Give the part that each field has in what a row of terms weighs.

        A concept is one line, wherever it is spoken of.
        """
        if row[0].startswith("#"):
            return {("concept", row[0][1:], ""): 1.0}
        weighed = {
            name: FIELDS[name] * count
            for name, terms in self._fields.items()
            if name not in CONCEPTS and (count := _times(terms, row))
        }
        whole = sum(weighed.values())
        return {
            ("word", self._word(row, name), name): weight / whole
            for name, weight in weighed.items()
        } or {("word", self._spelt(row), ""): 1.0}

    def _word(self, row: tuple[str, ...], field: str) -> str:
        """Give the words of a row as they were typed, else as the text has them."""
        if all(term in self._typed for term in row):
            return " ".join(self._typed[term].lower() for term in row)
        text = " ".join(self._texts(field))
        found = (tokens(text, self._document.language, [term]) for term in row)
        first = [next(some, None) for some in found]
        if all(first):
            return " ".join(text[t.start : t.end].lower() for t in first if t)
        return self._spelt(row)

    def _texts(self, field: str) -> Iterator[str]:
        if field == "names":
            yield from (words for words, _language in self._document.names)
        else:
            yield getattr(self._document, field)

    def _spelt(self, row: tuple[str, ...]) -> str:
        return " ".join(term.replace("=", ":").partition(":")[2] for term in row)


def _times(terms: Sequence[str], row: tuple[str, ...]) -> int:
    """Count how often a row of terms stands among those of a text."""
    if len(row) == 1:
        return terms.count(row[0])
    words = [terms[at : at + LAYERS] for at in range(0, len(terms), LAYERS)]
    return sum(
        all(term in words[first + n] for n, term in enumerate(row))
        for first in range(len(words) - len(row) + 1)
    )
