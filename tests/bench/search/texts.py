"""What was written, by number: the same table for every engine, as in the product."""

import sqlite3


class Texts:
    """A table of titles, summaries and bodies."""

    def __init__(self, path):
        self._table = sqlite3.connect(path)

    def fill(self, documents):
        self._table.execute(
            "CREATE TABLE text (id INTEGER PRIMARY KEY, language, title, summary, body)"
        )
        self._table.executemany(
            "INSERT INTO text VALUES (?, ?, ?, ?, ?)",
            ((d.record_id, d.language, d.title, d.summary, d.body) for d in documents),
        )
        self._table.commit()

    def of(self, number):
        """Give language, title, summary and body of one."""
        return self._table.execute(
            "SELECT language, title, summary, body FROM text WHERE id = ?", (number,)
        ).fetchone()
