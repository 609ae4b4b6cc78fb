"""Keep mails that come in, pictures that came with questions, and what mails answer.

Why: whoever asks by mail has no form; an answer to our mail has to find its question.
Rows already there: questions came by the web, and letters belong to no thread.
Undo: drops the mails; what they said stays in the questions, without their pictures.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "mail_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("other_sender", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("left_out", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_mail_in_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_mail_in_digest")),
    )
    for column in ("at", "sender", "question_id"):
        op.create_index(op.f(f"ix_mail_in_{column}"), "mail_in", [column])
    op.create_table(
        "question_picture",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_question_picture_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_picture_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_question_picture")),
    )
    index = op.f("ix_question_picture_question_id")
    op.create_index(index, "question_picture", ["question_id"])
    with op.batch_alter_table("letter") as table:
        for column in ("thread", "answers"):
            table.add_column(
                sa.Column(column, sa.String(), nullable=False, server_default="")
            )
    with op.batch_alter_table("letter") as table:
        for column in ("thread", "answers"):
            table.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("letter") as table:
        table.drop_column("answers")
        table.drop_column("thread")
    op.drop_table("question_picture")
    op.drop_table("mail_in")
