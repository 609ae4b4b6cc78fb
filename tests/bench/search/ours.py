"""Our index, asked as the product asks it."""

from pathlib import Path

from whoosh import query as wq

from kb.folding import fold
from kb.search.document import Query
from kb.search.excerpt import best_excerpt, mark
from kb.search.terms import terms_asked
from kb.search.whoosh_index.index import WhooshIndex
from kb.search.whoosh_index.layout import WORDS
from kb.search.whoosh_index.matching import matches
from tests.bench.search.corpus import COUNTED
from tests.bench.search.texts import Texts


def highlighted(query, texts, shown):
    """Mark titles and summaries, else give a piece of the body, as the product does."""
    pieces, known = [], {}
    for number in shown:
        language, title, summary, body = texts.of(number)
        if language not in known:
            known[language] = terms_asked(query, language)
        asked = known[language]
        marked = mark(summary, asked, language)
        pieces += [mark(title, asked, language), marked]
        if not any(piece.marked for piece in marked):
            pieces.append(best_excerpt([body], asked, language))
    return pieces


class Ours:
    """`WhooshIndex` behind `SearchIndex`."""

    cannot = ()

    def __init__(self, home):
        self.home, self.index = Path(home), WhooshIndex(Path(home))

    def build(self, documents, processes=1):
        self.index.refill(documents)

    def update(self, documents):
        self.index.put(documents)

    def open(self, texts: Texts, weights):
        self.texts, self.weights = texts, weights
        self.index.find(Query(per_page=1, counted=()))

    def forget(self):
        self.index._open().asked.clear()

    def count(self):
        return self.index.find(Query(per_page=1, counted=())).total

    def ask(self, question):
        """Give the numbers of the best ten."""
        if question.kind == "prefix":
            return self._prefix(question)
        if question.kind == "fuzzy":
            return self._fuzzy(question)
        words = " ".join(question.words)
        if question.kind == "phrase":
            words = f'"{words}"'
        query = Query(
            words,
            question.language,
            question.filters,
            "any" if question.kind == "any" else "all",
            counted=COUNTED if question.kind in {"counts", "page", "placed"} else (),
        )
        weigh = self._weigh if question.kind == "placed" else None
        shown = [hit.record_id for hit in self.index.find(query, weigh).hits]
        if question.kind in {"page", "placed"}:
            highlighted(query, self.texts, shown)
        return shown

    def _weigh(self, compared):
        return self.weights(compared.records)

    def _fuzzy(self, question):
        """Find the likeliest word in place of one with a slip."""
        word, language = fold(question.words[0]), question.language
        near = self.index.near([word], language)[word]
        likeliest = Query(near[0].word if near else word, language, counted=())
        return self.index.find(likeliest).hits

    def _prefix(self, question):
        start = f"{question.language}={fold(question.words[0])}"
        query = wq.Prefix(WORDS, start)
        parts = matches(self.index._open(), query)
        return [part.documents[:10].tolist() for part in parts]
