"""Tables of the index, in a schema of their own: made by a rebuild, never migrated.

Whoever changes them raises `FORM` in `kb.search.document`: older ones are then made
anew.
"""

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

tables = MetaData(schema=SCHEMA)
staging = MetaData()
"""Tables of one transaction, in which a rebuild gathers what is to be swapped in."""


def _records(name: str, metadata: MetaData, **options: Any) -> Table:
    """Hold what is the same in all languages.

    A facet is ``land_use=paddy``, a band of a range ``rainfall=..249``; ``figures``
    gives range → its figures; ``place`` sorts like refs; ``titles`` gives language →
    title, folded.
    """
    return Table(
        name,
        metadata,
        Column("record_id", BigInteger, primary_key=True, autoincrement=False),
        Column("ref", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("source_language", Text, nullable=False),
        Column("place", BigInteger, nullable=False),
        Column("published", Integer, nullable=False),
        Column("day", Integer, nullable=False),
        Column("evidence", Integer, nullable=False),
        Column("tried", Integer, nullable=False),
        Column("titles", JSONB, nullable=False),
        Column("facets", ARRAY(Text), nullable=False),
        Column("figures", JSONB, nullable=False),
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
