"""PostgreSQL behind the four verbs of `SearchIndex`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, create_engine, delete, func, insert, select, true
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.schema import CreateSchema

from kb.errors import Unavailable
from kb.folding import fold
from kb.language import _, best_of
from kb.search.document import FACETS, Document, Found, Hit, Query
from kb.search.postgres_index.asking import Rarity, answerable, page_of
from kb.search.postgres_index.lexemes import words_of
from kb.search.postgres_index.tables import (
    SCHEMA,
    about,
    records,
    tables,
    texts,
    vocabulary,
)
from kb.search.terms import Question, field_terms, questions
from kb.search.words import VERSION

AT_ONCE = 500
"""Documents sent in one go."""

NOT_FILLED = {"42P01", "3F000"}
"""What PostgreSQL says of a table or schema that is not there."""

ONE_WRITES = 4_1000_100
"""Number of the lock that writers share, chosen once for Humus."""


class PostgresIndex:
    """An index in a schema of its own of one PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, pool_pre_ping=True)

    def put(self, documents: Iterable[Document]) -> None:
        """Take in, in place of what it held of the same records."""
        documents = list(documents)
        with self._writing() as connection:
            _readable(connection)
            ids = {d.record_id for d in documents}
            _drop(connection, ids)
            _add(connection, documents)
            _count(connection, ids, 1)

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        with self._writing() as connection:
            _readable(connection)
            _drop(connection, set(record_ids))

    def refill(self, documents: Iterable[Document]) -> None:
        """Start anew in one transaction: until its end readers see what was there."""
        with self._writing() as connection:
            connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            tables.create_all(connection)
            for table in tables.sorted_tables:
                connection.execute(delete(table))
            _add(connection, documents)
            _count(connection, None, 1)
            connection.execute(insert(about), {"version": VERSION})

    def close(self) -> None:
        """Let go of the connections that are kept open."""
        self._engine.dispose()

    def find(self, query: Query) -> Found:
        """Let the database match, count, sort and cut to the page."""
        asked = questions(query) if query.words else {}
        with self._told(), self._engine.connect() as connection:
            _readable(connection)
            rarity = _rarity(connection, asked)
            asked = answerable(asked, rarity)
            if query.words and not asked:
                return Found(0, [], _by_facet({}))
            total, rows, counts = connection.execute(
                page_of(query, asked, rarity)
            ).one()
        return Found(
            total=total,
            hits=[_hit(row, query) for row in rows or ()],
            facets=_by_facet(counts or {}),
        )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Let one writer work at a time; nothing of a failed change stays."""
        with self._told(), self._engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITES)))
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in a sentence why the index does not answer."""
        try:
            yield
        except ProgrammingError as wrong:
            if getattr(wrong.orig, "sqlstate", None) not in NOT_FILLED:
                raise
            raise _unusable("missing") from wrong
        except OperationalError as refused:
            raise _unusable(str(refused.orig).strip()) from refused


def _unusable(why: str) -> Unavailable:
    return Unavailable(
        _("The search index cannot be used (%(why)s). Run: kb index rebuild", why=why)
    )


def _readable(connection: Connection) -> None:
    """Refuse an index whose words were read in another way.

    :raises Unavailable: it was made by another version.
    """
    if connection.scalar(select(about.c.version)) != VERSION:
        raise _unusable("words were read in another way when it was made")


def _drop(connection: Connection, record_ids: Collection[int]) -> None:
    ids = list(record_ids)
    _count(connection, ids, -1)
    connection.execute(delete(texts).where(texts.c.record_id.in_(ids)))
    connection.execute(delete(records).where(records.c.record_id.in_(ids)))


def _add(connection: Connection, documents: Iterable[Document]) -> None:
    waiting = iter(documents)
    while some := list(islice(waiting, AT_ONCE)):
        rows: dict[int, dict[str, Any]] = {}
        for d in some:
            row = rows.setdefault(d.record_id, _record(d))
            row["titles"][d.language] = fold(d.title)
        fresh = insert_or_update(records)
        titles = records.c.titles.concat(fresh.excluded.titles)
        joined = fresh.on_conflict_do_update(
            index_elements=[records.c.record_id], set_={"titles": titles}
        )
        connection.execute(joined, list(rows.values()))
        connection.execute(insert(texts), [_text(d) for d in some])


def _record(d: Document) -> dict[str, Any]:
    letter, _, number = d.ref.partition("-")
    nth = int(number) if number.isdigit() else 0
    return {
        "record_id": d.record_id,
        "ref": d.ref,
        "kind": d.kind,
        "source_language": d.source_language,
        "place": ord(letter[:1] or "0") << 32 | nth,
        "published": d.published,
        "evidence": next(iter(d.facets.get("evidence", ())), ""),
        "titles": {},
        "facets": [f"{name}={v}" for name in FACETS for v in d.facets.get(name, ())],
    }


def _text(d: Document) -> dict[str, Any]:
    return {
        "record_id": d.record_id,
        "language": d.language,
        "words": words_of(field_terms(d)),
    }


def _count(connection: Connection, ids: Collection[int] | None, times: int) -> None:
    """Count the terms of some records' texts, or of all, in or out."""
    lexeme = func.unnest(texts.c.words).table_valued("lexeme", "at", "weights")
    found = select(
        lexeme.c.lexeme.label("term"), (func.count() * times).label("holders")
    ).select_from(texts.join(lexeme, true()))
    if ids is not None:
        found = found.where(texts.c.record_id.in_(list(ids)))
    found = found.group_by(lexeme.c.lexeme)
    fresh = insert_or_update(vocabulary).from_select(["term", "holders"], found)
    summed = vocabulary.c.holders + fresh.excluded.holders
    connection.execute(
        fresh.on_conflict_do_update(
            index_elements=[vocabulary.c.term], set_={"holders": summed}
        )
    )


def _rarity(connection: Connection, asked: Mapping[str, Question]) -> Rarity:
    terms = {
        term
        for each in asked.values()
        for ways in (*each.needs, each.without)
        for way in ways
        for term in way.row
    }
    known = select(vocabulary).where(vocabulary.c.term.in_(sorted(terms)))
    rows = connection.execute(known)
    count = connection.scalar(select(func.count()).select_from(texts)) or 0
    return Rarity(count, {row.term: row.holders for row in rows})


def _hit(row: Sequence[Any], query: Query) -> Hit:
    record_id, ref, kind, source, titles, matched_in, score = row
    return Hit(
        record_id=record_id,
        ref=ref,
        kind=kind,
        language=best_of(titles, reader=query.language, source=source),
        matched_in=matched_in,
        score=score,
    )


def _by_facet(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for value, count in counts.items():
        name, _, code = value.partition("=")
        found[name][code] = count
    return found
