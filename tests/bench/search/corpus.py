"""Made-up practices, stories and answers in eight languages, always the same.

Each language has 52,000 invented words of its own script, a third of them forms of
another, met as often as Zipf says, among the real common words of the language; some
words like to stand in a row, and each text keeps to a theme or two. Texts are made
10,000 at a time, written to a folder and read from there the next time.
"""

import json
from functools import lru_cache
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from kb.search.document import Document
from kb.search.stopwords import STOP_WORDS

SHARD = 10_000
WORDS, ROWS, THEMES, THEME_WORDS = 52_000, 4_000, 40, 400
SHARE = {
    "en": 0.45, "fr": 0.12, "es": 0.12, "pt": 0.08,
    "ar": 0.06, "hi": 0.06, "ru": 0.06, "sw": 0.05,
}  # fmt: skip
LATIN = ("b c d f g l m n p r s t v tr pr bl gr pl ch", " n r s t l")
SOUNDS = {
    "en": (*LATIN, "a e i o u ea ou ai oo er", "s ing ed er ly"),
    "fr": (*LATIN, "a e é è i o u ai eau eu ê oi an on", "s es aux ation ment"),
    "es": (*LATIN, "a e i o u á é í ó ue ie", "s es ción mente"),
    "pt": (*LATIN, "a e i o u ã õ á é ão ei ou", "s es ção mente"),
    "ar": (" ".join("بتثجحخدذرزسشصضطظعغفقكلمنهوي"), " ة ن ر م", "ا و ي ا", "ات ين ها"),
    "hi": (" ".join("कखगघचछजझटठडढतथदधनपफबभमयरलवशष"), " ं र न", "ा ि ी ु ू े ो", "ों ें"),
    "ru": (
        " ".join("бвгджзклмнпрстфхцчш"),
        " т ь й м",
        "а е и о у ы я ов ен",
        "ами ого ах",
    ),
    "sw": (
        "b ch d f g h j k l m n p s t w z mb nd ng ny sh",
        " ",
        "a e i o u",
        "ni ji sha",
    ),
}
"""Beginnings, ends, middles of syllables, and endings that make another form."""
VALUES = {"kind": 3, "land_use": 20, "climate": 30, "soil": 32, "country": 190}
COUNTED = ("kind", "land_use", "climate", "soil", "theme", "country")


def zipf(count, shift=2.7, power=1.05):
    """Give how much of everything the first so many make up."""
    share = 1 / (np.arange(1, count + 1) + shift) ** power
    return np.cumsum(share / share.sum())


def drawn(rng, cumulated, count):
    return np.searchsorted(cumulated, rng.random(count)).clip(0, len(cumulated) - 1)


class Language:
    """The words of one language and how they go together."""

    def __init__(self, code):
        rng = np.random.default_rng([20261123, list(SHARE).index(code)])
        common = sorted(STOP_WORDS[code])
        self.code, self.common = code, len(common)
        self.words = [
            *rng.permutation(common).tolist(),
            *self._invented(Random(code), common),
        ]
        self.rows = rng.integers(40, 9000, (ROWS, 3)) + self.common
        self.pairs = rng.random(ROWS) < 0.5
        self.topics = rng.integers(100, WORDS, (THEMES, THEME_WORDS)) + self.common
        self.capital = [word.capitalize() for word in self.words]

    def _invented(self, chance, common):
        first, last, middle, endings = (
            [part.strip() for part in parts.split(" ")] for parts in SOUNDS[self.code]
        )
        found, seen = [], set(common)
        while len(found) < WORDS:
            count = 2 + (chance.random() < 0.5) + (len(found) > 3000)
            word = "".join(
                chance.choice(first) + chance.choice(middle) for _ in range(count)
            ) + chance.choice(last)
            if found and chance.random() < 1 / 3:
                word = chance.choice(found) + chance.choice(endings)
            if 3 <= len(word) <= 22 and word not in seen:
                seen.add(word)
                found.append(word)
        return found

    def running(self, rng, themes, lengths):
        """Give the numbers of the words of such long texts, behind each other."""
        total, of = int(lengths.sum()), np.repeat(np.arange(len(lengths)), lengths)
        numbers = drawn(rng, zipf(WORDS), total) + self.common
        topical = rng.random(total) < 0.22
        theme = np.where(rng.random(total) < 0.6, themes[of, 0], themes[of, 1])
        own = self.topics[theme, drawn(rng, zipf(THEME_WORDS, 3, 1), total)]
        numbers = np.where(topical, own, numbers)
        common = drawn(rng, zipf(self.common, 1.5, 1), total)
        numbers = np.where(rng.random(total) < 0.36, common, numbers)
        starts = np.flatnonzero(rng.random(total - 3) < 0.022)
        rows = drawn(rng, zipf(ROWS, 5, 1), len(starts))
        for place in range(3):
            here = starts if place < 2 else starts[~self.pairs[rows]]
            these = rows if place < 2 else rows[~self.pairs[rows]]
            numbers[here + place] = self.rows[these, place]
        return numbers

    def written(self, rng, numbers):
        """Write words as sentences."""
        words = [self.words[n] for n in numbers]
        for end in np.flatnonzero(rng.random(len(words)) < 1 / 13).tolist():
            words[end] += "."
            if end + 1 < len(words):
                words[end + 1] = words[end + 1].capitalize()
        return " ".join(words)


@lru_cache(maxsize=1)
def languages():
    return [Language(code) for code in SHARE]


def made(shard):
    """Give the texts of one shard, as they are written to its file."""
    rng = np.random.default_rng([777, shard])
    spoken = rng.choice(len(SHARE), SHARD, p=list(SHARE.values()))
    values = {n: drawn(rng, zipf(k, 1.5, 0.8), SHARD) for n, k in VALUES.items()}
    values["climate"] = (values["country"] * 7 + values["climate"] // 3) % 30
    themes = drawn(rng, zipf(THEMES, 1.5, 0.6), (SHARD, 2))
    year = 2026 - np.minimum(rng.geometric(0.08, SHARD), 36)
    parts = np.stack(
        (
            rng.integers(4, 11, SHARD),
            rng.integers(18, 42, SHARD),
            np.clip(rng.lognormal(5.75, 0.35, SHARD), 150, 600).astype(int),
        )
    )
    found = [None] * SHARD
    for number, language in enumerate(languages()):
        mine = np.flatnonzero(spoken == number)
        lengths = parts[:, mine].sum(0)
        words = language.running(rng, themes[mine], lengths).tolist()
        begin = 0
        for row in mine.tolist():
            texts = []
            for length in parts[:, row].tolist():
                texts.append(language.written(rng, words[begin : begin + length]))
                begin += length
            facets = {n: [f"{n[:2]}{held[row]}"] for n, held in values.items()}
            facets["theme"] = sorted({f"th{t}" for t in themes[row].tolist()})
            found[row] = (
                shard * SHARD + row + 1, language.code, *texts, facets, int(year[row])
            )  # fmt: skip
    return found


def shards(folder, count):
    """Give the first so many documents, 10,000 at a time; make what is missing."""
    for shard in range(-(-count // SHARD)):
        path = Path(folder) / f"texts-{shard:03}.jsonl"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = (json.dumps(one, ensure_ascii=False) for one in made(shard))
            path.with_suffix(".new").write_text("\n".join(lines))
            path.with_suffix(".new").replace(path)
        with path.open() as lines:
            few = islice(lines, count - shard * SHARD)
            yield [document(json.loads(line)) for line in few]


def document(row):
    number, language, title, summary, body, facets, year = row
    return Document(
        record_id=number,
        ref=f"P-{number}",
        kind=facets["kind"][0],
        language=language,
        source_language=language,
        title=title,
        summary=summary,
        body=body,
        facets={n: tuple(v) for n, v in facets.items()} | {"language": (language,)},
        published=f"{year}-01-01",
    )
