"""Keep what translators say to each other of a field.

Why: whoever reviews could only send a field back; questions to who wrote the record, and
what the team agreed on, were nowhere.
Rows already there: none changes.
Undo: throws the comments away.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "translation_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_translation_comment_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_translation_comment_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_comment")),
    )
    op.create_index(
        op.f("ix_translation_comment_record_id_language_field"),
        "translation_comment",
        ["record_id", "language", "field"],
    )
    op.create_index(
        op.f("ix_translation_comment_by_id"), "translation_comment", ["by_id"]
    )


def downgrade() -> None:
    op.drop_table("translation_comment")
