"""Keep a thesaurus: concepts, what they are called in each language, their links.

Why: who searches in one language finds what was written in another.
Rows already there: none; ``kb seed`` fills the three tables.
Undo: drops the thesaurus; it comes back with the seeds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "thesaurus_concept",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("same_as_id", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["same_as_id"],
            ["concept.id"],
            name=op.f("fk_thesaurus_concept_same_as_id_concept"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_thesaurus_concept")),
    )
    with op.batch_alter_table("thesaurus_concept", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thesaurus_concept_same_as_id"), ["same_as_id"], unique=False
        )

    op.create_table(
        "thesaurus_label",
        sa.Column("concept_code", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_code"],
            ["thesaurus_concept.code"],
            name=op.f("fk_thesaurus_label_concept_code_thesaurus_concept"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "concept_code", "language", "rank", name=op.f("pk_thesaurus_label")
        ),
    )

    op.create_table(
        "thesaurus_link",
        sa.Column("from_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to_code", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_code"],
            ["thesaurus_concept.code"],
            name=op.f("fk_thesaurus_link_from_code_thesaurus_concept"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_code"],
            ["thesaurus_concept.code"],
            name=op.f("fk_thesaurus_link_to_code_thesaurus_concept"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "from_code", "kind", "to_code", name=op.f("pk_thesaurus_link")
        ),
    )
    with op.batch_alter_table("thesaurus_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thesaurus_link_to_code"), ["to_code"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("thesaurus_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thesaurus_link_to_code"))

    op.drop_table("thesaurus_link")
    op.drop_table("thesaurus_label")
    with op.batch_alter_table("thesaurus_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thesaurus_concept_same_as_id"))

    op.drop_table("thesaurus_concept")
