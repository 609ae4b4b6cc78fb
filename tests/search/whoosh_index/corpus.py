"""Small corpora of made-up words, and what must be found in them, reckoned plainly."""

from collections import Counter
from dataclasses import dataclass, field
from math import log

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from whoosh import query as wq

from kb.search.whoosh_index.columns import Numbers, Sets, Texts
from kb.search.whoosh_index.layout import WORDS, Layout
from kb.search.whoosh_index.writer import writing
from tests.conftest import often

LAYOUT = Layout(
    texts={"title": 4, "body": 1},
    columns={"crop": Sets, "year": Numbers, "name": Texts},
    version="test",
)
K1, B = 1.2, 0.75
VOCABULARY = ["bean", "beans", "maize", "soil", "été", "土", "زراعة", "be"]
CROPS = ["rice", "millet", "none"]

words = st.lists(st.sampled_from(VOCABULARY), max_size=9)


@dataclass(frozen=True)
class Doc:
    """One document of the corpus."""

    group: int
    title: list[str]
    body: list[str]
    crops: tuple[str, ...] = ()
    year: int = 0

    def places(self):
        yield from enumerate(self.title)
        yield from enumerate(self.body, len(self.title) + 10)

    def weights(self):
        total = Counter(self.body)
        for word in self.title:
            total[word] += 4
        return {word: min(255, weight) for word, weight in total.items()}


docs = st.builds(
    Doc,
    group=st.integers(1, 6),
    title=words,
    body=words,
    crops=st.lists(st.sampled_from(CROPS), unique=True, max_size=2).map(tuple),
    year=st.integers(-5, 5),
)
corpora = st.lists(docs, min_size=1, max_size=12).map(
    lambda found: sorted(found, key=lambda d: d.group)
)

term = st.builds(
    wq.Term,
    st.just(WORDS),
    st.sampled_from([*VOCABULARY, "absent"]),
    boost=st.sampled_from([1.0, 1.5]),
)
phrase = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(
    lambda found: wq.Phrase(WORDS, found)
)
leaves = term | phrase | st.sampled_from([wq.Every(), wq.Every(WORDS), wq.NullQuery])
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(wq.And),
        st.lists(inner, min_size=1, max_size=3).map(wq.Or),
    ),
    max_leaves=5,
)
some = st.lists(queries, min_size=1, max_size=3)
beyond_stock = (
    st.builds(wq.Or, some, boost=st.just(1.5))
    | st.builds(wq.And, some, boost=st.just(1.5))
    | st.builds(wq.AndNot, queries, queries)
    | st.builds(wq.Or, some, minmatch=st.integers(0, 4))
)
"""Stock Whoosh forgets the boost of a query with one part, finds "soil without bean" in
a second document that holds both, and takes one part of an OR for enough, however many
are asked for. The oracle does none of this."""

EXAMPLES = often(20, 200)
"""Few each time the suite runs, many more in ``.ci/run``."""

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def write(shelf, documents):
    """Add documents, in place of what was there of the same groups."""
    with writing(shelf) as writer:
        writer.drop({d.group for d in documents})
        for d in documents:
            add(writer, d)


def add(writer, d):
    writer.add(
        d.group,
        {"title": d.title, "body": d.body},
        {"crop": d.crops, "year": d.year, "name": " ".join(d.title).encode()},
        {"group": d.group, "title": d.title},
    )


@dataclass
class Oracle:
    """What a reader must find, by looking at every document for every word.

    Documents that were replaced still count in how rare a word is until they are merged
    away, as in any index: ``ever`` holds all that stand in the segments.
    """

    documents: list[Doc]
    ever: list[Doc] = field(default_factory=list)

    def find(self, query):
        """Give document number among the living → score."""
        found = {}
        for number, d in enumerate(self.documents):
            score = self._score(query, d)
            if score is not None:
                found[number] = score
        return found

    def _score(self, query, d):
        if isinstance(query, wq.And | wq.Or):
            scores = [self._score(q, d) for q in query.subqueries]
            known = [score for score in scores if score is not None]
            least = len(scores)
            if isinstance(query, wq.Or):
                least = max(1, query.minmatch)
            held = len(known) >= least
            return sum(known) * query.boost if held else None
        if isinstance(query, wq.AndNot):
            refused = self._score(query.b, d) is not None
            return None if refused else self._score(query.a, d)
        return self._leaf(query, d)

    def _leaf(self, query, d):
        weights = d.weights()
        if isinstance(query, wq.Every):
            return 1.0 if weights or query.fieldname is None else None
        if isinstance(query, wq.Term):
            held = query.text in weights
            return query.boost * self._bm25(query.text, d) if held else None
        if isinstance(query, wq.Prefix):
            held = any(word.startswith(query.text) for word in weights)
            return query.boost if held else None
        if isinstance(query, wq.Phrase):
            at = dict(d.places())
            rows = (
                all(at.get(place + n) == word for n, word in enumerate(query.words))
                for place in at
            )
            return sum(self._bm25(w, d) for w in query.words) if any(rows) else None
        return None

    def _bm25(self, word, d):
        ever = self.ever or self.documents
        holding = sum(word in each.weights() for each in ever)
        rarity = log(len(ever) / (holding + 1)) + 1
        lengths = [sum(each.weights().values()) for each in ever]
        average = sum(lengths) / len(ever)
        norm = K1 * ((1 - B) + B * sum(d.weights().values()) / average)
        weight = d.weights()[word]
        return rarity * weight * (K1 + 1) / (weight + norm)
