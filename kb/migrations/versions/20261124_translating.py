"""Keep what people translate until it is accepted, and a memory of translations.

Why: whoever translates works field by field, and somebody else accepts each; what was
said once in a language should be found again.
Rows already there: none changes. The worker fills the memory
in its next pass over what nobody needs any more.
Undo: throws away what is not accepted yet; what was accepted is published and stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_rendering_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"],
            ["person.id"],
            name=op.f("fk_rendering_translator_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendering")),
        sa.UniqueConstraint(
            "record_id",
            "language",
            "field",
            name=op.f("uq_rendering_record_id_language_field"),
        ),
    )
    op.create_index(op.f("ix_rendering_translator_id"), "rendering", ["translator_id"])
    op.create_table(
        "rendering_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_rendering_step_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_rendering_step_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendering_step")),
    )
    for column in ("record_id", "by_id"):
        name = op.f(f"ix_rendering_step_{column}")
        op.create_index(name, "rendering_step", [column])
    op.create_table(
        "suggested",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_suggested_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_suggested_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested")),
    )
    for column in ("record_id", "by_id"):
        op.create_index(op.f(f"ix_suggested_{column}"), "suggested", [column])
    op.create_table(
        "memory_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_memory_source_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_source")),
        sa.UniqueConstraint(
            "record_id", "field", name=op.f("uq_memory_source_record_id_field")
        ),
    )
    op.create_table(
        "memory_unit",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["memory_source.id"],
            name=op.f("fk_memory_unit_source_id_memory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("source_id", "language", name=op.f("pk_memory_unit")),
    )
    op.create_table(
        "memory_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["memory_source.id"],
            name=op.f("fk_memory_band_source_id_memory_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("band", "source_id", name=op.f("pk_memory_band")),
    )
    op.create_index(op.f("ix_memory_band_source_id"), "memory_band", ["source_id"])
    op.create_table(
        "memory_level",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_memory_level_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_memory_level")),
    )


def downgrade() -> None:
    op.drop_table("memory_level")
    for table in (
        "memory_band",
        "memory_unit",
        "memory_source",
        "suggested",
        "rendering_step",
        "rendering",
    ):
        op.drop_table(table)
