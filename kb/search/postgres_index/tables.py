"""Tables of the index, in a schema of their own: made by a rebuild, never migrated."""

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

about = Table("about", tables, Column("version", String, primary_key=True))
"""One row, once the index has been filled: how words were read."""

records = Table(
    "record",
    tables,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("ref", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source_language", Text, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("published", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("titles", JSONB, nullable=False),
    Column("facets", ARRAY(Text), nullable=False),
)
"""What is the same in all languages. A facet is ``land_use=paddy``; ``place`` sorts
like refs; ``titles`` gives language → title, folded."""

texts = Table(
    "text",
    tables,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("words", TSVECTOR, nullable=False),
)
Index("text_words", texts.c.words, postgresql_using="gin")

vocabulary = Table(
    "vocabulary",
    tables,
    Column("term", Text, primary_key=True),
    Column("holders", Integer, nullable=False),
)
"""In how many texts each term stands."""
