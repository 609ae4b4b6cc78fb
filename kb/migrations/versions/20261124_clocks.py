"""Count what desks promise to askers, and give each question to one expert.

Why: a question that nobody answers has to reach others by itself, and what is
everybody's turn is nobody's.
Rows already there: desks promise what a new one does, and share nothing out; a question
that is open gets its clocks with the next that happens to it.
Undo: drops the promises, the clocks and who was given what; questions stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

WITHIN = {"first_within": "840", "next_within": "840", "settled_within": "4200"}


def upgrade() -> None:
    with op.batch_alter_table("desk") as desk:
        for name, minutes in WITHIN.items():
            desk.add_column(
                sa.Column(name, sa.Integer(), nullable=False, server_default=minutes)
            )
    op.add_column("question", sa.Column("due", sa.DateTime(timezone=True)))
    op.add_column("question", sa.Column("resumes", sa.DateTime(timezone=True)))
    op.create_index(op.f("ix_question_resumes"), "question", ["resumes"])
    given_to = sa.ForeignKey("person.id", name="fk_question_given_to_person")
    op.add_column(
        "question",
        sa.Column("given_to", sa.Integer(), given_to, nullable=True),
        inline_references=True,
    )
    op.create_index(op.f("ix_question_given_to"), "question", ["given_to"])
    no = sa.false()
    op.add_column(
        "desk", sa.Column("shares_out", sa.Boolean(), nullable=False, server_default=no)
    )
    for name in ("languages", "themes"):
        op.add_column(
            "desk_duty",
            sa.Column(name, sa.String(), nullable=False, server_default=""),
        )
    op.create_table(
        "question_clock",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("within", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("runs_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rings", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("kept", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "within > 0", name=op.f("ck_question_clock_within_some_time")
        ),
        sa.CheckConstraint(
            "used >= 0", name=op.f("ck_question_clock_used_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_clock_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "question_id", "promise", name=op.f("pk_question_clock")
        ),
    )
    op.create_index(
        op.f("ix_question_clock_rings"), "question_clock", ["rings"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_question_clock_rings"), table_name="question_clock")
    op.drop_table("question_clock")
    for name in ("languages", "themes"):
        op.drop_column("desk_duty", name)
    op.drop_column("desk", "shares_out")
    op.drop_index(op.f("ix_question_given_to"), table_name="question")
    op.drop_column("question", "given_to")
    op.drop_index(op.f("ix_question_resumes"), table_name="question")
    op.drop_column("question", "resumes")
    op.drop_column("question", "due")
    for name in WITHIN:
        op.drop_column("desk", name)
