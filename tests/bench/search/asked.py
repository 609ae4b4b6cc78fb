"""What is asked of every engine: 200 questions of each class, always the same."""

from dataclasses import dataclass, field

import numpy as np

from kb.search.stopwords import STOP_WORDS
from kb.search.words import tokens
from tests.bench.search.corpus import SHARE, THEMES, WORDS, languages

EACH = 200


@dataclass(frozen=True)
class Question:
    """A question, in no engine's language."""

    kind: str
    words: tuple[str, ...]
    language: str
    filters: dict = field(default_factory=dict)


CLASSES = (
    "common", "rare", "any", "all", "phrase", "prefix", "filtered", "counts", "page",
    "placed", "fuzzy",
)  # fmt: skip
"""``page``: two words, the best ten with what was found marked, six facets counted;
``placed``: the same with the best 500 put in order by place; ``fuzzy``: a word with one
letter dropped. The others give ten."""


def questions(kind, count=EACH):
    """Give the questions of a class; words are asked as they stand in the texts."""
    rng = np.random.default_rng([4, CLASSES.index(kind)])
    found = []
    while len(found) < count:
        code = list(SHARE)[int(rng.choice(len(SHARE), p=list(SHARE.values())))]
        words = words_for(kind, languages()[list(SHARE).index(code)], rng)
        if len(set(words)) == len(words) and all(counts(w, code) for w in words):
            found.append(Question(kind, words, code, filters_for(kind, rng)))
    return found


def words_for(kind, language, rng):
    def between(low, high):
        ranks = np.exp(rng.uniform(np.log(low), np.log(high))).astype(int)
        return language.words[language.common + min(int(ranks), WORDS - 1)]

    if kind == "rare":
        return (between(4_000, 40_000),)
    if kind in ("any", "all"):
        return tuple(between(5, 800) for _ in range(3))
    if kind == "phrase":
        row = int(rng.integers(400))
        two = 2 if language.pairs[row] else 3
        return tuple(language.words[n] for n in language.rows[row][:two])
    if kind == "prefix":
        return (between(20, 20_000)[:4],)
    if kind == "fuzzy":
        word = between(20, 20_000)
        at = int(rng.integers(1, max(2, len(word) - 1)))
        return (word[:at] + word[at + 1 :],)
    if kind in ("page", "placed"):
        topic = language.topics[int(rng.integers(THEMES))]
        return tuple(language.words[n] for n in rng.choice(topic[:40], 2))
    return (between(5, 200),)


def counts(word, language):
    """Say whether a word is one word here, and not too common to be searched."""
    one = [t for t in tokens(word, language) if t.end - t.start == len(word)]
    return len(one) == 1 and word not in STOP_WORDS[language]


def filters_for(kind, rng):
    if kind != "filtered":
        return {}
    chosen = rng.integers(0, 6, 2).tolist()
    return {"land_use": (f"la{chosen[0]}",), "soil": (f"so{chosen[1]}",)}
