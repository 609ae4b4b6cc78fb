"""Say of each field of a translation how far its words can be trusted.

Why: a change of the source concerns the fields that it changes; all others of a text
stay as they were, and who translated and reviewed each is known.
Rows already there: each field is as sure as its text was as a whole, and a translation
of the source that stands beside it; those of a stale text are behind, of no source known.
Undo: throws the marks away; what is stale as a whole stays so.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

TEXTS = sa.text(
    "SELECT text.id, text.record_id, text.language, text.state, text.title,"
    " text.summary, record.source_language FROM text"
    " JOIN record ON record.id = text.record_id"
)
LAST = sa.text("SELECT record_id, max(number) FROM version GROUP BY record_id")


def digest(words: str) -> str:
    plain = " ".join(words.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if plain else ""


def upgrade() -> None:
    with op.batch_alter_table("text") as batch_op:
        batch_op.add_column(
            sa.Column("apart", sa.JSON(), nullable=False, server_default="{}")
        )
    with op.batch_alter_table("text") as batch_op:
        batch_op.alter_column("apart", server_default=None)
    mark = op.create_table(
        "field_mark",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("behind", sa.String(), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("words_hash", sa.String(), nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_field_mark_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"],
            ["person.id"],
            name=op.f("fk_field_mark_translator_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["person.id"],
            name=op.f("fk_field_mark_reviewer_id_person"),
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "language", "field", name=op.f("pk_field_mark")
        ),
    )
    for columns in (["language", "state"], ["translator_id"], ["reviewer_id"]):
        name = op.f(f"ix_field_mark_{'_'.join(columns)}")
        op.create_index(name, "field_mark", columns)
    rows = list(marks(op.get_bind()))
    if rows:
        op.bulk_insert(mark, rows)


def marks(connection: sa.Connection) -> Iterator[dict[str, object]]:
    """Give a row for each field of each text that is no source."""
    texts = connection.execute(TEXTS).all()
    if not texts:
        return
    parts: dict[int, dict[str, str]] = defaultdict(dict)
    for text_id, name, words in connection.execute(
        sa.text("SELECT text_id, name, words FROM part")
    ):
        parts[text_id][name] = words
    said = {
        text.id: {"title": text.title, "summary": text.summary} | parts[text.id]
        for text in texts
    }
    sources = {
        t.record_id: said[t.id] for t in texts if t.language == t.source_language
    }
    last = dict(tuple(row) for row in connection.execute(LAST))
    for text in texts:
        if text.language == text.source_language:
            continue
        source, stale = sources.get(text.record_id, {}), text.state == "stale"
        for field, words in said[text.id].items():
            if not words or not source.get(field):
                continue
            yield {
                "record_id": text.record_id,
                "language": text.language,
                "field": field,
                "state": "draft" if stale else text.state,
                "behind": "meaning" if stale else "",
                "source_hash": "" if stale else digest(source.get(field, "")),
                "source_version": 0 if stale else last.get(text.record_id, 0),
                "words_hash": digest(words),
            }


def downgrade() -> None:
    op.drop_table("field_mark")
    with op.batch_alter_table("text") as batch_op:
        batch_op.drop_column("apart")
