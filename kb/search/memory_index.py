"""An index held in memory: for tests and for a first run with nothing installed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from math import log

from kb.regions.spelling import slips
from kb.search.document import (
    Document,
    Figures,
    Found,
    NearWord,
    Query,
    Reasons,
    Weigh,
    fingerprints,
)
from kb.search.near import Held, itself, ranked, spelt
from kb.search.spellings import slips_for
from kb.search.tally import Match, entries_of, tally
from kb.search.terms import (
    FIELDS,
    READER_BOOST,
    TERMLESS,
    Question,
    Way,
    field_terms,
    questions,
)
from kb.search.weighed import find_weighed
from kb.search.words import LAYERS


class MemoryIndex:
    """Counts the terms of every document, weighted by field and by rarity."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._weights: dict[str, dict[str, float]] = {}
        self._holding: Counter[str] = Counter()

        self._generation = 0
        self._touched: set[int] | None = None
        """What was changed since a refill began; nothing if none is under way."""

    def put(
        self, documents: Iterable[Document], *, of: Collection[int] | None = None
    ) -> None:
        """Take in, in place of what it held of the same records."""
        documents = list(documents)
        self.remove({d.record_id for d in documents} | set(of or ()))
        self._documents |= {d.key: d for d in documents}
        self._weights |= {d.key: _weigh(d) for d in documents}
        self._count()

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        gone = set(record_ids)
        keys = [k for k, d in self._documents.items() if d.record_id in gone]
        for key in keys:
            del self._documents[key], self._weights[key]
        if self._touched is not None:
            self._touched |= gone
        self._count()

    def refill(self, documents: Iterable[Document]) -> None:
        """Start anew; what is changed while the documents are drawn is kept."""
        self._touched = set()
        try:
            fresh = MemoryIndex()
            fresh.put(documents)
            changed = self._documents.values()
            kept = [d for d in changed if d.record_id in self._touched]
            fresh.put(kept, of=self._touched)
        finally:
            self._touched = None
        self._documents, self._weights = fresh._documents, fresh._weights
        self._count()

    def held(self) -> Mapping[int, int]:
        """Give the fingerprint of every record."""
        return fingerprints(self._documents.values())

    def tidy(self) -> None:
        """Do nothing: what is removed is gone."""

    def figures(self) -> Figures:
        """Say how much it holds."""
        count = len(self._documents)
        return Figures(self._generation, 1, documents=count, gone=0, size_bytes=0)

    def find(self, query: Query, weigh: Weigh | None = None) -> Found:
        """Score every document that holds the words."""
        if weigh is not None:
            return find_weighed(self.find, query, weigh)
        return tally(entries_of(self._documents.values()), self._match(query), query)

    def reasons(self, query: Query, record_ids: Collection[int]) -> dict[int, Reasons]:
        """Say what each way of meeting a need adds."""
        asked = questions(query) if query.words else {}
        found = self._match(query)
        return {
            each: Reasons(language, score, tuple(self._ways(each, language, asked)))
            for each in record_ids
            if each in found
            for score, language in [(found[each].score, found[each].language)]
        }

    def _ways(
        self, record_id: int, language: str, asked: Mapping[str, Question]
    ) -> Iterator[tuple[tuple[str, ...], float]]:
        """Give what adds to the score of one text."""
        if language not in asked:
            return
        boost = READER_BOOST if language == next(iter(asked)) else 1.0
        for way in chain.from_iterable(asked[language].needs):
            score = self._fits(f"{record_id}:{language}", way)
            if score:
                yield way.row, boost * score

    def near(self, words: Collection[str], language: str) -> dict[str, list[NearWord]]:
        """Compare with every word there is."""
        count = self._holding.__getitem__
        return {
            word: ranked(
                word, language, itself(word, language, count), self._like(word)
            )
            for word in words
        }

    def _like(self, word: str) -> Mapping[tuple[str, int], Held]:
        """Give the words with few enough slips, and where they stand."""
        most = slips_for(word)
        found: dict[tuple[str, int], dict[str, int]] = {}
        for term, texts in self._holding.items() if most else ():
            spoken, other = spelt(term)
            counted = slips(word, other, most) if other else 0
            if 0 < counted <= most:
                found.setdefault((other, counted), {})[spoken] = texts
        return found

    def _match(self, query: Query) -> dict[int, Match]:
        asked = questions(query) if query.words else {}
        everything = not any(each.needs for each in asked.values())
        if query.words and not asked:
            return {}
        best: dict[int, Match] = {}
        for key, d in self._documents.items():
            if everything:
                score = TERMLESS
            elif d.language in asked:
                boost = READER_BOOST if d.language == query.language else 1.0
                score = boost * self._score(key, asked[d.language])
            else:
                continue
            if score and (d.record_id not in best or best[d.record_id].score < score):
                best[d.record_id] = Match(score, d.language)
        for record_id in self._refused(asked):
            best.pop(record_id, None)
        return best

    def _refused(self, asked: dict[str, Question]) -> set[int]:
        """Give the records of which any text holds what is not wanted."""
        return {
            d.record_id
            for key, d in self._documents.items()
            if d.language in asked
            and any(self._fits(key, way) for way in asked[d.language].without)
        }

    def _score(self, key: str, asked: Question) -> float:
        per_need = [sum(self._fits(key, way) for way in need) for need in asked.needs]
        return sum(per_need) if sum(map(bool, per_need)) >= asked.enough else 0.0

    def _fits(self, key: str, way: Way) -> float:
        """Score one way of meeting a need; 0 where the document does not."""
        weights = self._weights[key]
        if not all(term in weights for term in way.row):
            return 0.0
        if len(way.row) > 1 and not _in_a_row(self._documents[key], way.row):
            return 0.0
        return way.weight * sum(weights[t] * self._rarity(t) for t in way.row)

    def _rarity(self, term: str) -> float:
        return log(1 + len(self._weights) / (1 + self._holding[term]))

    def _count(self) -> None:
        """Count in how many documents each term stands."""
        self._generation += 1
        self._holding = Counter(
            t for weights in self._weights.values() for t in weights
        )


def _weigh(document: Document) -> dict[str, float]:
    weights: Counter[str] = Counter()
    for name, terms in field_terms(document).items():
        for term in terms:
            weights[term] += FIELDS[name]  # type: ignore[assignment]
    return {term: weight / (weight + 1.2) for term, weight in weights.items()}


def _in_a_row(document: Document, row: tuple[str, ...]) -> bool:
    """Say whether terms stand one after the other in one of the texts."""
    for terms in field_terms(document).values():
        words = [set(terms[i : i + LAYERS]) for i in range(0, len(terms), LAYERS)]
        for first in range(len(words) - len(row) + 1):
            if all(term in words[first + n] for n, term in enumerate(row)):
                return True
    return False
