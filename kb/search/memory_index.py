"""An index held in memory: for tests and for a first run with nothing installed."""

from collections import Counter
from collections.abc import Iterable
from math import log

from kb.search.document import Document, Found, Query
from kb.search.tally import Match, entries_of, tally
from kb.search.terms import FIELDS, READER_BOOST, TERMLESS, field_terms, questions


class MemoryIndex:
    """Counts the terms of every document, weighted by field and by rarity."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._weights: dict[str, dict[str, float]] = {}
        self._holding: Counter[str] = Counter()

    def put(self, documents: Iterable[Document]) -> None:
        """Take in, in place of what it held of the same records."""
        documents = list(documents)
        self.remove({d.record_id for d in documents})
        self._documents |= {d.key: d for d in documents}
        self._weights |= {d.key: _weigh(d) for d in documents}
        self._count()

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        gone = set(record_ids)
        keys = [k for k, d in self._documents.items() if d.record_id in gone]
        for key in keys:
            del self._documents[key], self._weights[key]
        self._count()

    def refill(self, documents: Iterable[Document]) -> None:
        """Start anew."""
        fresh = MemoryIndex()
        fresh.put(documents)
        self._documents, self._weights = fresh._documents, fresh._weights

    def find(self, query: Query) -> Found:
        """Score every document that holds the words."""
        return tally(entries_of(self._documents.values()), self._match(query), query)

    def _match(self, query: Query) -> dict[int, Match]:
        asked = questions(query)
        best: dict[int, Match] = {}
        for key, d in self._documents.items():
            if not query.words:
                score = TERMLESS
            elif d.language in asked:
                score = self._score(key, asked[d.language], query)
            else:
                continue
            if score and (d.record_id not in best or best[d.record_id].score < score):
                best[d.record_id] = Match(score, d.language)
        return best

    def _score(self, key: str, asked: list[tuple[str, ...]], query: Query) -> float:
        weights = self._weights[key]
        per_word = [
            max(weights.get(t, 0.0) * self._rarity(t) for t in w) for w in asked
        ]
        if not per_word or (query.match == "all" and not all(per_word)):
            return 0.0
        boost = READER_BOOST if key.endswith(f":{query.language}") else 1.0
        return boost * sum(per_word)

    def _rarity(self, term: str) -> float:
        return log(1 + len(self._weights) / (1 + self._holding[term]))

    def _count(self) -> None:
        """Count in how many documents each term stands."""
        self._holding = Counter(
            t for weights in self._weights.values() for t in weights
        )


def _weigh(document: Document) -> dict[str, float]:
    weights: Counter[str] = Counter()
    for name, terms in field_terms(document).items():
        for term in terms:
            weights[term] += FIELDS[name]  # type: ignore[assignment]
    return {term: weight / (weight + 1.2) for term, weight in weights.items()}
