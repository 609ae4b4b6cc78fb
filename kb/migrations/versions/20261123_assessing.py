"""Keep assessments, and who was told that one is due.

Why: every year somebody says whether a record is still true.
Rows already there: records stay; none has been assessed yet.
Undo: drops all assessments; records stay, due on the day they are due.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("record", sa.Column("assessed_on", sa.Date(), nullable=True))
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in (
                "verdict",
                "then",
                "evidence",
                "users",
                "line",
                "language",
                "note",
            )
        ),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("helpful", "unhelpful", "tried", "open_reports")
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_assessment_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_assessment_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_assessment_draft_id_draft"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("once", name=op.f("uq_assessment_once")),
    )
    for column in ("at", "by_id", "record_id"):
        op.create_index(op.f(f"ix_assessment_{column}"), "assessment", [column])
    op.create_table(
        "assessment_reminder",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_assessment_reminder_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_assessment_reminder_person_id_person"),
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "person_id", "due_on", name=op.f("pk_assessment_reminder")
        ),
    )
    op.create_index(
        op.f("ix_assessment_reminder_person_id"), "assessment_reminder", ["person_id"]
    )


def downgrade() -> None:
    op.drop_table("assessment_reminder")
    op.drop_table("assessment")
    op.drop_column("record", "assessed_on")
