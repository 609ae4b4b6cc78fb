"""Keep plans of local action, and the practices chosen for them.

Why: who had found what fits her land had to put calendar, work and cost together by
hand, and a desk she asked knew nothing of it.
Rows already there: none changes.
Undo: all plans are lost; questions asked with one stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("land_use_id", sa.String(), nullable=True),
        sa.Column("theme_id", sa.String(), nullable=True),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("area_ha", sa.Double(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("area_ha > 0", name=op.f("ck_plan_area_positive")),
        sa.ForeignKeyConstraint(
            ["land_use_id"], ["concept.id"], name=op.f("fk_plan_land_use_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["concept.id"], name=op.f("fk_plan_theme_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_plan_question_id_question"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("digest", name=op.f("uq_plan_digest")),
    )
    for column in ("changed", "person_id", "question_id"):
        op.create_index(op.f(f"ix_plan_{column}"), "plan", [column])
    op.create_table(
        "plan_practice",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plan.id"],
            name=op.f("fk_plan_practice_plan_id_plan"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_plan_practice_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "record_id", name=op.f("pk_plan_practice")),
    )
    op.create_index(op.f("ix_plan_practice_record_id"), "plan_practice", ["record_id"])


def downgrade() -> None:
    op.drop_table("plan_practice")
    op.drop_table("plan")
