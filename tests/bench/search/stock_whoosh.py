"""Whoosh as it comes, with its own codec, analyser, collectors and facets."""

from pathlib import Path

from whoosh import analysis, fields, index, scoring, sorting
from whoosh import query as wq

from kb.search import document
from kb.search.stopwords import STOP_WORDS
from tests.bench.search.corpus import COUNTED, SHARE, VALUES
from tests.bench.search.ours import highlighted

TEXTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
FACETS = (*VALUES, "language")


def schema():
    common = frozenset().union(*(STOP_WORDS[code] for code in SHARE))
    words = analysis.StandardAnalyzer(stoplist=common)
    columns = {name: fields.ID(sortable=True) for name in FACETS}
    return fields.Schema(
        number=fields.NUMERIC(stored=True, unique=True, sortable=True),
        theme=fields.KEYWORD(sortable=True),
        **{name: fields.TEXT(words, field_boost=w) for name, w in TEXTS.items()},
        **columns,
    )


class StockWhoosh:
    """Whoosh-Reloaded 2.7.5."""

    cannot = ()

    def __init__(self, home):
        self._home = str(home)
        Path(home).mkdir(parents=True, exist_ok=True)
        if index.exists_in(self._home):
            self._index = index.open_dir(self._home)
        else:
            self._index = index.create_in(self._home, schema())

    def build(self, documents, processes=1):
        writer = self._index.writer(limitmb=512)
        for d in documents:
            self._add(writer.add_document, d)
        writer.commit(optimize=True)

    def update(self, documents):
        writer = self._index.writer()
        for d in documents:
            self._add(writer.update_document, d)
        writer.commit()

    def _add(self, add, d):
        add(
            number=d.record_id,
            title=d.title,
            summary=d.summary,
            body=d.body,
            theme=" ".join(d.facets["theme"]),
            **{name: d.facets[name][0] for name in FACETS},
        )

    def open(self, texts, weights):
        self._searcher = self._index.searcher(weighting=scoring.BM25F())
        self._texts, self._weights = texts, weights

    def forget(self):
        pass

    def count(self):
        return self._index.doc_count()

    def ask(self, question):
        kind = question.kind
        counted = kind in {"counts", "page", "placed"}
        groups = [
            sorting.FieldFacet(
                name, allow_overlap=name == "theme", maptype=sorting.Count
            )
            for name in COUNTED
        ]
        narrow = [
            wq.Term(name, value)
            for name, values in question.filters.items()
            for value in values
        ]
        found = self._searcher.search(
            self._query(question),
            limit=500 if kind == "placed" else 10,
            filter=wq.And(narrow) if narrow else None,
            groupedby=groups if counted else None,
        )
        numbers = [hit["number"] for hit in found]
        if kind == "placed" and numbers:
            weights = self._weights(numbers)
            scores = [found.score(n) * weights[n] for n in range(len(numbers))]
            order = sorted(range(len(numbers)), key=lambda n: -scores[n])
            numbers = [numbers[n] for n in order[:10]]
        if kind in {"page", "placed"}:
            asked = document.Query(" ".join(question.words), question.language)
            highlighted(asked, self._texts, numbers)
        return numbers

    def _query(self, question):
        words = [self._cut(word) for word in question.words]
        if question.kind == "prefix":
            return wq.Prefix("body", question.words[0])
        if question.kind == "fuzzy":
            parts = self._cut(question.words[0])
            return wq.And(
                [wq.FuzzyTerm("body", part, prefixlength=0) for part in parts]
            )
        if question.kind == "phrase":
            return wq.Phrase("body", [part for word in words for part in word])
        if question.kind in {"page", "placed"}:
            return wq.And(
                [
                    wq.Or([wq.Term(name, p) for p in word for name in TEXTS])
                    for word in words
                ]
            )
        both = wq.Or if question.kind == "any" else wq.And
        return both([wq.Term("body", part) for word in words for part in word])

    def _cut(self, word):
        return [t.text for t in self._index.schema["body"].analyzer(word)]
