"""The peer: SQLite's own full-text search, as most would set it up."""

import re
import sqlite3
from collections.abc import Iterable

from kb.search.document import Document
from kb.search.terms import CONCEPTS, FIELDS

TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
    ref UNINDEXED, title, names, summary, body,
    tokenize = 'porter unicode61 remove_diacritics 2'
)"""
WEIGHTS = [weight for name, weight in FIELDS.items() if name not in CONCEPTS]
ASK = """
SELECT ref FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, ?, ?, ?, ?)
"""


class Fts5:
    """Holds the same texts, with the same weights of title, names, summary, body."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts = sqlite3.connect(":memory:")
        self._texts.execute(TABLE)
        rows = (
            (d.ref, d.title, " / ".join(n for n, _ in d.names), d.summary, d.body)
            for d in documents
        )
        self._texts.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", rows)

    def find(self, words: str, first: int = 10) -> list[str]:
        """Give the refs of the records that hold any of the words, best first.

        Any, since asked for all of the words it does worse.
        """
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
        if not asked:
            return []
        rows = self._texts.execute(ASK, (asked, *WEIGHTS))
        return list(dict.fromkeys(ref for (ref,) in rows))[:first]
