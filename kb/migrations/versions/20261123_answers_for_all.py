"""Keep what becomes of questions once they are answered.

Why: an answered question may become a public answer, if its asker agrees; and when a
record that an answer rests on changes, somebody says that she looked. A
desk may ask the one above, and the asker sees the way of her question.
Rows already there: none of them changes; nobody has agreed yet.
Undo: drops what askers agreed to and which record came from which question,
who
looked at an answer again and the ways from desk to desk; records stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


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
    op.create_table(
        "question_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_look_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_look_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_look")),
    )
    for column in ("by_id", "question_id"):
        op.create_index(
            op.f(f"ix_question_look_{column}"), "question_look", [column], unique=False
        )
    _add_ways()


def _add_ways() -> None:
    op.create_table(
        "question_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_code", sa.String(), nullable=True),
        sa.Column("to_code", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_pass_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["from_code"], ["desk.code"], name=op.f("fk_question_pass_from_code_desk")
        ),
        sa.ForeignKeyConstraint(
            ["to_code"], ["desk.code"], name=op.f("fk_question_pass_to_code_desk")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_pass_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_pass")),
    )
    for column in ("by_id", "question_id"):
        op.create_index(
            op.f(f"ix_question_pass_{column}"), "question_pass", [column], unique=False
        )
    contact = sa.ForeignKey("desk.code", name="fk_question_contact_code_desk")
    op.add_column(
        "question",
        sa.Column("contact_code", sa.String(), contact, nullable=True),
        inline_references=True,
    )
    op.create_index(
        op.f("ix_question_contact_code"), "question", ["contact_code"], unique=False
    )
    none_yet = sa.Column(
        "asked_again", sa.Integer(), nullable=False, server_default="0"
    )
    op.add_column("question", none_yet)


def downgrade() -> None:
    op.drop_column("question", "asked_again")
    op.drop_index(op.f("ix_question_contact_code"), table_name="question")
    op.drop_column("question", "contact_code")
    for column in ("question_id", "by_id"):
        op.drop_index(op.f(f"ix_question_pass_{column}"), table_name="question_pass")
    op.drop_table("question_pass")
    for column in ("question_id", "by_id"):
        op.drop_index(op.f(f"ix_question_look_{column}"), table_name="question_look")
    op.drop_table("question_look")
    op.drop_table("question_publication")
    op.drop_index(
        op.f("ix_question_consent_question_id"), table_name="question_consent"
    )
    op.drop_table("question_consent")
