"""Tables of the index, in a schema of their own: made by a rebuild, never migrated."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

SCHEMA = "kb_search"
FORM = "2"
"""Raised with every change of these tables: older ones are then made anew."""

tables = MetaData(schema=SCHEMA)
staging = MetaData()
"""Tables of one transaction, in which a rebuild gathers what is to be swapped in."""


def _records(name: str, metadata: MetaData, **options: Any) -> Table:
    """Hold what is the same in all languages.

    A facet is ``land_use=paddy``; ``place`` sorts like refs; ``titles`` gives language
    → title, folded.
    """
    return Table(
        name,
        metadata,
        Column("record_id", BigInteger, primary_key=True, autoincrement=False),
        Column("ref", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("source_language", Text, nullable=False),
        Column("place", BigInteger, nullable=False),
        Column("published", Text, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("titles", JSONB, nullable=False),
        Column("facets", ARRAY(Text), nullable=False),
        **options,
    )


def _texts(name: str, metadata: MetaData, **options: Any) -> Table:
    return Table(
        name,
        metadata,
        Column("record_id", BigInteger, primary_key=True, autoincrement=False),
        Column("language", Text, primary_key=True),
        Column("words", TSVECTOR, nullable=False),
        Column("checksum", BigInteger, nullable=False),
        **options,
    )


records, texts = _records("record", tables), _texts("text", tables)
Index("text_words", texts.c.words, postgresql_using="gin")

ONE_TRANSACTION: dict[str, Any] = {
    "prefixes": ["TEMPORARY"],
    "postgresql_on_commit": "DROP",
}
fresh_records = _records("fresh_record", staging, **ONE_TRANSACTION)
fresh_texts = _texts("fresh_text", staging, **ONE_TRANSACTION)

about = Table(
    "about",
    tables,
    Column("version", String, primary_key=True),
    Column("generation", BigInteger, nullable=False),
)
"""One row, once the index has been filled: how words were read, changes so far."""

vocabulary = Table(
    "vocabulary",
    tables,
    Column("term", Text, primary_key=True),
    Column("holders", Integer, nullable=False),
)
"""In how many texts each term stands."""

touched = Table(
    "touched",
    tables,
    Column("number", BigInteger, primary_key=True),
    Column("record_id", BigInteger, nullable=False),
)
"""Records that were put or removed, in order, since the last rebuild began."""
