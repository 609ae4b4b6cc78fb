"""Writing the tables; each of these is part of a transaction that `index` begins."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, cast, delete, func, select, true
from sqlalchemy import insert as insert_plainly
from sqlalchemy.dialects.postgresql import ARRAY, insert

from kb.folding import fold
from kb.search.document import FILTERS, Document, order_of
from kb.search.postgres_index.lexemes import words_of
from kb.search.postgres_index.tables import (
    fresh_records,
    fresh_texts,
    records,
    texts,
    touched,
    vocabulary,
)
from kb.search.terms import field_terms

AT_ONCE = 500
"""Documents sent in one go."""


def add(
    connection: Connection,
    documents: Iterable[Document],
    of_records: Table = records,
    of_texts: Table = texts,
) -> set[int]:
    """Write documents; give the numbers of their records."""
    waiting, ids = iter(documents), set[int]()
    while some := list(islice(waiting, AT_ONCE)):
        rows: dict[int, dict[str, Any]] = {}
        for d in some:
            row = rows.setdefault(d.record_id, _record(d))
            row["titles"][d.language] = fold(d.title)
        fresh = insert(of_records)
        titles = of_records.c.titles.concat(fresh.excluded.titles)
        joined = fresh.on_conflict_do_update(
            index_elements=[of_records.c.record_id], set_={"titles": titles}
        )
        connection.execute(joined, list(rows.values()))
        connection.execute(insert_plainly(of_texts), [_text(d) for d in some])
        ids |= rows.keys()
    return ids


def drop(connection: Connection, ids: Collection[int]) -> None:
    """Take records out, and count their terms out."""
    count(connection, ids, -1)
    for table in (texts, records):
        connection.execute(delete(table).where(table.c.record_id.in_(list(ids))))


def touch(connection: Connection, ids: Iterable[int]) -> None:
    """Note for a rebuild that may be under way that these were changed."""
    rows = [{"record_id": number} for number in sorted(ids)]
    if rows:
        connection.execute(insert_plainly(touched), rows)


def swap_in(connection: Connection, since: int) -> None:
    """Put what was gathered in place of all but what was touched meanwhile.

    :param since: number of the last touch before the gathering began.
    """
    kept = select(touched.c.record_id).where(touched.c.number > since)
    for table, fresh in ((records, fresh_records), (texts, fresh_texts)):
        connection.execute(delete(table).where(table.c.record_id.not_in(kept)))
        chosen = select(fresh).where(fresh.c.record_id.not_in(kept))
        connection.execute(insert_plainly(table).from_select(list(table.c), chosen))
    connection.execute(delete(vocabulary))
    count(connection, None, 1)
    connection.execute(delete(touched))


def count(connection: Connection, ids: Collection[int] | None, times: int) -> None:
    """Count the terms of some records' texts, or of all, in or out."""
    lexeme = func.unnest(texts.c.words).table_valued("lexeme", "at", "weights")
    found = select(
        lexeme.c.lexeme.label("term"), (func.count() * times).label("holders")
    ).select_from(texts.join(lexeme, true()))
    if ids is not None:
        wanted = cast(sorted(ids), ARRAY(BigInteger))
        found = found.where(texts.c.record_id == func.any(wanted))
    found = found.group_by(lexeme.c.lexeme).order_by(lexeme.c.lexeme)
    fresh = insert(vocabulary).from_select(["term", "holders"], found)
    summed = vocabulary.c.holders + fresh.excluded.holders
    connection.execute(
        fresh.on_conflict_do_update(
            index_elements=[vocabulary.c.term], set_={"holders": summed}
        )
    )


def _record(d: Document) -> dict[str, Any]:
    return {
        "record_id": d.record_id,
        "ref": d.ref,
        "kind": d.kind,
        "source_language": d.source_language,
        "place": order_of(d.ref),
        "published": d.published_day,
        "day": d.last_day,
        "evidence": d.evidence_level,
        "tried": d.tried,
        "titles": {},
        "facets": [f"{name}={v}" for name in FILTERS for v in d.values(name)],
        "figures": {name: list(figures) for name, figures in d.figures.items()},
    }


def _text(d: Document) -> dict[str, Any]:
    return {
        "record_id": d.record_id,
        "language": d.language,
        "words": words_of(field_terms(d)),
        "checksum": d.checksum,
    }
