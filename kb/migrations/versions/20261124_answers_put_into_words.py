"""Keep answers that wait for a translator, originals, and who was told of a change.

Why: an expert may not share a language with the asker; and whoever answered should hear
once that a record she cited changed in meaning or was withdrawn.
Rows already there: all answers were sent as written, and nobody was told.
Undo: throws away what waits for a translator, and the originals; what was sent stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "question_untranslated",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("own_experience", sa.Boolean(), nullable=False),
        sa.Column("records", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_untranslated_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_untranslated_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_untranslated")),
    )
    for column in ("question_id", "by_id"):
        name = op.f(f"ix_question_untranslated_{column}")
        op.create_index(name, "question_untranslated", [column])
    op.create_table(
        "question_original",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["question_message.id"],
            name=op.f("fk_question_original_message_id_question_message"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_original_by_id_person")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_question_original")),
    )
    op.create_index(op.f("ix_question_original_by_id"), "question_original", ["by_id"])
    op.create_table(
        "question_shaken",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_shaken_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_question_shaken_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "question_id", "record_id", name=op.f("pk_question_shaken")
        ),
    )


def downgrade() -> None:
    op.drop_table("question_shaken")
    op.drop_table("question_original")
    op.drop_table("question_untranslated")
