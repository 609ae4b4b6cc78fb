"""Keep whether askers let others read their questions, and what was made of them.

Why: an answered question may become a public answer, if its asker agrees.
Rows already there: none of them changes; nobody has agreed yet.
Undo: drops what askers agreed to and which record came from which question; records
stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "question_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_consent_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_consent")),
    )
    op.create_index(
        op.f("ix_question_consent_question_id"),
        "question_consent",
        ["question_id"],
        unique=False,
    )
    op.create_table(
        "question_publication",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("asked_back", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_question_publication_draft_id_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_publication_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_publication")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_question_publication_draft_id")),
    )


def downgrade() -> None:
    op.drop_table("question_publication")
    op.drop_index(
        op.f("ix_question_consent_question_id"), table_name="question_consent"
    )
    op.drop_table("question_consent")
