"""tantivy: one field for each text, a fast field for each facet, our highlighter."""

from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query

from kb.search import document
from kb.search.stopwords import STOP_WORDS
from tests.bench.search.corpus import COUNTED, SHARE, VALUES
from tests.bench.search.ours import highlighted

TEXTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
FACETS = (*VALUES, "theme", "language")
HEAP = 256_000_000
COUNTS = {n: {"terms": {"field": n, "size": 200}} for n in COUNTED}


def schema():
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="humus")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    for name in FACETS:
        builder.add_text_field(
            name, fast=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


def analyser():
    common = sorted(set().union(*(STOP_WORDS[code] for code in SHARE)))
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(common))
        .build()
    )


def term(schema, name, word):
    """Find a word as the analyser has cut it: Hindi falls apart at vowel signs."""
    words = analyse(word)
    if len(words) == 1:
        return Query.term_query(schema, name, words[0], "freq")
    return Query.phrase_query(schema, name, words)


def analyse(word, _held=[]):  # noqa: B006
    _held[:] = _held or [analyser()]
    return _held[0].analyze(word)


def together(queries, occur):
    queries = list(queries)
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(occur, each) for each in queries])


class Tantivy:
    """tantivy 0.27 behind its Python binding."""

    cannot = ()

    def __init__(self, home):
        Path(home).mkdir(parents=True, exist_ok=True)
        self._schema = schema()
        self._index = tantivy.Index(self._schema, path=str(home))
        self._index.register_tokenizer("humus", analyser())

    def build(self, documents, processes=1):
        writer = self._index.writer(HEAP, processes)
        for d in documents:
            writer.add_document(self._of(d))
        writer.commit()
        writer.wait_merging_threads()

    def update(self, documents):
        writer = self._index.writer(HEAP, 1)
        for d in documents:
            writer.delete_documents_by_term("number", d.record_id)
            writer.add_document(self._of(d))
        writer.commit()
        self._index.reload()

    def _of(self, d):
        made = tantivy.Document(
            title=d.title,
            summary=d.summary,
            body=d.body,
            **{n: list(d.facets[n]) for n in FACETS},
        )
        made.add_unsigned("number", d.record_id)
        return made

    def open(self, texts, weights):
        self._index.reload()
        self._searcher = self._index.searcher()
        self._texts, self._weights = texts, weights

    def forget(self):
        pass

    def count(self):
        self._index.reload()
        return self._index.searcher().num_docs

    def ask(self, question):
        query = self._query(question)
        if question.kind == "counts":
            self._searcher.aggregate(query, COUNTS)
        many = 500 if question.kind == "placed" else 10
        counted = question.kind in {"page", "placed", "counts"}
        found = self._searcher.search(query, many, count=counted).hits
        where = [address for _, address in found]
        numbers = self._searcher.fast_field_values("number", where) if where else []
        if question.kind in {"page", "placed"}:
            self._searcher.aggregate(query, COUNTS)
        if question.kind == "placed" and numbers:
            weights = np.asarray(self._weights(np.array(numbers)))
            scores = np.array([score for score, _ in found]) * weights
            numbers = [numbers[n] for n in np.argsort(-scores, kind="stable")[:10]]
        if question.kind in {"page", "placed"}:
            asked = document.Query(" ".join(question.words), question.language)
            highlighted(asked, self._texts, numbers)
        return numbers

    def _query(self, question):
        kind, words = question.kind, question.words
        if kind == "prefix":
            return Query.regex_query(self._schema, "body", f"{words[0]}.*")
        if kind == "fuzzy":
            cut = analyse(words[0])
            return together(
                (Query.fuzzy_term_query(self._schema, "body", part) for part in cut),
                Occur.Must,
            )
        if kind == "phrase":
            cut = [part for word in words for part in analyse(word)]
            return Query.phrase_query(self._schema, "body", cut)
        if kind in {"page", "placed"}:
            return together(map(self._everywhere, words), Occur.Must)
        found = together(
            (term(self._schema, "body", word) for word in words),
            Occur.Should if kind == "any" else Occur.Must,
        )
        filters = (
            Query.const_score_query(Query.term_query(self._schema, name, value), 0.0)
            for name, values in question.filters.items()
            for value in values
        )
        return together([found, *filters], Occur.Must)

    def _everywhere(self, word):
        """Find a word in any of the texts, each weighing in its own way."""
        found = (
            Query.boost_query(term(self._schema, name, word), weight)
            for name, weight in TEXTS.items()
        )
        return together(found, Occur.Should)
