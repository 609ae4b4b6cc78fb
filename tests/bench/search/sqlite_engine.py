"""SQLite's FTS5, with tables for the facets."""

import sqlite3
from pathlib import Path

from kb.search import document
from tests.bench.search.corpus import COUNTED, VALUES
from tests.bench.search.ours import highlighted

ONE = (*VALUES, "language")


class Sqlite:
    """FTS5 over title, summary and body."""

    cannot = ("fuzzy",)  # compares no spellings

    def __init__(self, home):
        Path(home).mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(Path(home) / "fts.sqlite")
        self._db.execute("PRAGMA cache_size = -200000")
        self._db.execute("PRAGMA mmap_size = 4000000000")

    def build(self, documents, processes=1):
        run = self._db.execute
        run(
            "CREATE VIRTUAL TABLE found USING fts5(title, summary, body, content='',"
            " tokenize='unicode61 remove_diacritics 2', prefix='3 4')"
        )
        run("INSERT INTO found(found, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)')")
        columns = ", ".join(f"{name} TEXT" for name in ONE)
        run(f"CREATE TABLE about (id INTEGER PRIMARY KEY, {columns})")
        run("CREATE TABLE theme (id INTEGER, value TEXT)")
        self._add(documents)
        run("CREATE INDEX theme_of ON theme (id, value)")
        run("INSERT INTO found(found) VALUES ('optimize')")
        self._db.commit()

    def _add(self, documents):
        run = self._db.execute
        marks = ", ".join("?" for _ in ONE)
        for d in documents:
            run(
                "INSERT INTO found(rowid, title, summary, body) VALUES (?, ?, ?, ?)",
                (d.record_id, d.title, d.summary, d.body),
            )
            values = [d.facets[name][0] for name in ONE]
            run(f"INSERT INTO about VALUES (?, {marks})", (d.record_id, *values))
            self._db.executemany(
                "INSERT INTO theme VALUES (?, ?)",
                ((d.record_id, value) for value in d.facets["theme"]),
            )

    def update(self, documents):
        for d in documents:  # new numbers: what has no content cannot be replaced
            self._db.execute(
                "INSERT INTO found(rowid, title, summary, body) VALUES (?, ?, ?, ?)",
                (d.record_id + 10_000_000, d.title, d.summary, d.body),
            )
        self._db.commit()

    def open(self, texts, weights):
        self._texts, self._weights = texts, weights

    def forget(self):
        pass

    def count(self):
        return self._db.execute("SELECT count(*) FROM about").fetchone()[0]

    def ask(self, question):
        said, kind = self._match(question), question.kind
        many = 500 if kind == "placed" else 10
        joined = where = ""
        values = [v for values in question.filters.values() for v in values]
        if values:
            joined = "JOIN about ON about.id = found.rowid"
            where = "".join(f" AND about.{name} = ?" for name in question.filters)
        rows = self._db.execute(
            f"SELECT found.rowid, found.rank FROM found {joined}"
            f" WHERE found MATCH ? {where} ORDER BY found.rank LIMIT {many}",
            (said, *values),
        ).fetchall()
        if kind in {"counts", "page", "placed"}:
            self._counts(said)
        if kind == "placed" and rows:
            weights = self._weights([number for number, _ in rows])
            order = sorted(range(len(rows)), key=lambda n: rows[n][1] * weights[n])
            rows = [rows[n] for n in order[:10]]
        numbers = [number for number, _ in rows]
        if kind in {"page", "placed"}:
            asked = document.Query(" ".join(question.words), question.language)
            highlighted(asked, self._texts, numbers)
        return numbers

    def _counts(self, said):
        run = self._db.execute
        run("DROP TABLE IF EXISTS temp.held")
        run(
            "CREATE TEMP TABLE held AS"
            " SELECT rowid AS id FROM found WHERE found MATCH ?",
            (said,),
        )
        for name in COUNTED:
            table = "theme" if name == "theme" else "about"
            column = "value" if name == "theme" else name
            run(
                f"SELECT {column}, count(*)"
                f" FROM held JOIN {table} USING (id) GROUP BY 1"
            ).fetchall()
        self._db.rollback()

    def _match(self, question):
        quoted = [f'"{word}"' for word in question.words]
        if question.kind == "prefix":
            return quoted[0] + "*"
        if question.kind == "phrase":
            return '"' + " ".join(question.words) + '"'
        return (" OR " if question.kind == "any" else " AND ").join(quoted)
