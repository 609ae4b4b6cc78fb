"""PostgreSQL behind the verbs of `SearchIndex`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.schema import CreateSchema, DropSchema

from kb.errors import Unavailable
from kb.language import _, best_of
from kb.search.document import (
    FORM,
    ROUND,
    Document,
    Figures,
    Found,
    Hit,
    Key,
    NearWord,
    Query,
    Reasons,
    Weigh,
)
from kb.search.near import (
    MOST_WORDS,
    Held,
    Vocabulary,
    forms,
    itself,
    ranked,
    spelt,
    vocabulary_of,
)
from kb.search.postgres_index.asking import Rarity, answerable, page_of
from kb.search.postgres_index.filling import add, count, drop, swap_in, touch
from kb.search.postgres_index.reasons import reasons_of
from kb.search.postgres_index.tables import (
    SCHEMA,
    about,
    fresh_records,
    fresh_texts,
    staging,
    tables,
    texts,
    touched,
    vocabulary,
)
from kb.search.terms import Question, questions
from kb.search.weighed import find_weighed
from kb.search.words import ANALYSED
from kb.search.words import VERSION as WORDS

VERSION = f"{WORDS}/{FORM}"

NOT_FILLED = {"42P01", "3F000"}
"""What PostgreSQL says of a table or schema that is not there."""

Exact = Sequence[tuple[str, int]]
"""Exact terms, and in how many texts each stands."""

ONE_WRITES, ONE_FILLS = 41_000_100, 41_000_101
"""Numbers of the locks that writers and rebuilds share, chosen once for Humus."""


class PostgresIndex:
    """An index in a schema of its own of one PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, pool_pre_ping=True)
        self._known: tuple[int, Vocabulary, Exact] | None = None

    def put(
        self, documents: Iterable[Document], *, of: Collection[int] | None = None
    ) -> None:
        """Take in, in place of what it held of the same records."""
        with self._writing() as connection:
            _readable(connection)
            drawn = list(documents)
            ids = {d.record_id for d in drawn} | set(of or ())
            drop(connection, ids)
            count(connection, add(connection, drawn), 1)
            _changed(connection, ids)

    def remove(self, record_ids: Iterable[int]) -> None:
        """Drop records in all languages."""
        with self._writing() as connection:
            _readable(connection)
            ids = set(record_ids)
            drop(connection, ids)
            _changed(connection, ids)

    def refill(self, documents: Iterable[Document]) -> None:
        """Gather in tables that nobody else sees, then swap them in.

        Others may write while it gathers; what they touch stays as they put it.
        """
        with self._writing() as connection:
            _made(connection)
        with self._told(), self._engine.begin() as connection:
            _locked(connection, ONE_FILLS)
            since = self._last_touch()
            staging.create_all(connection, checkfirst=False)
            add(connection, documents, fresh_records, fresh_texts)
            _locked(connection, ONE_WRITES)
            swap_in(connection, since)
            generation = connection.scalar(select(about.c.generation)) or 0
            connection.execute(delete(about))
            now = {"version": VERSION, "generation": generation + 1}
            connection.execute(insert(about), now)

    def held(self) -> Mapping[int, int]:
        """Give the fingerprint of every record."""
        summed = func.sum(texts.c.checksum)
        with self._reading() as connection:
            rows = connection.execute(
                select(texts.c.record_id, summed).group_by(texts.c.record_id)
            )
            return {record_id: int(total) % ROUND for record_id, total in rows}

    def tidy(self) -> None:
        """Let PostgreSQL give back the room of what is gone."""
        with self._writing() as connection:
            _readable(connection)
            connection.execute(delete(vocabulary).where(vocabulary.c.holders <= 0))
            if connection.scalar(select(func.pg_try_advisory_xact_lock(ONE_FILLS))):
                connection.execute(delete(touched))  # no rebuild has still to see them
        with self._told(), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in tables.sorted_tables:
                alone.execute(text(f"VACUUM ANALYZE {SCHEMA}.{table.name}"))

    def figures(self) -> Figures:
        """Say how it stands; room of what is gone is PostgreSQL's own business."""
        names = [f"{SCHEMA}.{table.name}" for table in tables.sorted_tables]
        with self._reading() as connection:
            held = connection.scalar(select(func.count()).select_from(texts)) or 0
            generation = connection.scalar(select(about.c.generation)) or 0
            sizes = [func.pg_total_relation_size(name) for name in names]
            size = sum(connection.execute(select(*sizes)).one())
        return Figures(generation, 1, documents=held, gone=0, size_bytes=int(size))

    def reasons(self, query: Query, record_ids: Collection[int]) -> dict[int, Reasons]:
        """Let the database rank the best text of each for every way on its own."""
        asked = questions(query) if query.words else {}
        with self._reading() as connection:
            rarity = _rarity(connection, asked)
            asked = answerable(asked, rarity)
            if query.words and not asked:
                return {}
            return reasons_of(connection, query, asked, rarity, record_ids)

    def near(self, words: Collection[str], language: str) -> dict[str, list[NearWord]]:
        """Look in the vocabulary, which is read again after a change."""
        terms = {term for word in words for term in forms(word, language)}
        with self._reading() as connection:
            known, holders = self._vocabulary(connection)
            held = _holders(connection, terms)
        return {
            word: ranked(
                word,
                language,
                itself(word, language, lambda term: held.get(term, 0)),
                _like(word, known, holders),
            )
            for word in words
        }

    def _vocabulary(self, connection: Connection) -> tuple[Vocabulary, Exact]:
        generation = connection.scalar(select(about.c.generation)) or 0
        if self._known is None or self._known[0] != generation:
            exact = connection.execute(
                select(vocabulary.c.term, vocabulary.c.holders)
                .where(vocabulary.c.term.contains("="), vocabulary.c.holders > 0)
                .order_by(vocabulary.c.holders.desc(), vocabulary.c.term)
                .limit(len(ANALYSED) * MOST_WORDS)
            )
            holders = [(row.term, row.holders) for row in exact]
            terms = ((nth, term) for nth, (term, _) in enumerate(holders))
            self._known = generation, Vocabulary(vocabulary_of(terms)), holders
        return self._known[1:]

    def close(self) -> None:
        """Let go of the connections that are kept open."""
        self._engine.dispose()

    def find(self, query: Query, weigh: Weigh | None = None) -> Found:
        """Let the database match, count, sort and cut to the page."""
        if weigh is not None:
            return find_weighed(self.find, query, weigh)
        asked = questions(query) if query.words else {}
        with self._reading() as connection:
            rarity = _rarity(connection, asked)
            asked = answerable(asked, rarity)
            if query.words and not asked:
                return Found(0, [], _by_facet({}, query))
            total, rows, counts = connection.execute(
                page_of(query, asked, rarity)
            ).one()
        page = (rows or [])[: query.per_page]
        return Found(
            total=total,
            hits=[_hit(row, query) for row in page],
            facets=_by_facet(counts or {}, query),
            last=_key(page[-1]) if page else (),
            more=len(rows or ()) > len(page),
        )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Let one writer work at a time; nothing of a failed change stays."""
        with self._told(), self._engine.begin() as connection:
            _locked(connection, ONE_WRITES)
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection:
            _readable(connection)
            yield connection

    def _last_touch(self) -> int:
        """Give the number of the last touch, once nobody is writing."""
        with self._writing() as connection:
            return connection.scalar(select(func.max(touched.c.number))) or 0

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
    """Refuse an index that holds other things than we would put in today.

    :raises Unavailable: it was made by another version.
    """
    if connection.scalar(select(about.c.version)) != VERSION:
        raise _unusable("texts were read in another way when it was made")


def _made(connection: Connection) -> None:
    """Make the tables; those of another version go first."""
    there = connection.scalar(select(func.to_regclass(f"{SCHEMA}.{about.name}")))
    if there and connection.scalar(select(about.c.version)) != VERSION:
        connection.execute(DropSchema(SCHEMA, cascade=True))
    connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
    tables.create_all(connection)


def _locked(connection: Connection, number: int) -> None:
    """Wait for a lock; it is held to the end of the transaction."""
    connection.execute(select(func.pg_advisory_xact_lock(number)))


def _changed(connection: Connection, ids: Collection[int]) -> None:
    touch(connection, ids)
    connection.execute(update(about).values(generation=about.c.generation + 1))


def _holders(connection: Connection, terms: Collection[str]) -> dict[str, int]:
    """Say in how many texts each of some terms stands."""
    known = select(vocabulary).where(vocabulary.c.term.in_(sorted(terms)))
    return {row.term: row.holders for row in connection.execute(known)}


def _like(
    word: str, known: Vocabulary, holders: Exact
) -> Mapping[tuple[str, int], Held]:
    """Give the words with few enough slips, and where they stand."""
    return {
        (other, slips): {spelt(holders[n][0])[0]: holders[n][1] for n in numbers}
        for other, slips, numbers in known.near(word)
    }


def _rarity(connection: Connection, asked: Mapping[str, Question]) -> Rarity:
    terms = {
        term
        for each in asked.values()
        for ways in (*each.needs, each.without)
        for way in ways
        for term in way.row
    }
    count = connection.scalar(select(func.count()).select_from(texts)) or 0
    return Rarity(count, _holders(connection, terms))


def _hit(row: Sequence[Any], query: Query) -> Hit:
    record_id, ref, kind, source, titles, matched_in, score, *known = row[:9]
    return Hit(
        record_id=record_id,
        ref=ref,
        kind=kind,
        language=best_of(titles, reader=query.language, source=source),
        matched_in=matched_in,
        score=score,
        evidence=known[0],
        day=known[1],
    )


def _key(row: Sequence[Any]) -> Key:
    """Give what the order goes by for one hit."""
    return tuple(row[9:])


def _by_facet(counts: Mapping[str, int], query: Query) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {} for name in query.counted}
    for value, times in counts.items():
        name, _, code = value.partition("=")
        if name in found:
            found[name][code] = times
    return found
